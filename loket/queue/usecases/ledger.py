"""What every act on a ticket writes: its row, its intervals, the journal, the event."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select, update
from sqlalchemy.exc import IntegrityError

from loket.kit.clock import local_day
from loket.queue.messages import CallReason, Ticket, TicketChanged
from loket.queue.queries import standing_of, ticket_of
from loket.queue.rules.life import (
    ALIVE,
    CounterBusy,
    Interval,
    StalePicture,
    Standing,
    TicketState,
    UnknownTicket,
    check_move,
    moved,
)
from loket.queue.rules.refusals import OtherDay
from loket.queue.tables import IS_ALIVE, TicketIntervalRow, TicketRow
from loket.store.work import Work
from loket.visits.usecases import close_visit, hold_visit

TICKET = TicketRow.metadata.tables["ticket"]
INTERVAL = TicketIntervalRow.metadata.tables["ticket_interval"]

_FIND = (
    select(TICKET)
    .where(TICKET.c.id == bindparam("ticket"), TICKET.c.site_id == bindparam("site"))
    .with_for_update()
)
_SET = update(TICKET).where(TICKET.c.id == bindparam("ticket"))
_LEAVE_STATE = (
    update(INTERVAL)
    .where(INTERVAL.c.ticket_id == bindparam("ticket"), INTERVAL.c.to_at.is_(None))
    .values(to_at=bindparam("at"))
)
ENTER_STATE = insert(INTERVAL)
_ALIVE_OF_VISIT = (
    select(TICKET.c.id)
    .where(
        TICKET.c.visit_id == bindparam("visit"),
        IS_ALIVE,
    )
    .limit(1)
)


@dataclass(frozen=True)
class HeldTicket:
    """A ticket that this transaction holds: its row, and where it stands now."""

    row: Any
    standing: Standing
    version: int

    @property
    def id(self) -> str:
        return str(self.row.id)

    def message(self) -> Ticket:
        return ticket_of(self.row, self.standing, self.version)


def hold(work: Work, ticket_id: str, seen_version: int | None = None) -> HeldTicket:
    """Take a ticket of the actor's site; refuse when the desk saw an older one."""
    held = find_held(work, ticket_id)
    if held is None:
        raise UnknownTicket(ticket=ticket_id)
    row = held.row
    if seen_version is not None and seen_version != held.version:
        raise StalePicture(number=row.label, state=held.standing.state, version=held.version)
    return held


def check_today(work: Work, ticket: HeldTicket) -> None:
    """Refuse to let somebody wait in a day that is over: nobody would call them."""
    if ticket.row.day != local_day(work.now):
        raise OtherDay(number=ticket.row.label)


def find_held(work: Work, ticket_id: str) -> HeldTicket | None:
    """Take a ticket of the actor's site, if there is one with this id."""
    place = {"ticket": ticket_id, "site": work.actor.site_id}
    row = work.connection.execute(_FIND, place).one_or_none()
    return None if row is None else held_of(row)


def held_of(row: Any) -> HeldTicket:
    return HeldTicket(row, standing_of(row), row.version)


@dataclass(frozen=True)
class Goal:
    """Where a ticket waits from now on, and for what: what a transfer changes."""

    queue_id: str
    product_id: str
    only_counter_id: str | None = None


def move(  # noqa: PLR0913 - a move has these circumstances
    work: Work,
    ticket: HeldTicket,
    to: TicketState,
    *,
    act: str,
    counter_id: str | None = None,
    remark: str = "",
    why: CallReason | None = None,
) -> HeldTicket:
    """Make one move of the transition table and write it everywhere."""
    entered = enter(work, ticket, to, counter_id=counter_id, remark=remark, why=why)
    told = {"why": entered.standing.why} if why else {}
    result = write(work, entered, act=act, **told)
    if to not in ALIVE:
        close_visit_if_last(work, ticket.row.visit_id, entered.standing.since)
    return result


def enter(  # noqa: PLR0913 - as move
    work: Work,
    ticket: HeldTicket,
    to: TicketState,
    *,
    counter_id: str | None = None,
    remark: str = "",
    goal: Goal | None = None,
    why: CallReason | None = None,
) -> HeldTicket:
    """Leave the state it is in and enter another; :func:`write` then tells everybody."""
    check_move(ticket.row.label, ticket.standing.state, to)
    now = ticket.standing
    at = max(work.now, now.since)
    work.connection.execute(_LEAVE_STATE, {"ticket": ticket.id, "at": at})
    where = goal or Goal(now.queue_id, now.product_id, now.only_counter_id)
    entered = Interval(
        seq=ticket.version + 1,
        state=to,
        from_at=at,
        counter_id=counter_id,
        user_id=work.actor.user_id or None,
        calls=1 if to is TicketState.CALLED else 0,
        last_call_at=at if to is TicketState.CALLED else None,
        why=why.model_dump(mode="json") if why else None,
        queue_id=where.queue_id,
        product_id=where.product_id,
        only_counter_id=where.only_counter_id,
    )
    work.connection.execute(ENTER_STATE, interval_values(ticket.id, entered, remark=remark))
    return replace(ticket, standing=moved(now, entered), version=entered.seq)


def interval_values(ticket_id: str, entered: Interval, *, remark: str = "") -> dict[str, Any]:
    return {
        "ticket_id": ticket_id,
        "seq": entered.seq,
        "state": str(entered.state),
        "queue_id": entered.queue_id,
        "product_id": entered.product_id,
        "only_counter_id": entered.only_counter_id,
        "remark": remark,
        "from_at": entered.from_at,
        "to_at": None,
        "counter_id": entered.counter_id,
        "user_id": entered.user_id,
        "calls": entered.calls,
        "last_call_at": entered.last_call_at,
        "why": entered.why,
        "last_call_seq": None,
        "undone_at": None,
    }


def standing_values(now: Standing) -> dict[str, Any]:
    return {
        "state": str(now.state),
        "since": now.since,
        "counter_id": now.counter_id,
        "first_called_at": now.first_called_at,
        "last_called_at": now.last_called_at,
        "serving_since": now.serving_since,
        "ended_at": now.ended_at,
        "calls": now.calls,
        "why": now.why,
        "queue_id": now.queue_id,
        "product_id": now.product_id,
        "only_counter_id": now.only_counter_id,
        "parked_by": now.parked_by,
    }


def stand(work: Work, ticket: HeldTicket, now: Standing, *, act: str) -> HeldTicket:
    """Write where the ticket stands now, as its next version."""
    return write(work, replace(ticket, standing=now, version=ticket.version + 1), act=act)


def write(work: Work, ticket: HeldTicket, *, act: str, **journal: object) -> HeldTicket:
    """Write a ticket as it is held now; tell the journal and the desks."""
    now = ticket.standing
    values = {"ticket": ticket.id, "version": ticket.version, **standing_values(now)}
    try:
        work.connection.execute(_SET, values)
    except IntegrityError as error:
        raise CounterBusy(number=ticket.row.label) from error
    work.record(act, "ticket", ticket.id, state=now.state, version=ticket.version, **journal)
    announce(work, ticket, act)
    return ticket


def announce(work: Work, ticket: HeldTicket, act: str) -> None:
    event = TicketChanged(act=act, ticket=ticket.message())
    work.announce(ticket.row.site_id, "ticket_changed", event)


def close_visit_if_last(work: Work, visit_id: str, at: datetime) -> None:
    """Close a visit none of whose tickets is alive; does not commit."""
    hold_visit(work, visit_id)
    if _has_alive_ticket(work.connection, visit_id):
        return
    close_visit(work, visit_id, at)


def _has_alive_ticket(connection: Connection, visit_id: str) -> bool:
    found = connection.execute(_ALIVE_OF_VISIT, {"visit": visit_id})
    return found.one_or_none() is not None
