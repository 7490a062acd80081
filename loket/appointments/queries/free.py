"""Free moments: what the schedule offers, without what is booked and held."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import Connection, String, bindparam, cast, func, or_, select

from loket.appointments.messages import FirstFree, FreeDay, FreeMoments
from loket.appointments.queries.plans import Plans, queue_of, read_terms
from loket.appointments.rules.capacity import (
    TAKEN_BASE,
    Capacity,
    Span,
    TakenPlaces,
    free_starts,
    moments,
    taken_of,
    taken_places,
)
from loket.appointments.rules.lengths import Length, length_of, strictest
from loket.appointments.rules.life import NotOffered
from loket.appointments.tables import CellRow, HoldRow
from loket.catalogue.messages import Product, Queue
from loket.catalogue.offer import Offer
from loket.kit.clock import begin_of, local_day

_CELL = CellRow.metadata.tables["appointment_cell"]
_HOLD = HoldRow.metadata.tables["appointment_hold"]
# One text for all: fifteen thousand rows, a few full weeks, cost ten times as much to fetch.
_KEY = _CELL.c.cell * TAKEN_BASE + _CELL.c.place
_KEYS = select(func.aggregate_strings(cast(_KEY, String), " ")).where(
    _CELL.c.queue_id == bindparam("queue"),
    _CELL.c.cell >= bindparam("begin"),
    _CELL.c.cell < bindparam("end"),
)
_NOT_COUNTED = _KEYS.where(
    _CELL.c.hold_id.in_(
        select(_HOLD.c.id).where(
            _HOLD.c.queue_id == bindparam("queue"),
            or_(_HOLD.c.expires_at <= bindparam("now"), _HOLD.c.id == bindparam("own_hold")),
        )
    )
)
# What is taken stands whole in the primary key: asked about holds as well, PostgreSQL would read a
# page of the table for every cell, thirty times as much. The few that do not count are named apart.
TAKEN = select(_KEYS.scalar_subquery(), _NOT_COUNTED.scalar_subquery())
_STRIDE = 14
"""So many days are read at once when the first free moment is looked for."""


def read_taken(
    connection: Connection, queue_id: str, span: Span, now: datetime, own_hold: str = ""
) -> TakenPlaces:
    """All that is booked or held, but not by ``own_hold``."""
    asked = {
        "queue": queue_id,
        "begin": span.first,
        "end": span.end,
        "now": now,
        "own_hold": own_hold,
    }
    taken, not_counted = connection.execute(TAKEN, asked).one()
    return taken_places(taken or "", but_not=not_counted or "")


def span_of(first: date, last: date) -> Span:
    """All cells of the days from first to last, of 23 or 25 hours where the clock changes."""
    return Span.between(begin_of(first), begin_of(last + timedelta(days=1)))


@dataclass(frozen=True)
class Asked:
    """What a free moment is looked for."""

    products: Sequence[Product]
    persons: int
    now: datetime
    own_hold: str = ""
    public_only: bool = False


@dataclass(frozen=True)
class Bounds:
    """From when to when, and how long."""

    length: Length
    begin: datetime
    end: datetime

    @property
    def last_day(self) -> date:
        return local_day(self.end - timedelta(microseconds=1))


def bounds_of(connection: Connection, asked: Asked) -> Bounds:
    """After the notice and before the end of the horizon of all products together."""
    terms = read_terms(connection, asked.products)
    bound = strictest(terms)
    last = local_day(asked.now) + timedelta(days=bound.horizon_days)
    return Bounds(
        length=length_of(terms, asked.persons),
        begin=asked.now + timedelta(hours=bound.notice_hours),
        end=begin_of(last + timedelta(days=1)),
    )


@dataclass(frozen=True)
class Search:
    """One look for free moments, in one state of the data."""

    connection: Connection
    plans: Plans
    offer: Offer
    asked: Asked

    def moments(self, sites: Sequence[str], first: date, days: int) -> FreeMoments:
        """The free moments of some days at some sites, by day."""
        bounds = bounds_of(self.connection, self.asked)
        last = min(first + timedelta(days=days - 1), bounds.last_day)
        found = [
            FreeDay(day=day, site_id=queue.site_id, moments=free)
            for queue in self._queues(sites)
            for day, free in self._by_day(queue, bounds, first, last)
        ]
        order = {site: nr for nr, site in enumerate(sites)}
        found.sort(key=lambda free: (free.day, order[free.site_id]))
        return FreeMoments(
            minutes=bounds.length.minutes,
            persons=self.asked.persons,
            days=found,
            searched_to=last,
        )

    def first(self, sites: Sequence[str]) -> FirstFree:
        """The first free moment over some sites; none within the horizon."""
        bounds = bounds_of(self.connection, self.asked)
        queues = self._queues(sites)
        product_id = self.asked.products[0].id
        first = local_day(bounds.begin)
        while first <= bounds.last_day:
            last = min(first + timedelta(days=_STRIDE - 1), bounds.last_day)
            found = self._earliest(queues, bounds, first, last)
            if found:
                moment, site = min(found)
                return FirstFree(product_id=product_id, site_id=site, starts_at=moment)
            first = last + timedelta(days=1)
        return FirstFree(product_id=product_id, site_id=None, starts_at=None)

    def first_or_none(self, sites: Sequence[str]) -> FirstFree:
        """The same; for a product without appointments there is none."""
        try:
            return self.first(sites)
        except NotOffered:
            return FirstFree(product_id=self.asked.products[0].id, site_id=None, starts_at=None)

    def near(self, queue: Queue, day: date) -> list[datetime]:
        """The free moments around a day: the day before, itself, and a week on."""
        bounds = bounds_of(self.connection, self.asked)
        first = max(day - timedelta(days=1), local_day(bounds.begin))
        last = min(day + timedelta(days=7), bounds.last_day)
        return [
            moment for _day, free in self._by_day(queue, bounds, first, last) for moment in free
        ]

    def _earliest(
        self, queues: Sequence[Queue], bounds: Bounds, first: date, last: date
    ) -> list[tuple[datetime, str]]:
        return [
            (free[0], queue.site_id)
            for queue in queues
            for _day, free in self._by_day(queue, bounds, first, last)
        ]

    def _queues(self, sites: Sequence[str]) -> list[Queue]:
        """Of the sites that offer all of it; refused when none does."""
        queues = []
        refused: NotOffered | None = None
        for site in sites:
            try:
                queues.append(queue_of(self.offer, self.asked.products, site))
            except NotOffered as error:
                refused = error
        if not queues and refused is not None:
            raise refused
        return queues

    def _by_day(
        self, queue: Queue, bounds: Bounds, first: date, last: date
    ) -> Iterator[tuple[date, list[datetime]]]:
        """Each day of these that has a free moment, with all of them."""
        if last < first:
            return
        plan = self.plans.of(self.connection, self.offer, queue)
        after = last + timedelta(days=1)  # a buffer may reach past midnight
        span = span_of(first, after)
        openings = [opening for day in plan.between(first, after) for opening in day.openings]
        capacity = Capacity.of(openings, span)
        rows = read_taken(self.connection, queue.id, span, self.asked.now, self.asked.own_hold)
        free = free_starts(
            capacity,
            taken_of(rows, capacity),
            bounds.length,
            public_only=self.asked.public_only,
        )
        end = min(bounds.end, begin_of(after))
        found = moments(free, span, begin=bounds.begin, end=end)
        yield from _cut(found, first, last)


def _cut(
    found: Sequence[datetime], first: date, last: date
) -> Iterator[tuple[date, list[datetime]]]:
    """Moments in order of time, cut where each of the days ends."""
    begin, day = 0, first
    while day <= last:
        next_day = day + timedelta(days=1)
        end = bisect_left(found, begin_of(next_day), lo=begin)
        if end > begin:
            yield day, list(found[begin:end])
        begin, day = end, next_day
