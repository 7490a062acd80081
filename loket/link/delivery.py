"""Deferrable acts: on disk first, then at once to the server, and else later."""

import logging
import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from threading import Event
from typing import Any, Generic, Protocol, TypeVar

from loket.kit.clock import monotonic
from loket.kit.errors import LoketError, Params, Unavailable
from loket.kit.ids import new_id
from loket.link.errors import (
    BadAnswer,
    Busy,
    LinkError,
    Refusal,
    Rejected,
    TimedOut,
    Unreachable,
)
from loket.link.http import Limits, Request, ServerLink, parse
from loket.link.outbox import Entry, Letter, Outbox
from loket.link.session import Session
from loket.wire import protocol

log = logging.getLogger(__name__)
T = TypeVar("T")

AT_ONCE = Limits(connect=1.5, read=2.5, find=1.5)
"""A visitor stands there: longer than this is later."""
LATER = Limits(connect=3.0, read=10.0)
INSIST_SECONDS = 5.0
"""An act in doubt is asked about so long: an embedded server is back within it."""
ASK_AGAIN_SECONDS = 0.1
FIRST_DELAY_SECONDS = 0.5
LONGEST_DELAY_SECONDS = 30.0


@dataclass(frozen=True)
class Delivered(Generic[T]):
    """The server has it; this is its answer."""

    result: T


@dataclass(frozen=True)
class Queued(Generic[T]):
    """It stands in the outbox; ``result`` is what can be said already."""

    result: T
    entry_id: str


@dataclass(frozen=True)
class Kept:
    """An entry that stayed in the outbox."""

    entry_id: str
    occurred_at: datetime
    """When it happened, as the server will be told."""


class InDoubt(Unavailable):
    """No answer came, and no letter could take the place of the one sent: that one is kept.

    It is delivered later with its own key, so what it asks for happens once, whenever it did.
    """

    code = "link.in_doubt"


class Listener(Protocol):
    """Hears what became of entries; called on any thread."""

    def outbox_changed(self) -> None: ...

    def delivered(self, entry: Entry, answer: str) -> None: ...

    def parked(self, entry: Entry, code: str, params: Params) -> None: ...


class Delivery:
    """Hands letters to the server, from the outbox and nowhere else."""

    def __init__(
        self, outbox: Outbox, link: ServerLink, session: Session, *, closing: Event
    ) -> None:
        self.outbox = outbox
        self._closing = closing
        self._link = link
        self._session = session
        self._random = random.Random()  # noqa: S311 - spreads retries, guards nothing
        self.server_is_away = False
        """Known from elsewhere: then nobody waits for an attempt that fails."""
        self.on_kept: Callable[[], None] = lambda: None
        """Called when something stays in the outbox."""
        self.on_erased: Callable[[], None] = lambda: None
        """Called when something left it that others may have seen there."""

    def deliver(
        self, request: Request[T], *, thread: str, kind: str
    ) -> "Delivered[T] | Queued[None]":
        """Deliver a request made now, or keep it for later."""
        kept = self.hand_in(self.letter(request, thread=thread, kind=kind))
        if isinstance(kept, Kept):
            return Queued(None, kept.entry_id)
        return Delivered(parse(kept, request.answer))

    def letter(self, request: Request[Any], *, thread: str, kind: str) -> Letter:
        """The letter for a request made now, by who sits here now."""
        return Letter(
            thread=thread,
            kind=kind,
            method=request.method,
            path=request.path,
            body=request.body,
            author=self._session.author,
            occurred_at=self._link.clock.now(),
            id=new_id(),
        )

    def hand_in(self, letter: Letter, *, spare: Callable[[], Letter] | None = None) -> str | Kept:
        """Keep it, try it once, and give the answer; Kept when it must wait.

        A refusal is an answer to the clerk who stands there: it is raised and nothing stays.
        ``spare`` makes the letter that takes its place when no answer came.
        """
        if self.server_is_away or (spare and self.outbox.holds(letter.thread)):
            return self._put_aside(spare() if spare else letter)
        if not self.outbox.put(letter, claim=True):
            return self._leave(letter, spare, in_doubt=False)
        try:
            answer = self._insist(letter) if spare else self.attempt(letter, limits=AT_ONCE)
        except Rejected:
            self._erase(letter)
            raise
        except (LinkError, LoketError) as error:
            log.info("%s %s waits: %s", letter.kind, letter.id, error)
            return self._leave(letter, spare, in_doubt=getattr(error, "sent", False))
        self._erase(letter)
        return answer

    def attempt(self, letter: Letter, *, limits: Limits) -> str:
        """Send it once, with its key; the same bytes each time."""
        headers = {
            **self._session.desk(author=letter.author, occurred_at=letter.occurred_at),
            protocol.IDEMPOTENCY_KEY: letter.id,
        }
        request = Request(letter.method, letter.path, str, letter.body, headers)
        response = self._link.send(request, limits=limits)
        media_type = response.headers.get("Content-Type", "")
        if not media_type.startswith("application/json"):
            # Not from our server: what it let through it did not do.
            raise BadAnswer({"media_type": media_type})
        return response.text

    def delay(self, attempts: int) -> float:
        """Seconds until the next attempt: doubling, and spread, lest all desks come at once."""
        longest = min(LONGEST_DELAY_SECONDS, FIRST_DELAY_SECONDS * 2.0 ** min(attempts, 10))
        return longest * self._random.uniform(0.5, 1.0)

    def _insist(self, letter: Letter) -> str:
        # Once it was sent, a number may have been given although no answer came: with the same
        # key the server says which, so the visitor does not get a second one.
        until = monotonic() + INSIST_SECONDS
        in_doubt = False
        while True:
            try:
                return self.attempt(letter, limits=_within(until - monotonic()))
            except LinkError as error:
                in_doubt = in_doubt or _may_be_done(error)
                passing = isinstance(error, (Unreachable, TimedOut, Busy))
                if not in_doubt or not passing or monotonic() >= until:
                    error.sent = in_doubt
                    raise
            self._closing.wait(ASK_AGAIN_SECONDS)

    def _erase(self, letter: Letter) -> None:
        self.outbox.erase(letter.id)
        self.on_erased()

    def _put_aside(self, letter: Letter) -> Kept:
        self.outbox.put(letter, claim=False)
        self.on_kept()
        return Kept(letter.id, letter.occurred_at)

    def _leave(self, letter: Letter, spare: Callable[[], Letter] | None, *, in_doubt: bool) -> Kept:
        left = letter
        if spare is None:
            self.outbox.put_back(letter.id, delay=self.delay(0))
        else:
            left = self._exchange(letter, spare, in_doubt=in_doubt)
        self.on_kept()
        return Kept(left.id, left.occurred_at)

    def _exchange(self, letter: Letter, spare: Callable[[], Letter], *, in_doubt: bool) -> Letter:
        # While it is still claimed: nobody may send the first while the second takes its place.
        try:
            other = spare()
        except LoketError as error:
            if not in_doubt:
                self._erase(letter)
                raise
            self.outbox.put_back(letter.id, delay=self.delay(0))
            self.on_kept()
            raise InDoubt from error
        self.outbox.replace(letter.id, other)
        return other


def _may_be_done(error: LinkError) -> bool:
    """Whether the server may have done it although this came: no answer of its own says not."""
    return error.sent and not isinstance(error, (Busy, Refusal))


def _within(left: float) -> Limits:
    """The limits of an attempt that has to be over when ``left`` seconds are."""
    most = max(left, ASK_AGAIN_SECONDS)
    return Limits(min(AT_ONCE.connect, most), min(AT_ONCE.read, most), min(AT_ONCE.find, most))


def retry_delay(error: LinkError | LoketError, backoff: float) -> float:
    """How long an entry waits after this failure."""
    return max(backoff, error.retry_after) if isinstance(error, Busy) else backoff
