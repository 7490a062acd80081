"""A ticket given while the server is away: what the slip and the screen can say of it already."""

from dataclasses import dataclass
from datetime import datetime

from loket.catalogue.messages import Catalogue, Counter, Product, Queue
from loket.queue.messages import IssuedTicket, IssueTicket, Ticket
from loket.queue.picture import SitePicture
from loket.queue.rules.life import (
    NotServedHere,
    TicketKind,
    TicketState,
    expected_wait,
    label,
)
from loket.queue.rules.waits.told import rule_of_thumb
from loket.queue.turns import range_of
from loket.visits.messages import Act, ActKind, StartVisit, Visit


@dataclass(frozen=True)
class Situation:
    """What a desk knows by itself."""

    catalogue: Catalogue
    picture: SitePicture
    counter_id: str
    site_id: str
    now: datetime


def queue_for(catalogue: Catalogue, site_id: str, product_id: str) -> tuple[Product, Queue]:
    """The product, and the queue of the site that serves it."""
    product = next((item for item in catalogue.products if item.id == product_id), None)
    if product is not None:
        for queue in catalogue.queues:
            if queue.site_id == site_id and product.service_id in queue.service_ids:
                return product, queue
    raise NotServedHere(product=product.name if product else product_id)


def counter_of(catalogue: Catalogue, counter_id: str) -> Counter | None:
    return next((counter for counter in catalogue.counters if counter.id == counter_id), None)


def issued_without_server(command: IssueTicket, situation: Situation) -> IssuedTicket:
    """The answer the server will give, as far as it can be known; the command has a number."""
    product, queue = queue_for(situation.catalogue, situation.site_id, command.product_id)
    ahead = _ahead(situation.picture, queue.id)
    now_here = situation.picture.queues.get(queue.id)
    open_counters = now_here.open_counters if now_here else 0
    known = situation.picture.wait_of(queue.id, priority=command.visit.priority)
    rough = rule_of_thumb(expected_wait(ahead, product.mean_service_seconds, open_counters))
    wait = known or (range_of(rough) if rough else None)
    return IssuedTicket(
        ticket=_ticket(command, situation, queue),
        visit=_visit(command, situation),
        ahead=ahead,
        wait_minutes=wait.middle if wait else None,
        wait=wait,
        page_address="",  # the server gives the page its token
    )


def _ahead(picture: SitePicture, queue_id: str) -> int:
    return sum(
        card.ticket.queue_id == queue_id and card.ticket.state is TicketState.WAITING
        for card in picture.cards.values()
    )


def _ticket(command: IssueTicket, situation: Situation, queue: Queue) -> Ticket:
    return Ticket(
        id=command.id,
        number=label(queue.walk_in_prefix, command.leased_number or 0),
        code=command.code or "",
        site_id=situation.site_id,
        queue_id=queue.id,
        product_id=command.product_id,
        product_ids=[command.product_id, *command.more_product_ids],
        visit_id=command.visit.id,
        kind=TicketKind.WALK_IN,
        state=TicketState.WAITING,
        version=0,  # older than whatever the server will say of it
        arrived_at=situation.now,
        appointment_at=None,
        issued_at=situation.now,
        state_since=situation.now,
        first_called_at=None,
        last_called_at=None,
        serving_since=None,
        calls=0,
        counter_id=None,
        only_counter_id=None,
        parked_by=None,
        priority=command.visit.priority,
        language=command.visit.language,
        why=None,
    )


def _visit(command: IssueTicket, situation: Situation) -> Visit:
    start: StartVisit = command.visit
    return Visit(
        id=start.id,
        site_id=situation.site_id,
        started_at=situation.now,
        ended_at=None,
        closed_at=None,
        channel=start.channel,
        language=start.language,
        visitor_name=start.visitor_name,
        priority=start.priority,
        note=start.note,
        follow_up_code="",  # the server gives it
        acts=[_act(command, situation)],
    )


def _act(command: IssueTicket, situation: Situation) -> Act:
    return Act(
        id=command.id,
        kind=ActKind.TICKET_ISSUED,
        occurred_at=situation.now,
        recorded_at=situation.now,
        counter_id=situation.counter_id,
        ticket_id=command.id,
        product_id=command.product_id,
        text="",
        about_id=None,
        reference="",
        at=None,
        undone=False,
    )
