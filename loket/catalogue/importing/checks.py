"""What must hold between the records of a catalogue: references, uniqueness, sensible hours."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeAlias

from loket.catalogue.importing.kinds import KINDS, Kind
from loket.catalogue.importing.problems import Problem
from loket.catalogue.importing.reading import Line

Lines: TypeAlias = Mapping[str, Sequence[Line]]
"""The lines of every kind, imported now or standing already."""


def check(lines: Lines) -> list[Problem]:
    """Every way in which the records do not fit together."""
    found = [problem for kind in KINDS for problem in _repeated(kind, lines[kind.name])]
    found += [problem for kind in KINDS for problem in _dangling(kind, lines)]
    for look in _CHECKS:
        found += look(lines)
    return found


def _repeated(kind: Kind, lines: Sequence[Line]) -> Iterator[Problem]:
    yield from _twice(lines, kind.key_of, kind.key[0] if kind.key else "")
    for name in kind.unique:
        yield from _twice(lines, lambda record, name=name: record[name].casefold(), name)


def _twice(lines: Iterable[Line], key_of: Callable[..., Any], column: str) -> Iterator[Problem]:
    seen: dict[Any, Line] = {}
    for line in lines:
        first = seen.setdefault(key_of(line.record), line)
        if first is not line:
            yield line.problem(column, "twice", first=first.number)


def _dangling(kind: Kind, lines: Lines) -> Iterator[Problem]:
    for name, other in kind.refers.items():
        codes = {line.record["code"] for line in lines[other]}
        for line in lines[kind.name]:
            for code in _codes(line, name):
                if code not in codes:
                    yield line.problem(name, "unknown", value=code)


def _codes(line: Line, name: str) -> tuple[str, ...]:
    value = line.record[name]
    if value is None:
        return ()
    return value if isinstance(value, tuple) else (value,)


def _sites_of_queues(lines: Lines) -> dict[str, str]:
    return {line.record["code"]: line.record["site"] for line in lines["queues"]}


def _one_queue_per_site(lines: Lines) -> Iterator[Problem]:
    sites = _sites_of_queues(lines)
    for line in lines["services"]:
        taken: set[str] = set()
        for queue in line.record["queues"]:
            site = sites.get(queue)
            if site in taken:
                yield line.problem("queues", "second_queue_at_site", queue=queue, site=site)
            if site:
                taken.add(site)


def _counters_serve_their_site(lines: Lines) -> Iterator[Problem]:
    sites = _sites_of_queues(lines)
    for line in lines["counters"]:
        both: set[str] = set()
        for name in ("first_choice", "second_choice"):
            for queue in line.record[name]:
                if sites.get(queue, line.record["site"]) != line.record["site"]:
                    yield line.problem(name, "queue_elsewhere", queue=queue)
                if queue in both:
                    yield line.problem(name, "queue_chosen_twice", queue=queue)
                both.add(queue)


def _hours_stand_at_their_site(lines: Lines) -> Iterator[Problem]:
    sites = _sites_of_queues(lines)
    for line in (*lines["opening_hours"], *lines["exceptions"]):
        queue, site = line.record["queue"], line.record["site"]
        if queue is not None and sites.get(queue, site) != site:
            yield line.problem("queue", "queue_elsewhere", queue=queue)


def _hours_in_order(lines: Lines) -> Iterator[Problem]:
    for line in (*lines["opening_hours"], *lines["exceptions"]):
        opens, closes = line.record["opens"], line.record["closes"]
        if (opens is None) != (closes is None) or (opens is not None and opens >= closes):
            yield line.problem("closes", "closes_before_it_opens")
    for line in lines["opening_hours"]:
        until = line.record["valid_to"]
        if until is not None and until < line.record["valid_from"]:
            yield line.problem("valid_to", "ends_before_it_begins")


def _hours_apart(lines: Lines) -> Iterator[Problem]:
    """Two periods of one weekday may not overlap while both hold."""
    groups: dict[Any, list[Line]] = defaultdict(list)
    for line in lines["opening_hours"]:
        groups[tuple(line.record[name] for name in ("site", "queue", "weekday"))].append(line)
    for group in groups.values():
        for nr, line in enumerate(group):
            first = next((other for other in group[:nr] if _overlap(line, other)), None)
            if first is not None:
                yield line.problem("opens", "overlaps", first=first.number)


def _overlap(one: Line, other: Line) -> bool:
    a, b = one.record, other.record
    until_a, until_b = a["valid_to"], b["valid_to"]
    apart = (until_a and until_a < b["valid_from"]) or (until_b and until_b < a["valid_from"])
    return not apart and bool(a["opens"] < b["closes"] and b["opens"] < a["closes"])


def _one_town(lines: Lines) -> Iterator[Problem]:
    if not lines["town"]:
        yield Problem("town", 0, "", "no_town")


_CHECKS: tuple[Callable[[Lines], Iterable[Problem]], ...] = (
    _one_queue_per_site,
    _counters_serve_their_site,
    _hours_stand_at_their_site,
    _hours_in_order,
    _hours_apart,
    _one_town,
)
