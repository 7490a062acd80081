"""When a report must be confirmed and answered, by the town's own regulation; each date explained.

No law sets these terms for a municipality (Decreet Lokaal Bestuur, art. 302: the council does), so
all of it is a setting. A term is written as *uiterlijk 26 maart*: that day itself counts.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from loket.kit.errors import Conflict, Invalid

HolidayName = Callable[[date], str]
"""The public holiday on a day, or nothing."""
_DAY: Final = timedelta(days=1)
_SATURDAY: Final = 5
_LONGEST: Final = 366


class Counting(StrEnum):
    CALENDAR = "calendar"
    WORKING = "working"
    """Monday to Friday, without the public holidays."""


class StartsWith(StrEnum):
    REGISTRATION = "registration"
    CLARIFICATION = "clarification"
    """Once it is clear what is meant: what the citizen was asked first is not counted."""


class TermExtended(Conflict):
    """A term is extended once."""

    code = "report.term_extended"


class NoExtension(Conflict):
    """The regulation knows no extension for this kind."""

    code = "report.no_extension"


class TermUnreadable(Invalid):
    """A term of so many days cannot be."""

    code = "report.term_unreadable"


class ReceiptAfterAnswer(Invalid):
    """The receipt would be confirmed after the answer was due."""

    code = "report.receipt_after_answer"


@dataclass(frozen=True)
class Regulation:
    """The terms of one kind of report, in days."""

    receipt_days: int = 10
    answer_days: int = 45
    extension_days: int = 0
    """0: there is no extension."""
    reaction_days: int = 2
    """To react to what the citizen wrote back."""
    counting: Counting = Counting.CALENDAR
    starts_with: StartsWith = StartsWith.REGISTRATION
    pauses: bool = True
    """Whether the days spent waiting for the citizen do not count."""


@dataclass(frozen=True)
class Pause:
    """The town waited for the citizen from one day until another; None: it still does."""

    since: date
    until: date | None


@dataclass(frozen=True)
class Explained:
    """A date and how it came to be."""

    due: date
    start: date
    """The day from which is counted; it is not counted itself."""
    days: int
    counting: Counting
    extension: int
    """Days added by the extension."""
    paused: int
    """Days that did not count."""
    holidays: tuple[str, ...]
    """Public holidays that were passed over, by name."""


def check_regulation(regulation: Regulation) -> None:
    days = (regulation.receipt_days, regulation.answer_days, regulation.reaction_days)
    if not all(1 <= one <= _LONGEST for one in days):
        raise TermUnreadable(days=min(days))
    if not 0 <= regulation.extension_days <= _LONGEST:
        raise TermUnreadable(days=regulation.extension_days)
    if regulation.receipt_days > regulation.answer_days:
        raise ReceiptAfterAnswer


def receipt_due(regulation: Regulation, registered: date, holiday: HolidayName) -> Explained:
    """Until which day the receipt is confirmed."""
    return _counted(registered, regulation.receipt_days, regulation.counting, holiday)


def reaction_due(regulation: Regulation, answered: date, holiday: HolidayName) -> Explained:
    """Until which day the town reacts to what a citizen wrote back."""
    return _counted(answered, regulation.reaction_days, regulation.counting, holiday)


def answer_due(
    regulation: Regulation,
    registered: date,
    holiday: HolidayName,
    *,
    today: date,
    pauses: Sequence[Pause] = (),
    extended: bool = False,
) -> Explained:
    """Until which day it is answered.

    While a pause goes on, its days until ``today`` are counted as passed over.
    """
    start = registered
    pauses = sorted(pauses, key=lambda pause: pause.since)
    if regulation.starts_with is StartsWith.CLARIFICATION and pauses:
        start, pauses = pauses[0].until or today, pauses[1:]
    extension = regulation.extension_days if extended else 0
    counted = _counted(start, regulation.answer_days + extension, regulation.counting, holiday)
    if not regulation.pauses:
        return _with(counted, regulation.answer_days, extension, 0)
    return _stretched(counted, pauses, regulation, extension, holiday, today)


def _stretched(
    counted: Explained,
    pauses: Sequence[Pause],
    regulation: Regulation,
    extension: int,
    holiday: HolidayName,
    today: date,
) -> Explained:
    """Push the date on by the days of each pause that began before it."""
    due, paused, passed = counted.due, 0, list(counted.holidays)
    for pause in pauses:
        until = pause.until or today
        if pause.since > due:
            break
        days = _days_between(pause.since, until, regulation.counting, holiday)
        if days:
            further = _counted(due, days, regulation.counting, holiday)
            due, paused = further.due, paused + days
            passed += further.holidays
    moved = Explained(due, counted.start, 0, counted.counting, 0, 0, tuple(passed))
    return _with(moved, regulation.answer_days, extension, paused)


def _with(counted: Explained, days: int, extension: int, paused: int) -> Explained:
    return Explained(
        counted.due, counted.start, days, counted.counting, extension, paused, counted.holidays
    )


def _counted(start: date, days: int, counting: Counting, holiday: HolidayName) -> Explained:
    if counting is Counting.CALENDAR:
        due = start + timedelta(days=days)
        return Explained(due, start, days, counting, 0, 0, ())
    day, left, passed = start, days, []
    while left:
        day += _DAY
        name = holiday(day)
        if name and day.weekday() < _SATURDAY:
            passed.append(name)
        elif day.weekday() < _SATURDAY:
            left -= 1
    return Explained(day, start, days, counting, 0, 0, tuple(passed))


def _days_between(since: date, until: date, counting: Counting, holiday: HolidayName) -> int:
    """How many days that count lie after ``since``, up to and with ``until``."""
    days = (until - since).days
    if counting is Counting.CALENDAR:
        return max(0, days)
    every = (since + timedelta(days=step) for step in range(1, days + 1))
    return sum(1 for day in every if day.weekday() < _SATURDAY and not holiday(day))


def check_extension(regulation: Regulation, *, extended: bool) -> None:
    if not regulation.extension_days:
        raise NoExtension
    if extended:
        raise TermExtended
