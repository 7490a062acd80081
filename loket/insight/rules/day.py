"""How a day goes, per half hour: who came, who was to be expected, and room for how many."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from itertools import pairwise

from loket.kit.clock import local

HALF = 1800
"""Seconds in half an hour. Belgian clocks differ by whole hours: halves fall on the wall clock."""
TREND_POINTS, TREND_STEP = 12, 300
"""The last hour, every five minutes; the last point is now."""
LEARNT_WEEKS, LOOKED_BACK_WEEKS = 8, 13
"""From so many days with the same name we learn what to expect, looking back so far for them."""
USUAL_SERVICE = 600
"""Seconds, for a queue where nothing was measured yet."""


@dataclass(frozen=True)
class Stay:
    """One ticket's way through a day, in whole seconds since 1970."""

    queue_id: str
    arrived: int
    waits_from: int
    """The later of arrival and appointment."""
    called: int | None = None
    """First called."""
    left_waiting: int | None = None
    """When it no longer waited: called, or gone without."""
    worked: tuple[int, int] | None = None
    """From when to when a counter had it."""
    counter_id: str = ""
    served: int | None = None
    """How long it was served, of those who were."""


def same_weekdays(day: date) -> list[date]:
    """The days with the same name before a day, the nearest first."""
    return [day - timedelta(weeks=weeks) for weeks in range(1, LOOKED_BACK_WEEKS + 1)]


def half_of(moment: datetime) -> int:
    """The half hour of a moment, counted from 1970."""
    return int(moment.timestamp()) // HALF


def begins(half: int) -> datetime:
    return datetime.fromtimestamp(half * HALF, UTC)


@lru_cache(maxsize=20_000)
def slot_of(half: int) -> int:
    """The place of a half hour on a Belgian wall clock: 0 is midnight, 47 half an hour before.

    The second time an autumn night shows an hour it is nobody's: -1, so that it counts once.
    """
    shown = local(begins(half))
    return -1 if shown.fold else shown.hour * 2 + shown.minute // 30


def arrivals(stays: Iterable[Stay]) -> dict[str, dict[int, int]]:
    """By queue and half hour how many came."""
    found: dict[str, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    for stay in stays:
        found[stay.queue_id][stay.arrived // HALF] += 1
    return found


def staffed(
    stays: Iterable[Stay], first_choices: Mapping[str, Sequence[str]]
) -> dict[str, dict[int, float]]:
    """By queue and half hour how many counters worked for it.

    A counter counts for the queues of its first choice, in equal parts; it worked in a half hour
    in which it had somebody.
    """
    at_work: dict[int, set[str]] = defaultdict(set)
    for stay in stays:
        for half in _halves(stay.worked):
            at_work[half].add(stay.counter_id)
    found: dict[str, dict[int, float]] = defaultdict(lambda: defaultdict(float))
    for half, counters in at_work.items():
        for counter in counters:
            queues = first_choices.get(counter, ())
            for queue_id in queues:
                found[queue_id][half] += 1 / len(queues)
    return found


def _halves(worked: tuple[int, int] | None) -> Iterator[int]:
    if worked is not None:
        start, end = worked
        yield from range(start // HALF, max(start, end) // HALF + 1)


def by_slot(
    days: Sequence[Mapping[str, Mapping[int, float]]],
) -> dict[str, dict[int, float]]:
    """What is usual on a wall clock: the mean over days, by queue and slot."""
    sums: dict[str, dict[int, float]] = defaultdict(lambda: defaultdict(float))
    for found in days:
        for queue_id, halves in found.items():
            for half, many in halves.items():
                sums[queue_id][slot_of(half)] += many / len(days)
    return sums


def trend(waits: Iterable[tuple[int, int, int | None]], now: int) -> list[int]:
    """The longest wait in seconds at each of the twelve moments up to now.

    ``waits`` are stretches of waiting: since when the visitor is here, and from when to when
    (None: still) the ticket waited. Recomputable from the intervals at any time.
    """
    known = list(waits)
    moments = [now - TREND_STEP * back for back in range(TREND_POINTS - 1, -1, -1)]
    return [
        max(
            (
                moment - here
                for here, start, end in known
                if max(here, start) <= moment and (end is None or moment < end)
            ),
            default=0,
        )
        for moment in moments
    ]


def mean_service(stays: Iterable[Stay]) -> dict[str, int]:
    """Mean seconds of service by queue, of those who were served."""
    times: dict[str, list[int]] = defaultdict(list)
    for stay in stays:
        if stay.served is not None:
            times[stay.queue_id].append(stay.served)
    return {queue: max(1, round(sum(all_of) / len(all_of))) for queue, all_of in times.items()}


def waiting_at(stays: Iterable[Stay], moment: int) -> dict[str, int]:
    """How many waited in each queue at a moment."""
    found: dict[str, int] = defaultdict(int)
    for stay in stays:
        if stay.waits_from <= moment and (stay.left_waiting is None or moment < stay.left_waiting):
            found[stay.queue_id] += 1
    return found


# What a desk makes of it, with how many counters are open now


@dataclass(frozen=True)
class Plan:
    """The half hours of a queue's day; ``open_now`` counters work for it at this moment."""

    expected: Sequence[float]
    staffed: Sequence[float]
    usual: Sequence[float]
    is_open: Sequence[bool]
    now: int
    """Place of the half hour that is going on; before the first -1."""
    open_now: float
    mean_service: int


def room(plan: Plan) -> list[float | None]:
    """For how many visitors there is room in each half hour; None while the queue is closed.

    Past: the counters that worked. Now: those that are open. Later: those, and what usually
    changes after this hour of this weekday.
    """
    here = plan.usual[plan.now] if 0 <= plan.now < len(plan.usual) else None
    return [
        _served_by(_counters(plan, place, here), plan.mean_service) if opened else None
        for place, opened in enumerate(plan.is_open)
    ]


def _counters(plan: Plan, place: int, usual_now: float | None) -> float:
    if place < plan.now:
        return plan.staffed[place]
    if place == plan.now or usual_now is None or not usual_now:
        return plan.open_now
    return max(0.0, plan.open_now + plan.usual[place] - usual_now)


def _served_by(counters: float, mean_service: int) -> float:
    return counters * HALF / max(1, mean_service)


@dataclass(frozen=True)
class Shortage:
    """Half hours ahead in which more people come than there is room for."""

    first: int
    last: int
    expected: float
    room: float

    @property
    def too_many(self) -> int:
        return round(self.expected - self.room)


def shortages(plan: Plan) -> list[Shortage]:
    """The runs of half hours still to begin that have too little room, the first one first."""
    rooms = room(plan)
    short = [
        place
        for place, space in enumerate(rooms)
        if place > plan.now and space is not None and plan.expected[place] > space
    ]
    runs: list[list[int]] = [[place] for place in short[:1]]
    for before, place in pairwise(short):
        if place == before + 1:
            runs[-1].append(place)
        else:
            runs.append([place])
    found = [_shortage(plan, rooms, run) for run in runs]
    return [one for one in found if one.too_many >= 1]


def _shortage(plan: Plan, rooms: Sequence[float | None], run: Sequence[int]) -> Shortage:
    expected = sum(plan.expected[place] for place in run)
    return Shortage(run[0], run[-1], expected, sum(rooms[place] or 0.0 for place in run))
