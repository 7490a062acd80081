"""What a changed schedule must be, before it is kept."""

from collections.abc import Sequence
from datetime import date, time, timedelta

from loket.appointments.rules.cells import CELL_MINUTES
from loket.appointments.rules.schedule import (
    MOST_PLACES,
    CalendarException,
    ExceptionKind,
    Opening,
    Plan,
    ScheduleEntry,
    check_entry,
)
from loket.kit.errors import Conflict, Invalid

FIRST_YEAR, LAST_YEAR = 2000, 2200
BOOKABLE_DAYS = 731
"""Nothing can be booked further ahead, so no more than this is looked at."""

LONGEST_LOOK = timedelta(days=2 * 366)


class ScheduleStale(Conflict):
    """Somebody changed the schedule meanwhile: ``by`` whom, and the ``version`` it now has."""

    code = "appointment.schedule_stale"


class WrongHours(Invalid):
    """A period that ends before it begins, or not on whole five minutes: ``opens``, ``closes``."""

    code = "appointment.hours"


class WrongDays(Invalid):
    """Days in the wrong order, or of another century: ``first``, ``last``."""

    code = "appointment.days"


class NoPlaces(Invalid):
    """A period in which nobody can be received."""

    code = "appointment.no_places"


class TooManyPlaces(Conflict):
    """Periods that overlap offer more ``places`` than the ``most`` at a moment of ``day``."""

    code = "appointment.too_many_places"


class PeriodExists(Conflict):
    """The id of a period or exception belongs to another."""

    code = "appointment.period_exists"


def check_entries(entries: Sequence[ScheduleEntry]) -> None:
    """Raises what is wrong with the first that cannot be."""
    for entry in entries:
        _check_days(entry.valid_from, entry.valid_to)
        _check_hours(entry.opens, entry.closes)
        _check_places(entry.public_places + entry.desk_places)
        check_entry(entry)


def check_exceptions(exceptions: Sequence[CalendarException]) -> None:
    """Raises what is wrong with the first that cannot be."""
    for exception in exceptions:
        _check_days(exception.first_day, exception.last_day)
        opens, closes = exception.opens, exception.closes
        if exception.kind is ExceptionKind.OPEN:
            _check_places(exception.public_places + exception.desk_places)
        if opens is not None or closes is not None or exception.kind is ExceptionKind.OPEN:
            _check_hours(opens, closes)


def check_together(plan: Plan, today: date) -> None:
    """Periods that overlap add up; together they may not offer more than a calendar holds."""
    places = [entry.public_places + entry.desk_places for entry in plan.entries]
    places += [exception.public_places + exception.desk_places for exception in plan.exceptions]
    if sum(places) <= MOST_PLACES:
        return
    for day in plan.between(today, today + timedelta(days=BOOKABLE_DAYS)):
        most = _most_at_once(day.openings)
        if most > MOST_PLACES:
            raise TooManyPlaces(day=day.day.isoformat(), places=most, most=MOST_PLACES)


def _most_at_once(openings: Sequence[Opening]) -> int:
    """The most places are offered where one of them begins."""
    begins = {opening.starts_at for opening in openings}
    return max(
        (sum(o.places for o in openings if o.starts_at <= at < o.ends_at) for at in begins),
        default=0,
    )


def check_year(day: date) -> None:
    """Raises :class:`WrongDays` for a day of another century."""
    _check_days(day, day)


def check_period(first: date, last: date) -> None:
    """Raises :class:`WrongDays` for days to look back at that are none, or more than two years."""
    _check_days(first, last)
    if last - first > LONGEST_LOOK:
        raise WrongDays(first=first.isoformat(), last=last.isoformat())


def _check_days(first: date, last: date | None) -> None:
    until = last or first
    if until < first or not FIRST_YEAR <= first.year <= until.year <= LAST_YEAR:
        raise WrongDays(first=first.isoformat(), last=until.isoformat())


def _check_hours(opens: time | None, closes: time | None) -> None:
    if opens is None or closes is None or not (_is_whole(opens) and _is_whole(closes)):
        raise WrongHours(opens=str(opens or ""), closes=str(closes or ""))
    if opens >= closes:
        raise WrongHours(opens=str(opens), closes=str(closes))


def _is_whole(at: time) -> bool:
    """On the wall clock, without an offset of its own, and where a cell begins."""
    odd = at.second or at.microsecond or at.minute % CELL_MINUTES
    return at.tzinfo is None and not odd


def _check_places(places: int) -> None:
    if places < 1:
        raise NoPlaces
    if places > MOST_PLACES:
        raise TooManyPlaces(day="", places=places, most=MOST_PLACES)
