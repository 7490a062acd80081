"""What ``python -m loket import-catalogue FOLDER --mapping M [--dry-run]`` reads and shows."""

from collections.abc import Callable, Iterator
from datetime import date, time
from pathlib import Path
from typing import Any

from loket.catalogue.importing.kinds import Key, Record, Records
from loket.catalogue.importing.mapping import load_mapping
from loket.catalogue.importing.planning import Change, Entry, Plan, plan_import
from loket.catalogue.importing.problems import Problem
from loket.catalogue.sentences import KIND_NAMES, PROBLEMS
from loket.kit.i18n import Words

_SHOWN = 40
"""Lines per part; a first import would fill a thousand."""


def plan_folder(folder: Path, mapping_file: Path, *, current: Records, version: int) -> Plan:
    """Read the mapping and the files it names, and compare them with the current records."""
    mapping, problems = load_mapping(mapping_file)
    contents = {file.file: _content(folder / file.file) for file in mapping.files}
    plan = plan_import(mapping, contents, current=current, version=version)
    if not problems:
        return plan
    return Plan(version, (), current, (), (), (), (), (*problems, *plan.problems))


def lines(plan: Plan, words: Words) -> Iterator[str]:
    """The plan, or its problems, for a terminal."""
    if plan.problems:
        yield from (problem_line(problem, words) for problem in plan.problems)
        n = len(plan.problems)
        yield words.plural(
            "{n} problem. Nothing was imported.", "{n} problems. Nothing was imported.", n
        )
    elif not plan.changes_anything:
        yield words("The catalogue is already as the files say.")
    else:
        yield from _part(plan.new, words("New"), lambda entry: _entry(entry, words))
        yield from _part(plan.changed, words("Changed"), lambda change: _change(change, words))
        yield from _part(plan.gone, words("Gone"), lambda entry: _entry(entry, words))
        for kind in plan.moved:
            yield words("In another order: {kind}", kind=words(KIND_NAMES[kind]))


def problem_line(problem: Problem, words: Words) -> str:
    """``producten.csv:12 · Tarief: `25 euros` is no amount``."""
    place = f"{problem.file}:{problem.line}" if problem.line else problem.file
    parts = [place, problem.column] if problem.column else [place]
    sentence = words(PROBLEMS[problem.code], **problem.params)
    return f"{' · '.join(parts)}: {sentence}"


def _content(file: Path) -> bytes | None:
    return file.read_bytes() if file.is_file() else None


def _part(items: tuple[Any, ...], title: str, show: Callable[[Any], str]) -> Iterator[str]:
    if items:
        yield f"{title} ({len(items)})"
        yield from (f"  {show(item)}" for item in items[:_SHOWN])
        if len(items) > _SHOWN:
            yield f"  … + {len(items) - _SHOWN}"


def _entry(entry: Entry, words: Words) -> str:
    return " · ".join([words(KIND_NAMES[entry.kind]), *_key(entry.key), *_name(entry.record)])


def _change(change: Change, words: Words) -> str:
    head = " · ".join([words(KIND_NAMES[change.kind]), *_key(change.key)])
    fields = (f"{f.name}: {_shown(f.old)} → {_shown(f.new)}" for f in change.fields)
    return f"{head} · {'; '.join(fields)}"


def _key(key: Key) -> list[str]:
    return [_shown(part) for part in key if part is not None]


def _name(record: Record) -> list[str]:
    return [record["name"]] if "name" in record else []


def _shown(value: Any) -> str:
    if isinstance(value, tuple):
        return " | ".join(_shown(part) for part in value) or "-"
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, date):
        return value.isoformat()
    return "-" if value in (None, "") else str(value)
