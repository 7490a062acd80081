"""The waiting list: which freed moment suits whom, and how long it is kept for them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from loket.appointments.rules.life import PartOfDay
from loket.kit.clock import local, local_day

NOON = time(12, 30)
OFFER_LASTS = timedelta(hours=24)
ANSWER_BEFORE = timedelta(hours=2)
"""So long before the moment an answer must have come, for the next one on the list."""


@dataclass(frozen=True)
class Wished:
    """When somebody could come."""

    first_day: date
    last_day: date
    part: PartOfDay
    refused_at: datetime | None
    """The moment that was offered before and not taken."""

    def suits(self, moment: datetime) -> bool:
        """Whether they could come then, and were not asked already."""
        if moment == self.refused_at or not self.first_day <= local_day(moment) <= self.last_day:
            return False
        if self.part is PartOfDay.ANY:
            return True
        return (local(moment).time() < NOON) == (self.part is PartOfDay.MORNING)


def first_suiting(wished: Wished, moments: Iterable[datetime]) -> datetime | None:
    """The first of these moments at which they could come."""
    return next((moment for moment in moments if wished.suits(moment)), None)


def offer_until(now: datetime, moment: datetime) -> datetime | None:
    """Until when an offered moment is kept; None when there is no time left to ask."""
    until = min(now + OFFER_LASTS, moment - ANSWER_BEFORE)
    return until if until > now else None
