"""Calls over HTTP with a time limit each, one session per thread, answers checked and typed."""

import os
import threading
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Generic, TypeVar
from urllib.parse import urlsplit

import requests
from pydantic import BaseModel, TypeAdapter, ValidationError

from loket.kit.clock import monotonic
from loket.kit.ids import new_id
from loket.link.address import Address, Whereabouts
from loket.link.answers import error_of
from loket.link.clock import ServerClock
from loket.link.errors import BadAnswer, LinkError, Unreachable
from loket.link.failures import translated
from loket.wire import protocol
from loket.wire.base import Moment

T = TypeVar("T")
_MOMENT: TypeAdapter[datetime] = TypeAdapter(Moment)


@dataclass(frozen=True)
class Limits:
    """Seconds a call may take: to reach the server, and until each piece of its answer."""

    connect: float = 3.0
    read: float = 10.0
    find: float = 3.0
    """To learn where it is: an embedded one may have to start first."""


READS = Limits()


@dataclass(frozen=True)
class Request(Generic[T]):
    """One call: where, what, and the kind of answer; ``None`` where no body comes back."""

    method: str
    path: str
    answer: type[T]
    body: str | None = None
    headers: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def get(cls, path: str, answer: type[T]) -> "Request[T]":
        return cls("GET", path, answer)

    @classmethod
    def post(cls, path: str, answer: type[T], message: BaseModel | None = None) -> "Request[T]":
        return cls("POST", path, answer, message.model_dump_json() if message else None)

    @classmethod
    def put(cls, path: str, answer: type[T], message: BaseModel) -> "Request[T]":
        return cls("PUT", path, answer, message.model_dump_json())

    def with_headers(self, more: Mapping[str, str]) -> "Request[T]":
        headers = {**self.headers, **more}
        return Request(self.method, self.path, self.answer, self.body, headers)


class ServerLink:
    """The way to the server. Safe to use from any thread; each thread has its own connections."""

    def __init__(self, whereabouts: Whereabouts, clock: ServerClock) -> None:
        self.clock = clock
        self._whereabouts = whereabouts
        self._local = threading.local()
        self._sessions: list[requests.Session] = []
        self._lock = threading.Lock()
        self._closed = False

    def call(self, request: Request[T], *, limits: Limits = READS) -> T:
        """Send it and give the answer, or raise one of ``loket.link.errors``."""
        return read(self.send(request, limits=limits), request.answer)

    def send(
        self, request: Request[T], *, limits: Limits = READS, stream: bool = False
    ) -> requests.Response:
        """The response when its status is good; a request that never left is sent once more."""
        until = monotonic() + limits.find
        address = self._whereabouts.current(limits.find)
        try:
            return self._attempt(address, request, limits=limits, stream=stream)
        except Unreachable as error:
            left = until - monotonic()
            if error.sent or left <= 0 or not self._whereabouts.lost(address):
                raise
        again = self._whereabouts.current(left)
        self.clock.forget()
        return self._attempt(again, request, limits=limits, stream=stream)

    def address(self, limits: Limits = READS) -> str:
        """Where the server answers now."""
        return self._whereabouts.current(limits.find).url

    def close(self) -> None:
        with self._lock:
            self._closed = True
            sessions, self._sessions = self._sessions, []
        for session in sessions:
            session.close()

    def _attempt(
        self, address: Address, request: Request[T], *, limits: Limits, stream: bool
    ) -> requests.Response:
        asked = self.clock.base_now()
        try:
            response = self._session(address).request(
                request.method,
                address.url + protocol.API_PREFIX + request.path,
                data=request.body.encode() if request.body is not None else None,
                headers=_headers(request),
                timeout=(limits.connect, limits.read),
                allow_redirects=False,
                stream=stream,
            )
        except requests.RequestException as error:
            raise translated(error) from error
        self._measure(response, asked)
        _refuse(response)
        return response

    def _measure(self, response: requests.Response, asked: datetime) -> None:
        said = response.headers.get(protocol.SERVER_TIME)
        if said is None:
            return
        try:
            server = _MOMENT.validate_python(said)
        except ValidationError:
            return
        self.clock.observe(server=server, asked=asked, received=asked + response.elapsed)

    def _session(self, address: Address) -> requests.Session:
        session: requests.Session | None = getattr(self._local, "session", None)
        if session is not None and self._local.address == address:
            return session
        if session is not None:
            session.close()  # connections to a server that is gone
        self._local.session = self._new_session(address.url)
        self._local.address = address
        fresh: requests.Session = self._local.session
        return fresh

    def _new_session(self, url: str) -> requests.Session:
        session = requests.Session()
        # A .netrc would put its own credential over ours; so what the environment does say
        # about proxies and certificates is taken here, by hand.
        session.trust_env = False
        if not is_loopback(url):
            session.proxies.update(urllib.request.getproxies())
            session.verify = os.environ.get("REQUESTS_CA_BUNDLE") or True
        with self._lock:
            if self._closed:
                session.close()
                raise Unreachable({"reason": "closed"}, sent=False)
            self._sessions.append(session)
        return session


def read(response: requests.Response, answer: type[T]) -> T:
    """The body as a message, or BadAnswer."""
    if answer is type(None):
        return None
    return parse(response.text, answer)


def parse(text: str, answer: type[T]) -> T:
    try:
        return TypeAdapter(answer).validate_json(text)
    except ValidationError as error:
        raise BadAnswer({"expected": answer.__name__, "errors": error.error_count()}) from error


def is_loopback(url: str) -> bool:
    return (urlsplit(url).hostname or "") in {"127.0.0.1", "localhost", "::1"}


def _headers(request: Request[Any]) -> dict[str, str]:
    headers = {
        "Accept": "application/json",
        protocol.PROTOCOL: str(protocol.PROTOCOL_VERSION),
        protocol.REQUEST_ID: new_id(),
    }
    if request.body is not None:
        headers["Content-Type"] = "application/json"
    return {**headers, **request.headers}


def _refuse(response: requests.Response) -> None:
    error: LinkError | None = error_of(response)
    if error is not None:
        response.close()
        raise error
