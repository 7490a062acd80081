"""Live acts: now or not at all, before a deadline; a lost outcome is learnt by its key."""

from datetime import timedelta
from threading import Event
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from loket.kit.clock import monotonic
from loket.kit.ids import new_id
from loket.link.answers import error_from
from loket.link.errors import (
    OF_A_PROXY,
    BadAnswer,
    LinkError,
    NotSignedIn,
    Rejected,
    ServerFailed,
    TimedOut,
    Unreachable,
)
from loket.link.http import Limits, Request, ServerLink
from loket.link.session import Session
from loket.wire import protocol
from loket.wire.outcome import Outcome
from loket.wire.problem import Problem

T = TypeVar("T")

ASK_AGAIN_SECONDS = 0.1
GRACE_SECONDS = 1.0
"""A question after the deadline has a sure answer: what has no outcome then will never have one."""


class LiveActs:
    """Sends live acts; never twice."""

    def __init__(self, link: ServerLink, session: Session, closing: Event) -> None:
        self._link = link
        self._session = session
        self._closing = closing

    def perform(self, request: Request[T], *, seconds: float = protocol.LIVE_DEADLINE_SECONDS) -> T:
        """Do it within ``seconds``; TimedOut says by ``certain`` whether it surely was not done."""
        key = new_id()
        until = monotonic() + seconds
        deadline = self._link.clock.now() + timedelta(seconds=seconds)
        headers = {
            **self._session.bearer(),
            protocol.IDEMPOTENCY_KEY: key,
            protocol.DEADLINE: deadline.isoformat(),
        }
        limits = Limits(connect=min(3.0, seconds), read=seconds, find=min(3.0, seconds))
        try:
            return self._link.call(request.with_headers(headers), limits=limits)
        except LinkError as error:
            if not _is_open(error):
                raise
        return self._learn(key, request.answer, until)

    def _learn(self, key: str, answer: type[T], until: float) -> T:
        while True:
            late = monotonic() >= until
            try:
                return _taken(self._ask(key), answer)
            except Unasked as unasked:
                certain = late and unasked.never_seen
            if certain or monotonic() >= until + GRACE_SECONDS:
                raise TimedOut({"certain": certain})
            if self._closing.wait(ASK_AGAIN_SECONDS):
                raise TimedOut({"certain": False})

    def _ask(self, key: str) -> Outcome:
        question = Request.get(f"/outcomes/{key}", Outcome).with_headers(self._session.bearer())
        try:
            return self._link.call(question, limits=Limits(connect=1.0, read=1.0, find=1.0))
        except NotSignedIn:
            raise
        except LinkError as error:
            never_seen = isinstance(error, Rejected) and error.problem.status == 404  # noqa: PLR2004
            raise Unasked(never_seen=never_seen) from error


class Unasked(Exception):
    """The server has no outcome to tell, or could not be asked."""

    def __init__(self, *, never_seen: bool) -> None:
        super().__init__()
        self.never_seen = never_seen


def _is_open(error: LinkError) -> bool:
    """Whether the act may have been done although no answer came."""
    if isinstance(error, ServerFailed):
        return error.params["status"] in OF_A_PROXY
    return error.sent and isinstance(error, (Unreachable, TimedOut, BadAnswer))


def _taken(kept: Outcome, answer: type[T]) -> T:
    if kept.status < 400:  # noqa: PLR2004 - the first status of a refusal
        return _as_message(kept.body, answer)
    raise error_from(status=kept.status, problem=_as_message(kept.body, Problem))


def _as_message(body: Any, answer: type[T]) -> T:
    try:
        return TypeAdapter(answer).validate_python(body)
    except ValidationError as error:
        raise BadAnswer({"expected": answer.__name__}) from error
