"""Sign-in over HTTP."""

from fastapi import APIRouter, Request, Response

from loket.staff import usecases
from loket.staff.messages import Demonstration, SignedIn, SignIn
from loket.web.asking import Asks, json_of, store_of
from loket.web.problems import PROBLEMS

router = APIRouter(tags=["staff"])


@router.post(
    "/sessions",
    operation_id="sign_in",
    status_code=201,
    response_model=SignedIn,
    responses={401: PROBLEMS[401], 404: PROBLEMS[404], 429: PROBLEMS[503], 503: PROBLEMS[503]},
)
def sign_in(body: SignIn, request: Request) -> Response:
    """Sit down at a desk. Not idempotent: each call opens a session of its own."""
    state = request.app.state
    signed_in = usecases.sign_in(store_of(request), state.judge, body, state.take_seat)
    return Response(signed_in.model_dump_json(), 201, media_type="application/json")


@router.delete(
    "/sessions/current",
    operation_id="sign_out",
    status_code=204,
    responses={401: PROBLEMS[401]},
)
def sign_out(request: Request, asks: Asks) -> Response:
    """Leave the desk."""
    usecases.sign_out(store_of(request), asks.person(), asks.token, request.app.state.leave_seat)
    return Response(status_code=204)


@router.get("/demonstration", operation_id="demonstration", response_model=Demonstration)
def demonstration(request: Request) -> Response:
    """Whether this is the demonstration town, and who may sign in there with one press."""
    return json_of(request.app.state.demonstration)
