"""The other acts on one ticket: start, finish, put back, no-show, withdraw."""

from loket.queue.messages import Ticket, TicketAct
from loket.queue.rules.life import AT_COUNTER, OtherCounter, TicketState
from loket.queue.usecases.ledger import HeldTicket, hold, move
from loket.staff.rules import Permission
from loket.store.work import Work


def start_ticket(work: Work, ticket_id: str, command: TicketAct) -> Ticket:
    """The visitor is there: being served from now on."""
    work.allow(Permission.CALL_TICKET)
    ticket = hold_own(work, ticket_id, command)
    counter = work.actor.counter_id
    started = move(work, ticket, TicketState.SERVING, act="start_ticket", counter_id=counter)
    return work.commit(started.message())


def finish_ticket(work: Work, ticket_id: str, command: TicketAct) -> Ticket:
    """Served, and nobody is called yet."""
    work.allow(Permission.CALL_TICKET)
    ticket = hold_own(work, ticket_id, command)
    finished = move(work, ticket, TicketState.DONE, act="finish_ticket")
    return work.commit(finished.message())


def put_back_ticket(work: Work, ticket_id: str, command: TicketAct) -> Ticket:
    """Called, but to wait on after all; the arrival stays, so the place in the queue too."""
    work.allow(Permission.CALL_TICKET)
    ticket = hold_own(work, ticket_id, command)
    waiting = move(work, ticket, TicketState.WAITING, act="put_back_ticket")
    return work.commit(waiting.message())


def mark_no_show(work: Work, ticket_id: str, command: TicketAct) -> Ticket:
    """Called, and nobody came."""
    work.allow(Permission.CALL_TICKET)
    ticket = hold_own(work, ticket_id, command)
    absent = move(work, ticket, TicketState.NO_SHOW, act="mark_no_show")
    return work.commit(absent.message())


def withdraw_ticket(work: Work, ticket_id: str, command: TicketAct) -> Ticket:
    """The visitor needs it no longer, or it was a mistake."""
    work.allow(Permission.WITHDRAW_TICKET)
    ticket = hold(work, ticket_id, command.seen_version)
    if ticket.standing.state in AT_COUNTER:
        check_counter(work, ticket)
    withdrawn = move(work, ticket, TicketState.WITHDRAWN, act="withdraw_ticket")
    return work.commit(withdrawn.message())


def hold_own(work: Work, ticket_id: str, command: TicketAct) -> HeldTicket:
    ticket = hold(work, ticket_id, command.seen_version)
    if ticket.standing.state in AT_COUNTER:
        check_counter(work, ticket)
    return ticket


def check_counter(work: Work, ticket: HeldTicket) -> None:
    if ticket.standing.counter_id != work.actor.counter_id:
        raise OtherCounter(number=ticket.row.label)
