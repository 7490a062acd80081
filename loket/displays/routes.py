"""Displays over HTTP, for staff."""

from fastapi import APIRouter, Request, Response
from sqlalchemy import Connection

from loket.displays import usecases
from loket.displays.messages import (
    Display,
    DisplayDetails,
    Displays,
    PairDisplay,
    SetSiteMessage,
    SiteMessageNow,
)
from loket.displays.queries import read_displays, read_site_message
from loket.staff.rules import Permission
from loket.store.work import Actor, Work
from loket.visits.routes import NOTHING
from loket.web.acting import Live
from loket.web.asking import Asks
from loket.web.problems import PROBLEMS
from loket.wire.base import Id

router = APIRouter(tags=["displays"], responses=PROBLEMS)


@router.get("/displays", operation_id="list_displays", response_model=Displays)
def list_displays(asks: Asks) -> Response:
    """All screens of the town, and when each was last there."""
    return asks.answer(lambda reads, _person: read_displays(reads))


@router.post("/displays", operation_id="pair_display", status_code=201, response_model=Display)
def pair_display(body: PairDisplay, request: Request, act: Live) -> Response:
    """Make the screen that shows this code a display."""
    state = request.app.state

    def pair(work: Work) -> Display:
        work.allow(Permission.MANAGE_DISPLAYS)
        state.display_gate.check_typing(work.actor.user_id)
        return usecases.pair_display(work, state.offers.now(work.connection), body)

    return act.once(body, pair, status=201)


@router.put("/displays/{display_id}", operation_id="change_display", response_model=Display)
def change_display(display_id: Id, body: DisplayDetails, act: Live) -> Response:
    """Another name, or whether it rings and speaks."""
    return act.once(body, lambda work: usecases.change_display(work, display_id, body))


@router.post("/displays/{display_id}/revoke", operation_id="revoke_display", response_model=Display)
def revoke_display(display_id: Id, act: Live) -> Response:
    """End a display at once."""
    return act.once(NOTHING, lambda work: usecases.revoke_display(work, display_id))


@router.get("/sites/{site_id}/message", operation_id="site_message", response_model=SiteMessageNow)
def site_message(site_id: Id, request: Request, asks: Asks) -> Response:
    """What the displays of a site say."""
    offers = request.app.state.offers

    def read(reads: Connection, _person: Actor) -> SiteMessageNow:
        offers.now(reads).check_site(site_id)
        return read_site_message(reads, site_id)

    return asks.answer(read)


@router.put(
    "/sites/{site_id}/message", operation_id="set_site_message", response_model=SiteMessageNow
)
def set_site_message(site_id: Id, body: SetSiteMessage, request: Request, act: Live) -> Response:
    """Say something on the displays of a site."""
    offers = request.app.state.offers
    return act.once(
        body,
        lambda work: usecases.set_site_message(work, offers.now(work.connection), site_id, body),
    )


@router.post(
    "/sites/{site_id}/message/clear",
    operation_id="clear_site_message",
    response_model=SiteMessageNow,
)
def clear_site_message(site_id: Id, request: Request, act: Live) -> Response:
    """Go back to the usual sentence."""
    offers = request.app.state.offers
    return act.once(
        NOTHING,
        lambda work: usecases.clear_site_message(work, offers.now(work.connection), site_id),
    )
