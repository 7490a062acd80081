"""The courier: a thread that brings what stands in the outbox, whenever there is something."""

import logging
from collections import Counter
from threading import Event, Thread

from loket.kit.errors import LoketError
from loket.link.delivery import LATER, Delivery, Listener, retry_delay
from loket.link.errors import (
    OF_A_PROXY,
    LinkError,
    NotSignedIn,
    Rejected,
    ServerFailed,
    TimedOut,
    Unreachable,
)
from loket.link.outbox import Entry

log = logging.getLogger(__name__)

SIGNED_OUT_DELAY_SECONDS = 60.0
MOST_FAILURES = 8
"""An entry that the server fails on so often, a minute and more, is for a person to look at."""
LOOK_SECONDS = 2.0
"""While something waits: another window of the desk may deliver it, or die doing so."""
LOOK_IDLE_SECONDS = 15.0
"""Else: another window may have left something behind."""


class Courier:
    """Delivers in passes; a pass ends when nothing is due or the server is away."""

    def __init__(self, delivery: Delivery, listener: Listener, *, name: str = "") -> None:
        self._delivery = delivery
        self._outbox = delivery.outbox
        self._listener = listener
        self._wake = Event()
        self._closing = Event()
        self._failures = 0
        self._failed: Counter[str] = Counter()
        self._thread = Thread(target=self._run, name=f"loket-courier{name}", daemon=False)

    def start(self) -> None:
        self._thread.start()

    def wake(self) -> None:
        """There may be something to bring."""
        self._wake.set()

    def hurry(self) -> None:
        """The server is back, or somebody signed in: try everything now."""
        self._outbox.hurry()
        self._failures = 0
        self._wake.set()

    def close(self) -> None:
        self._closing.set()
        self._wake.set()
        if self._thread.is_alive():
            self._thread.join()

    def _run(self) -> None:
        while not self._closing.is_set():
            try:
                self.deliver_due()
                self._listener.outbox_changed()
                pause = self._pause()
            except Exception:  # the thread must outlive whatever one pass meets
                log.exception("a pass of the courier failed")
                pause = SIGNED_OUT_DELAY_SECONDS
            self._wake.wait(pause)
            self._wake.clear()

    def deliver_due(self) -> None:
        """One pass: everything that may go, oldest first."""
        while not self._closing.is_set():
            entry = self._outbox.claim_next()
            if entry is None:
                return
            reached = self._deliver(entry)
            self._listener.outbox_changed()  # one less, for who watches a long row go
            if not reached:
                self._failures += 1
                return
            self._failures = 0

    def _deliver(self, entry: Entry) -> bool:
        """False when the server is away, so that trying the others makes no sense."""
        try:
            answer = self._delivery.attempt(entry.letter, limits=LATER)
        except Rejected as refusal:
            self._park(entry, refusal)
        except NotSignedIn:
            self._outbox.put_back(entry.id, delay=SIGNED_OUT_DELAY_SECONDS)
        except ServerFailed as error:
            self._count_failure(entry, error)
        except (LinkError, LoketError) as error:
            backoff = self._delivery.delay(entry.attempts)
            self._outbox.put_back(entry.id, delay=retry_delay(error, backoff))
            return not isinstance(error, (Unreachable, TimedOut, LoketError))
        else:
            self._outbox.erase(entry.id)
            self._failed.pop(entry.id, None)
            self._listener.delivered(entry, answer)
        return True

    def _count_failure(self, entry: Entry, error: ServerFailed) -> None:
        if error.params["status"] not in OF_A_PROXY:
            self._failed[entry.id] += 1
        if self._failed[entry.id] < MOST_FAILURES:
            self._outbox.put_back(entry.id, delay=self._delivery.delay(entry.attempts))
        else:
            self._park(entry, error)

    def _park(self, entry: Entry, refusal: LinkError) -> None:
        self._failed.pop(entry.id, None)
        log.warning("%s %s was refused: %s", entry.letter.kind, entry.id, refusal)
        self._outbox.park(entry.id, code=refusal.code, params=refusal.params)
        self._listener.parked(entry, refusal.code, refusal.params)

    def _pause(self) -> float:
        due = self._outbox.seconds_to_next()
        if due is None:
            return LOOK_IDLE_SECONDS
        # Entries of other visits may be due: an absent server is asked by one of them at a time.
        quiet = self._delivery.delay(self._failures - 1) if self._failures else 0.0
        return max(min(due, LOOK_SECONDS), quiet)
