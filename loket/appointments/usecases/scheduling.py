"""Changing schedules, and the terms of products; who no longer fits is told at once."""

from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, func, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import IntegrityError

from loket.appointments.messages import (
    ChangedSchedule,
    ChangedTerms,
    ChangeSchedule,
    SetTerms,
    TellMisfits,
    Terms,
    ToldMisfits,
)
from loket.appointments.queries.appointments import APPOINTMENT
from loket.appointments.queries.schedules import (
    EXCEPTION,
    SCHEDULE,
    TERMS,
    Fitting,
    read_schedule,
    terms_as_set,
    thought_of,
    usual_terms_of,
)
from loket.appointments.rules.changing import PeriodExists, ScheduleStale, check_together
from loket.appointments.rules.lengths import ProductTerms, length_of
from loket.appointments.tables import IS_BOOKED, CalendarRow
from loket.appointments.usecases.notices import write_to_misfit
from loket.appointments.usecases.places import announce_calendar
from loket.catalogue.messages import Queue
from loket.catalogue.offer import Offer
from loket.kit.clock import local_day
from loket.staff.rules import Permission, short_name
from loket.staff.tables import UserRow
from loket.store.tables import JournalRow
from loket.store.work import Work

_ACT = "change_schedule"
_CALENDAR = CalendarRow.metadata.tables["appointment_calendar"]
_JOURNAL = JournalRow.metadata.tables["journal"]
_USER = UserRow.metadata.tables["staff_user"]
_OF_QUEUE = _CALENDAR.c.queue_id == bindparam("queue")
_HOLD_CALENDAR = select(_CALENDAR.c.version).where(_OF_QUEUE).with_for_update()
_GROW = (
    update(_CALENDAR)
    .where(_OF_QUEUE)
    .values(version=bindparam("grown"), changed_at=bindparam("at"))
)
_DROP = tuple(
    delete(table).where(table.c.queue_id == bindparam("queue")) for table in (SCHEDULE, EXCEPTION)
)
_LAST_CHANGED_BY = (
    select(_USER.c.name)
    .join(_JOURNAL, _JOURNAL.c.user_id == _USER.c.id)
    .where(_JOURNAL.c.subject_id == bindparam("queue"), _JOURNAL.c.act == _ACT)
    .order_by(_JOURNAL.c.id.desc())
    .limit(1)
)
_LENGTHS = (
    select(APPOINTMENT.c.minutes, APPOINTMENT.c.persons, func.count().label("many"))
    .where(
        IS_BOOKED,
        APPOINTMENT.c.product_id == bindparam("product"),
        APPOINTMENT.c.starts_at > bindparam("now"),
    )
    .group_by(APPOINTMENT.c.minutes, APPOINTMENT.c.persons)
)
_FORGET_TERMS = delete(TERMS).where(TERMS.c.product_id == bindparam("product"))


def _begin(dialect: str) -> Any:
    insert_or = (sqlite if dialect == "sqlite" else postgresql).insert(_CALENDAR)
    return insert_or.on_conflict_do_nothing(index_elements=["queue_id"])


def _put(dialect: str) -> Any:
    upsert = (sqlite if dialect == "sqlite" else postgresql).insert(TERMS)
    changed = {name: upsert.excluded[name] for name in SetTerms.model_fields}
    return upsert.on_conflict_do_update(index_elements=["product_id"], set_=changed)


_BEGIN = {name: _begin(name) for name in ("sqlite", "postgresql")}
_PUT_TERMS = {name: _put(name) for name in ("sqlite", "postgresql")}


def tell_misfits(work: Work, offer: Offer, command: TellMisfits) -> ToldMisfits:
    """Write to these of the worklist; who fits again meanwhile hears nothing."""
    work.allow(Permission.MANAGE_CALENDAR)
    listed = Fitting(work.connection, offer, work.actor, work.now).worklist(None).misfits
    asked = [one for one in listed if one.appointment.id in set(command.appointment_ids)]
    told = [one.appointment.id for one in asked if write_to_misfit(work, offer, one)]
    for ident in told:
        work.record("tell_misfit", "appointment", ident)
    return work.commit(ToldMisfits(told=told))


def change_schedule(
    work: Work, offer: Offer, queue_id: str, command: ChangeSchedule
) -> ChangedSchedule:
    """Keep the schedule of a queue as it now is, whole; booked appointments stay.

    The calendar is held meanwhile: who books at the same moment is either in the list of who no
    longer fits, or is judged by the new schedule.
    """
    work.allow(Permission.MANAGE_CALENDAR)
    queue = offer.queue(queue_id)
    plan = thought_of(offer, queue, command)
    check_together(plan, local_day(work.now))
    version = _hold(work, queue, command.seen_version) + 1
    _write(work, queue, version, command)
    misfits = Fitting(work.connection, offer, work.actor, work.now).misfits([(queue, plan)])
    counts = {"periods": len(command.periods), "exceptions": len(command.exceptions)}
    work.record(_ACT, "queue", queue.id, version=version, misfits=misfits.total, **counts)
    announce_calendar(work, queue.site_id, queue.id, None)
    schedule = read_schedule(work.connection, queue.id)
    return work.commit(ChangedSchedule(schedule=schedule, misfits=misfits))


def set_terms(work: Work, offer: Offer, product_id: str, command: SetTerms) -> ChangedTerms:
    """What holds for a product from now on; appointments that are booked keep their length."""
    work.allow(Permission.MANAGE_CALENDAR)
    offer.product(product_id)
    terms = ProductTerms(**command.model_dump())
    row = {"product_id": product_id, **command.model_dump()}
    work.connection.execute(_PUT_TERMS[work.connection.dialect.name], row)
    work.record("set_terms", "product", product_id, **command.model_dump())
    return _tell_terms(work, offer, terms_as_set(product_id, terms))


def reset_terms(work: Work, offer: Offer, product_id: str) -> ChangedTerms:
    """The usual terms again."""
    work.allow(Permission.MANAGE_CALENDAR)
    usual = usual_terms_of(offer.product(product_id))
    work.connection.execute(_FORGET_TERMS, {"product": product_id})
    work.record("reset_terms", "product", product_id)
    return _tell_terms(work, offer, usual)


def _hold(work: Work, queue: Queue, seen: int) -> int:
    """Hold the calendar to the end of the transaction; its version, if it is the one that was seen.

    A calendar that is not there yet is begun, so that two who begin it wait for each other too.
    """
    row = {"queue_id": queue.id, "version": 0, "changed_at": work.recorded_at}
    work.connection.execute(_BEGIN[work.connection.dialect.name], row)
    version: int = work.connection.execute(_HOLD_CALENDAR, {"queue": queue.id}).scalar_one()
    if version != seen:
        name = work.connection.execute(_LAST_CHANGED_BY, {"queue": queue.id}).scalar() or ""
        raise ScheduleStale(version=version, by=short_name(name))
    return version


def _write(work: Work, queue: Queue, version: int, command: ChangeSchedule) -> None:
    for drop in _DROP:
        work.connection.execute(drop, {"queue": queue.id})
    grown = {"queue": queue.id, "grown": version, "at": work.recorded_at}
    work.connection.execute(_GROW, grown)
    for table, rows in ((SCHEDULE, command.periods), (EXCEPTION, command.exceptions)):
        if rows:
            _insert(work, table, [row.model_dump() | {"queue_id": queue.id} for row in rows])


def _insert(work: Work, table: Any, rows: list[dict[str, Any]]) -> None:
    try:
        work.connection.execute(insert(table), rows)
    except IntegrityError as error:
        raise PeriodExists from error


def _tell_terms(work: Work, offer: Offer, terms: Terms) -> ChangedTerms:
    shorter = _shorter(work, terms, work.now)
    for queue in offer.catalogue.queues:
        if offer.product(terms.product_id).service_id in queue.service_ids:
            announce_calendar(work, queue.site_id, queue.id, None)
    return work.commit(ChangedTerms(terms=terms, shorter=shorter))


def _shorter(work: Work, terms: Terms, now: datetime) -> int:
    """How many to come were booked for less time than it takes now."""
    set_now = ProductTerms(**terms.model_dump(exclude={"product_id", "usual"}))
    rows = work.connection.execute(_LENGTHS, {"product": terms.product_id, "now": now})
    return sum(row.many for row in rows if row.minutes < length_of([set_now], row.persons).minutes)
