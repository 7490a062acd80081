"""Away for a while and back: park, resume, call from parking; and who came after all."""

from loket.catalogue.offer import Offer
from loket.queue.messages import ParkTicket, Ticket, TicketAct
from loket.queue.rules.life import TicketState, WrongState, check_move
from loket.queue.rules.refusals import ParkedByOther
from loket.queue.usecases.ledger import HeldTicket, check_today, hold, move
from loket.queue.usecases.pausing import come_back, queues_of
from loket.queue.usecases.serving import hold_own
from loket.staff.rules import Permission
from loket.store.work import Work


def park_ticket(work: Work, ticket_id: str, command: ParkTicket) -> Ticket:
    """The visitor is elsewhere for a while; where, and who parked them, stays with the ticket."""
    work.allow(Permission.CALL_TICKET)
    ticket = hold_own(work, ticket_id, command)
    check_today(work, ticket)
    parked = move(
        work,
        ticket,
        TicketState.PARKED,
        act="park_ticket",
        counter_id=work.actor.counter_id,
        remark=command.remark,
    )
    return work.commit(parked.message())


def resume_ticket(work: Work, ticket_id: str, command: TicketAct) -> Ticket:
    """Back from parking: waits on, in the place of the first arrival."""
    work.allow(Permission.CALL_TICKET)
    ticket = _away(work, ticket_id, command, TicketState.PARKED)
    waiting = move(work, ticket, TicketState.WAITING, act="resume_ticket")
    return work.commit(waiting.message())


def return_ticket(work: Work, ticket_id: str, command: TicketAct) -> Ticket:
    """Was called in vain and came after all: waits on, in the place of the first arrival."""
    work.allow(Permission.ISSUE_TICKET)
    ticket = _away(work, ticket_id, command, TicketState.NO_SHOW)
    waiting = move(work, ticket, TicketState.WAITING, act="return_ticket")
    return work.commit(waiting.message())


def call_parked(work: Work, offer: Offer, ticket_id: str, command: TicketAct) -> Ticket:
    """Call a parked ticket straight to the counter of who parked it; the counter must be free."""
    work.allow(Permission.CALL_TICKET)
    counter = work.actor.counter_id
    queues_of(work, offer, counter)
    ticket = hold(work, ticket_id, command.seen_version)
    check_move(ticket.row.label, ticket.standing.state, TicketState.CALLED)
    _check_from(ticket, TicketState.PARKED)
    check_today(work, ticket)
    if ticket.standing.parked_by != work.actor.user_id:
        raise ParkedByOther(number=ticket.row.label)
    come_back(work, offer, counter)
    called = move(work, ticket, TicketState.CALLED, act="call_parked", counter_id=counter)
    return work.commit(called.message())


def _away(work: Work, ticket_id: str, command: TicketAct, state: TicketState) -> HeldTicket:
    ticket = hold(work, ticket_id, command.seen_version)
    _check_from(ticket, state)
    check_today(work, ticket)
    return ticket


def _check_from(ticket: HeldTicket, state: TicketState) -> None:
    """Several acts lead to the same state: this one begins in one state only."""
    if ticket.standing.state is not state:
        now = ticket.standing.state
        raise WrongState(number=ticket.row.label, state=now, wanted=TicketState.WAITING)
