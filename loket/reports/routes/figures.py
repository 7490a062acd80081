"""Reports, counted: for the council, and over any period."""

from collections.abc import Callable
from datetime import datetime
from typing import Annotated, TypeVar

from fastapi import APIRouter, Path, Query, Request, Response
from pydantic import BaseModel
from sqlalchemy import Connection

from loket.catalogue.offer import Offer
from loket.reports.messages.overview import ReportsOverview, ReportsOverviewAsked
from loket.reports.messages.yearly import YearAsked, YearReport
from loket.reports.queries.hiding import Sight, sight_of
from loket.reports.queries.overview import read_overview
from loket.reports.queries.yearly import read_year
from loket.reports.rules.kinds import ReportKind
from loket.staff.rules import Permission
from loket.store.errors import MayNot
from loket.store.work import Actor
from loket.web.asking import Asks, store_of

router = APIRouter()
Year = Annotated[int, Path(ge=2000, le=2999)]
Answer = TypeVar("Answer", bound=BaseModel)


def _counted(
    request: Request, asks: Asks, read: Callable[[Connection, Offer, Sight, datetime], Answer]
) -> Response:
    """What a person may know of figures."""
    now = store_of(request).clock.now()

    def find(connection: Connection, person: Actor) -> Answer:
        if Permission.SEE_FIGURES not in person.permissions:
            raise MayNot(permission=Permission.SEE_FIGURES)
        offer = request.app.state.offers.now(connection)
        return read(connection, offer, sight_of(person, offer), now)

    return asks.answer(find)


@router.get("/report-years/{year}", operation_id="report_year", response_model=YearReport)
def year(
    request: Request, asks: Asks, year: Year, kind: ReportKind = ReportKind.COMPLAINT
) -> Response:
    """The figures of a year for the council."""
    asked = YearAsked(year=year, kind=kind)
    return _counted(
        request,
        asks,
        lambda reads, offer, sight, now: read_year(reads, offer, sight, asked, now),
    )


@router.get("/report-overview", operation_id="report_overview", response_model=ReportsOverview)
def overview(
    request: Request, asks: Asks, asked: Annotated[ReportsOverviewAsked, Query()]
) -> Response:
    """Figures over any period: by theme, place, department, channel or month."""
    return _counted(
        request,
        asks,
        lambda reads, offer, sight, now: read_overview(reads, offer, sight, asked, now),
    )
