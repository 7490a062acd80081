"""Reading the waiting list."""

from typing import Any

from sqlalchemy import Connection, bindparam, select

from loket.appointments.messages import Wish, Wishes
from loket.appointments.rules.life import PartOfDay, UnknownWish, WishKind, WishState
from loket.appointments.tables import IS_OPEN_WISH, WishRow
from loket.catalogue.offer import Offer
from loket.store.work import Actor
from loket.visits.messages import Language

WISH = WishRow.metadata.tables["appointment_wish"]
_ONE = select(WISH).where(WISH.c.id == bindparam("wish"))
_OPEN = select(WISH).where(IS_OPEN_WISH).order_by(WISH.c.made_at, WISH.c.id)


def read_wish(connection: Connection, offer: Offer, actor: Actor, wish_id: str) -> Wish:
    row = connection.execute(_ONE, {"wish": wish_id}).one_or_none()
    if row is None:
        raise UnknownWish(wish=wish_id)
    return wish_of(row, offer, actor)


def read_wishes(connection: Connection, offer: Offer, actor: Actor) -> Wishes:
    """Who waits, the longest first; of every site, since any may have the first moment."""
    return Wishes(wishes=[wish_of(row, offer, actor) for row in connection.execute(_OPEN)])


def wish_of(row: Any, offer: Offer, actor: Actor) -> Wish:
    hidden = not _may_know(row, offer, actor)
    queue = offer.find_queue(row.offered_queue_id) if row.offered_queue_id else None
    return Wish(
        id=row.id,
        kind=WishKind(row.kind),
        state=WishState(row.state),
        product_id="" if hidden else row.product_id,
        site_id=row.site_id,
        persons=row.persons,
        first_day=row.first_day,
        last_day=row.last_day,
        part=PartOfDay(row.part),
        name="" if hidden else row.name,
        phone="" if hidden else row.phone,
        email="" if hidden else row.email,
        language=Language(row.language),
        note="" if hidden else row.note,
        made_at=row.made_at,
        offered_at=row.offered_at if row.state == str(WishState.OFFERED) else None,
        offered_site_id=queue.site_id if queue else None,
        offer_until=row.offer_until,
        hold_id=row.hold_id,
        appointment_id=row.appointment_id,
    )


def _may_know(row: Any, offer: Offer, actor: Actor) -> bool:
    """As with appointments: who waits for a confidential department has no name elsewhere."""
    if not offer.is_confidential(row.product_id) or row.counter_id == actor.counter_id:
        return True
    return actor.counter_id in offer.counters_for(row.product_id, actor.site_id)
