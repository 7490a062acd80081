"""Reports of a period, counted by theme, place, department or month; and where there are many."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from statistics import fmean, median
from typing import Final


class OverviewBy(StrEnum):
    """What the rows stand for."""

    THEME = "theme"
    DEPARTMENT = "department"
    QUARTER = "quarter"
    SPOT = "spot"
    """Where on the map: squares of about a hundred metres, those with the most first."""
    CHANNEL = "channel"
    MONTH = "month"


MOST_SPOTS: Final = 25
"""So many marks a map can carry."""
LEAST_AT_SPOT: Final = 2
"""One report makes no hot spot."""
_TALL, _WIDE = 0.0009, 0.0014
"""Of a square, in degrees: 100 m by 98 at 51° north."""


@dataclass(frozen=True)
class OverviewLine:
    """One report, as far as it is counted."""

    theme: str
    department: str
    quarter: str
    channel: str
    address: str
    spot: tuple[float, float] | None
    """Latitude and longitude."""
    registered: date
    due: date
    answered: date | None
    open: bool
    returns: int


@dataclass(frozen=True)
class OverviewRow:
    """What was counted of one theme, place or month."""

    key: str
    """A name as it stands, a code, or a month as ``2026-03``; empty: not known."""
    count: int
    open: int
    on_time: int
    late: int
    """Answered after its date, or not answered and past it."""
    average_days: float | None
    """From registering to the answer, of those answered."""
    median_days: float | None
    returned: int
    """How often a department sent one back."""
    about: str
    """The theme of most of them."""
    spot: tuple[float, float] | None = None
    """In the middle of them."""


def counted_together(lines: Sequence[OverviewLine], today: date) -> OverviewRow:
    """All of them in one row."""
    return _row("", lines, today)


def counted_by(
    lines: Iterable[OverviewLine], by: OverviewBy, today: date
) -> tuple[OverviewRow, ...]:
    """A row each; months in their order, everything else the most first."""
    if by is OverviewBy.SPOT:
        return _spots(lines, today)
    groups: dict[str, list[OverviewLine]] = defaultdict(list)
    for line in lines:
        groups[_key(line, by)].append(line)
    rows = [_row(key, group, today) for key, group in groups.items()]
    if by is OverviewBy.MONTH:
        return tuple(sorted(rows, key=lambda row: row.key))
    return tuple(sorted(rows, key=lambda row: (-row.count, row.key)))


def _key(line: OverviewLine, by: OverviewBy) -> str:
    if by is OverviewBy.MONTH:
        return f"{line.registered:%Y-%m}"
    return str(getattr(line, by.value))


def _row(
    key: str,
    group: Sequence[OverviewLine],
    today: date,
    spot: tuple[float, float] | None = None,
) -> OverviewRow:
    days = [(line.answered - line.registered).days for line in group if line.answered]
    late = sum(1 for line in group if (line.answered or today) > line.due and _counts(line))
    return OverviewRow(
        key=key,
        count=len(group),
        open=sum(line.open for line in group),
        on_time=sum(1 for line in group if line.answered and line.answered <= line.due),
        late=late,
        average_days=round(fmean(days), 1) if days else None,
        median_days=float(median(days)) if days else None,
        returned=sum(line.returns for line in group),
        about=_most_common(line.theme for line in group),
        spot=spot,
    )


def _counts(line: OverviewLine) -> bool:
    """What was closed without an answer (made twice, joined) is neither on time nor late."""
    return line.open or line.answered is not None


def _most_common(names: Iterable[str]) -> str:
    found = Counter(name for name in names if name)
    return min(found, key=lambda name: (-found[name], name)) if found else ""


def _spots(lines: Iterable[OverviewLine], today: date) -> tuple[OverviewRow, ...]:
    cells: dict[tuple[int, int], list[OverviewLine]] = defaultdict(list)
    for line in lines:
        if line.spot is not None:
            lat, lon = line.spot
            cells[round(lat / _TALL), round(lon / _WIDE)].append(line)
    many = [group for group in cells.values() if len(group) >= LEAST_AT_SPOT]
    rows = [
        _row(_most_common(line.address for line in group), group, today, _middle(group))
        for group in many
    ]
    return tuple(sorted(rows, key=lambda row: (-row.count, row.key, row.spot)))[:MOST_SPOTS]


def _middle(group: Sequence[OverviewLine]) -> tuple[float, float]:
    spots = [line.spot for line in group if line.spot is not None]
    return (
        round(fmean(lat for lat, _lon in spots), 6),
        round(fmean(lon for _lat, lon in spots), 6),
    )
