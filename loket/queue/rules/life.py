"""The life of a ticket: its states, the only moves between them, its times, its number."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from loket.kit.errors import Conflict, NotAllowed, NotFound

FIRST_NUMBER, LAST_NUMBER = 1, 899
"""Given by the server, without gaps."""
FIRST_LEASED, LAST_LEASED = 900, 999
"""Leased to desks beforehand, for when the server is away; gaps are normal there."""
TICKET_CODE_KIND = "T"
"""The letter that begins the barcode of a slip; desk and server must agree on it."""
UNDO_WITHIN = timedelta(minutes=5)


class TicketState(StrEnum):
    """Where a ticket is in its life."""

    WAITING = "waiting"
    CALLED = "called"
    SERVING = "serving"
    PARKED = "parked"
    NO_SHOW = "no_show"
    TRANSFERRED = "transferred"
    DONE = "done"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


class TicketKind(StrEnum):
    """Which of a queue's two series a number comes from."""

    WALK_IN = "walk_in"
    APPOINTMENT = "appointment"


_S = TicketState
MOVES: dict[TicketState, frozenset[TicketState]] = {
    _S.WAITING: frozenset({_S.CALLED, _S.PARKED, _S.WITHDRAWN, _S.TRANSFERRED, _S.EXPIRED}),
    _S.CALLED: frozenset(
        {_S.SERVING, _S.WAITING, _S.NO_SHOW, _S.PARKED, _S.TRANSFERRED, _S.WITHDRAWN}
    ),
    _S.SERVING: frozenset({_S.DONE, _S.PARKED, _S.TRANSFERRED}),
    _S.PARKED: frozenset({_S.WAITING, _S.CALLED, _S.WITHDRAWN, _S.EXPIRED}),
    _S.NO_SHOW: frozenset({_S.WAITING, _S.EXPIRED}),
    # A transfer is a moment: the ticket at once waits in the other queue.
    _S.TRANSFERRED: frozenset({_S.WAITING}),
    _S.DONE: frozenset(),
    _S.WITHDRAWN: frozenset(),
    _S.EXPIRED: frozenset(),
}
"""The only moves there are (PRODUCT, Queue); undo is not a move but takes one back."""

ALIVE = frozenset({_S.WAITING, _S.CALLED, _S.SERVING, _S.PARKED, _S.NO_SHOW})
AT_COUNTER = frozenset({_S.CALLED, _S.SERVING})


class UnknownTicket(NotFound):
    code = "queue.unknown_ticket"


class WrongState(Conflict):
    """The ticket is in ``state``, from which it cannot go where it was sent."""

    code = "queue.wrong_state"


class StalePicture(Conflict):
    """The desk believed something of the past; ``number`` and ``state`` tell the present."""

    code = "queue.stale_picture"


class NotYetServing(Conflict):
    """Somebody was called and is not there yet: a double press must not skip a person."""

    code = "queue.not_yet_serving"


class OtherCounter(NotAllowed):
    """The ticket, or the act, belongs to another counter."""

    code = "queue.other_counter"


class ServesNothing(Conflict):
    """This desk serves no queue."""

    code = "queue.counter_serves_nothing"


class NotServedHere(Conflict):
    """No queue of this site serves the product."""

    code = "queue.not_served_here"


class QueueClosed(Conflict):
    code = "queue.closed"


class AppointmentOnly(Conflict):
    code = "queue.appointment_only"


class SeriesExhausted(Conflict):
    """All numbers of the day are given; the series starts anew tomorrow."""

    code = "queue.series_exhausted"


class NumberNotLeased(Conflict):
    """The number was not leased to this desk today, or is given already."""

    code = "queue.number_not_leased"


class TicketExists(Conflict):
    """Another ticket has this id or barcode."""

    code = "queue.ticket_exists"


class NothingToUndo(Conflict):
    code = "queue.nothing_to_undo"


class UndoTooLate(Conflict):
    """More than five minutes ago."""

    code = "queue.undo_too_late"


class CounterBusy(Conflict):
    """Another ticket is at this counter."""

    code = "queue.counter_busy"


def label(prefix: str, number: int) -> str:
    """As printed and called: ``A014``."""
    return f"{prefix}{number:03d}"


def check_move(number: str, state: TicketState, wanted: TicketState) -> None:
    """Refuse whatever is not in :data:`MOVES`."""
    if wanted not in MOVES[state]:
        raise WrongState(number=number, state=state, wanted=wanted)


@dataclass(frozen=True)
class Interval:
    """A state a ticket was in: since when, where, by whom. The history is the data."""

    seq: int
    """The version of the ticket that began with it."""
    state: TicketState
    from_at: datetime
    counter_id: str | None
    user_id: str | None
    calls: int = 0
    last_call_at: datetime | None = None
    why: Mapping[str, object] | None = None
    """Of a call that the rules chose: why this person, as ``order.Why`` in plain values."""
    queue_id: str = ""
    product_id: str = ""
    """Where and for what from then on; empty: as before."""
    only_counter_id: str | None = None
    """The counter that a transfer named: while it is open, nobody else calls."""


@dataclass(frozen=True)
class Standing:
    """What a ticket's intervals add up to; kept on the ticket so that lists are quick."""

    state: TicketState
    since: datetime
    counter_id: str | None = None
    first_called_at: datetime | None = None
    last_called_at: datetime | None = None
    serving_since: datetime | None = None
    ended_at: datetime | None = None
    calls: int = 0
    why: Mapping[str, object] | None = None
    queue_id: str = ""
    product_id: str = ""
    only_counter_id: str | None = None
    parked_by: str | None = None


def issued(at: datetime, *, queue_id: str = "", product_id: str = "") -> Standing:
    """A new ticket waits."""
    return Standing(_S.WAITING, at, queue_id=queue_id, product_id=product_id)


def moved(now: Standing, entered: Interval) -> Standing:
    """The standing once a state was entered."""
    common = replace(
        now,
        state=entered.state,
        since=entered.from_at,
        queue_id=entered.queue_id or now.queue_id,
        product_id=entered.product_id or now.product_id,
        only_counter_id=entered.only_counter_id,
        parked_by=None,
    )
    match entered.state:
        case _S.WAITING:
            return replace(common, counter_id=None, serving_since=None, ended_at=None, why=None)
        case _S.CALLED:
            called = entered.last_call_at or entered.from_at
            return replace(
                common,
                counter_id=entered.counter_id,
                first_called_at=now.first_called_at or entered.from_at,
                last_called_at=called,
                serving_since=None,
                calls=now.calls + max(1, entered.calls),
                why=entered.why,
            )
        case _S.SERVING:
            return replace(common, counter_id=entered.counter_id, serving_since=entered.from_at)
        case _S.PARKED:
            # Where and by whom: they may call it straight from there.
            return replace(
                common,
                counter_id=entered.counter_id,
                serving_since=None,
                parked_by=entered.user_id,
            )
        case _S.DONE | _S.WITHDRAWN | _S.EXPIRED | _S.NO_SHOW:
            return replace(common, ended_at=entered.from_at)
        case _:
            return common


def standing(history: Iterable[Interval]) -> Standing:
    """What the intervals of a ticket, in order and without those taken back, add up to."""
    first, *later = history
    now = issued(first.from_at, queue_id=first.queue_id, product_id=first.product_id)
    for entered in later:
        now = moved(now, entered)
    return now


def check_undo(number: str, history: list[Interval], now: datetime) -> None:
    """Only the last act, only within five minutes."""
    if not history:
        raise NothingToUndo(number=number)
    last = history[-1]
    check_undo_time(number, max(last.from_at, last.last_call_at or last.from_at), now)


def check_undo_time(number: str, at: datetime, now: datetime) -> None:
    if now - at > UNDO_WITHIN:
        raise UndoTooLate(number=number, minutes=int(UNDO_WITHIN.total_seconds() // 60))


def expected_wait(ahead: int, mean_service_seconds: int, open_counters: int) -> timedelta | None:
    """People ahead × mean service time ÷ open counters; None while none is open."""
    if open_counters < 1:
        return None
    return timedelta(seconds=ahead * mean_service_seconds / open_counters)


def minutes(wait: timedelta | None) -> int | None:
    """Whole minutes as promised: rounded up, so that nobody is promised too little."""
    return None if wait is None else -(-int(wait.total_seconds()) // 60)
