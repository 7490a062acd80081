"""The visitor's page over HTTP: for anybody who has the token, and for nobody else."""

from typing import Annotated, Final

from fastapi import APIRouter, Query, Request, Response

from loket.visitor_page.queries import find_turn
from loket.visitor_page.rendering import FOLDER, rendered
from loket.web.asking import store_of
from loket.web.limits import Allowance, Limiter
from loket.web.public import CHECKED, UNKEPT, Shelf, asked_from, nothing_here, too_often
from loket.wire.base import Id

router = APIRouter(prefix="/t", include_in_schema=False)

_EACH: Final = Allowance(most=300, per_second=10)
"""A whole waiting room may sit behind one address, and each phone asks every twenty seconds."""
_EVERYBODY: Final = Allowance(most=3000, per_second=200)
_GUESS: Final = 30.0
"""So many questions a wrong token costs: ten at once, then one in three seconds."""
_FILES = Shelf(FOLDER, {".css": "text/css", ".svg": "image/svg+xml"}, CHECKED)


def page_limiter() -> Limiter:
    return Limiter(_EACH, _EVERYBODY)


@router.get("/files/{name}")
def files(name: Id) -> Response:
    return _FILES.give(name)


@router.get("/{token}")
def turn(token: str, request: Request, taal: Annotated[str, Query(max_length=10)] = "") -> Response:
    """Where the ticket of this token stands."""
    state, store = request.app.state, store_of(request)
    limiter: Limiter = state.page_limiter
    address = asked_from(request)
    wait = limiter.wait(address)
    if wait:
        return too_often(wait)
    now = store.clock.now()
    with store.reading() as reads:
        found = find_turn(reads, state.offers.now(reads), token, now, state.forecaster.of)
    if found is None:
        limiter.fine(address, _GUESS)
        return nothing_here()
    language = taal if taal in found.languages else found.spoken
    return Response(rendered(found, language, now), 200, UNKEPT, "text/html; charset=utf-8")
