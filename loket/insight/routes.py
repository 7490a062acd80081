"""Figures over HTTP."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from sqlalchemy import Connection

from loket.catalogue.offer import Offer
from loket.insight.messages import Days, Figures, FiguresAsked, LinesAsked, TicketLines
from loket.insight.queries import Period, read_figures, read_lines
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


def _period(offer: Offer, person: Actor, asked: Days) -> Period:
    if Permission.SEE_FIGURES not in person.permissions:
        raise MayNot(permission=Permission.SEE_FIGURES)
    if asked.site is not None:
        offer.check_site(asked.site)
    everywhere = tuple(site.id for site in offer.catalogue.sites)
    return Period(asked.first, asked.last, (asked.site,) if asked.site else everywhere)
