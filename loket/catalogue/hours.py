"""When a site or a queue is open: weekly hours, exceptions and Belgian public holidays.

What is nearer wins: an exception of the queue over one of its site, over one of the whole town,
over a public holiday, over the weekly hours of the queue, over those of the site.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from operator import attrgetter

import holidays

from loket.kit.clock import closes_on, local_day, opens_on

_DAYS_AHEAD = 60
"""So far ahead the next opening is looked for."""
_REMEMBERED = 2000
_DayOf = tuple[date, str, str | None]


@dataclass(frozen=True)
class WeeklyHours:
    """One opening period of a weekday (Monday is 1); without a queue it is the site's."""

    site_id: str
    queue_id: str | None
    weekday: int
    opens: time
    closes: time
    valid_from: date
    valid_to: date | None

    def holds_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True)
class HoursException:
    """Other hours on one day, or closed when it has no times; without a site: everywhere."""

    site_id: str | None
    queue_id: str | None
    day: date
    name: str
    opens: time | None
    closes: time | None


@dataclass(frozen=True)
class Period:
    """From opening to closing, in UTC."""

    opens_at: datetime
    closes_at: datetime

    def __contains__(self, moment: datetime) -> bool:
        return self.opens_at <= moment < self.closes_at


@dataclass(frozen=True)
class DayHours:
    """The hours of one day; ``reason`` names the exception or holiday that set them."""

    periods: tuple[Period, ...]
    reason: str


@dataclass(frozen=True)
class OpenState:
    """Whether it is open at a moment, until when, and when it opens next."""

    open_now: bool
    closes_at: datetime | None
    opens_next: datetime | None
    reason: str


@dataclass(frozen=True)
class Timetable:
    """All hours and exceptions of a town; what was reckoned once is remembered."""

    weekly: tuple[WeeklyHours, ...]
    exceptions: tuple[HoursException, ...]
    _reckoned: dict[_DayOf, DayHours] = field(default_factory=dict, compare=False, repr=False)

    def on(self, day: date, *, site_id: str, queue_id: str | None = None) -> DayHours:
        """The opening periods of a site, or of one of its queues, on a day."""
        asked = (day, site_id, queue_id)
        known = self._reckoned.get(asked)
        if known is None:
            if len(self._reckoned) >= _REMEMBERED:
                self._reckoned.clear()
            known = self._reckoned[asked] = self._reckon(day, site_id, queue_id)
        return known

    def _reckon(self, day: date, site_id: str, queue_id: str | None) -> DayHours:
        unusual = self.unusual(day, site_id=site_id, queue_id=queue_id)
        if unusual is not None:
            return unusual
        return DayHours(_periods(day, self._weekly(day, site_id, queue_id)), "")

    def unusual(self, day: date, *, site_id: str, queue_id: str | None = None) -> DayHours | None:
        """The hours of a day with an exception or a public holiday; of an ordinary day nothing."""
        found = self._exceptions(day, site_id, queue_id)
        if found:
            return DayHours(_periods(day, found), found[0].name)
        holiday = holiday_name(day)
        return DayHours((), holiday) if holiday else None

    def at(self, moment: datetime, *, site_id: str, queue_id: str | None = None) -> OpenState:
        """Whether it is open at the moment, when it closes, and when it opens (again)."""
        today = self.on(local_day(moment), site_id=site_id, queue_id=queue_id)
        now = next((period for period in today.periods if moment in period), None)
        later = (p.opens_at for p in self._from(moment, site_id, queue_id) if p.opens_at > moment)
        return OpenState(
            now is not None, now.closes_at if now else None, next(later, None), today.reason
        )

    def _from(self, moment: datetime, site_id: str, queue_id: str | None) -> Iterator[Period]:
        first = local_day(moment)
        for ahead in range(_DAYS_AHEAD):
            day = first + timedelta(days=ahead)
            yield from self.on(day, site_id=site_id, queue_id=queue_id).periods

    def _weekly(self, day: date, site_id: str, queue_id: str | None) -> list[WeeklyHours]:
        """A queue that has hours of its own has only those, also on days when it has none."""
        valid = [hours for hours in self.weekly if hours.site_id == site_id and hours.holds_on(day)]
        own = [hours for hours in valid if hours.queue_id == queue_id]
        if queue_id is not None and not own:
            own = [hours for hours in valid if hours.queue_id is None]
        return [hours for hours in own if hours.weekday == day.isoweekday()]

    def _exceptions(self, day: date, site_id: str, queue_id: str | None) -> list[HoursException]:
        on_day = [exception for exception in self.exceptions if exception.day == day]
        for site, queue in _nearest_first(site_id, queue_id):
            found = [e for e in on_day if (e.site_id, e.queue_id) == (site, queue)]
            if found:
                return found
        return []


@lru_cache(maxsize=32)
def public_holidays(year: int) -> dict[date, str]:
    """The Belgian public holidays of a year with their Dutch names (law of 4 January 1974)."""
    return dict(holidays.country_holidays("BE", years=[year], language="nl"))


def holiday_name(day: date) -> str:
    """The public holiday on that day, or nothing."""
    return public_holidays(day.year).get(day, "")


def _nearest_first(site_id: str, queue_id: str | None) -> Sequence[tuple[str | None, str | None]]:
    town_and_site = ((site_id, None), (None, None))
    return town_and_site if queue_id is None else ((site_id, queue_id), *town_and_site)


def _periods(
    day: date, hours: Iterable[WeeklyHours] | Iterable[HoursException]
) -> tuple[Period, ...]:
    """In UTC."""
    made = [
        Period(opens_on(day, entry.opens), closes_on(day, entry.closes))
        for entry in hours
        if entry.opens is not None and entry.closes is not None
    ]
    return tuple(sorted(made, key=attrgetter("opens_at")))
