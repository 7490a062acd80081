"""What an office program reads: the appointments of a department or a counter as a calendar."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Connection, bindparam, select

from loket.appointments.messages import Feed, FeedKind, Feeds
from loket.appointments.queries.appointments import APPOINTMENT
from loket.appointments.rules.life import AppointmentState
from loket.appointments.tables import FeedRow
from loket.catalogue.offer import Offer
from loket.channels.calendar import CalendarItem

FEED = FeedRow.metadata.tables["calendar_feed"]
_BEHIND, _AHEAD = timedelta(days=31), timedelta(days=366)
_ALL = select(FEED).order_by(FEED.c.made_at, FEED.c.id)
_BY_TOKEN = select(FEED).where(FEED.c.token_hash == bindparam("hash"), FEED.c.revoked_at.is_(None))
_ITEMS = (
    select(APPOINTMENT)
    .where(
        APPOINTMENT.c.queue_id.in_(bindparam("queues", expanding=True)),
        APPOINTMENT.c.starts_at >= bindparam("begin"),
        APPOINTMENT.c.starts_at < bindparam("end"),
        APPOINTMENT.c.state.in_([AppointmentState.BOOKED.value, AppointmentState.ARRIVED.value]),
    )
    .order_by(APPOINTMENT.c.starts_at, APPOINTMENT.c.id)
)
_EPOCH: Final = datetime.fromisoformat("1970-01-01T00:00:00+00:00")


def read_feeds(connection: Connection) -> Feeds:
    return Feeds(feeds=[feed_of(row) for row in connection.execute(_ALL)])


def feed_of(row: Any) -> Feed:
    return Feed(
        id=row.id,
        kind=FeedKind(row.kind),
        target_id=row.target_id,
        name=row.name,
        with_names=row.with_names,
        made_at=row.made_at,
        revoked=row.revoked_at is not None,
        last_read_at=row.last_read_at,
    )


def find_feed(connection: Connection, token_hash: str) -> Any | None:
    """The feed of an address that still holds."""
    return connection.execute(_BY_TOKEN, {"hash": token_hash}).one_or_none()


@dataclass(frozen=True)
class Followed:
    """What a feed is about: the queues to read, and which products of them."""

    queue_ids: tuple[str, ...]
    department_id: str | None = None

    def has(self, offer: Offer, product_id: str) -> bool:
        if self.department_id is None:
            return True
        product = offer.find_product(product_id)
        return product is not None and offer.service(product).department_id == self.department_id


def followed(offer: Offer, row: Any) -> Followed:
    """Of a department what it serves everywhere; of a counter what it serves first of all."""
    if row.kind == FeedKind.COUNTER:
        return Followed(tuple(offer.counter(row.target_id).first_choice))
    services = {s.id for s in offer.catalogue.services if s.department_id == row.target_id}
    queues = [queue.id for queue in offer.catalogue.queues if services & {*queue.service_ids}]
    return Followed(tuple(queues), row.target_id)


def items(connection: Connection, offer: Offer, row: Any, now: datetime) -> list[CalendarItem]:
    """From a month ago to a year ahead; a calendar program forgets what is no longer there."""
    what = followed(offer, row)
    asked = {"queues": list(what.queue_ids), "begin": now - _BEHIND, "end": now + _AHEAD}
    found: Iterable[Any] = connection.execute(_ITEMS, asked) if what.queue_ids else ()
    return [
        _item(offer, one, with_names=_may_leave(offer, row, one))
        for one in found
        if what.has(offer, one.product_id)
    ]


def _may_leave(offer: Offer, feed: Any, one: Any) -> bool:
    """A name leaves the house only where that was chosen, and never who comes in confidence."""
    products = (one.product_id, *one.more_products)
    return bool(feed.with_names) and not any(offer.is_confidential(each) for each in products)


def _item(offer: Offer, row: Any, *, with_names: bool) -> CalendarItem:
    product = offer.find_product(row.product_id)
    summary = product.short_name if product else row.reference
    site = offer.find_site(row.site_id)
    return CalendarItem(
        uid=f"{row.id}@loket",
        sequence=row.version,
        starts_at=row.starts_at,
        ends_at=row.starts_at + timedelta(minutes=row.minutes),
        summary=f"{summary} · {row.name}" if with_names and row.name else summary,
        # The same appointment is the same bytes each time: then nobody fetches it again.
        stamped_at=max(row.booked_at, _EPOCH),
        location=site.name if site else "",
        description=row.reference,
    )
