"""Schedules, who no longer fits them, and the terms of products, over HTTP."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from sqlalchemy import Connection

from loket.appointments.messages import (
    ChangedSchedule,
    ChangedTerms,
    ChangeSchedule,
    Misfits,
    ResetTerms,
    Schedule,
    SchedulePreview,
    SetTerms,
    TellMisfits,
    ToldMisfits,
    TownTerms,
)
from loket.appointments.queries.schedules import (
    Fitting,
    read_schedule,
    read_town_terms,
    thought_of,
)
from loket.appointments.routes.acts import Within
from loket.appointments.rules.changing import check_year
from loket.appointments.usecases import scheduling
from loket.staff.rules import Permission
from loket.store.errors import MayNot
from loket.store.work import Actor
from loket.web.acting import Live
from loket.web.asking import Asks
from loket.wire.base import Day, Id

router = APIRouter()


def _fitting(request: Request, connection: Connection, person: Actor) -> Fitting:
    state = request.app.state
    return Fitting(connection, state.offers.now(connection), person, state.store.clock.now())


def _check_may(person: Actor, permission: Permission) -> None:
    if permission not in person.permissions:
        raise MayNot(permission=permission)


@router.get("/queues/{queue_id}/schedule", operation_id="schedule", response_model=Schedule)
def schedule(queue_id: Id, request: Request, asks: Asks) -> Response:
    """The schedule of a queue as it is kept."""

    def read(reads: Connection, person: Actor) -> Schedule:
        _check_may(person, Permission.MANAGE_CALENDAR)
        return read_schedule(reads, request.app.state.offers.now(reads).queue(queue_id).id)

    return asks.answer(read)


@router.put(
    "/queues/{queue_id}/schedule", operation_id="change_schedule", response_model=ChangedSchedule
)
def change_schedule(queue_id: Id, body: ChangeSchedule, request: Request, act: Live) -> Response:
    """Keep another schedule, whole; the answer says which appointments no longer fit."""
    offers = request.app.state.offers
    return act.once(
        body,
        lambda work: scheduling.change_schedule(work, offers.now(work.connection), queue_id, body),
    )


@router.post(
    "/queues/{queue_id}/schedule/preview",
    operation_id="preview_schedule",
    response_model=SchedulePreview,
)
def preview_schedule(
    queue_id: Id,
    body: ChangeSchedule,
    first: Day,
    request: Request,
    asks: Asks,
    days: Annotated[int, Query(ge=1, le=84)] = 42,
) -> Response:
    """What a schedule would offer, and who would no longer fit; nothing is kept."""

    def read(reads: Connection, person: Actor) -> SchedulePreview:
        _check_may(person, Permission.MANAGE_CALENDAR)
        fitting = _fitting(request, reads, person)
        check_year(first)
        queue = fitting.offer.queue(queue_id)
        return fitting.preview(queue, thought_of(fitting.offer, queue, body), first, days)

    return asks.answer(read)


@router.get("/appointment-misfits", operation_id="misfits", response_model=Misfits)
def misfits(request: Request, asks: Asks, site: Id | None = None) -> Response:
    """Who must be called because their appointment no longer fits."""

    def read(reads: Connection, person: Actor) -> Misfits:
        _check_may(person, Permission.BOOK_APPOINTMENT)
        fitting = _fitting(request, reads, person)
        if site is not None:
            fitting.offer.check_site(site)
        return fitting.worklist(site)

    return asks.answer(read)


@router.get("/appointment-terms", operation_id="terms", response_model=TownTerms)
def terms(request: Request, asks: Asks) -> Response:
    """What the town set for products; all others have the usual terms."""
    offers = request.app.state.offers
    return asks.answer(lambda reads, _person: read_town_terms(reads, offers.now(reads)))


@router.put(
    "/products/{product_id}/appointment-terms",
    operation_id="set_terms",
    response_model=ChangedTerms,
)
def set_terms(product_id: Id, body: SetTerms, request: Request, act: Live) -> Response:
    """How long, how soon and how far ahead a product is booked from now on."""
    offers = request.app.state.offers
    return act.once(
        body,
        lambda work: scheduling.set_terms(work, offers.now(work.connection), product_id, body),
    )


@router.post(
    "/products/{product_id}/appointment-terms/reset",
    operation_id="reset_terms",
    response_model=ChangedTerms,
)
def reset_terms(product_id: Id, body: ResetTerms, request: Request, act: Live) -> Response:
    """The usual terms again."""
    offers = request.app.state.offers
    return act.once(
        body,
        lambda work: scheduling.reset_terms(work, offers.now(work.connection), product_id),
    )


@router.post("/appointment-misfits/tell", operation_id="tell_misfits", response_model=ToldMisfits)
def tell_misfits(body: TellMisfits, act: Live, within: Within) -> Response:
    """Write to these that they must choose another moment."""
    return act.once(body, lambda work: scheduling.tell_misfits(work, within.offer(work), body))
