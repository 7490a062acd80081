"""The column mapping of a town: which of its files and columns is which of our fields."""

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from loket.catalogue.importing.kinds import KINDS, Kind
from loket.catalogue.importing.problems import Problem
from loket.kit.errors import Params

_ENCODINGS = ("", "utf-8", "utf-8-sig", "cp1252")


@dataclass(frozen=True)
class FileMapping:
    """One CSV file: its columns by our fields, and our words for theirs."""

    kind: Kind
    file: str
    columns: Mapping[str, str]
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    delimiter: str = ""
    """Empty: the one that occurs most in the first line."""
    encoding: str = ""
    """Empty: UTF-8, and what is no UTF-8 is cp1252."""


@dataclass(frozen=True)
class TownMapping:
    """All files of an import; kinds that are not in it stay as they are."""

    files: tuple[FileMapping, ...]


def load_mapping(file: Path) -> tuple[TownMapping, list[Problem]]:
    """Read the mapping that stands in a file."""
    try:
        return read_mapping(file.read_text(encoding="utf-8-sig"), name=file.name)
    except UnicodeDecodeError:
        return TownMapping(()), [Problem(file.name, 0, "", "mapping_encoding")]
    except OSError as error:
        why: Params = {"why": error.strerror}
        return TownMapping(()), [Problem(file.name, 0, "", "mapping_unreadable", why)]


def read_mapping(text: str, *, name: str) -> tuple[TownMapping, list[Problem]]:
    """Read a mapping in TOML, or in JSON when the name ends so.

    One table per kind: ``file``, ``columns`` (our field to their header; what is left out has our
    name), ``values`` (per field their word to ours), ``delimiter``, ``encoding``.
    """
    try:
        loaded = json.loads(text) if name.endswith(".json") else tomllib.loads(text)
    except ValueError as error:
        return TownMapping(()), [Problem(name, 0, "", "mapping_unreadable", {"why": str(error)})]
    known = {kind.name: kind for kind in KINDS}
    problems: list[Problem] = []
    files: dict[str, FileMapping] = {}
    for kind_name, table in loaded.items():
        if kind_name not in known or not isinstance(table, dict):
            problems.append(Problem(name, 0, kind_name, "mapping_unknown_kind"))
            continue
        found = _problems(known[kind_name], table, name)
        problems += found
        if not found:
            files[kind_name] = FileMapping(known[kind_name], **_filled(known[kind_name], table))
    return TownMapping(tuple(files[k.name] for k in KINDS if k.name in files)), problems


def _filled(kind: Kind, table: Mapping[str, Any]) -> dict[str, Any]:
    columns = {known.name: known.name for known in kind.fields} | table.get("columns", {})
    return {"file": f"{kind.name}.csv", **table, "columns": columns}


def _problems(kind: Kind, table: Mapping[str, Any], name: str) -> list[Problem]:
    forms = {"file": str, "columns": dict, "values": dict, "delimiter": str, "encoding": str}
    wrong = [key for key, value in table.items() if not isinstance(value, forms.get(key, _Never))]
    if wrong:
        return [Problem(name, 0, f"{kind.name}.{key}", "mapping_unknown_setting") for key in wrong]
    fields = {known.name for known in kind.fields}
    strange = [key for part in ("columns", "values") for key in table.get(part, {})]
    found = [
        Problem(name, 0, f"{kind.name}.{key}", "mapping_unknown_field", {"known": _list(fields)})
        for key in strange
        if key not in fields
    ]
    if table.get("encoding", "") not in _ENCODINGS:
        found.append(Problem(name, 0, f"{kind.name}.encoding", "mapping_unknown_setting"))
    if len(table.get("delimiter", "")) > 1:
        found.append(Problem(name, 0, f"{kind.name}.delimiter", "mapping_unknown_setting"))
    return found


def _list(names: set[str]) -> str:
    return ", ".join(sorted(names))


class _Never:
    """Nothing is an instance of it: the form of a setting that does not exist."""
