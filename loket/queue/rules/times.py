"""How long somebody waited and was served, recomputed from the states their ticket was in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from loket.queue.rules.life import AT_COUNTER, Interval, TicketState

_NONE = timedelta(0)


@dataclass(frozen=True)
class Times:
    """The times of one ticket up to a moment (PRODUCT, Queue)."""

    first_wait: timedelta | None
    """From the later of arrival and appointment to the first call; None: not called yet."""
    all_waits: timedelta
    """Every stretch of waiting, those after parking and transfer too."""
    parked: timedelta
    called: timedelta
    service: timedelta
    """Every stretch at a counter after the visitor had come there."""
    left_unserved: bool
    """Whether it ended without anybody having been served."""


def times(
    history: Sequence[Interval],
    *,
    arrived_at: datetime,
    until: datetime,
    appointment_at: datetime | None = None,
) -> Times:
    """The times of a ticket; its intervals in order and without those that were taken back.

    ``until`` ends the state it is in now. A transfer is a moment, so it has no length of its own.
    """
    begins = max(arrived_at, appointment_at or arrived_at)
    ends = [*(later.from_at for later in history[1:]), until]
    spent: dict[TicketState, timedelta] = {}
    for entered, end in zip(history, ends, strict=True):
        start = max(entered.from_at, begins) if entered.state is _WAITING else entered.from_at
        spent[entered.state] = spent.get(entered.state, _NONE) + max(_NONE, end - start)
    called = [entered.from_at for entered in history if entered.state in AT_COUNTER]
    return Times(
        first_wait=max(_NONE, called[0] - begins) if called else None,
        all_waits=spent.get(_WAITING, _NONE),
        parked=spent.get(TicketState.PARKED, _NONE),
        called=spent.get(TicketState.CALLED, _NONE),
        service=spent.get(TicketState.SERVING, _NONE),
        left_unserved=_left_unserved(history),
    )


_WAITING = TicketState.WAITING
_LEFT = {TicketState.WITHDRAWN, TicketState.EXPIRED}


def _left_unserved(history: Sequence[Interval]) -> bool:
    served = any(entered.state is TicketState.SERVING for entered in history)
    return history[-1].state in _LEFT and not served
