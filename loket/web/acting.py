"""What a route needs of a request: who asks, the key of the act, its moment or its deadline."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Annotated, Protocol

from fastapi import Depends, Header, Request, Response
from pydantic import BaseModel, TypeAdapter, ValidationError
from sqlalchemy import Connection

from loket.kit.errors import Invalid, LoketError, NotSignedIn
from loket.store import work as store_work
from loket.store.idempotency import RequestKey, StoredAnswer
from loket.store.work import Actor, Replayed, Store, Work
from loket.web.problems import problem_of
from loket.wire import protocol
from loket.wire.base import Moment
from loket.wire.problem import MEDIA_TYPE

FIRST_REFUSAL = 400
_MOMENT: TypeAdapter[datetime] = TypeAdapter(Moment)


class HeaderUnreadable(Invalid):
    """A header that is missing or cannot be read."""

    code = "request.header"


class DeskOnly(NotSignedIn):
    """The desk's own credential opens only what is delivered later."""

    code = "staff.person_needed"


class Identify(Protocol):
    """Finds the person behind a bearer token, or the author a desk delivers for."""

    def person(self, connection: Connection, token: str) -> Actor: ...

    def author(self, connection: Connection, desk_token: str, author: str) -> Actor: ...


def store_of(request: Request) -> Store:
    """The store of the app."""
    store: Store = request.app.state.store
    return store


def reading(request: Request) -> Iterator[Connection]:
    with store_of(request).reading() as connection:
        yield connection


Reads = Annotated[Connection, Depends(reading)]
Authorization = Annotated[str | None, Header(description="`Bearer <token>`")]


def _credential(header: str | None) -> tuple[str, str]:
    scheme, _space, token = (header or "").partition(" ")
    if not token:
        raise NotSignedIn
    return scheme.lower(), token


def person(request: Request, connection: Reads, authorization: Authorization = None) -> Actor:
    """The signed-in person, for readings."""
    scheme, token = _credential(authorization)
    identify: Identify = request.app.state.identify
    if scheme != "bearer":
        raise DeskOnly
    return identify.person(connection, token)


Person = Annotated[Actor, Depends(person)]


def following_person(request: Request, authorization: Authorization = None) -> Actor:
    """The same for a stream, which must not hold a connection while it is open."""
    with store_of(request).reading() as connection:
        return person(request, connection, authorization)


FollowingPerson = Annotated[Actor, Depends(following_person)]


class Acting:
    """One act of a clerk on its way into a use case."""

    def __init__(self, request: Request, key: str, authorization: str | None) -> None:
        self._request = request
        self._key = key
        self._credential = _credential(authorization)
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
        key = RequestKey.of(self._key, self._request.method, path, actor.user_id, asked)
        return store_work.Request(actor, key, self.occurred_at, self.deadline)

    def _actor(self, store: Store) -> Actor:
        identify: Identify = self._request.app.state.identify
        scheme, token = self._credential
        with store.reading() as connection:
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


def deferrable(
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


def live(
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


def json_of(model: BaseModel, headers: dict[str, str] | None = None) -> Response:
    """A reading as an answer, serialised once."""
    return Response(model.model_dump_json(), 200, headers, "application/json")
