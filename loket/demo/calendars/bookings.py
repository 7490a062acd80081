"""Who has an appointment: the day itself, the weeks to come, and those of the weeks before."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from loket.appointments.queries.appointments import name_key
from loket.appointments.queries.plans import plan_of
from loket.appointments.rules.cells import cell_of, cells_for
from loket.appointments.rules.life import CODE_KIND, AppointmentState, reference
from loket.appointments.rules.schedule import Opening, Plan, ScheduleEntry
from loket.appointments.tables import AppointmentRow, CellRow, ReferenceRow, StepRow
from loket.catalogue.messages import Access, Product, Queue
from loket.catalogue.offer import Offer
from loket.demo.calendars.names import email, name, phone
from loket.demo.calendars.schedules import BOOKED_MOST, Values, calendar_rows, has_appointments
from loket.demo.history.chance import Chance
from loket.demo.history.past import PastTicket
from loket.kit.clock import Clock, local, local_day

_AHEAD = 84
_FIRST_NUMBER = 44_000
_EARLIEST = timedelta(days=1)
_FULL, _QUIETER = ("burgerzaken", "kortbeek"), 0.45
"""Where calendars are full weeks ahead, and how much less full the others are."""
_ABSENT = 0.07
"""Of those who had an appointment so many never came."""


@dataclass(frozen=True)
class Guest:
    """Somebody of the day of the demonstration."""

    at: time
    queue: str
    product: str
    name: str


GUESTS = (
    Guest(time(10), "burgerzaken", "reispas-aanvraag", "Jan Peeters"),
    Guest(time(10), "wonen", "premieadvies", "Aïcha Benali"),
    Guest(time(10), "burgerzaken", "adreswijziging", "Bram Hendrickx"),
    Guest(time(10), "omgeving", "omgevingsloket", "Ilse Bogaert"),
    Guest(time(10, 30), "burgerzaken", "rijbewijs-aanvraag", "Koen Wouters"),
    Guest(time(10, 30), "burgerzaken", "kids-id-aanvraag", "Nele Vandamme"),
    Guest(time(10, 30), "vreemdelingenzaken", "verblijfskaart-aanvraag", "Omar Bouzid"),
    Guest(time(11), "omgeving", "omgevingsloket", "Hilde Cools"),
    Guest(time(11), "burgerzaken", "geboorteaangifte", "Ruben De Clercq"),
    Guest(time(11), "wonen", "premieadvies", "Yvonne Martens"),
)


@dataclass
class Bookings:
    """Gathers the rows of appointments, to be inserted table by table."""

    offer: Offer
    clock: Clock
    user_id: str
    counter_id: str
    chance: Chance = field(default_factory=lambda: Chance("afspraken"))
    _appointments: list[Values] = field(default_factory=list)
    _cells: list[Values] = field(default_factory=list)
    _steps: list[Values] = field(default_factory=list)
    _next: int = _FIRST_NUMBER

    def __post_init__(self) -> None:
        self._schedule = list(calendar_rows(self.offer.catalogue, self.clock))
        self._codes = {product.code: product for product in self.offer.catalogue.products}

    def past(self, site_id: str, ticket: PastTicket) -> None:
        """Whoever came by appointment; now and then somebody else did not come."""
        at = ticket.appointment_at
        if at is None:
            return
        where = (site_id, ticket.queue_id, ticket.product_id, at)
        self._add(*where, ticket.id)
        if self.chance.happens(_ABSENT):
            self._add(*where, state=AppointmentState.NO_SHOW)

    def to_come(self) -> None:
        """Twelve weeks, the nearest ones fullest."""
        first = local_day(self.clock.now())
        for queue in self.offer.catalogue.queues:
            if not has_appointments(queue.code):
                continue
            guests = [guest for guest in GUESTS if guest.queue == queue.code]
            filling = _Filling(self, queue, self._products(queue))
            for day in self._plan(queue).between(first, first + timedelta(days=_AHEAD)):
                on_day = guests if day.day == first else []
                share = _share(day.day, first) * (1 if queue.code in _FULL else _QUIETER)
                filling.fill(day.openings, on_day, share)

    def by_table(self) -> Iterator[tuple[Any, list[Values]]]:
        """In an order that foreign keys allow."""
        yield from self._schedule
        yield AppointmentRow.__table__, self._appointments
        yield CellRow.__table__, self._cells
        yield StepRow.__table__, self._steps
        yield ReferenceRow.__table__, [{"id": 1, "last_number": self._next - 1}]

    def book(  # noqa: PLR0913 - one booking
        self,
        queue: Queue,
        product: Product,
        at: datetime,
        place: int,
        *,
        of: str,
        minutes: int,
        places: int,
    ) -> None:
        appointment_id = self._add(queue.site_id, queue.id, product.id, at, of=of, minutes=minutes)
        first = cell_of(at)
        self._cells.extend(
            {
                "queue_id": queue.id,
                "cell": cell,
                "place": place,
                "places": places,
                "appointment_id": appointment_id,
                "hold_id": None,
            }
            for cell in range(first, first + cells_for(minutes))
        )

    def minutes_of(self, product: Product) -> int:
        terms = self._schedule[2][1]
        set_by_town = {row["product_id"]: int(row["minutes"]) for row in terms}
        return set_by_town.get(product.id, cells_for(product.usual_minutes) * 5)

    def product(self, code: str) -> Product:
        return self._codes[code]

    def _add(  # noqa: PLR0913 - one row
        self,
        site_id: str,
        queue_id: str,
        product_id: str,
        at: datetime,
        ticket_id: str | None = None,
        *,
        of: str = "",
        minutes: int = 30,
        state: AppointmentState | None = None,
    ) -> str:
        booked_at = at - _EARLIEST - self.chance.seconds(3600, 40 * 86_400)
        booked_at = min(booked_at, self.clock.now())
        appointment_id = self.chance.id(booked_at)
        known = state or (AppointmentState.ARRIVED if ticket_id else AppointmentState.BOOKED)
        mail = email(self.chance, of) if of and self.chance.happens(0.7) else ""
        self._appointments.append(
            {
                "id": appointment_id,
                "reference": reference(self._next),
                "code": self.chance.code(CODE_KIND),
                "site_id": site_id,
                "queue_id": queue_id,
                "product_id": product_id,
                "more_products": [],
                "starts_at": at,
                "minutes": minutes,
                "buffer_minutes": 0,
                "persons": 1,
                "state": str(known),
                "name": of,
                "name_key": name_key(of),
                "phone": phone(self.chance) if of else "",
                "email": mail,
                "language": "nl",
                "note": "",
                "confirm": ["mail"] if mail else [],
                "remind": bool(mail),
                "channel": self.chance.choice(["desk", "phone", "web", "web"]),
                "booked_at": booked_at,
                "booked_by": self.user_id,
                "counter_id": self.counter_id,
                "visit_id": None,
                "ticket_id": ticket_id,
                "cancel_reason": "",
                "version": 1,
                "sequence": 0,
            }
        )
        self._next += 1
        self._booked(appointment_id, queue_id, at, booked_at)
        return appointment_id

    def _booked(
        self, appointment_id: str, queue_id: str, at: datetime, booked_at: datetime
    ) -> None:
        """The first step of its history."""
        self._steps.append(
            {
                "appointment_id": appointment_id,
                "seq": 1,
                "act": "book",
                "at": booked_at,
                "user_id": self.user_id,
                "counter_id": self.counter_id,
                "queue_id": queue_id,
                "starts_at": at,
                "reason": "",
            }
        )

    def _products(self, queue: Queue) -> list[Product]:
        """What is booked in a queue: the named ones often, a few of the others now and then."""
        here = [
            product
            for product in self.offer.catalogue.products
            if product.access is not Access.WALK_IN
            and self.offer.queue_for(product, queue.site_id) == queue
        ]
        named = [product for product in here if product.code in BOOKED_MOST]
        return [*named * 6, *here[:12]]

    def _plan(self, queue: Queue) -> Plan:
        table, rows = self._schedule[1]
        del table
        entries = [
            ScheduleEntry(**{name: row[name] for name in ScheduleEntry.__dataclass_fields__})
            for row in rows
            if row["queue_id"] == queue.id
        ]
        return plan_of(self.offer, queue, entries, [])


@dataclass
class _Filling:
    """Fills the openings of a queue, place by place."""

    bookings: Bookings
    queue: Queue
    products: Sequence[Product]

    def fill(self, openings: Sequence[Opening], guests: Sequence[Guest], share: float) -> None:
        chance, taken = self.bookings.chance, self._seat(openings, guests)
        for opening in openings:
            step = timedelta(minutes=opening.grid_minutes)
            for place in range(1, opening.places + 1):
                at = opening.starts_at
                while at < opening.ends_at:
                    product = chance.choice(self.products)
                    minutes = self.bookings.minutes_of(product)
                    wanted = range(cell_of(at), cell_of(at) + cells_for(minutes))
                    fits = at + timedelta(minutes=minutes) <= opening.ends_at
                    free = not any((cell, place) in taken for cell in wanted)
                    if fits and free and chance.happens(share):
                        self._book(product, at, place, opening, name(chance))
                        taken.update((cell, place) for cell in wanted)
                    at += step

    def _seat(self, openings: Sequence[Opening], guests: Sequence[Guest]) -> set[tuple[int, int]]:
        """Those whose names are known come first."""
        taken: set[tuple[int, int]] = set()
        for guest in guests:
            for opening in openings:
                at = _at(opening, guest.at)
                product = self.bookings.product(guest.product)
                cells = cells_for(self.bookings.minutes_of(product))
                wanted = range(cell_of(at), cell_of(at) + cells)
                free = [
                    place
                    for place in range(1, opening.places + 1)
                    if not any((cell, place) in taken for cell in wanted)
                ]
                if opening.starts_at <= at < opening.ends_at and free:
                    self._book(product, at, free[0], opening, guest.name)
                    taken.update((cell, free[0]) for cell in wanted)
        return taken

    def _book(self, product: Product, at: datetime, place: int, opening: Opening, of: str) -> None:
        self.bookings.book(
            self.queue,
            product,
            at,
            place,
            of=of,
            minutes=self.bookings.minutes_of(product),
            places=opening.places,
        )


def _at(opening: Opening, at: time) -> datetime:
    return local(opening.starts_at).replace(hour=at.hour, minute=at.minute)


def _share(day: date, first: date) -> float:
    """How full a day is by now."""
    weeks = (day - first).days // 7
    return max(0.08, 0.9 - 0.13 * weeks)
