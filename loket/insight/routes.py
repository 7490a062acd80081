"""Figures and the day that is going on, over HTTP."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from sqlalchemy import Connection

from loket.catalogue.offer import Offer
from loket.insight.messages import (
    Advices,
    Days,
    Figures,
    FiguresAsked,
    LinesAsked,
    Supervision,
    SupervisionAsked,
    TicketLines,
)
from loket.insight.queries.advice import read_advice
from loket.insight.queries.figures import Period, read_figures, read_lines
from loket.insight.queries.supervision import read_supervision
from loket.staff.rules import Permission
from loket.store.errors import MayNot
from loket.store.work import Actor
from loket.web.asking import Asks
from loket.web.problems import PROBLEMS

router = APIRouter(tags=["insight"], responses=PROBLEMS)


@router.get("/figures", operation_id="figures", response_model=Figures)
def figures(request: Request, asks: Asks, asked: Annotated[FiguresAsked, Query()]) -> Response:
    """Waiting, service and total times, and how tickets ended, over any period."""
    offers = request.app.state.offers

    def find(reads: Connection, person: Actor) -> Figures:
        offer = offers.now(reads)
        return read_figures(reads, offer, _period(offer, person, asked), asked.by)

    return asks.answer(find)


@router.get("/figures/tickets", operation_id="ticket_lines", response_model=TicketLines)
def ticket_lines(request: Request, asks: Asks, asked: Annotated[LinesAsked, Query()]) -> Response:
    """The tickets behind the figures, page by page."""
    offers = request.app.state.offers

    def find(reads: Connection, person: Actor) -> TicketLines:
        offer = offers.now(reads)
        period = _period(offer, person, asked)
        return read_lines(reads, offer, period, after=asked.after, many=asked.many)

    return asks.answer(find)


@router.get("/supervision", operation_id="supervision", response_model=Supervision)
def supervision(
    request: Request, asks: Asks, asked: Annotated[SupervisionAsked, Query()]
) -> Response:
    """Today beyond the live board: arrivals, what is expected, trends, shares within norm."""
    state = request.app.state

    def find(reads: Connection, person: Actor) -> Supervision:
        offer = state.offers.now(reads)
        sites = _sites(offer, person, asked.site)
        return read_supervision(reads, offer, state.past_days, sites, state.store.clock.now())

    return asks.answer(find)


@router.get("/supervision/advice", operation_id="advice", response_model=Advices)
def advice(request: Request, asks: Asks, asked: Annotated[SupervisionAsked, Query()]) -> Response:
    """Which counters are worth opening now, and what it would do to the waits."""
    state = request.app.state

    def find(reads: Connection, person: Actor) -> Advices:
        offer = state.offers.now(reads)
        sites = _sites(offer, person, asked.site)
        return read_advice(reads, offer, state.what_if, sites, state.store.clock.now())

    return asks.answer(find)


def _period(offer: Offer, person: Actor, asked: Days) -> Period:
    return Period(asked.first, asked.last, _sites(offer, person, asked.site))


def _sites(offer: Offer, person: Actor, site: str | None) -> tuple[str, ...]:
    """The site that is asked for, or all; for who may see figures."""
    if Permission.SEE_FIGURES not in person.permissions:
        raise MayNot(permission=Permission.SEE_FIGURES)
    if site is not None:
        offer.check_site(site)
        return (site,)
    return tuple(known.id for known in offer.catalogue.sites)
