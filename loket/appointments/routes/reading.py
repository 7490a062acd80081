"""Free moments, calendars and appointments, read."""

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from sqlalchemy import Connection

from loket.appointments.messages import (
    Appointment,
    AppointmentFile,
    Appointments,
    Calendar,
    Expected,
    FirstFrees,
    FreeMoments,
)
from loket.appointments.queries import appointments as reads
from loket.appointments.queries.calendars import Reader
from loket.appointments.queries.free import Asked, Search
from loket.catalogue.offer import Offer
from loket.kit.clock import begin_of, local_day
from loket.store.work import Actor
from loket.web.asking import Asks
from loket.wire.base import Code, Day, Id
from loket.wire.contact import phone_number

router = APIRouter()
MOST_DAYS = 200
MOST_AT_ONCE = 20
Days = Annotated[int, Query(ge=1, le=MOST_DAYS)]
Products = Annotated[list[Id], Query(min_length=1, max_length=8)]
Persons = Annotated[int, Query(ge=1, le=50)]


def _search(
    request: Request, connection: Connection, asked: tuple[Sequence[str], int], own_hold: str = ""
) -> Search:
    state = request.app.state
    offer: Offer = state.offers.now(connection)
    products = [offer.product(product) for product in asked[0]]
    now = state.store.clock.now()
    return Search(connection, state.plans, offer, Asked(products, asked[1], now, own_hold))


def _sites(offer: Offer, site: str | None) -> list[str]:
    if site is None:
        return [known.id for known in offer.catalogue.sites]
    offer.check_site(site)
    return [site]


@router.get("/free-moments", operation_id="free_moments", response_model=FreeMoments)
def free_moments(  # noqa: PLR0913, PLR0917 - what is looked for
    request: Request,
    asks: Asks,
    product: Products,
    first: Day,
    persons: Persons = 1,
    site: Id | None = None,
    days: Days = 14,
    hold: Id | None = None,
) -> Response:
    """Free moments of these products together, at one site or all; a hold of one's own is free."""

    def read(reads: Connection, _person: Actor) -> FreeMoments:
        search = _search(request, reads, (product, persons), hold or "")
        return search.moments(_sites(search.offer, site), first, days)

    return asks.answer(read)


@router.get("/first-free", operation_id="first_free", response_model=FirstFrees)
def first_free(
    request: Request,
    asks: Asks,
    product: Annotated[list[Id], Query(min_length=1, max_length=MOST_AT_ONCE)],
    site: Id | None = None,
) -> Response:
    """The first free moment of each of these products, over all sites."""

    def read(reads: Connection, _person: Actor) -> FirstFrees:
        searches = [_search(request, reads, ([one], 1)) for one in product]
        return FirstFrees(
            products=[search.first_or_none(_sites(search.offer, site)) for search in searches]
        )

    return asks.answer(read)


def _reader(request: Request, connection: Connection, person: Actor) -> Reader:
    state = request.app.state
    offer = state.offers.now(connection)
    return Reader(connection, state.plans, offer, person, state.store.clock.now())


@router.get("/queues/{queue_id}/calendar", operation_id="calendar", response_model=Calendar)
def calendar(
    queue_id: Id,
    first: Day,
    request: Request,
    asks: Asks,
    days: Annotated[int, Query(ge=1, le=42)] = 5,
) -> Response:
    """Some days of a queue's calendar."""

    def read(reads: Connection, person: Actor) -> Calendar:
        reader = _reader(request, reads, person)
        return reader.calendar(reader.offer.queue(queue_id), first, days)

    return asks.answer(read)


@router.get("/sites/{site_id}/expected", operation_id="expected", response_model=Expected)
def expected(site_id: Id, day: Day, request: Request, asks: Asks) -> Response:
    """Who has an appointment at a site on a day, and who came."""

    def read(reads: Connection, person: Actor) -> Expected:
        reader = _reader(request, reads, person)
        reader.offer.check_site(site_id)
        return reader.expected(site_id, day)

    return asks.answer(read)


@router.get("/appointments", operation_id="find_appointments", response_model=Appointments)
def find_appointments(
    text: Annotated[str, Query(min_length=2, max_length=80)],
    request: Request,
    asks: Asks,
    since: Day | None = None,
) -> Response:
    """By reference, barcode, telephone or a part of the name; from today on, or from a day."""

    def read(connection: Connection, person: Actor) -> Appointments:
        offer = request.app.state.offers.now(connection)
        day = since or local_day(request.app.state.store.clock.now())
        return reads.find(
            connection, offer, person, text=text, phone=_phone(text), since=begin_of(day)
        )

    return asks.answer(read)


@router.get(
    "/appointments/code/{code}", operation_id="scan_appointment", response_model=Appointment
)
def scan_appointment(code: Code, request: Request, asks: Asks) -> Response:
    """The appointment of a scanned barcode."""

    def read(connection: Connection, person: Actor) -> Appointment:
        offer = request.app.state.offers.now(connection)
        return reads.find_by_code(connection, offer, person, code)

    return asks.answer(read)


@router.get(
    "/appointments/{appointment_id}", operation_id="appointment", response_model=AppointmentFile
)
def appointment(appointment_id: Id, request: Request, asks: Asks) -> Response:
    """An appointment with its history."""

    def read(connection: Connection, person: Actor) -> AppointmentFile:
        offer = request.app.state.offers.now(connection)
        return reads.read_file(connection, offer, person, appointment_id)

    return asks.answer(read)


def _phone(text: str) -> str:
    try:
        return phone_number(text)
    except ValueError:
        return ""
