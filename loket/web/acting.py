"""Acts on their way into a use case: who acts, the key, the moment it happened or its deadline."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Annotated

from fastapi import Depends, Header, Request, Response
from pydantic import BaseModel, TypeAdapter, ValidationError

from loket.kit.errors import Invalid, LoketError
from loket.store import work as store_work
from loket.store.idempotency import RequestKey, StoredAnswer
from loket.store.work import Actor, Replayed, Store, Work
from loket.web.asking import Authorization, DeskOnly, credential, identify_of, store_of
from loket.web.problems import problem_of
from loket.wire import protocol
from loket.wire.base import Moment
from loket.wire.problem import MEDIA_TYPE

FIRST_REFUSAL = 400
_MOMENT: TypeAdapter[datetime] = TypeAdapter(Moment)


class HeaderUnreadable(Invalid):
    """A header that is missing or cannot be read."""

    code = "request.header"


class Acting:
    """One act of a clerk on its way into a use case."""

    def __init__(self, request: Request, key: str, authorization: str | None) -> None:
        self._request = request
        self._key = key
        self._credential = credential(authorization)
        self.occurred_at: datetime | None = None
        self.deadline: datetime | None = None

    def once(
        self, body: BaseModel, act: Callable[[Work], BaseModel], *, status: int = 200
    ) -> Response:
        """Do the act, or give the answer that its key got before."""
        store = store_of(self._request)
        request = self._as_request(store, body)
        try:
            with store.work(request, status=status) as work:
                act(work)
        except Replayed as known:
            return _answer(known.answer, replayed=True)
        except LoketError as error:
            if not error.final:
                raise
            problem = problem_of(error)
            refusal = StoredAnswer(problem.status, problem.model_dump_json())
            return _answer(store.keep_refusal(request, refusal))
        return _answer(StoredAnswer(work.status, work.body))

    def _as_request(self, store: Store, body: BaseModel) -> store_work.Request:
        actor = self._actor(store)
        path = self._request.url.path
        asked = body.model_dump_json(exclude_unset=True)
        key = RequestKey.of(self._key, actor.user_id, self._request.method, path, asked)
        return store_work.Request(actor, key, self.occurred_at, self.deadline)

    def _actor(self, store: Store) -> Actor:
        identify = identify_of(self._request)
        scheme, token = self._credential
        with store.glancing() as connection:
            if scheme == "bearer":
                return identify.person(connection, token)
            if scheme == "desk" and self.deadline is None:
                author = self._request.headers.get(protocol.AUTHOR, "")
                return identify.author(connection, token, author)
        raise DeskOnly


def _answer(answer: StoredAnswer, *, replayed: bool = False) -> Response:
    media = "application/json" if answer.status < FIRST_REFUSAL else MEDIA_TYPE
    headers = {protocol.REPLAYED: "1"} if replayed else None
    return Response(answer.body, answer.status, headers, media)


Key = Annotated[
    str,
    Header(
        alias=protocol.IDEMPOTENCY_KEY,
        min_length=8,
        max_length=64,
        description="Unique per act; the same key gets the same answer for 90 days",
    ),
]


def _moment(name: str, value: str | None) -> datetime | None:
    if value is None:
        return None
    try:
        return _MOMENT.validate_python(value)
    except ValidationError as error:
        raise HeaderUnreadable(header=name) from error


async def deferrable(
    request: Request,
    key: Key,
    authorization: Authorization = None,
    occurred_at: Annotated[
        str | None,
        Header(alias=protocol.OCCURRED_AT, description="When it happened, if delivered later"),
    ] = None,
) -> Acting:
    """An act that may be delivered later, by the desk for its author."""
    acting = Acting(request, key, authorization)
    moment = _moment(protocol.OCCURRED_AT, occurred_at)
    if moment is not None:
        now = store_of(request).clock.now()
        if moment > now + timedelta(seconds=protocol.MAX_CLOCK_SKEW_SECONDS):
            raise HeaderUnreadable(header=protocol.OCCURRED_AT)
        acting.occurred_at = min(moment, now)
    return acting


async def live(
    request: Request,
    key: Key,
    authorization: Authorization = None,
    deadline: Annotated[
        str | None,
        Header(alias=protocol.DEADLINE, description="Refused after this moment"),
    ] = None,
) -> Acting:
    """An act that is done now or not at all, by a signed-in person."""
    acting = Acting(request, key, authorization)
    if acting._credential[0] != "bearer":  # noqa: SLF001 - the same room
        raise DeskOnly
    acting.deadline = _moment(protocol.DEADLINE, deadline)
    return acting


Deferrable = Annotated[Acting, Depends(deferrable)]
Live = Annotated[Acting, Depends(live)]
