"""Who is involved in what a list shows, and telling them all something."""

from fastapi import APIRouter, Request, Response
from sqlalchemy import Connection

from loket.kit.clock import local_day
from loket.reports.messages.following import Filter
from loket.reports.messages.informing import InformAll, Informed, Involved
from loket.reports.queries.hiding import sight_of
from loket.reports.queries.involved import read_involved
from loket.reports.routes.within import Within
from loket.reports.usecases import informing
from loket.staff.rules import Permission
from loket.store.errors import MayNot
from loket.store.work import Actor
from loket.web.acting import Live
from loket.web.asking import Asks, store_of

router = APIRouter()


@router.post("/report-involvements", operation_id="involved", response_model=Involved)
def involved(request: Request, body: Filter, asks: Asks) -> Response:
    """How many people a list is about, and by which way they are told something."""
    today = local_day(store_of(request).clock.now())

    def read(connection: Connection, person: Actor) -> Involved:
        if Permission.DISPATCH_REPORT not in person.permissions:
            raise MayNot(permission=Permission.DISPATCH_REPORT)
        sight = sight_of(person, request.app.state.offers.now(connection))
        return read_involved(connection, sight, body, today=today, user_id=person.user_id)

    return asks.answer(read)


@router.post("/report-announcements", operation_id="inform_all", response_model=Informed)
def inform_all(body: InformAll, act: Live, within: Within) -> Response:
    """Tell everybody, each by their own way."""
    return act.once(body, lambda work: informing.inform_all(work, within.offer(work), body))
