"""Where the time comes from: the only caller of ``datetime.now`` and of the monotonic clock."""

import time
from datetime import UTC, date, datetime, timedelta
from datetime import time as time_of_day
from typing import Protocol
from zoneinfo import ZoneInfo

BRUSSELS = ZoneInfo("Europe/Brussels")


class Clock(Protocol):
    """Gives the moment as an aware datetime in UTC."""

    def now(self) -> datetime: ...


class SystemClock:
    """The clock of this machine."""

    def now(self) -> datetime:
        return datetime.now(UTC)  # noqa: TID251 - the one place


class ShiftedClock:
    """Another clock, moved by a fixed difference: the demonstration day, or a server's time."""

    def __init__(self, base: Clock, difference: timedelta) -> None:
        self._base = base
        self.difference = difference

    def now(self) -> datetime:
        return self._base.now() + self.difference

    @classmethod
    def starting_at(cls, moment: datetime, base: Clock) -> "ShiftedClock":
        """A clock that shows ``moment`` now and goes on in real time."""
        return cls(base, moment - base.now())


class FixedClock:
    """A clock that stands still until it is moved; for tests and generators."""

    def __init__(self, moment: datetime) -> None:
        self.moment = moment

    def now(self) -> datetime:
        return self.moment

    def advance(self, **parts: float) -> None:
        """Move on by ``timedelta(**parts)``."""
        self.moment += timedelta(**parts)


def local(moment: datetime) -> datetime:
    """The same moment on a Belgian wall clock."""
    return moment.astimezone(BRUSSELS)


def local_day(moment: datetime) -> date:
    """The Belgian calendar day on which the moment falls."""
    return local(moment).date()


def from_wall(day: date, at: time_of_day, *, fold: int = 0) -> datetime:
    """A time on a Belgian wall clock, in UTC.

    In the doubled hour of October ``fold`` 0 is the first time it is shown, 1 the second.
    """
    return datetime.combine(day, at.replace(fold=fold), tzinfo=BRUSSELS).astimezone(UTC)


def opens_on(day: date, at: time_of_day) -> datetime:
    """When what opens at a time of the wall clock does so, in UTC.

    In the doubled hour of October the first time, in the missing one of March as much later.
    """
    return from_wall(day, at, fold=0)


def closes_on(day: date, at: time_of_day) -> datetime:
    """When what closes at a time of the wall clock does so, in UTC.

    In the doubled hour of October the second time, in the missing one of March as much later:
    there the second reading lies before the first.
    """
    return max(from_wall(day, at, fold=0), from_wall(day, at, fold=1))


def begin_of(day: date) -> datetime:
    """When a Belgian calendar day begins."""
    return from_wall(day, time_of_day(0))


def midnight(moment: datetime) -> datetime:
    """When the Belgian calendar day of a moment began."""
    return begin_of(local_day(moment))


def monotonic() -> float:
    """Seconds that only go forward, for durations and time limits."""
    return time.monotonic()
