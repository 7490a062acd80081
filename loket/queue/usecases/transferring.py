"""To another queue or to a named counter: the same number, the arrival kept, a new wait."""

from loket.catalogue.messages import Counter, Queue
from loket.catalogue.offer import Offer
from loket.kit.clock import local_day
from loket.kit.ids import new_id
from loket.queue.by_hand import check_open, setting_of
from loket.queue.messages import Ticket, TransferTicket
from loket.queue.queries import open_counters, seated_people
from loket.queue.rules.life import (
    AT_COUNTER,
    NotServedHere,
    OtherCounter,
    ServesNothing,
    TicketState,
    check_move,
)
from loket.queue.rules.refusals import (
    CounterServesOther,
    NobodyThere,
    ProductElsewhere,
    SamePlace,
)
from loket.queue.usecases.ledger import Goal, HeldTicket, check_today, enter, hold, write
from loket.queue.usecases.serving import check_counter
from loket.staff.rules import Permission
from loket.store.work import Work
from loket.visits.messages import ActKind
from loket.visits.usecases import note_act


def transfer_ticket(work: Work, offer: Offer, ticket_id: str, command: TransferTicket) -> Ticket:
    """Send a visitor on. From waiting it mends a wrong choice, and the welcome desk may do that."""
    work.allow(Permission.ISSUE_TICKET)
    ticket = hold(work, ticket_id, command.seen_version)
    check_move(ticket.row.label, ticket.standing.state, TicketState.TRANSFERRED)
    if ticket.standing.state in AT_COUNTER:
        work.allow(Permission.CALL_TICKET)
        check_counter(work, ticket)
    check_today(work, ticket)
    goal = _goal(work, offer, ticket, command)
    _check_takes(work, offer, ticket, offer.queue(goal.queue_id))
    counter = ticket.standing.counter_id
    left = enter(work, ticket, TicketState.TRANSFERRED, counter_id=counter)
    waits = enter(work, left, TicketState.WAITING, goal=goal)
    result = write(
        work,
        waits,
        act="transfer_ticket",
        from_queue=ticket.standing.queue_id,
        to_queue=goal.queue_id,
        to_counter=goal.only_counter_id,
    )
    _note(work, offer, result)
    return work.commit(result.message())


def _present(ticket: HeldTicket) -> Goal:
    now = ticket.standing
    return Goal(now.queue_id, now.product_id, now.only_counter_id)


def _goal(work: Work, offer: Offer, ticket: HeldTicket, command: TransferTicket) -> Goal:
    counter = _named(work, offer, command.counter_id)
    queue = _queue(work, offer, ticket, command, counter)
    if counter is not None and queue.id not in _served(counter):
        raise CounterServesOther(counter=counter.name, queue=queue.name)
    product = command.product_id or ticket.standing.product_id
    goal = Goal(queue.id, product, counter.id if counter else None)
    if goal == _present(ticket):
        raise SamePlace(number=ticket.row.label, queue=queue.name)
    return goal


def _queue(
    work: Work,
    offer: Offer,
    ticket: HeldTicket,
    command: TransferTicket,
    counter: Counter | None,
) -> Queue:
    """The queue that was said, else the one of the product, else one the counter serves."""
    if command.product_id is not None:
        return _queue_of_product(work, offer, command.product_id, command.queue_id)
    if command.queue_id is not None:
        queue = offer.queue(command.queue_id)
        if queue.site_id != work.actor.site_id:
            raise OtherCounter(site=queue.site_id)
        return queue
    served = _served(counter) if counter else []
    now = ticket.standing.queue_id
    return offer.queue(now if now in served or not served else served[0])


def _queue_of_product(work: Work, offer: Offer, product_id: str, said: str | None) -> Queue:
    product = offer.product(product_id)
    queue = offer.queue_for(product, work.actor.site_id)
    if queue is None:
        raise NotServedHere(product=product.name)
    if said is not None and said != queue.id:
        raise ProductElsewhere(product=product.name, queue=queue.name)
    return queue


def _named(work: Work, offer: Offer, counter_id: str | None) -> Counter | None:
    """The counter that was named; somebody must sit there today, if only in a pause."""
    if counter_id is None:
        return None
    counter = offer.counter(counter_id)
    if counter.site_id != work.actor.site_id:
        raise OtherCounter(counter=counter.name)
    if not _served(counter):
        raise ServesNothing(counter=counter.name)
    seated = seated_people(work.connection, counter.site_id, work.now)
    if counter_id not in seated or not seated[counter_id].calls:
        raise NobodyThere(counter=counter.name)
    return counter


def _served(counter: Counter) -> list[str]:
    return [*counter.first_choice, *counter.second_choice]


def _check_takes(work: Work, offer: Offer, ticket: HeldTicket, queue: Queue) -> None:
    """Nobody is sent to a closed queue, unless somebody still works there: they are inside."""
    if queue.id == ticket.standing.queue_id:
        return
    seated = seated_people(work.connection, queue.site_id, work.now)
    if open_counters(offer, queue.id, seated) == 0:
        hand = setting_of(work.connection, queue.id, local_day(work.now))
        check_open(offer, queue, hand, work.now)


def _note(work: Work, offer: Offer, ticket: HeldTicket) -> None:
    """The visit tells it: a confidential department keeps its visitor from now on."""
    note_act(
        work,
        offer,
        ticket.row.visit_id,
        {
            "id": new_id(),
            "kind": str(ActKind.REFERRED),
            "ticket_id": ticket.id,
            "product_id": ticket.standing.product_id,
            "text": "",
        },
    )
