"""Follows the event stream of a site, resumes where it broke, polls where streams do not pass."""

import logging
import random
from collections.abc import Iterator
from dataclasses import dataclass
from threading import Event, Lock, Thread
from typing import Protocol

import requests

from loket.kit.errors import LoketError
from loket.link.errors import BadAnswer, LinkError, NotSignedIn, TimedOut
from loket.link.failures import translated
from loket.link.http import Limits, Request, ServerLink
from loket.link.session import Session
from loket.link.sse import HEARTBEAT, Frame, frames
from loket.wire.protocol import HEARTBEAT_SECONDS

log = logging.getLogger(__name__)

SILENCE_SECONDS = HEARTBEAT_SECONDS * 2.5
"""A stream without even a heartbeat for so long is dead."""
FIRST_DELAY_SECONDS = 0.2
LONGEST_DELAY_SECONDS = 10.0
_MEDIA_TYPE = "text/event-stream"


@dataclass(frozen=True)
class Place:
    """Where in the events of a site a reader is."""

    epoch: str
    number: int


class Feed(Protocol):
    """What the follower feeds. All but ``address`` are called on the follower's thread."""

    def address(self, place: Place) -> str:
        """The path of the events after a place."""

    def snapshot(self) -> Place:
        """Read everything anew."""

    def take(self, frame: Frame, place: Place) -> Place | None:
        """Take one event in; None asks for a new snapshot."""

    def poll(self, place: Place) -> Place | None:
        """Ask once for the events after a place, waiting for them; None asks for a new snapshot."""

    def connected(self) -> None: ...

    def disconnected(self) -> None: ...

    def ended(self) -> None:
        """The session is over; the follower stops."""


class Follower:
    """A thread that keeps a feed up to date until it is closed or the session ends."""

    def __init__(self, link: ServerLink, session: Session, feed: Feed) -> None:
        self._link = link
        self._session = session
        self._feed = feed
        self._closing = Event()
        self._lock = Lock()
        self._response: requests.Response | None = None
        self._place: Place | None = None
        self._polling = False
        self._failures = 0
        self._again = Event()
        self._random = random.Random()  # noqa: S311 - spreads retries, guards nothing
        self._thread = Thread(target=self._run, name="loket-follower", daemon=False)

    def start(self) -> None:
        self._thread.start()

    def hurry(self) -> None:
        """Do not wait out the delay before the next attempt."""
        self._again.set()

    def close(self) -> None:
        """Stop; the thread is gone when this returns (at once, but for a connection being made)."""
        self._closing.set()
        self._again.set()
        self._interrupt()
        if self._thread.is_alive():
            self._thread.join()

    def _run(self) -> None:
        while not self._closing.is_set():
            try:
                self._follow()
            except NotSignedIn:
                self._feed.disconnected()
                if not self._closing.is_set():
                    self._feed.ended()
                return
            except (LinkError, LoketError) as error:
                self._broken(error)
            except Exception as error:
                # The thread must outlive what one event or a socket closed under it brings.
                if not self._closing.is_set():
                    log.exception("following failed")
                self._place = None
                self._broken(error)
        self._feed.disconnected()

    def _broken(self, error: Exception) -> None:
        if self._closing.is_set():
            return
        log.info("the stream broke: %s", error)
        self._feed.disconnected()
        self._failures += 1
        self._again.wait(self._delay())
        self._again.clear()

    def _delay(self) -> float:
        longest = min(LONGEST_DELAY_SECONDS, FIRST_DELAY_SECONDS * 2.0 ** min(self._failures, 10))
        return longest * self._random.uniform(0.5, 1.0)

    def _follow(self) -> None:
        if self._polling:
            self._poll()
            return
        if self._place is None:
            self._place = self._feed.snapshot()
        self._listen(self._place)

    def _poll(self) -> None:
        # A question for events waits for them; one for the board tells that the server is there.
        self._place = self._feed.snapshot()
        self._feed.connected()
        while self._place is not None and not self._closing.is_set():
            self._place = self._feed.poll(self._place)
            self._failures = 0

    def _listen(self, place: Place) -> None:
        try:
            response = self._open(place)
        except BadAnswer:
            self._polling = True
            return
        try:
            self._feed.connected()
            for frame in self._heard(response):
                self._failures = 0
                if not self._take(frame):
                    return
        finally:
            self._forget(response)
        self._broken(EOFError("the server ended the stream"))

    def _take(self, frame: Frame) -> bool:
        if self._place is None or frame is HEARTBEAT:
            return not self._closing.is_set()
        self._place = None if frame.event == "reset" else self._feed.take(frame, self._place)
        return self._place is not None and not self._closing.is_set()

    def _open(self, place: Place) -> requests.Response:
        request = Request.get(self._feed.address(place), str).with_headers(
            {
                **self._session.bearer(),
                "Accept": _MEDIA_TYPE,
                "Last-Event-ID": f"{place.epoch}.{place.number}",
            }
        )
        limits = Limits(connect=3.0, read=SILENCE_SECONDS)
        response = self._link.send(request, limits=limits, stream=True)
        with self._lock:
            self._response = response
        if self._closing.is_set():
            self._interrupt()
        if not response.headers.get("Content-Type", "").startswith(_MEDIA_TYPE):
            self._forget(response)
            raise BadAnswer({"expected": _MEDIA_TYPE})
        return response

    def _heard(self, response: requests.Response) -> Iterator[Frame]:
        heard = False
        try:
            for frame in frames(response.iter_content(chunk_size=None)):
                heard = True
                yield frame
        except requests.RequestException as error:
            # Silence from the start: something between us and the server keeps streams back.
            failure = translated(error)
            self._polling = not heard and (isinstance(failure, TimedOut) or _is_silence(error))
            raise failure from error

    def _interrupt(self) -> None:
        with self._lock:
            response = self._response
        if response is None:
            return
        try:
            response.raw.shutdown()  # wakes the thread that reads; close() alone would not
        except (OSError, RuntimeError, ValueError):
            return  # it has just ended by itself

    def _forget(self, response: requests.Response) -> None:
        with self._lock:
            self._response = None
        response.close()


def _is_silence(error: requests.RequestException) -> bool:
    return "Read timed out" in str(error)
