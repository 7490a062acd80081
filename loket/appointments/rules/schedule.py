"""When appointments are offered: repeating opening periods (RFC 5545), exceptions, closures.

A day on which the town, the site or the queue is closed, or has other hours than usual, has
appointments only within those; the ordinary opening hours bind walk-ins, not appointments.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum

from dateutil.rrule import rrule, rruleset, rrulestr

from loket.appointments.rules.cells import CELL_MINUTES
from loket.catalogue.hours import DayHours
from loket.kit.clock import BRUSSELS
from loket.kit.errors import Invalid

MOST_PLACES = 20


class RuleUnreadable(Invalid):
    """Not a recurrence rule of RFC 5545 that repeats by day, week, month or year."""

    code = "appointment.rule"


class ExceptionKind(StrEnum):
    CLOSED = "closed"
    OPEN = "open"


@dataclass(frozen=True)
class ScheduleEntry:
    """A period that repeats: on which days, from when to when, for how many at once."""

    rule: str
    """An RRULE of RFC 5545 without its start, such as ``FREQ=WEEKLY;BYDAY=MO,TH``."""
    valid_from: date
    valid_to: date | None
    opens: time
    closes: time
    public_places: int
    """What citizens may book by themselves."""
    desk_places: int
    """What only a clerk can book, besides those."""
    grid_minutes: int
    """An appointment begins at the opening or a whole number of these after it."""


@dataclass(frozen=True)
class CalendarException:
    """On some days, closed (the whole day, or between two times) or open besides the schedule."""

    kind: ExceptionKind
    first_day: date
    last_day: date
    opens: time | None
    closes: time | None
    public_places: int
    desk_places: int
    grid_minutes: int
    reason: str


@dataclass(frozen=True)
class Opening:
    """One period of one day in UTC, with its capacity."""

    starts_at: datetime
    ends_at: datetime
    public_places: int
    desk_places: int
    grid_minutes: int

    @property
    def places(self) -> int:
        return self.public_places + self.desk_places


@dataclass(frozen=True)
class DayPlan:
    """What a day offers; without openings ``reason`` may say why."""

    day: date
    openings: tuple[Opening, ...]
    reason: str


@dataclass(frozen=True)
class Plan:
    """The schedule of one queue."""

    entries: Sequence[ScheduleEntry]
    exceptions: Sequence[CalendarException]
    unusual: Callable[[date], DayHours | None]
    """The hours of a day that differ from the ordinary ones: holidays, closures."""
    _reckoned: dict[date, DayPlan] = field(default_factory=dict, compare=False, repr=False)

    def on(self, day: date) -> DayPlan:
        return self.between(day, day)[0]

    def between(self, first: date, last: date) -> list[DayPlan]:
        """The days from first to last, both included."""
        days = [first + timedelta(days=ahead) for ahead in range((last - first).days + 1)]
        missing = [day for day in days if day not in self._reckoned]
        if missing:
            repeated = [repeats(entry, missing[0], missing[-1]) for entry in self.entries]
            for day in missing:
                on_day = [e for e, at in zip(self.entries, repeated, strict=True) if day in at]
                self._reckoned[day] = self._reckon(day, on_day)
        return [self._reckoned[day] for day in days]

    def _reckon(self, day: date, entries: Iterable[ScheduleEntry]) -> DayPlan:
        openings = [_opening(day, e.opens, e.closes, e) for e in entries]
        reason = ""
        unusual = self.unusual(day)
        if unusual is not None:
            reason = unusual.reason
            hours = [(period.opens_at, period.closes_at) for period in unusual.periods]
            openings = [kept for opening in openings for kept in _within(opening, hours)]
        for exception in self._exceptions(day):
            reason = exception.reason or reason
            if exception.kind is ExceptionKind.CLOSED:
                closed = _span(day, exception)
                openings = [kept for opening in openings for kept in _without(opening, closed)]
            elif exception.opens is not None and exception.closes is not None:
                openings.append(_opening(day, exception.opens, exception.closes, exception))
        return DayPlan(day, tuple(sorted(openings, key=_begin)), reason)

    def _exceptions(self, day: date) -> list[CalendarException]:
        """Closures first: what is open besides is open even so."""
        on_day = [e for e in self.exceptions if e.first_day <= day <= e.last_day]
        return sorted(on_day, key=lambda exception: exception.kind is ExceptionKind.OPEN)


def repeats(entry: ScheduleEntry, first: date, last: date) -> set[date]:
    """The days between two, both included, on which an entry holds.

    Raises :class:`RuleUnreadable` for a rule that is none, or that repeats within a day.
    """
    start = datetime.combine(entry.valid_from, time.min)
    end = min(last, entry.valid_to or last)
    found = _rule(entry.rule, start).between(
        datetime.combine(first, time.min), datetime.combine(end, time.min), inc=True
    )
    return {moment.date() for moment in found}


def check_rule(rule: str) -> None:
    """Raises :class:`RuleUnreadable`."""
    _rule(rule, datetime(2026, 1, 1))  # noqa: DTZ001 - days of a calendar have no zone


def _rule(rule: str, start: datetime) -> rruleset | rrule:
    parts = dict(part.partition("=")[::2] for part in rule.upper().split(";"))
    by_time = {"BYHOUR", "BYMINUTE", "BYSECOND", "DTSTART"} & set(parts)
    if by_time or parts.get("FREQ") not in {"DAILY", "WEEKLY", "MONTHLY", "YEARLY"}:
        raise RuleUnreadable(rule=rule)
    try:
        return rrulestr(rule, dtstart=start)
    except (ValueError, TypeError) as error:
        raise RuleUnreadable(rule=rule) from error


def _begin(opening: Opening) -> datetime:
    return opening.starts_at


def _opening(
    day: date, opens: time, closes: time, of: ScheduleEntry | CalendarException
) -> Opening:
    return Opening(
        starts_at=_utc(day, opens, fold=0),
        ends_at=_utc(day, closes, fold=1),
        public_places=of.public_places,
        desk_places=of.desk_places,
        grid_minutes=of.grid_minutes,
    )


def _span(day: date, exception: CalendarException) -> tuple[datetime, datetime]:
    begin = exception.opens or time.min
    if exception.closes is not None:
        return _utc(day, begin, fold=0), _utc(day, exception.closes, fold=1)
    return _utc(day, begin, fold=0), _utc(day + timedelta(days=1), time.min, fold=0)


def _within(opening: Opening, hours: Iterable[tuple[datetime, datetime]]) -> list[Opening]:
    return [
        kept
        for begin, end in hours
        for kept in _part(opening, max(opening.starts_at, begin), min(opening.ends_at, end))
    ]


def _without(opening: Opening, closed: tuple[datetime, datetime]) -> list[Opening]:
    begin, end = closed
    return [
        *_part(opening, opening.starts_at, min(opening.ends_at, begin)),
        *_part(opening, max(opening.starts_at, end), opening.ends_at),
    ]


def _part(opening: Opening, begin: datetime, end: datetime) -> list[Opening]:
    if begin >= end:
        return []
    return [Opening(begin, end, opening.public_places, opening.desk_places, opening.grid_minutes)]


def _utc(day: date, at: time, *, fold: int) -> datetime:
    """In the doubled hour of October it opens the first time and closes the second."""
    return datetime.combine(day, at.replace(fold=fold), tzinfo=BRUSSELS).astimezone(UTC)


GRIDS = tuple(range(CELL_MINUTES, 125, CELL_MINUTES))
