"""Who is next, in several ways: ours, and those that peers have."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TypeAlias

from loket.queue.rules.life import TicketKind
from loket.queue.rules.order import CounterQueues, Settings, Waiting, choose

Policy: TypeAlias = Callable[[Sequence[Waiting], datetime, Settings, CounterQueues], Waiting | None]


def accumulating(
    waiting: Sequence[Waiting], now: datetime, settings: Settings, counter: CounterQueues
) -> Waiting | None:
    """The rules that the server has."""
    choice = choose(waiting, now, settings, counter)
    return choice.ticket if choice else None


def fifo(
    waiting: Sequence[Waiting], now: datetime, settings: Settings, counter: CounterQueues
) -> Waiting | None:
    """By arrival, first choice first; appointments are not looked at."""
    del now, settings
    for queues in (counter.first, counter.second):
        here = [one for one in waiting if one.queue_id in queues]
        if here:
            return min(here, key=lambda one: (one.arrived_at, one.id))
    return None


def strict(
    waiting: Sequence[Waiting], now: datetime, settings: Settings, counter: CounterQueues
) -> Waiting | None:
    """Due appointments before reasons for priority before walk-ins, always: walk-ins may starve."""
    del settings
    for queues in (counter.first, counter.second):
        here = [one for one in waiting if one.queue_id in queues]
        if here:
            return min(here, key=lambda one: _strictly(one, now))
    return None


def _strictly(one: Waiting, now: datetime) -> tuple[int, datetime, str]:
    if one.waits_from > now:
        return (3, one.waits_from, one.id)
    booked = one.kind is TicketKind.APPOINTMENT
    return (0 if booked else 1 if one.priority else 2, one.waits_from, one.id)


POLICIES: dict[str, Policy] = {"accumulating": accumulating, "fifo": fifo, "strict": strict}
