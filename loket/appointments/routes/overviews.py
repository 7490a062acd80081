"""How calendars are used and appointments kept, over HTTP."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from sqlalchemy import Connection

from loket.appointments.messages import AppointmentOverview, OverviewAsked
from loket.appointments.queries.overviews import Overviews
from loket.appointments.rules.changing import check_period
from loket.kit.clock import local_day
from loket.staff.rules import Permission
from loket.store.errors import MayNot
from loket.store.work import Actor
from loket.web.asking import Asks

router = APIRouter()


@router.get(
    "/appointment-overviews",
    operation_id="appointment_overview",
    response_model=AppointmentOverview,
)
def appointment_overview(
    request: Request, asks: Asks, asked: Annotated[OverviewAsked, Query()]
) -> Response:
    """Occupancy by week and queue; who came, did not come and cancelled, by product and queue."""
    state = request.app.state

    def find(reads: Connection, person: Actor) -> AppointmentOverview:
        if Permission.SEE_FIGURES not in person.permissions:
            raise MayNot(permission=Permission.SEE_FIGURES)
        check_period(asked.first, asked.last)
        offer = state.offers.now(reads)
        if asked.site is not None:
            offer.check_site(asked.site)
        today = local_day(state.store.clock.now())
        return Overviews(reads, state.plans, offer, today).read(asked)

    return asks.answer(find)
