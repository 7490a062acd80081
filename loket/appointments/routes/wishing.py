"""The waiting list over HTTP."""

from fastapi import APIRouter, Request, Response
from sqlalchemy import Connection

from loket.appointments.messages import AddWish, Wish, Wishes, WithdrawWish
from loket.appointments.queries.wishes import read_wishes
from loket.appointments.routes.acts import Within
from loket.appointments.usecases import wishing
from loket.store.work import Actor
from loket.web.acting import Deferrable, Live
from loket.web.asking import Asks
from loket.wire.base import Id

router = APIRouter()


@router.post("/appointment-wishes", operation_id="add_wish", response_model=Wish, status_code=201)
def add_wish(body: AddWish, act: Deferrable, within: Within) -> Response:
    """Somebody waits for a moment; or asked for one at a desk without its server."""
    return act.once(body, lambda work: wishing.add_wish(work, within.offer(work), body), status=201)


@router.post(
    "/appointment-wishes/{wish_id}/withdraw", operation_id="withdraw_wish", response_model=Wish
)
def withdraw_wish(wish_id: Id, body: WithdrawWish, act: Live, within: Within) -> Response:
    """They no longer wait."""
    return act.once(body, lambda work: wishing.withdraw_wish(work, within.calendars(work), wish_id))


@router.get("/appointment-wishes", operation_id="wishes", response_model=Wishes)
def wishes(request: Request, asks: Asks) -> Response:
    """Who waits, the longest first."""

    def read(connection: Connection, person: Actor) -> Wishes:
        return read_wishes(connection, request.app.state.offers.now(connection), person)

    return asks.answer(read)
