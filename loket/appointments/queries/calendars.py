"""The calendar of a queue, day by day: what is offered, taken, booked and held."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby

import numpy as np
from sqlalchemy import Connection, bindparam, select

from loket.appointments.messages import (
    Appointment,
    Calendar,
    CalendarDay,
    CalendarPeriod,
    CalendarSlot,
    Expected,
    HeldMoment,
)
from loket.appointments.queries.appointments import of_queue, of_site
from loket.appointments.queries.free import read_taken, span_of
from loket.appointments.queries.plans import Plans
from loket.appointments.rules.capacity import Capacity, Span, Taken, TakenPlaces, taken_of
from loket.appointments.rules.cells import CELL_MINUTES, cell_of
from loket.appointments.rules.schedule import DayPlan, Opening
from loket.appointments.tables import HoldRow
from loket.catalogue.messages import Queue
from loket.catalogue.offer import Offer
from loket.kit.clock import begin_of, local_day
from loket.store.work import Actor

_HOLD = HoldRow.metadata.tables["appointment_hold"]
_HOLDS = (
    select(_HOLD)
    .where(
        _HOLD.c.queue_id == bindparam("queue"),
        _HOLD.c.starts_at >= bindparam("begin"),
        _HOLD.c.starts_at < bindparam("end"),
        _HOLD.c.expires_at > bindparam("now"),
    )
    .order_by(_HOLD.c.starts_at)
)


@dataclass(frozen=True)
class Reader:
    """Who reads calendars, in one state of the data."""

    connection: Connection
    plans: Plans
    offer: Offer
    actor: Actor
    now: datetime

    def calendar(self, queue: Queue, first: date, days: int) -> Calendar:
        """So many days of a queue's calendar, from a first one."""
        last = first + timedelta(days=days - 1)
        planned = self.plans.of(self.connection, self.offer, queue).between(first, last)
        begin, end = begin_of(first), begin_of(last + timedelta(days=1))
        booked = of_queue(
            self.connection, self.offer, self.actor, queue_id=queue.id, begin=begin, end=end
        )
        span = span_of(first, last)
        return Calendar(
            queue_id=queue.id,
            made_at=self.now,
            days=days_of(
                planned,
                read_taken(self.connection, queue.id, span, self.now),
                span,
                booked=_by_day(booked),
                held=_by_day(self._holds(queue, begin, end)),
            ),
        )

    def expected(self, site_id: str, day: date) -> Expected:
        """Who has an appointment at a site on a day."""
        found = of_site(
            self.connection,
            self.offer,
            self.actor,
            site_id=site_id,
            begin=begin_of(day),
            end=begin_of(day + timedelta(days=1)),
        )
        return Expected(site_id=site_id, day=day, appointments=found)

    def _holds(self, queue: Queue, begin: datetime, end: datetime) -> list[HeldMoment]:
        asked = {"queue": queue.id, "begin": begin, "end": end, "now": self.now}
        return [
            HeldMoment(
                hold_id=row.id,
                starts_at=row.starts_at,
                minutes=row.minutes,
                counter_id=row.counter_id,
                expires_at=row.expires_at,
            )
            for row in self.connection.execute(_HOLDS, asked)
        ]


def days_of(
    planned: Sequence[DayPlan],
    found: TakenPlaces,
    span: Span,
    *,
    booked: Mapping[date, Sequence[Appointment]],
    held: Mapping[date, Sequence[HeldMoment]],
) -> list[CalendarDay]:
    """Calendar days of a plan, kept or only thought of, with what is taken in ``span``."""
    capacity = Capacity.of([o for day in planned for o in day.openings], span)
    taken = taken_of(found, capacity)
    return [
        _day(day, capacity, taken, booked.get(day.day, ()), held.get(day.day, ()))
        for day in planned
    ]


def _day(
    plan: DayPlan,
    capacity: Capacity,
    taken: Taken,
    booked: Sequence[Appointment],
    held: Sequence[HeldMoment],
) -> CalendarDay:
    begin, end = begin_of(plan.day), begin_of(plan.day + timedelta(days=1))
    cells = capacity.span.part(cell_of(begin), cell_of(end))
    places = capacity.places[cells]
    left = np.clip(places - taken.all[cells], 0, None)
    return CalendarDay(
        day=plan.day,
        reason=plan.reason,
        periods=[_period(opening) for opening in plan.openings],
        slots=_slots(plan.openings, capacity, taken),
        appointments=list(booked),
        holds=list(held),
        free_minutes=int(left.sum()) * CELL_MINUTES,
        place_minutes=int(places.sum()) * CELL_MINUTES,
    )


def _period(opening: Opening) -> CalendarPeriod:
    return CalendarPeriod(
        starts_at=opening.starts_at,
        ends_at=opening.ends_at,
        places=opening.places,
        public_places=opening.public_places,
        grid_minutes=opening.grid_minutes,
    )


def _slots(openings: Sequence[Opening], capacity: Capacity, taken: Taken) -> list[CalendarSlot]:
    """One slot per step of the finest grid; where periods overlap their places add up."""
    slots: dict[datetime, CalendarSlot] = {}
    for opening in sorted(openings, key=lambda one: -one.grid_minutes):
        step = timedelta(minutes=opening.grid_minutes)
        at = opening.starts_at
        while at < opening.ends_at:
            end = min(at + step, opening.ends_at)
            cells = capacity.span.part(cell_of(at), cell_of(end))
            slots[at] = CalendarSlot(
                starts_at=at,
                minutes=(end - at) // timedelta(minutes=1),
                places=int(capacity.places[cells].min(initial=0x7FFF)),
                taken=int(taken.all[cells].max(initial=0)),
            )
            at = end
    return [slots[at] for at in sorted(slots)]


def _by_day(found: Iterable[Appointment] | Iterable[HeldMoment]) -> dict[date, list]:  # type: ignore[type-arg]
    return {day: list(of) for day, of in groupby(found, key=lambda one: local_day(one.starts_at))}
