"""Visits over HTTP."""

from fastapi import APIRouter, Request, Response

from loket.staff.queries import name_of
from loket.visits import usecases
from loket.visits.messages import AddAct, ChangeVisit, Receipt, StartVisit, Visit
from loket.visits.queries import read_visit
from loket.web.acting import Deferrable
from loket.web.asking import Asks
from loket.web.problems import PROBLEMS
from loket.wire.base import Id, WireIn

router = APIRouter(tags=["visits"], responses=PROBLEMS)


class Nothing(WireIn):
    """An empty request."""


NOTHING = Nothing()


@router.post("/visits", operation_id="start_visit", status_code=201, response_model=Visit)
def start_visit(body: StartVisit, request: Request, act: Deferrable) -> Response:
    """Begin a visit."""
    offers = request.app.state.offers
    return act.once(
        body,
        lambda work: usecases.start_visit(work, offers.now(work.connection), body),
        status=201,
    )


@router.get("/visits/{visit_id}", operation_id="visit", response_model=Visit)
def visit(visit_id: Id, request: Request, asks: Asks) -> Response:
    """A visit with its acts, as this desk may see it."""
    offers = request.app.state.offers
    return asks.answer(lambda reads, person: read_visit(reads, visit_id, person, offers.now(reads)))


@router.put("/visits/{visit_id}", operation_id="change_visit", response_model=Visit)
def change_visit(visit_id: Id, body: ChangeVisit, request: Request, act: Deferrable) -> Response:
    """Note the details of a visit as they now are, whole."""
    offers = request.app.state.offers
    return act.once(
        body,
        lambda work: usecases.change_visit(
            work, offers.now(work.connection), visit_id, body, request.app.state.on_visit_changed
        ),
    )


@router.post(
    "/visits/{visit_id}/acts", operation_id="add_act", status_code=201, response_model=Visit
)
def add_act(visit_id: Id, body: AddAct, request: Request, act: Deferrable) -> Response:
    """Add information given, or a referral."""
    offers = request.app.state.offers
    return act.once(
        body,
        lambda work: usecases.add_act(work, offers.now(work.connection), visit_id, body),
        status=201,
    )


@router.post("/visits/{visit_id}/end", operation_id="end_encounter", response_model=Visit)
def end_encounter(visit_id: Id, request: Request, act: Deferrable) -> Response:
    """The visitor leaves this desk."""
    offers = request.app.state.offers
    return act.once(
        NOTHING,
        lambda work: usecases.end_encounter(work, offers.now(work.connection), visit_id),
    )


@router.post(
    "/visits/{visit_id}/receipts",
    operation_id="issue_receipt",
    status_code=201,
    response_model=Receipt,
)
def issue_receipt(visit_id: Id, request: Request, act: Deferrable) -> Response:
    """Number a print of the acts so far."""
    offers = request.app.state.offers
    return act.once(
        NOTHING,
        lambda work: usecases.issue_receipt(
            work,
            offers.now(work.connection),
            visit_id,
            name_of(work.connection, work.actor.user_id),
        ),
        status=201,
    )
