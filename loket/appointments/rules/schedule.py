"""When appointments are offered: repeating opening periods (RFC 5545), exceptions, closures.

A day on which the town, the site or the queue is closed, or has other hours than usual, has
appointments only within those; the ordinary opening hours bind walk-ins, not appointments.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from itertools import islice, takewhile

from dateutil.rrule import rrulestr

from loket.appointments.rules.cells import CELL_MINUTES
from loket.catalogue.hours import DayHours
from loket.kit.clock import closes_on, opens_on
from loket.kit.errors import Invalid

MOST_PLACES = 20
_KNOWN = frozenset(
    {
        "FREQ",
        "INTERVAL",
        "COUNT",
        "UNTIL",
        "WKST",
        "BYDAY",
        "BYMONTHDAY",
        "BYYEARDAY",
        "BYWEEKNO",
        "BYMONTH",
        "BYSETPOS",
    }
)
"""The parts of a recurrence rule that are about days (RFC 5545, 3.3.10)."""
_CYCLE = 400
_LONG = 40
"""Years after which a rule that led to no day never will; every leap day has had each weekday."""
_DAYS_AT_MOST = 100_000


class RuleUnreadable(Invalid):
    """Not a recurrence rule of RFC 5545 that repeats by day, week, month or year."""

    code = "appointment.rule"


class RuleNever(Invalid):
    """A rule that leads to no day at all within its validity."""

    code = "appointment.rule_never"


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
        openings = [kept for e in entries for kept in _opening(day, e.opens, e.closes, e)]
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
                openings += _opening(day, exception.opens, exception.closes, exception)
        return DayPlan(day, tuple(sorted(openings, key=_begin)), reason)

    def _exceptions(self, day: date) -> list[CalendarException]:
        """Closures first: what is open besides is open even so."""
        on_day = [e for e in self.exceptions if e.first_day <= day <= e.last_day]
        return sorted(on_day, key=lambda exception: exception.kind is ExceptionKind.OPEN)


def repeats(entry: ScheduleEntry, first: date, last: date) -> set[date]:
    """The days between two, both included, on which an entry holds.

    Raises :class:`RuleUnreadable` for a rule that is none, or that repeats within a day.
    """
    end = min(last, entry.valid_to or last)
    return {day for day in _days(entry.rule, entry.valid_from, end) if day >= first}


def check_entry(entry: ScheduleEntry) -> None:
    """Raises :class:`RuleUnreadable`, or :class:`RuleNever` when no day will ever come of it."""
    end = entry.valid_to or entry.valid_from.replace(year=entry.valid_from.year + _LONG, day=1)
    if next(_days(entry.rule, entry.valid_from, end), None) is None:
        raise RuleNever(rule=entry.rule)


def _days(rule: str, start: date, end: date) -> Iterator[date]:
    """The days of a rule from its start up to an end.

    A rule that has no day left, such as 30 February, is followed up to the year 9999. So it is
    asked of the last 400 years before that: the calendar repeats after so many, leap days and
    weekdays alike.
    """
    parts = _parts(rule)
    many = int(parts.pop("COUNT", _DAYS_AT_MOST))
    until = parts.pop("UNTIL", "")
    try:
        if until:
            end = min(end, datetime.strptime(until, "%Y%m%d").date())  # noqa: DTZ007 - a day
        later = (date.max.year - max(start, end).year) // _CYCLE * _CYCLE
        shifted = ";".join(f"{name}={value}" for name, value in parts.items())
        found = rrulestr(shifted, dtstart=datetime.combine(_years_on(start, later), time.min))
        last = datetime.combine(_years_on(end, later), time.min)
        for moment in islice(takewhile(lambda moment: moment <= last, found), many):
            yield _years_on(moment.date(), -later)
    except (ValueError, TypeError, IndexError) as error:  # what dateutil raises, also on its way
        raise RuleUnreadable(rule=rule) from error


def _years_on(day: date, years: int) -> date:
    return day.replace(year=day.year + years)


def _parts(rule: str) -> dict[str, str]:
    """The parts of a rule by name; refused what is not about days, or would be sought for ever."""
    given = [part.partition("=")[::2] for part in rule.upper().split(";")]
    parts = dict(given)
    counts = [value for name, value in given if name in {"INTERVAL", "COUNT"}]
    faults = (
        not parts.keys() <= _KNOWN or len(parts) != len(given),
        parts.get("FREQ") not in {"DAILY", "WEEKLY", "MONTHLY", "YEARLY"},
        any(not count.isdecimal() or not 0 < int(count) <= _DAYS_AT_MOST for count in counts),
        {"COUNT", "UNTIL"} <= parts.keys(),
        not rule.isascii() or any(letter.isspace() for letter in rule),  # spaces begin a line
        parts.get("FREQ") in {"DAILY", "WEEKLY"} and _is_numbered(parts.get("BYDAY", "")),
    )
    if any(faults):
        raise RuleUnreadable(rule=rule)
    return parts


def _is_numbered(weekdays: str) -> bool:
    """``1MO``, the first Monday, means something within a month or a year only."""
    return any(character.isdigit() for character in weekdays)


def _begin(opening: Opening) -> datetime:
    return opening.starts_at


def _opening(
    day: date, opens: time, closes: time, of: ScheduleEntry | CalendarException
) -> list[Opening]:
    """One, or none where it lies within the hour that the clock leaves out in March."""
    begin, end = opens_on(day, opens), closes_on(day, closes)
    if begin >= end:
        return []
    return [Opening(begin, end, of.public_places, of.desk_places, of.grid_minutes)]


def _span(day: date, exception: CalendarException) -> tuple[datetime, datetime]:
    begin = opens_on(day, exception.opens or time.min)
    if exception.closes is not None:
        return begin, closes_on(day, exception.closes)
    return begin, opens_on(day + timedelta(days=1), time.min)


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


GRIDS = tuple(range(CELL_MINUTES, 125, CELL_MINUTES))
