"""What the server tells of itself: that it lives, and what became of a request."""

import json
from typing import Annotated

from fastapi import APIRouter, Request, Response
from pydantic import AfterValidator, StringConstraints
from sqlalchemy import Connection, select

from loket import __version__
from loket.kit.errors import NotFound
from loket.store.idempotency import outcome
from loket.web.asking import Asks, json_of, store_of
from loket.web.problems import PROBLEMS
from loket.wire import protocol
from loket.wire.base import readable
from loket.wire.health import Health
from loket.wire.outcome import Outcome

router = APIRouter(tags=["server"])


OutcomeKey = Annotated[
    str, StringConstraints(min_length=1, max_length=64), AfterValidator(readable)
]


class UnknownKey(NotFound):
    """No request with this key was completed."""

    code = "idempotency.unknown_key"


@router.get("/health", operation_id="health", response_model=Health)
def health(request: Request) -> Response:
    """Whether the server and its database answer."""
    state = request.app.state
    with store_of(request).glancing() as reads:
        reads.execute(select(1))
    return json_of(
        Health(
            status="ok",
            version=__version__,
            protocol=protocol.PROTOCOL_VERSION,
            epoch=state.streams.epoch,
            demonstration=state.demonstration.active,
            server_time=state.store.clock.now(),
        )
    )


@router.get(
    "/outcomes/{key}",
    operation_id="outcome",
    response_model=Outcome,
    responses={401: PROBLEMS[401], 404: PROBLEMS[404]},
)
def request_outcome(key: OutcomeKey, asks: Asks) -> Response:
    """The answer a request with this key got, for a desk whose connection broke."""
    return asks.answer(lambda reads, person: _outcome(reads, key, person.user_id))


def _outcome(reads: Connection, key: str, user_id: str) -> Outcome:
    answer = outcome(reads, key, user_id)
    if answer is None:
        raise UnknownKey(key=key)
    return Outcome(key=key, status=answer.status, body=json.loads(answer.body))
