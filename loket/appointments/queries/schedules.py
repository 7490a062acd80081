"""Schedules as they are kept, as they would be, and which appointments no longer fit them."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, bindparam, select

from loket.appointments.messages import (
    ChangeSchedule,
    Misfit,
    Misfits,
    Schedule,
    ScheduleException,
    SchedulePeriod,
    SchedulePreview,
    Terms,
    TownTerms,
)
from loket.appointments.queries.appointments import APPOINTMENT, of_ids
from loket.appointments.queries.calendars import days_of
from loket.appointments.queries.free import read_taken, span_of
from loket.appointments.queries.plans import plan_of, read_plan, read_version
from loket.appointments.rules.changing import check_entries, check_exceptions
from loket.appointments.rules.fitting import BookedTime, Unfit, unfit
from loket.appointments.rules.lengths import ProductTerms, usual_terms
from loket.appointments.rules.schedule import (
    CalendarException,
    Plan,
    ScheduleEntry,
)
from loket.appointments.tables import (
    IS_BOOKED,
    ProductTermsRow,
    ScheduleExceptionRow,
    ScheduleRow,
)
from loket.catalogue.messages import Product, Queue
from loket.catalogue.offer import Offer
from loket.kit.clock import local_day
from loket.store.work import Actor

SCHEDULE = ScheduleRow.metadata.tables["appointment_schedule"]
EXCEPTION = ScheduleExceptionRow.metadata.tables["appointment_exception"]
TERMS = ProductTermsRow.metadata.tables["appointment_terms"]
_PERIODS = (
    select(SCHEDULE)
    .where(SCHEDULE.c.queue_id == bindparam("queue"))
    .order_by(SCHEDULE.c.valid_from, SCHEDULE.c.opens, SCHEDULE.c.id)
)
_EXCEPTIONS = (
    select(EXCEPTION)
    .where(EXCEPTION.c.queue_id == bindparam("queue"))
    .order_by(EXCEPTION.c.first_day, EXCEPTION.c.id)
)
_TO_COME = select(
    APPOINTMENT.c.id,
    APPOINTMENT.c.starts_at,
    APPOINTMENT.c.minutes,
    APPOINTMENT.c.buffer_minutes,
    APPOINTMENT.c.booked_at,
).where(APPOINTMENT.c.queue_id == bindparam("queue"), IS_BOOKED)
_TO_COME = _TO_COME.where(APPOINTMENT.c.starts_at > bindparam("now"))
_QUEUES_TO_COME = (
    select(APPOINTMENT.c.queue_id)
    .where(IS_BOOKED, APPOINTMENT.c.starts_at > bindparam("now"))
    .distinct()
)
_ALL_TERMS = select(TERMS).order_by(TERMS.c.product_id)
MOST_LISTED = 500
_TERM_NAMES = tuple(column.name for column in TERMS.columns if column.name != "product_id")


def read_schedule(connection: Connection, queue_id: str) -> Schedule:
    """The schedule of a queue with its version; empty, with version 0, while it has none."""
    asked = {"queue": queue_id}
    return Schedule(
        queue_id=queue_id,
        version=read_version(connection, queue_id),
        periods=[
            SchedulePeriod(**_without_queue(row)) for row in connection.execute(_PERIODS, asked)
        ],
        exceptions=[
            ScheduleException(**_without_queue(row))
            for row in connection.execute(_EXCEPTIONS, asked)
        ],
    )


def _without_queue(row: Any) -> dict[str, Any]:
    return {name: value for name, value in row._mapping.items() if name != "queue_id"}  # noqa: SLF001 - its public name begins so


def thought_of(offer: Offer, queue: Queue, command: ChangeSchedule) -> Plan:
    """The plan that a command asks for, once nothing in it is wrong."""
    entries = [
        ScheduleEntry(**period.model_dump(exclude={"id", "name"})) for period in command.periods
    ]
    exceptions = [
        CalendarException(**{**exception.model_dump(exclude={"id"}), "kind": exception.kind})
        for exception in command.exceptions
    ]
    check_entries(entries)
    check_exceptions(exceptions)
    return plan_of(offer, queue, entries, exceptions)


@dataclass(frozen=True)
class Fitting:
    """Who asks which appointments fit, in one state of the data."""

    connection: Connection
    offer: Offer
    actor: Actor
    now: datetime

    def preview(self, queue: Queue, plan: Plan, first: date, days: int) -> SchedulePreview:
        """So many days of a plan that is only thought of; nothing is written."""
        last = first + timedelta(days=days - 1)
        span = span_of(first, last)
        taken = read_taken(self.connection, queue.id, span, self.now)
        shown = days_of(plan.between(first, last), taken, span, booked={}, held={})
        return SchedulePreview(days=shown, misfits=self.misfits([(queue, plan)]))

    def worklist(self, site_id: str | None) -> Misfits:
        """Everybody whose appointment no longer fits, at one site or at all."""
        rows = self.connection.execute(_QUEUES_TO_COME, {"now": self.now})
        booked = {row.queue_id for row in rows}
        queues = [queue for queue in self.offer.catalogue.queues if queue.id in booked]
        here = [queue for queue in queues if site_id in {None, queue.site_id}]
        return self.misfits([(q, read_plan(self.connection, self.offer, q)) for q in here])

    def misfits(self, plans: Sequence[tuple[Queue, Plan]]) -> Misfits:
        """The appointments to come that do not fit these plans of their queues."""
        found: dict[str, tuple[datetime, Unfit, str]] = {}
        for queue, plan in plans:
            booked = {one.id: one for one in self._to_come(queue)}
            for ident, why in unfit(plan, list(booked.values())).items():
                at = booked[ident].starts_at
                found[ident] = at, why, plan.on(local_day(at)).reason
        first = sorted(found, key=lambda ident: (found[ident][0], ident))[:MOST_LISTED]
        shown = of_ids(self.connection, self.offer, self.actor, first)
        listed = [Misfit(appointment=a, unfit=found[a.id][1], reason=found[a.id][2]) for a in shown]
        return Misfits(misfits=listed, total=len(found))

    def _to_come(self, queue: Queue) -> Iterable[BookedTime]:
        rows = self.connection.execute(_TO_COME, {"queue": queue.id, "now": self.now})
        return (BookedTime(*row) for row in rows)


def read_town_terms(connection: Connection, offer: Offer) -> TownTerms:
    """What the town set, for the products that are in the catalogue."""
    rows = connection.execute(_ALL_TERMS).all()
    known = [row for row in rows if offer.find_product(row.product_id)]
    return TownTerms(terms=[_terms(row.product_id, row._mapping, usual=False) for row in known])  # noqa: SLF001 - its public name begins so


def usual_terms_of(product: Product) -> Terms:
    """What holds for a product for which the town set nothing."""
    return _terms(product.id, asdict(usual_terms(product.usual_minutes)), usual=True)


def terms_as_set(product_id: str, terms: ProductTerms) -> Terms:
    return _terms(product_id, asdict(terms), usual=False)


def _terms(product_id: str, values: Any, *, usual: bool) -> Terms:
    named = {name: values[name] for name in _TERM_NAMES}
    return Terms(product_id=product_id, usual=usual, **named)
