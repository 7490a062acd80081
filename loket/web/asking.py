"""Who asks, and readings for them. No dependency here waits: a route goes to a thread only once."""

from collections.abc import Callable
from typing import Annotated, Protocol, TypeVar

from fastapi import Depends, Header, Request, Response
from pydantic import BaseModel
from sqlalchemy import Connection

from loket.kit.errors import NotSignedIn
from loket.store.work import Actor, Store

Found = TypeVar("Found")
Authorization = Annotated[str | None, Header(description="`Bearer <token>`")]


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


def identify_of(request: Request) -> Identify:
    identify: Identify = request.app.state.identify
    return identify


def credential(header: str | None) -> tuple[str, str]:
    """Scheme and token of an ``Authorization`` header."""
    scheme, _space, token = (header or "").partition(" ")
    if not token:
        raise NotSignedIn
    return scheme.lower(), token


class Asking:
    """A signed-in person who wants to know something."""

    def __init__(self, request: Request, authorization: str | None) -> None:
        scheme, self.token = credential(authorization)
        if scheme != "bearer":
            raise DeskOnly
        self._store = store_of(request)
        self._identify = identify_of(request)

    def read(self, find: Callable[[Connection, Actor], Found]) -> Found:
        """What ``find`` finds for this person, in one consistent state of the data."""
        with self._store.reading() as connection:
            return find(connection, self._identify.person(connection, self.token))

    def answer(self, find: Callable[[Connection, Actor], BaseModel]) -> Response:
        """The same as an answer."""
        return json_of(self.read(find))

    def person(self) -> Actor:
        """Who it is; no connection is held afterwards."""
        with self._store.glancing() as connection:
            return self._identify.person(connection, self.token)


async def asking(request: Request, authorization: Authorization = None) -> Asking:
    """Somebody with a bearer token, not looked up yet."""
    return Asking(request, authorization)


Asks = Annotated[Asking, Depends(asking)]


def json_of(model: BaseModel, headers: dict[str, str] | None = None) -> Response:
    """A reading as an answer, serialised once."""
    return Response(model.model_dump_json(), 200, headers, "application/json")
