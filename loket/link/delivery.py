"""Deferrable acts: on disk first, then at once to the server, and else later."""

import logging
import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

from loket.kit.clock import monotonic
from loket.kit.errors import LoketError, Params
from loket.kit.ids import new_id
from loket.link.errors import Busy, LinkError, Rejected, TimedOut, Unreachable
from loket.link.http import Limits, Request, ServerLink
from loket.link.outbox import Entry, Letter, Outbox
from loket.link.session import Session
from loket.wire import protocol

log = logging.getLogger(__name__)
T = TypeVar("T")

AT_ONCE = Limits(connect=1.5, read=2.5)
"""A visitor stands there: longer than this is later."""
LATER = Limits(connect=3.0, read=10.0)
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


class Listener(Protocol):
    """Hears what became of entries; called on any thread."""

    def outbox_changed(self) -> None: ...

    def delivered(self, entry: Entry, answer: str) -> None: ...

    def parked(self, entry: Entry, code: str, params: Params) -> None: ...


class Delivery:
    """Hands letters to the server, from the outbox and nowhere else."""

    def __init__(self, outbox: Outbox, link: ServerLink, session: Session) -> None:
        self.outbox = outbox
        self._link = link
        self._session = session
        self._random = random.Random()  # noqa: S311 - spreads retries, guards nothing

    def letter(
        self, request: Request[Any], *, thread: str, kind: str, key: str | None = None
    ) -> Letter:
        """The letter for a request made now, by who sits here now."""
        return Letter(
            thread=thread,
            kind=kind,
            method=request.method,
            path=request.path,
            body=request.body,
            author=self._session.author,
            occurred_at=self._link.clock.now(),
            id=key or new_id(),
        )

    def hand_in(self, letter: Letter, *, spare: Callable[[], Letter] | None = None) -> str | Kept:
        """Keep it, try it once, and give the answer; Kept when it must wait.

        A refusal is an answer to the clerk who stands there: it is raised and nothing stays.
        ``spare`` makes the letter that takes its place when no answer came.
        """
        if not self.outbox.put(letter, claim=True):
            return self._keep(letter.id, spare)
        try:
            answer = self._insist(letter) if spare else self.attempt(letter, limits=AT_ONCE)
        except Rejected:
            self.outbox.erase(letter.id)
            raise
        except (LinkError, LoketError) as error:
            log.info("%s %s waits: %s", letter.kind, letter.id, error)
            kept = self._keep(letter.id, spare)
            self.outbox.put_back(kept.entry_id, delay=self.delay(0))
            return kept
        self.outbox.erase(letter.id)
        return answer

    def keep(self, letter: Letter) -> Kept:
        """Keep it without trying: the server is known to be away."""
        self.outbox.put(letter, claim=False)
        return Kept(letter.id)

    def attempt(self, letter: Letter, *, limits: Limits) -> str:
        """Send it once, with its key; the same bytes each time."""
        headers = {
            **self._session.desk(author=letter.author, occurred_at=letter.occurred_at),
            protocol.IDEMPOTENCY_KEY: letter.id,
        }
        request = Request(letter.method, letter.path, str, letter.body, headers)
        return self._link.send(request, limits=limits).text

    def delay(self, attempts: int) -> float:
        """Seconds until the next attempt: doubling, and spread, lest all desks come at once."""
        longest = min(LONGEST_DELAY_SECONDS, FIRST_DELAY_SECONDS * 2.0 ** min(attempts, 10))
        return longest * self._random.uniform(0.5, 1.0)

    def _insist(self, letter: Letter) -> str:
        # A number may have been given although no answer came; with the same key the server says
        # which. Only then is it certain that the spare number is not a second one.
        until = monotonic() + AT_ONCE.read
        while True:
            try:
                return self.attempt(letter, limits=AT_ONCE)
            except (Unreachable, TimedOut) as error:
                if not error.sent or monotonic() >= until:
                    raise

    def _keep(self, entry_id: str, spare: Callable[[], Letter] | None) -> Kept:
        if spare is None:
            return Kept(entry_id)
        try:
            letter = spare()
        except LoketError:
            self.outbox.erase(entry_id)
            raise
        self.outbox.replace(entry_id, letter)
        return Kept(letter.id)


def retry_delay(error: LinkError | LoketError, backoff: float) -> float:
    """How long an entry waits after this failure."""
    return max(backoff, error.retry_after) if isinstance(error, Busy) else backoff
