"""The waiting list: who asked first is offered a moment that comes free."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.exc import IntegrityError

from loket.appointments.messages import AddWish, Wish, WishChanged
from loket.appointments.queries.free import Asked, Search, bounds_of
from loket.appointments.queries.plans import Plans, read_terms
from loket.appointments.queries.wishes import WISH, read_wish
from loket.appointments.rules.lengths import strictest
from loket.appointments.rules.life import (
    AppointmentExists,
    NotOffered,
    PartOfDay,
    TooManyPersons,
    UnknownWish,
    WishKind,
    WishState,
)
from loket.appointments.rules.wishing import Wished, first_suiting, offer_until
from loket.appointments.tables import IS_OPEN_WISH
from loket.appointments.usecases.holding import keep
from loket.appointments.usecases.notices import offer_to_citizen
from loket.appointments.usecases.places import Calendars, Wanted, announce_calendar, let_go_hold
from loket.catalogue.messages import Product, Queue
from loket.catalogue.offer import Offer, Offers
from loket.kit.clock import local_day
from loket.kit.ids import new_id
from loket.staff.rules import Permission
from loket.store.errors import InProgress
from loket.store.work import Actor, Request, Store, Work
from loket.wire.base import WireOut

_ADD = insert(WISH)
_HOLD = select(WISH).where(WISH.c.id == bindparam("wish"), IS_OPEN_WISH).with_for_update()
_SEEN = select(WISH).where(WISH.c.id == bindparam("wish"), IS_OPEN_WISH)
_CHANGE = update(WISH).where(WISH.c.id == bindparam("wish"))
_IN_LINE = (
    select(WISH)
    .where(
        WISH.c.state == str(WishState.OPEN),
        WISH.c.product_id.in_(bindparam("products", expanding=True)),
        WISH.c.first_day <= bindparam("day"),
        WISH.c.last_day >= bindparam("day"),
    )
    .order_by(WISH.c.made_at, WISH.c.id)
    .with_for_update()
)
_LAPSED = select(WISH.c.id).where(
    WISH.c.state == str(WishState.OFFERED), WISH.c.offer_until <= bindparam("now")
)


def add_wish(work: Work, offer: Offer, command: AddWish) -> Wish:
    """Somebody waits for a moment, or asked for one while the server was away."""
    work.allow(Permission.BOOK_APPOINTMENT)
    product = offer.product(command.product_ids[0])
    if command.site_id is not None:
        offer.check_site(command.site_id)
    _check_persons(work, product, command)
    contact = command.contact
    row = {
        "id": command.id,
        "kind": str(command.kind),
        "state": str(WishState.OPEN),
        "product_id": product.id,
        "site_id": command.site_id,
        "persons": command.persons,
        "first_day": command.first_day,
        "last_day": max(command.first_day, command.last_day),
        "part": str(command.part),
        "name": contact.name,
        "phone": contact.phone or "",
        "email": contact.email or "",
        "language": str(contact.language),
        "note": contact.note,
        "made_at": work.now,
        "recorded_at": work.recorded_at,
        "user_id": work.actor.user_id,
        "counter_id": work.actor.counter_id,
        "offers": 0,
    }
    try:
        work.connection.execute(_ADD, row)
    except IntegrityError as error:
        raise AppointmentExists(appointment=command.id) from error
    _tell(work, offer, command.id, WishState.OPEN, act="add_wish")
    return work.commit(read_wish(work.connection, offer, work.actor, command.id))


def _check_persons(work: Work, product: Product, command: AddWish) -> None:
    """Nothing would ever be offered to more than may come together.

    A request that was taken down without the server is kept all the same: a person looks at it.
    """
    most = read_terms(work.connection, [product])[0].most_persons
    if command.kind is WishKind.WAITING and command.persons > most:
        raise TooManyPersons(most=most)


def withdraw_wish(work: Work, calendars: Calendars, wish_id: str) -> Wish:
    """They no longer wait; what was kept for them is offered to the next."""
    work.allow(Permission.BOOK_APPOINTMENT)
    row = take_wish(work, calendars, wish_id)
    _set(work, calendars.offer, row, WishState.WITHDRAWN, act="withdraw_wish")
    _pass_on(work, calendars, row)
    return work.commit(read_wish(work.connection, calendars.offer, work.actor, wish_id))


def take_wish(work: Work, calendars: Calendars, wish_id: str, *queue_ids: str) -> Any:
    """Take a wish, and before it the calendars of the act and of what is kept for it.

    Everybody takes them in this order: who frees a moment holds its calendar when he looks along
    the line. What was kept is let go; the wish is given as it was.
    """
    seen = work.connection.execute(_SEEN, {"wish": wish_id}).one_or_none()
    calendars.hold_calendars(work, {*queue_ids, *_kept_in(seen)})
    row = work.connection.execute(_HOLD, {"wish": wish_id}).one_or_none()
    if row is None:
        raise UnknownWish(wish=wish_id)
    if _kept_in(row) - _kept_in(seen) - {*queue_ids}:
        raise InProgress  # meanwhile it was offered a moment in a calendar that is not held
    if row.hold_id and row.state == str(WishState.OFFERED):
        let_go_hold(work, row.hold_id)
    return row


def _kept_in(row: Any) -> set[str]:
    """The calendar in which a moment is kept for a wish, if one is."""
    is_offered = row is not None and row.state == str(WishState.OFFERED)
    return {row.offered_queue_id} if is_offered else set()


def answer_wish(work: Work, calendars: Calendars, row: Any, appointment_id: str) -> None:
    """They have their appointment; what was kept and not taken is offered on. Does not commit."""
    offer = calendars.offer
    _set(work, offer, row, WishState.BOOKED, act="answer_wish", appointment_id=appointment_id)
    _pass_on(work, calendars, row)


def offer_freed(
    work: Work, calendars: Calendars, queue: Queue, starts_at: datetime, minutes: int
) -> None:
    """Keep what came free for who asked first and could come; does not commit.

    The calendar is held by this transaction.
    """
    until = offer_until(work.recorded_at, starts_at)
    if until is None:
        return
    offer = calendars.offer
    products = [
        product.id
        for product in offer.catalogue.products
        if offer.queue_for(product, queue.site_id) == queue
    ]
    asked = {"products": products, "day": local_day(starts_at)}
    ends_at = starts_at + timedelta(minutes=minutes)
    freed = _Freed(work, calendars, queue, starts_at, ends_at)
    for row in work.connection.execute(_IN_LINE, asked):
        moment = freed.suiting(row)
        if moment is not None:
            _offer(work, calendars, queue, row, moment, until)
            return


@dataclass
class _Freed:
    """What came free, looked at once for all who wait for the same."""

    work: Work
    calendars: Calendars
    queue: Queue
    starts_at: datetime
    ends_at: datetime
    _known: dict[tuple[str, int], list[datetime]] = field(default_factory=dict)

    def suiting(self, row: Any) -> datetime | None:
        """The first moment within what came free at which this person fits."""
        if row.site_id not in {None, self.queue.site_id}:
            return None
        asked = (row.product_id, row.persons)
        if asked not in self._known:
            self._known[asked] = self._within(*asked)
        wished = Wished(row.first_day, row.last_day, PartOfDay(row.part), row.offered_at)
        return first_suiting(wished, self._known[asked])

    def _within(self, product_id: str, persons: int) -> list[datetime]:
        work, calendars = self.work, self.calendars
        product = calendars.offer.product(product_id)
        if persons > strictest(read_terms(work.connection, [product])).most_persons:
            return []
        asked = Asked([product], persons, work.recorded_at)
        search = Search(work.connection, calendars.plans, calendars.offer, asked)
        try:
            free = search.moments([self.queue.site_id], local_day(self.starts_at), 1)
        except NotOffered:
            return []
        found = (moment for day in free.days for moment in day.moments)
        return [moment for moment in found if self.starts_at <= moment < self.ends_at]


def _offer(
    work: Work, calendars: Calendars, queue: Queue, row: Any, moment: datetime, until: datetime
) -> None:
    hold = {
        "id": new_id(),
        "queue_id": queue.id,
        "starts_at": moment,
        "user_id": None,
        "counter_id": None,
        "made_at": work.recorded_at,
        "expires_at": until,
    }
    product = calendars.offer.product(row.product_id)
    keep(work, calendars, Wanted(queue, [product], row.persons, moment), hold)
    announce_calendar(work, queue.site_id, queue.id, moment)
    offered = {
        "hold_id": hold["id"],
        "offered_at": moment,
        "offered_queue_id": queue.id,
        "offer_until": until,
        "offers": row.offers + 1,
    }
    _set(work, calendars.offer, row, WishState.OFFERED, act="offer_moment", **offered)
    offer_to_citizen(work, calendars.offer, row, queue.site_id, moment, until)


class _Lapsed(WireOut):
    wishes: int


def let_offers_lapse(store: Store, offers: Offers, plans: Plans) -> None:
    """What nobody answered in time is offered to the next; who did not answer stays in line."""
    nobody = Actor("", "", "", frozenset())
    with store.reading() as connection:
        late = list(connection.scalars(_LAPSED, {"now": store.clock.now()}))
    for wish_id in late:
        with store.work(Request(nobody)) as work:
            _let_lapse(work, Calendars(plans, offers.now(work.connection)), wish_id)


def _let_lapse(work: Work, calendars: Calendars, wish_id: str) -> None:
    """Unless it was answered, withdrawn or offered anew in the meantime."""
    try:
        row = take_wish(work, calendars, wish_id)
    except UnknownWish:
        return
    if row.state != str(WishState.OFFERED) or row.offer_until > work.recorded_at:
        return
    forgotten = {"hold_id": None, "offer_until": None}
    _set(work, calendars.offer, row, WishState.OPEN, act="offer_lapsed", **forgotten)
    _pass_on(work, calendars, row)
    work.commit(_Lapsed(wishes=1))


def _pass_on(work: Work, calendars: Calendars, row: Any) -> None:
    """Offer what was kept for somebody, and is let go, to the next one in line."""
    if row.state != str(WishState.OFFERED):
        return
    queue = calendars.offer.find_queue(row.offered_queue_id)
    product = calendars.offer.find_product(row.product_id)
    if queue is None or product is None:  # it left the catalogue: nothing is offered there any more
        return
    announce_calendar(work, queue.site_id, queue.id, row.offered_at)
    offer_freed(work, calendars, queue, row.offered_at, _minutes(work, product, row))


def _minutes(work: Work, product: Product, row: Any) -> int:
    """How long it takes for who was offered it."""
    asked = Asked([product], row.persons, work.recorded_at)
    return bounds_of(work.connection, asked).length.minutes


def _set(work: Work, offer: Offer, row: Any, state: WishState, *, act: str, **values: Any) -> None:
    work.connection.execute(_CHANGE, {"wish": row.id, "state": str(state), **values})
    _tell(work, offer, row.id, state, act=act)


def _tell(work: Work, offer: Offer, wish_id: str, state: WishState, *, act: str) -> None:
    """Every site hears of it: any of them may have the moment."""
    work.record(act, "wish", wish_id)
    for site in offer.catalogue.sites:
        work.announce(site.id, "wish_changed", WishChanged(wish_id=wish_id, state=state))
