"""Days of the demonstration town to play: its demand, its desks, and counters that come and go."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import create_engine

from loket.catalogue.command import plan_folder
from loket.catalogue.hours import Period, Timetable
from loket.catalogue.importing.kinds import KINDS, Records
from loket.catalogue.messages import Catalogue
from loket.catalogue.queries import read_catalogue, read_timetable
from loket.catalogue.usecases import import_catalogue
from loket.demo.history.chance import Chance
from loket.demo.history.demand import Demand, Wish
from loket.demo.history.room import mean_seconds
from loket.demo.history.roster import Seat, seats_of_day
from loket.demo.load import DATA
from loket.demo.people import PEOPLE
from loket.kit.clock import BRUSSELS
from loket.queue.rules.waits.times import Lineage
from loket.queue.turns import choices_of, settings_of
from loket.simulation.day import Day, Desk, Visitor
from loket.store.base import Base

SITE = "stadhuis"
_ABSENT, _IMPATIENT = 0.025, 0.12
_PRIORITY = 0.05
_CALLED_AWAY = 0.25
"""How often somebody leaves their counter in a half day for other work."""
_OVERTIME = 120.0
"""Minutes that a counter goes on for who still waits after closing."""


@dataclass(frozen=True)
class DemoTown:
    """Heidebeek without a database."""

    catalogue: Catalogue
    timetable: Timetable

    def days(self, first: date, count: int, *, seed: int) -> Iterator[Day]:
        """So many opening days of the town hall from a date on; the same for the same seed."""
        day = first
        while count:
            made = self.day(day, seed=seed)
            if made is not None:
                count -= 1
                yield made
            day += timedelta(days=1)

    def day(self, on: date, *, seed: int) -> Day | None:
        """One day, or None when the town hall is closed."""
        chance = Chance(f"day {seed} {on}")
        site = next(site for site in self.catalogue.sites if site.code == SITE)
        demand = Demand(self.catalogue, self.timetable)
        wishes = demand.of_day(chance, site_id=site.id, day=on)
        if not wishes:
            return None
        starts = datetime.combine(on, time(9), tzinfo=BRUSSELS).astimezone(UTC)
        seats = seats_of_day(chance, self.catalogue, PEOPLE, site_id=site.id)
        queues = [queue for queue in self.catalogue.queues if queue.site_id == site.id]
        pace = chance.lognormvariate(0.0, 0.08)
        closes = {
            queue.id: max((_minute(p.closes_at, starts) for p in periods), default=0.0)
            for queue in queues
            for periods in [demand.periods(queue, on)]
        }
        return Day(
            starts=starts,
            visitors=tuple(
                _visitor(nr, wish, chance, starts, pace) for nr, wish in enumerate(wishes)
            ),
            desks=tuple(
                _desk(seat, _hours(demand, seat, on), chance, starts)
                for seat in seats
                if seat.counter.first_choice
            ),
            settings=settings_of(queues),
            closes=closes,
        )

    def lineages(self) -> dict[str, Lineage]:
        """Where each product borrows its time from."""
        queue_of = {
            service: queue.id for queue in self.catalogue.queues for service in queue.service_ids
        }
        return {
            product.id: Lineage(
                product.service_id, queue_of.get(product.service_id, ""), product.usual_minutes
            )
            for product in self.catalogue.products
        }


def demo_town() -> DemoTown:
    """Read the town from its files."""
    empty: Records = {kind.name: {} for kind in KINDS}
    plan = plan_folder(DATA, DATA / "mapping.toml", current=empty, version=0)
    now = datetime(2026, 1, 1, tzinfo=UTC)
    engine = create_engine("sqlite://")
    with engine.connect() as connection:
        Base.metadata.create_all(connection)
        import_catalogue(connection, plan, now=now)
        found = read_catalogue(connection, {}, made_at=now), read_timetable(connection)
    engine.dispose()
    return DemoTown(*found)


def _minute(moment: datetime, starts: datetime) -> float:
    return (moment - starts).total_seconds() / 60


def _visitor(nr: int, wish: Wish, chance: Chance, starts: datetime, pace: float) -> Visitor:
    walk = chance.seconds(10, 45).total_seconds()
    spent = chance.service(mean_seconds(wish.product)).total_seconds() * pace
    booked = wish.appointment_at
    return Visitor(
        id=f"v{nr:04d}",
        at=_minute(wish.at, starts),
        queue_id=wish.queue.id,
        product_id=wish.product.id,
        minutes=(walk + spent) / 60,
        appointment=None if booked is None else _minute(booked, starts),
        priority="mobility" if chance.happens(_PRIORITY) else "",
        leaves_after=chance.uniform(10, 45) if chance.happens(_IMPATIENT) else None,
        absent=chance.happens(_ABSENT),
    )


def _hours(demand: Demand, seat: Seat, on: date) -> list[Period]:
    """When the queue of the counter's first choice is open."""
    first = seat.counter.first_choice[0]
    queue = next(queue for queue in demand.queues if queue.id == first)
    return list(demand.periods(queue, on))


def _desk(seat: Seat, hours: Sequence[Period], chance: Chance, starts: datetime) -> Desk:
    """A counter with late starts, coffee, and somebody who is called away."""
    shifts: list[tuple[float, float]] = []
    for nr, period in enumerate(hours):
        begins = _minute(period.opens_at, starts) + chance.uniform(0, 8)
        until = _minute(hours[nr + 1].opens_at, starts) if nr + 1 < len(hours) else None
        ends = _minute(period.closes_at, starts) + (
            _OVERTIME if until is None else min(_OVERTIME, until - 15)
        )
        pauses = [_pause(chance, begins, _minute(period.closes_at, starts), 10, 20)]
        if chance.happens(_CALLED_AWAY):
            pauses.append(_pause(chance, begins, _minute(period.closes_at, starts), 25, 60))
        shifts += _without(begins, ends, pauses)
    return Desk(seat.counter.id, choices_of(seat.counter), tuple(shifts))


def _pause(
    chance: Chance, begins: float, ends: float, least: float, most: float
) -> tuple[float, float]:
    length = chance.uniform(least, most)
    at = chance.uniform(begins + 20, max(begins + 21, ends - 30))
    return at, at + length


def _without(
    begins: float, ends: float, pauses: list[tuple[float, float]]
) -> Iterator[tuple[float, float]]:
    """What is left of a shift around its pauses."""
    at = begins
    for leaves, returns in sorted(pauses):
        if leaves > at:
            yield at, leaves
        at = max(at, returns)
    if ends > at:
        yield at, ends
