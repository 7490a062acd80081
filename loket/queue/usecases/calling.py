"""Call next: finish who is at the counter and call the next one, in one transaction; and recall."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from sqlalchemy import bindparam, exists, or_, select, update

from loket.catalogue.offer import Offer
from loket.kit.clock import local_day, midnight
from loket.queue.messages import CallNext, CallOutcome, Ticket, TicketAct, TicketCard
from loket.queue.rules.life import (
    NotYetServing,
    OtherCounter,
    StalePicture,
    TicketKind,
    TicketState,
    WrongState,
)
from loket.queue.rules.order import Choice, Waiting, choose
from loket.queue.tables import IS_AT_COUNTER, IS_WAITING
from loket.queue.turns import choices_of, reason_of, settings_of
from loket.queue.usecases.ledger import INTERVAL, TICKET, HeldTicket, held_of, hold, move, stand
from loket.queue.usecases.pausing import PRESENCE, come_back, queues_of
from loket.staff.rules import Permission
from loket.store.work import Work
from loket.visits.tables import VisitRow

_VISIT = VisitRow.metadata.tables["visit"]
_AT_COUNTER = (
    select(TICKET)
    .where(
        TICKET.c.counter_id == bindparam("counter"),
        IS_AT_COUNTER,
    )
    .with_for_update()
)
MAY_CALL = or_(
    TICKET.c.only_counter_id.is_(None),
    TICKET.c.only_counter_id == bindparam("counter"),
    ~exists().where(
        PRESENCE.c.counter_id == TICKET.c.only_counter_id,
        PRESENCE.c.calls,
        PRESENCE.c.pause_reason == "",
        PRESENCE.c.since >= bindparam("midnight"),
    ),
)
"""Not somebody who was sent to another counter by name, as long as that one is open."""
_WAITING = select(
    TICKET.c.id,
    TICKET.c.label,
    TICKET.c.queue_id,
    TICKET.c.kind,
    TICKET.c.priority,
    TICKET.c.arrived_at,
    TICKET.c.appointment_at,
).where(
    TICKET.c.queue_id.in_(bindparam("queues", expanding=True)),
    TICKET.c.day == bindparam("on"),
    IS_WAITING,
    MAY_CALL,
)
# A ticket that a colleague is taking at this moment is passed over, not waited for.
_TAKE = (
    select(TICKET, _VISIT.c.visitor_name, _VISIT.c.note)
    .join(_VISIT, _VISIT.c.id == TICKET.c.visit_id)
    .where(
        TICKET.c.id == bindparam("ticket"),
        TICKET.c.queue_id.in_(bindparam("queues", expanding=True)),
        IS_WAITING,
        MAY_CALL,
    )
    .with_for_update(skip_locked=True, of=TICKET)
)
_CALL_AGAIN = (
    update(INTERVAL)
    .where(INTERVAL.c.ticket_id == bindparam("ticket"), INTERVAL.c.to_at.is_(None))
    .values(calls=INTERVAL.c.calls + 1, last_call_at=bindparam("at"), last_call_seq=bindparam("n"))
)


def call_next(work: Work, offer: Offer, counter_id: str, command: CallNext) -> CallOutcome:
    """Finish the ticket at the counter, if any, and call who is next in its queues.

    The desk says which ticket it believes is there; when it is wrong, nothing happens.
    """
    work.allow(Permission.CALL_TICKET)
    queues = queues_of(work, offer, counter_id)
    come_back(work, offer, counter_id)
    present = _at_counter(work, counter_id)
    _check_belief(present, command.believes)
    finished = move(work, present, TicketState.DONE, act="finish_ticket") if present else None
    called = _call(work, offer, counter_id, queues)
    if present is None and called is None:
        work.record("call_next", "counter", counter_id, found=False)
    return work.commit(
        CallOutcome(called=called, finished=finished.message() if finished else None)
    )


def _at_counter(work: Work, counter_id: str) -> HeldTicket | None:
    row = work.connection.execute(_AT_COUNTER, {"counter": counter_id}).one_or_none()
    return None if row is None else held_of(row)


def _check_belief(present: HeldTicket | None, believes: str | None) -> None:
    truth = present.id if present else None
    if truth != believes:
        raise StalePicture(
            number=present.row.label if present else None,
            state=present.standing.state if present else None,
        )
    if present is not None and present.standing.state is TicketState.CALLED:
        raise NotYetServing(number=present.row.label)


def _call(work: Work, offer: Offer, counter_id: str, queues: list[str]) -> TicketCard | None:
    """Call the best of those who are still there once they are locked."""
    where = {
        "queues": queues,
        "on": local_day(work.now),
        "counter": counter_id,
        "midnight": midnight(work.now),
    }
    for choice in _choices(work, offer, counter_id, where):
        place = {**where, "ticket": choice.ticket.id}
        row: Any = work.connection.execute(_TAKE, place).one_or_none()
        if row is None:
            continue  # a colleague was quicker
        held, why = held_of(row), reason_of(choice.why)
        called = move(
            work, held, TicketState.CALLED, act="call_next", counter_id=counter_id, why=why
        )
        return TicketCard(
            ticket=called.message(),
            visitor_name=row.visitor_name,
            note=row.note,
            remark="",
            parked_by="",
        )
    return None


def _choices(work: Work, offer: Offer, counter_id: str, where: dict[str, Any]) -> Iterator[Choice]:
    """Who is next; asked again, who is next without those before."""
    waiting = {row.id: _waiting(row) for row in work.connection.execute(_WAITING, where)}
    settings = settings_of(offer.queue(each) for each in where["queues"])
    chooses = choices_of(offer.counter(counter_id))
    while choice := choose(waiting.values(), work.now, settings, chooses):
        del waiting[choice.ticket.id]
        yield choice


def _waiting(row: Any) -> Waiting:
    return Waiting(
        id=row.id,
        number=row.label,
        queue_id=row.queue_id,
        kind=TicketKind(row.kind),
        priority=row.priority,
        arrived_at=row.arrived_at,
        appointment_at=row.appointment_at,
    )


def recall_ticket(work: Work, ticket_id: str, command: TicketAct) -> Ticket:
    """Call the same ticket once more, for who did not hear it."""
    work.allow(Permission.CALL_TICKET)
    ticket = hold(work, ticket_id, command.seen_version)
    now = ticket.standing
    if now.state is not TicketState.CALLED:
        raise WrongState(number=ticket.row.label, state=now.state, wanted=TicketState.CALLED)
    if now.counter_id != work.actor.counter_id:
        raise OtherCounter(number=ticket.row.label)
    at = max(work.now, now.since)
    again = {"ticket": ticket_id, "at": at, "n": ticket.version + 1}
    work.connection.execute(_CALL_AGAIN, again)
    called = replace(now, calls=now.calls + 1, last_called_at=at)
    result = stand(work, ticket, called, act="recall_ticket")
    return work.commit(result.message())
