"""Comparing what the files say with what there is: the plan that a dry run shows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from loket.catalogue.importing.checks import check
from loket.catalogue.importing.kinds import KINDS, Key, Kind, Record, Records
from loket.catalogue.importing.mapping import TownMapping
from loket.catalogue.importing.problems import Problem
from loket.catalogue.importing.reading import FileRead, Line, read_file


@dataclass(frozen=True)
class Entry:
    """A record that comes or goes."""

    kind: str
    key: Key
    record: Record


@dataclass(frozen=True)
class FieldChange:
    """A field and what becomes of it."""

    name: str
    old: Any
    new: Any


@dataclass(frozen=True)
class Change:
    """A record that stays with other values."""

    kind: str
    key: Key
    fields: tuple[FieldChange, ...]


@dataclass(frozen=True)
class Plan:
    """What an import would do to the catalogue of ``version``; with problems it does nothing."""

    version: int
    imported: tuple[str, ...]
    """The kinds that have a file; the others stay as they are."""
    records: Records
    """All records as they will be, per kind in the order of the file."""
    new: tuple[Entry, ...]
    changed: tuple[Change, ...]
    gone: tuple[Entry, ...]
    moved: tuple[str, ...]
    """Kinds of which the records come in another order."""
    problems: tuple[Problem, ...]

    @property
    def changes_anything(self) -> bool:
        return bool(self.new or self.changed or self.gone or self.moved)


def plan_import(
    mapping: TownMapping,
    contents: Mapping[str, bytes | None],
    *,
    current: Records,
    version: int,
) -> Plan:
    """Read the files (by name) and compare them with the current records.

    The parts are checked together only once each can be read: a typing error in one line of the
    sites must not become a thousand unknown sites.
    """
    read = [read_file(file, contents.get(file.file)) for file in mapping.files]
    problems = [problem for part in read for problem in part.problems]
    lines = _all_lines(read, current)
    if not problems:
        problems = check(lines)
    wanted = {
        kind.name: {kind.key_of(line.record): line.record for line in lines[kind.name]}
        for kind in KINDS
    }
    imported = tuple(part.kind.name for part in read)
    shown = () if problems else imported
    return Plan(
        version=version,
        imported=imported,
        records=wanted,
        new=tuple(e for kind in shown for e in _only_in(kind, wanted, current)),
        changed=tuple(c for kind in shown for c in _changes(kind, wanted, current)),
        gone=tuple(e for kind in shown for e in _only_in(kind, current, wanted)),
        moved=tuple(kind for kind in shown if _moved(current[kind], wanted[kind])),
        problems=tuple(problems),
    )


def _all_lines(read: Sequence[FileRead], current: Records) -> dict[str, list[Line]]:
    lines = {kind.name: _standing(kind, current) for kind in KINDS}
    lines.update({part.kind.name: part.lines for part in read})
    return lines


def _standing(kind: Kind, current: Records) -> list[Line]:
    return [Line(kind.name, 0, {}, record) for record in current[kind.name].values()]


def _only_in(kind: str, one: Records, other: Records) -> list[Entry]:
    return [Entry(kind, key, rec) for key, rec in one[kind].items() if key not in other[kind]]


def _changes(kind: str, wanted: Records, current: Records) -> list[Change]:
    changes = []
    for key, record in wanted[kind].items():
        old = current[kind].get(key)
        if old is not None and old != record:
            fields = [
                FieldChange(name, old[name], value)
                for name, value in record.items()
                if old[name] != value
            ]
            changes.append(Change(kind, key, tuple(fields)))
    return changes


def _moved(current: Mapping[Key, Record], wanted: Mapping[Key, Record]) -> bool:
    staying = [key for key in current if key in wanted]
    return staying != [key for key in wanted if key in current]
