"""What else a ticket is for: several things asked in one turn, with one number."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, func, insert, select, update

from loket.catalogue.messages import Access, Product
from loket.catalogue.offer import Offer
from loket.kit.ids import new_id
from loket.queue.messages import AddProduct, Ticket, TicketAct
from loket.queue.rules.life import (
    ALIVE,
    AT_COUNTER,
    AppointmentOnly,
    NotServedHere,
    TicketState,
    WrongState,
)
from loket.queue.rules.refusals import (
    ProductElsewhere,
    ProductNotThere,
    ProductServed,
    ProductThere,
)
from loket.queue.tables import TicketProductRow
from loket.queue.usecases.ledger import TICKET, HeldTicket, check_today, hold, stand
from loket.queue.usecases.serving import check_counter
from loket.staff.rules import Permission
from loket.store.work import Work
from loket.visits.messages import ActKind
from loket.visits.tables import ActRow
from loket.visits.usecases import note_act

_PRODUCT = TicketProductRow.metadata.tables["ticket_product"]
_ACT = ActRow.metadata.tables["act"]
_OF_TICKET = _PRODUCT.c.ticket_id == bindparam("ticket")
_ADD = insert(_PRODUCT)
_PRESENT = (
    select(_PRODUCT.c.product_id)
    .where(_OF_TICKET, _PRODUCT.c.removed_at.is_(None))
    .order_by(_PRODUCT.c.position)
)
_LAST_PLACE = select(func.max(_PRODUCT.c.position)).where(_OF_TICKET)
_NEWEST = select(_PRODUCT).where(_OF_TICKET).order_by(_PRODUCT.c.last_seq.desc()).limit(1)
_CHANGE = (
    update(_PRODUCT)
    .where(_OF_TICKET, _PRODUCT.c.position == bindparam("place"))
    .values(removed_at=bindparam("gone"), last_seq=bindparam("n"), last_at=bindparam("at"))
)
_PLACE = select(_PRODUCT.c.position).where(
    _OF_TICKET, _PRODUCT.c.product_id == bindparam("product"), _PRODUCT.c.removed_at.is_(None)
)
_SUM_UP = update(TICKET).where(TICKET.c.id == bindparam("ticket"))
_NOTED = (
    update(_ACT)
    .where(
        _ACT.c.ticket_id == bindparam("ticket"),
        _ACT.c.product_id == bindparam("product"),
        _ACT.c.kind == str(ActKind.TICKET_ISSUED),
    )
    .values(undone_at=bindparam("noted_at"))
)


def add_product(work: Work, offer: Offer, ticket_id: str, command: AddProduct) -> Ticket:
    """The visitor comes for one more thing that is served in the same turn."""
    ticket = _held(work, ticket_id, command)
    product = offer.product(command.product_id)
    if product.id in ticket.message().product_ids:
        raise ProductThere(number=ticket.row.label, product=product.name)
    _check_served(work, offer, ticket, product)
    row = _row(work, ticket.id, product.id, seq=ticket.version + 1)
    work.connection.execute(_ADD, row)
    note_asked(work, offer, ticket.row.visit_id, ticket.id, product.id)
    return work.commit(_summed(work, ticket, act="add_product").message())


def remove_product(work: Work, ticket_id: str, product_id: str, command: TicketAct) -> Ticket:
    """Not for this after all; what it is being served for stays."""
    ticket = _held(work, ticket_id, command)
    if product_id == ticket.standing.product_id:
        raise ProductServed(number=ticket.row.label)
    wanted = {"ticket": ticket.id, "product": product_id}
    place = work.connection.scalar(_PLACE, wanted)
    if place is None:
        raise ProductNotThere(number=ticket.row.label)
    _change(work, ticket.id, place, gone=work.now, seq=ticket.version + 1)
    work.connection.execute(_NOTED, {**wanted, "noted_at": work.now})
    return work.commit(_summed(work, ticket, act="remove_product").message())


def note_asked(work: Work, offer: Offer, visit_id: str, ticket_id: str, product_id: str) -> None:
    """Write in the visit that the ticket is for this product too; does not commit."""
    note_act(
        work,
        offer,
        visit_id,
        {
            "id": new_id(),
            "kind": str(ActKind.TICKET_ISSUED),
            "ticket_id": ticket_id,
            "product_id": product_id,
            "text": "",
        },
    )


def add_at_issue(work: Work, ticket_id: str, products: Sequence[str]) -> None:
    """The products besides the first, for a ticket that is being made; does not commit."""
    if products:
        rows = [
            {**_row(work, ticket_id, product, seq=1), "position": place}
            for place, product in enumerate(products, start=1)
        ]
        work.connection.execute(_ADD, rows)


@dataclass(frozen=True)
class ProductAct:
    """The newest act on the products of a ticket: what an undo would take back."""

    product_id: str
    position: int
    seq: int
    at: datetime
    was_removal: bool


def newest_act(work: Work, ticket: HeldTicket) -> ProductAct | None:
    row = work.connection.execute(_NEWEST, {"ticket": ticket.id}).one_or_none()
    if row is None:
        return None
    removed = row.removed_at is not None
    return ProductAct(row.product_id, row.position, row.last_seq, row.last_at, removed)


def undo_product_act(work: Work, ticket: HeldTicket, act: ProductAct) -> Ticket:
    """Take the newest act on the products back."""
    work.allow(Permission.ISSUE_TICKET)
    if ticket.standing.state in AT_COUNTER:
        check_counter(work, ticket)
    gone = None if act.was_removal else work.now
    _change(work, ticket.id, act.position, gone=gone, seq=0)
    noted = {"ticket": ticket.id, "product": act.product_id, "noted_at": gone}
    work.connection.execute(_NOTED, noted)
    return work.commit(_summed(work, ticket, act="undo").message())


def _held(work: Work, ticket_id: str, command: TicketAct) -> HeldTicket:
    work.allow(Permission.ISSUE_TICKET)
    ticket = hold(work, ticket_id, command.seen_version)
    state = ticket.standing.state
    if state not in ALIVE:
        raise WrongState(number=ticket.row.label, state=state, wanted=TicketState.WAITING)
    if state in AT_COUNTER:
        check_counter(work, ticket)
    check_today(work, ticket)
    return ticket


def _check_served(work: Work, offer: Offer, ticket: HeldTicket, product: Product) -> None:
    """In the queue where the ticket waits; at a counter, in any queue of that counter."""
    queue = offer.queue_for(product, work.actor.site_id)
    if queue is None:
        raise NotServedHere(product=product.name)
    within = {ticket.standing.queue_id}
    if ticket.standing.state in AT_COUNTER:
        counter = offer.counter(work.actor.counter_id)
        within |= {*counter.first_choice, *counter.second_choice}
    elif product.access is Access.APPOINTMENT:
        raise AppointmentOnly(product=product.name)
    if queue.id not in within:
        raise ProductElsewhere(product=product.name, queue=queue.name)


def _row(work: Work, ticket_id: str, product_id: str, *, seq: int) -> dict[str, Any]:
    last = work.connection.scalar(_LAST_PLACE, {"ticket": ticket_id}) or 0
    return {
        "ticket_id": ticket_id,
        "position": last + 1,
        "product_id": product_id,
        "added_by": work.actor.user_id,
        "added_at": work.now,
        "removed_at": None,
        "last_seq": seq,
        "last_at": work.now,
    }


def _change(work: Work, ticket_id: str, place: int, *, gone: datetime | None, seq: int) -> None:
    values = {"ticket": ticket_id, "place": place, "gone": gone, "n": seq, "at": work.now}
    work.connection.execute(_CHANGE, values)


def _summed(work: Work, ticket: HeldTicket, *, act: str) -> HeldTicket:
    """Write on the ticket what its products add up to."""
    present = list(work.connection.scalars(_PRESENT, {"ticket": ticket.id}))
    work.connection.execute(_SUM_UP, {"ticket": ticket.id, "more_products": present or None})
    now = hold(work, ticket.id)
    return stand(work, now, now.standing, act=act)
