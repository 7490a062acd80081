"""How many come in an hour, by weekday, and how today compares."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from loket.catalogue.rules import VisitorClass
from loket.kit.clock import local
from loket.queue.rules.waits.expectation import Stream

_WEIGHT = 3.0
"""Days that the same hour of all weekdays counts for."""
_TODAY_WEIGHT = 25.0
"""Arrivals that an ordinary day counts for against what is seen today."""
_MINUTES = 60.0


class Came(NamedTuple):
    """One arrival of the past."""

    queue_id: str
    visitor_class: VisitorClass
    weekday: int
    hour: int


@dataclass(frozen=True)
class Habits:
    """Expected arrivals an hour, by stream, weekday and hour on a Belgian clock."""

    hourly: Mapping[tuple[Stream, int, int], float] = field(default_factory=dict)

    def rates(self, now: datetime, *, seen: int, queues: Iterable[str]) -> dict[Stream, float]:
        """Arrivals per minute now; ``seen`` is how many came to these queues today so far."""
        here = set(queues)
        moment = local(now)
        day, hour = moment.isoweekday(), moment.hour
        passed = moment.minute / _MINUTES
        due = sum(
            count * (1.0 if at < hour else passed)
            for (stream, weekday, at), count in self.hourly.items()
            if weekday == day and at <= hour and stream[0] in here
        )
        pace = (seen + _TODAY_WEIGHT) / (due + _TODAY_WEIGHT)
        return {
            stream: pace * count / _MINUTES
            for (stream, weekday, at), count in self.hourly.items()
            if weekday == day and at == hour and stream[0] in here
        }


def learn_habits(came: Iterable[Came], days: Mapping[int, int]) -> Habits:
    """From the arrivals of so many days of each weekday."""
    counts = Counter(came)
    everywhere: Counter[tuple[Stream, int]] = Counter()
    for one, count in counts.items():
        everywhere[(one.queue_id, one.visitor_class), one.hour] += count
    all_days = max(1, sum(days.values()))
    hourly = {}
    for one, count in counts.items():
        stream = (one.queue_id, one.visitor_class)
        usual = everywhere[stream, one.hour] / all_days
        weight = days.get(one.weekday, 0) + _WEIGHT
        hourly[stream, one.weekday, one.hour] = (count + _WEIGHT * usual) / weight
    return Habits(hourly)
