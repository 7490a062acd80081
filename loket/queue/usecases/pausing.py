"""A counter pauses, with a reason, and opens again; a supervisor does the same to others."""

from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select, update

from loket.catalogue.messages import Counter
from loket.catalogue.offer import Offer
from loket.kit.clock import local_day
from loket.queue.messages import CounterAct, CounterNow, PauseCounter
from loket.queue.queries import counter_now, seated_people
from loket.queue.rules.life import CounterBusy, OtherCounter, ServesNothing
from loket.queue.rules.opening import PauseReason, day_end
from loket.queue.rules.refusals import CounterClosed, NobodyThere, UntilPast
from loket.queue.tables import IS_AT_COUNTER, CounterPresenceRow
from loket.queue.usecases.ledger import TICKET
from loket.queue.usecases.seating import announce_counter
from loket.staff.rules import Permission
from loket.store.work import Actor, Work

PRESENCE = CounterPresenceRow.metadata.tables["counter_presence"]
_SEAT = select(PRESENCE).where(PRESENCE.c.counter_id == bindparam("counter")).with_for_update()
_SET_PAUSE = (
    update(PRESENCE)
    .where(PRESENCE.c.counter_id == bindparam("counter"))
    .values(
        pause_reason=bindparam("reason"), paused_at=bindparam("at"), pause_until=bindparam("until")
    )
)
_OPEN_AT = select(TICKET.c.label).where(TICKET.c.counter_id == bindparam("counter"), IS_AT_COUNTER)


def pause_counter(work: Work, offer: Offer, counter_id: str, command: PauseCounter) -> CounterNow:
    """Nobody is called to this counter until it opens again; no wait counts on it.

    A clerk pauses between two visitors. A supervisor may close any counter, also while somebody
    is served there: that visitor is finished, and nobody is called after them.
    """
    own = counter_id == work.actor.counter_id
    work.allow(Permission.CALL_TICKET if own else Permission.CLOSE_QUEUE)
    if command.reason is PauseReason.SUPERVISOR:
        work.allow(Permission.CLOSE_QUEUE)
    counter = _of_this_site(work, offer, counter_id)
    _check_until(work, command.until)
    seat = _seat(work, counter)
    _check_may_change(work, counter, seat)
    if own and command.reason is not PauseReason.SUPERVISOR:
        _check_free(work, counter_id)
    _write(work, counter_id, command.reason, command.until)
    work.record("pause_counter", "counter", counter_id, reason=command.reason)
    return work.commit(announce_counter(work, offer, counter))


def end_pause(work: Work, offer: Offer, counter_id: str, _command: CounterAct) -> CounterNow:
    """Open again; who asks that of an open counter has what they wished."""
    own = counter_id == work.actor.counter_id
    work.allow(Permission.CALL_TICKET if own else Permission.CLOSE_QUEUE)
    counter = _of_this_site(work, offer, counter_id)
    seat = _seat(work, counter)
    if not seat.pause_reason:
        seated = seated_people(work.connection, counter.site_id, work.now)
        return work.commit(counter_now(counter_id, seated))
    _check_may_change(work, counter, seat)
    return work.commit(_open(work, offer, counter))


def come_back(work: Work, offer: Offer, counter_id: str) -> None:
    """Who calls somebody is back: their pause ends with it; does not commit.

    A refusal would only cost a key while a visitor waits. What a supervisor closed stays closed.
    """
    seat = work.connection.execute(_SEAT, {"counter": counter_id}).one_or_none()
    if seat is None or not seat.pause_reason:
        return
    counter = offer.counter(counter_id)
    if seat.pause_reason == PauseReason.SUPERVISOR:
        raise CounterClosed(counter=counter.name)
    _open(work, offer, counter)


def queues_of(work: Work, offer: Offer, counter_id: str) -> list[str]:
    """The queues that the actor's own counter serves."""
    if counter_id != work.actor.counter_id:
        raise OtherCounter(counter=offer.counter(counter_id).name)
    counter = offer.counter(counter_id)
    queues = [*counter.first_choice, *counter.second_choice]
    if not queues:
        raise ServesNothing(counter=counter.name)
    return queues


def _open(work: Work, offer: Offer, counter: Counter) -> CounterNow:
    _write(work, counter.id, None, None)
    work.record("end_pause", "counter", counter.id)
    return announce_counter(work, offer, counter)


def _write(work: Work, counter_id: str, reason: PauseReason | None, until: datetime | None) -> None:
    values = {
        "counter": counter_id,
        "reason": str(reason or ""),
        "at": work.now if reason else None,
        "until": until,
    }
    work.connection.execute(_SET_PAUSE, values)


def _of_this_site(work: Work, offer: Offer, counter_id: str) -> Counter:
    counter = offer.counter(counter_id)
    if counter.site_id != work.actor.site_id and not may_see_to_all_sites(work.actor):
        raise OtherCounter(counter=counter.name)
    return counter


def may_see_to_all_sites(actor: Actor) -> bool:
    """Whether somebody sees what goes on elsewhere, and so may act on it."""
    return Permission.SEE_FIGURES in actor.permissions


def _seat(work: Work, counter: Counter) -> Any:
    """Who sits there today and may call, held until the end of this act."""
    seat = work.connection.execute(_SEAT, {"counter": counter.id}).one_or_none()
    today = local_day(work.now)
    if seat is None or not seat.calls or local_day(seat.since) != today:
        raise NobodyThere(counter=counter.name)
    return seat


def _check_may_change(work: Work, counter: Counter, seat: Any) -> None:
    supervised = seat.pause_reason == PauseReason.SUPERVISOR
    if supervised and Permission.CLOSE_QUEUE not in work.actor.permissions:
        raise CounterClosed(counter=counter.name)


def _check_free(work: Work, counter_id: str) -> None:
    number = work.connection.scalar(_OPEN_AT, {"counter": counter_id})
    if number is not None:
        raise CounterBusy(number=number)


def _check_until(work: Work, until: datetime | None) -> None:
    if until is not None and not work.now < until <= day_end(work.now):
        raise UntilPast(until_at=until.isoformat())
