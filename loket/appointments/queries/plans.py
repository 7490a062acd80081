"""The schedules of queues and the terms of products, kept in memory until they change."""

from collections.abc import Mapping, Sequence
from datetime import date
from threading import Lock

from sqlalchemy import Connection, bindparam, select

from loket.appointments.rules.lengths import ProductTerms, usual_terms
from loket.appointments.rules.life import NotOffered
from loket.appointments.rules.schedule import (
    CalendarException,
    ExceptionKind,
    Plan,
    ScheduleEntry,
)
from loket.appointments.tables import (
    CalendarRow,
    ProductTermsRow,
    ScheduleExceptionRow,
    ScheduleRow,
)
from loket.catalogue.hours import DayHours
from loket.catalogue.messages import Access, Product, Queue
from loket.catalogue.offer import Offer

_CALENDAR = CalendarRow.metadata.tables["appointment_calendar"]
_SCHEDULE = ScheduleRow.metadata.tables["appointment_schedule"]
_EXCEPTION = ScheduleExceptionRow.metadata.tables["appointment_exception"]
_TERMS = ProductTermsRow.metadata.tables["appointment_terms"]
_VERSION = select(_CALENDAR.c.version).where(_CALENDAR.c.queue_id == bindparam("queue"))
_ENTRIES = (
    select(_SCHEDULE)
    .where(_SCHEDULE.c.queue_id == bindparam("queue"))
    .order_by(_SCHEDULE.c.valid_from, _SCHEDULE.c.opens, _SCHEDULE.c.id)
)
_EXCEPTIONS = (
    select(_EXCEPTION)
    .where(_EXCEPTION.c.queue_id == bindparam("queue"))
    .order_by(_EXCEPTION.c.first_day, _EXCEPTION.c.id)
)
_TERMS_OF = select(_TERMS).where(_TERMS.c.product_id.in_(bindparam("products", expanding=True)))


class Plans:
    """Gives the plan of a queue: one look at its version, and rarely its whole schedule."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._known: dict[str, tuple[int, str, Plan]] = {}

    def of(self, connection: Connection, offer: Offer, queue: Queue) -> Plan:
        """The plan as this transaction sees it; a queue without a schedule has an empty one."""
        version = read_version(connection, queue.id)
        known = self._known.get(queue.id)
        if known is not None and known[:2] == (version, offer.catalogue.version):
            return known[2]
        plan = read_plan(connection, offer, queue)
        with self._lock:
            self._known[queue.id] = (version, offer.catalogue.version, plan)
        return plan


def read_version(connection: Connection, queue_id: str) -> int:
    """The version of a queue's schedule; 0 while it has none."""
    return connection.execute(_VERSION, {"queue": queue_id}).scalar_one_or_none() or 0


def read_plan(connection: Connection, offer: Offer, queue: Queue) -> Plan:
    asked = {"queue": queue.id}
    entries = [
        ScheduleEntry(
            rule=row.rule,
            valid_from=row.valid_from,
            valid_to=row.valid_to,
            opens=row.opens,
            closes=row.closes,
            public_places=row.public_places,
            desk_places=row.desk_places,
            grid_minutes=row.grid_minutes,
        )
        for row in connection.execute(_ENTRIES, asked)
    ]
    exceptions = [
        CalendarException(
            kind=ExceptionKind(row.kind),
            first_day=row.first_day,
            last_day=row.last_day,
            opens=row.opens,
            closes=row.closes,
            public_places=row.public_places,
            desk_places=row.desk_places,
            grid_minutes=row.grid_minutes,
            reason=row.reason,
        )
        for row in connection.execute(_EXCEPTIONS, asked)
    ]
    return plan_of(offer, queue, entries, exceptions)


def plan_of(
    offer: Offer,
    queue: Queue,
    entries: Sequence[ScheduleEntry],
    exceptions: Sequence[CalendarException],
) -> Plan:
    """A plan of this queue, whether it is kept or only being thought of."""

    def unusual(day: date) -> DayHours | None:
        return offer.timetable.unusual(day, site_id=queue.site_id, queue_id=queue.id)

    return Plan(tuple(entries), tuple(exceptions), unusual)


def read_terms(connection: Connection, products: Sequence[Product]) -> list[ProductTerms]:
    """What holds for each of the products, in their order."""
    rows = connection.execute(_TERMS_OF, {"products": [product.id for product in products]})
    known: Mapping[str, ProductTerms] = {
        row.product_id: ProductTerms(
            minutes=row.minutes,
            extra_person_minutes=row.extra_person_minutes,
            buffer_minutes=row.buffer_minutes,
            notice_hours=row.notice_hours,
            horizon_days=row.horizon_days,
            early_minutes=row.early_minutes,
            late_minutes=row.late_minutes,
            most_persons=row.most_persons,
        )
        for row in rows
    }
    return [known.get(p.id) or usual_terms(p.usual_minutes) for p in products]


def queue_of(offer: Offer, products: Sequence[Product], site_id: str) -> Queue:
    """The queue in whose calendar these products are booked at a site.

    Raises :class:`NotOffered` when the site does not serve one, or serves it without appointment.
    """
    for product in products:
        if product.access is Access.WALK_IN or offer.queue_for(product, site_id) is None:
            raise NotOffered(product=product.name)
    queue = offer.queue_for(products[0], site_id)
    if queue is None:
        raise NotOffered(product=products[0].name)
    return queue
