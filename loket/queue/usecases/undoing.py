"""Taking back the last act on a ticket: a compensating entry, after which its times are right."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from sqlalchemy import bindparam, select, update

from loket.queue.messages import Ticket, Undo
from loket.queue.queries import interval_of
from loket.queue.rules.life import (
    ALIVE,
    AT_COUNTER,
    Interval,
    NothingToUndo,
    OtherCounter,
    Standing,
    TicketState,
    check_undo,
    check_undo_time,
    moved,
    standing,
)
from loket.queue.usecases.ledger import (
    ENTER_STATE,
    INTERVAL,
    HeldTicket,
    close_visit_if_last,
    hold,
    interval_values,
    stand,
)
from loket.queue.usecases.products import newest_act, undo_product_act
from loket.staff.rules import Permission
from loket.store.work import Work
from loket.visits.messages import ActKind
from loket.visits.tables import ActRow
from loket.visits.usecases import close_visit

_ACT = ActRow.metadata.tables["act"]
_HISTORY = (
    select(INTERVAL).where(INTERVAL.c.ticket_id == bindparam("ticket")).order_by(INTERVAL.c.seq)
)
_TAKE_BACK = (
    update(INTERVAL)
    .where(INTERVAL.c.ticket_id == bindparam("ticket"), INTERVAL.c.seq == bindparam("n"))
    .values(undone_at=bindparam("at"), to_at=bindparam("at"))
)
_REOPEN = (
    update(INTERVAL)
    .where(INTERVAL.c.ticket_id == bindparam("ticket"), INTERVAL.c.seq == bindparam("n"))
    .values(to_at=None)
)
_UNCALL = (
    update(INTERVAL)
    .where(INTERVAL.c.ticket_id == bindparam("ticket"), INTERVAL.c.seq == bindparam("n"))
    .values(calls=bindparam("c"), last_call_at=bindparam("at"), last_call_seq=None)
)
_UNDO_ACT = (
    update(_ACT)
    .where(_ACT.c.ticket_id == bindparam("ticket"), _ACT.c.undone_at.is_(None))
    .values(undone_at=bindparam("noted_at"))
)
_UNDO_REFERRED = (
    update(_ACT)
    .where(
        _ACT.c.ticket_id == bindparam("ticket"),
        _ACT.c.product_id == bindparam("product"),
        _ACT.c.kind == str(ActKind.REFERRED),
    )
    .values(undone_at=bindparam("noted_at"))
)
_REDO_ACT = (
    update(_ACT)
    .where(_ACT.c.ticket_id == bindparam("ticket"), _ACT.c.undone_at == bindparam("then"))
    .values(undone_at=None)
)
"""Only what was taken back with the ticket: a product that was taken off before stays off."""

_PERMISSION = {
    TicketState.WAITING: Permission.CALL_TICKET,
    TicketState.CALLED: Permission.CALL_TICKET,
    TicketState.SERVING: Permission.CALL_TICKET,
    TicketState.PARKED: Permission.CALL_TICKET,
    TicketState.DONE: Permission.CALL_TICKET,
    TicketState.NO_SHOW: Permission.CALL_TICKET,
    TicketState.WITHDRAWN: Permission.WITHDRAW_TICKET,
}
"""Who may do an act may take it back; by the state that the act led to."""
_WELCOME_MAY = {TicketState.NO_SHOW, TicketState.TRANSFERRED}
"""To let somebody wait again out of these is what a welcome desk does too."""


MayRevive = Callable[[Work, str], bool]
"""Whether the appointment of a ticket that ended still counts on that ticket."""


def undo(work: Work, command: Undo, may_revive: MayRevive) -> Ticket:
    """Take back the last act on a ticket, within five minutes.

    Taking back the issue itself withdraws the ticket: its number was given and stays used.
    """
    ticket = hold(work, command.ticket_id, command.seen_version)
    rows = list(work.connection.execute(_HISTORY, {"ticket": ticket.id}))
    standing_rows = [row for row in rows if row.undone_at is None]
    product = newest_act(work, ticket)
    if product is not None and product.seq > _last_seq(standing_rows):
        check_undo_time(ticket.row.label, product.at, work.now)
        return undo_product_act(work, ticket, product)
    history = [interval_of(row) for row in standing_rows]
    check_undo(ticket.row.label, history, work.now)
    if _is_of_appointment(ticket) and not may_revive(work, ticket.id):
        raise NothingToUndo(number=ticket.row.label)
    if len(history) == 1:
        return _undo_issue(work, ticket)
    return _undo_state(work, ticket, history)


def _is_of_appointment(ticket: HeldTicket) -> bool:
    """Of one that ended: who checked in again meanwhile has another ticket."""
    return ticket.standing.state not in ALIVE and ticket.row.appointment_at is not None


def _last_seq(rows: list[Any]) -> int:
    """Which version of the ticket the last act on its states made."""
    return max(rows[-1].seq, rows[-1].last_call_seq or 0) if rows else 0


def _undo_state(work: Work, ticket: HeldTicket, history: list[Interval]) -> Ticket:
    last = history[-1]
    # A transfer is one act and two states: neither stands without the other.
    many = 2 if history[-2].state is TicketState.TRANSFERRED else 1
    kept, gone = history[:-many], history[-many:]
    back = standing(kept)
    _check_may(work, ticket, history, back)
    if last.state is TicketState.CALLED and last.calls > 1:
        return _undo_recall(work, ticket, history)
    # Another server's clock, or our own once set right, may have been a little ahead.
    at = max(work.now, last.from_at)
    for each in gone:
        work.connection.execute(_TAKE_BACK, {"ticket": ticket.id, "n": each.seq, "at": at})
    work.connection.execute(_REOPEN, {"ticket": ticket.id, "n": kept[-1].seq})
    if last.state not in ALIVE:
        close_visit(work, ticket.row.visit_id, None)
        work.connection.execute(_REDO_ACT, {"ticket": ticket.id, "then": last.from_at})
    if len(gone) > 1:
        noted = {"ticket": ticket.id, "product": last.product_id, "noted_at": at}
        work.connection.execute(_UNDO_REFERRED, noted)
    result = stand(work, ticket, back, act="undo")
    return work.commit(result.message())


def _check_may(work: Work, ticket: HeldTicket, history: list[Interval], back: Standing) -> None:
    """A ticket that is at a counter, or comes back to one, is that counter's to take back."""
    before, last = history[-2:]
    welcome = last.state is TicketState.WAITING and before.state in _WELCOME_MAY
    work.allow(Permission.ISSUE_TICKET if welcome else _PERMISSION[last.state])
    for now in (ticket.standing, back):
        if now.state in AT_COUNTER and now.counter_id != work.actor.counter_id:
            raise OtherCounter(number=ticket.row.label)


def _undo_recall(work: Work, ticket: HeldTicket, history: list[Interval]) -> Ticket:
    """The last act was calling once more: one call less, and still called."""
    last = history[-1]
    fewer = replace(last, calls=last.calls - 1, last_call_at=last.from_at)
    work.connection.execute(
        _UNCALL,
        {"ticket": ticket.id, "n": last.seq, "c": fewer.calls, "at": fewer.last_call_at},
    )
    now = standing([*history[:-1], fewer])
    return work.commit(stand(work, ticket, now, act="undo").message())


def _undo_issue(work: Work, ticket: HeldTicket) -> Ticket:
    work.allow(Permission.ISSUE_TICKET)
    if ticket.standing.state is not TicketState.WAITING:
        raise NothingToUndo(number=ticket.row.label)
    at = max(work.now, ticket.standing.since)
    now = ticket.standing
    entered = Interval(
        ticket.version + 1,
        TicketState.WITHDRAWN,
        at,
        None,
        work.actor.user_id,
        queue_id=now.queue_id,
        product_id=now.product_id,
    )
    first = {"ticket": ticket.id, "n": 1, "at": at}
    work.connection.execute(_LEAVE, first)
    work.connection.execute(ENTER_STATE, interval_values(ticket.id, entered))
    work.connection.execute(_UNDO_ACT, {"ticket": ticket.id, "noted_at": at})
    result = stand(work, ticket, moved(ticket.standing, entered), act="undo")
    close_visit_if_last(work, ticket.row.visit_id, at)
    return work.commit(result.message())


_LEAVE = (
    update(INTERVAL)
    .where(INTERVAL.c.ticket_id == bindparam("ticket"), INTERVAL.c.seq == bindparam("n"))
    .values(to_at=bindparam("at"))
)
