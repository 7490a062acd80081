"""The event stream: one reader feeds every follower through bounded queues; resume by number."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncGenerator, Callable
from typing import NamedTuple

from starlette.concurrency import run_in_threadpool

from loket.kit.clock import monotonic
from loket.kit.errors import NotSignedIn
from loket.store import feed
from loket.store.feed import Event, EventFeed
from loket.store.work import Store
from loket.wire.protocol import HEARTBEAT_SECONDS

BACKLOG = 1000
"""Events a follower may be behind before it is dropped; it comes back and resumes."""
UNLOGGED = 0
"""The number of what is pushed beside the events."""
RESET = b"event: reset\ndata: {}\n\n"


class Heard(NamedTuple):
    """What a follower is sent: an event in its frame, made once for all of them; or a heartbeat."""

    event: Event | None
    frame: bytes


BEAT = Heard(None, b": heartbeat\n\n")


class Follower:
    """One open stream of one site."""

    def __init__(self, site_id: str, *, is_desk: bool = True) -> None:
        self.site_id = site_id
        self.is_desk = is_desk
        self.queue: asyncio.Queue[Heard | None] = asyncio.Queue(BACKLOG)
        self.beat_at = monotonic() + HEARTBEAT_SECONDS

    def offer(self, heard: Heard | None) -> bool:
        try:
            self.queue.put_nowait(heard)
        except asyncio.QueueFull:
            return False
        return True

    async def next_events(self) -> list[Event]:
        """The next event, with what else is there already; nothing when the stream ends."""
        found: list[Event] = []
        while not found or not self.queue.empty():
            heard = await self.queue.get()
            if heard is None:
                break
            if heard.event is not None and heard.event.number != UNLOGGED:
                found.append(heard.event)
        return found


class Streams:
    """All followers of this process."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._followers: dict[str, set[Follower]] = defaultdict(set)
        self._loop: asyncio.AbstractEventLoop | None = None
        self._feed = EventFeed(store, self._from_feed, self._let_go)
        self._unlogged: dict[str, Event] = {}
        self._listeners: list[Callable[[str], None]] = []
        self.epoch = ""

    def on_events(self, listener: Callable[[str], None]) -> None:
        """Call ``listener(site)`` on the reader's thread whenever a site has new events."""
        self._listeners.append(listener)

    def push(self, site_id: str, kind: str, data: str) -> None:
        """Tell followers something that is no event: it has no number and is never sent again.

        The latest of a site replaces those before it; a follower that is behind misses it.
        """
        event = Event(site_id, UNLOGGED, self._store.clock.now(), kind, data)
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._spread_unlogged, event)

    def latest(self, site_id: str) -> Event | None:
        """What was last pushed to a site."""
        return self._unlogged.get(site_id)

    def _spread_unlogged(self, event: Event) -> None:
        self._unlogged[event.site_id] = event
        heard = self._framed(event)
        for follower in self._followers[event.site_id]:
            follower.offer(heard)

    def start(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._beat()
        self.epoch = self._store.epoch()
        self._feed.start()

    async def stop(self) -> None:
        self._next_beat.cancel()
        await run_in_threadpool(self._feed.stop)
        self.end_all()

    def end_all(self) -> None:
        """End every open stream, so that the server can go down without waiting for them."""
        for followers in self._followers.values():
            for follower in followers:
                self._drop(follower)

    @property
    def desks(self) -> int:
        """How many desks follow; a screen in a waiting room keeps no server awake."""
        return sum(follower.is_desk for of in self._followers.values() for follower in of)

    def _from_feed(self, events: list[Event]) -> None:
        for listener in self._listeners:
            listener(events[0].site_id)
        if self._loop is not None:
            self._loop.call_soon_threadsafe(self._spread, events)

    def _let_go(self) -> None:
        if self._loop is not None:
            self._loop.call_soon_threadsafe(self.end_all)

    def _spread(self, events: list[Event]) -> None:
        followers = self._followers[events[0].site_id]
        heard = [self._framed(event) for event in events]
        behind = [f for f in followers if not all(map(f.offer, heard))]
        for follower in behind:
            self._drop(follower)

    def _beat(self) -> None:
        """Give a heartbeat to who is due. One timer for all: a timer each is work for every event.

        They came at different moments, so not all ask at once whether they may go on.
        """
        now = monotonic()
        for follower in [f for all_of in self._followers.values() for f in all_of]:
            if follower.beat_at <= now:
                follower.beat_at = now + HEARTBEAT_SECONDS
                follower.offer(BEAT)
        self._next_beat = asyncio.get_running_loop().call_later(
            min(1.0, HEARTBEAT_SECONDS), self._beat
        )

    def _drop(self, follower: Follower) -> None:
        while not follower.queue.empty():
            follower.queue.get_nowait()
        follower.offer(None)

    def _enter(self, follower: Follower) -> None:
        self._followers[follower.site_id].add(follower)

    def _leave(self, follower: Follower) -> None:
        self._followers[follower.site_id].discard(follower)

    async def follow(
        self, site_id: str, after: int, may_go_on: Callable[[], object] = lambda: None
    ) -> AsyncGenerator[bytes, None]:
        """Events of a site after a number as frames, for ever, with heartbeats between them.

        Ends when the follower is too far behind, or the server stops, or when ``may_go_on``, asked
        on a thread at each heartbeat, refuses. Ask :meth:`must_reset` first.
        """
        follower = Follower(site_id)
        self._enter(follower)  # before reading what was missed, so that nothing falls between
        try:
            missed = await run_in_threadpool(self._missed, site_id, after)
            for event in missed:
                yield self._framed(event).frame
            pushed = self.latest(site_id)  # it may have come between their snapshot and now
            if pushed is not None:
                yield self._framed(pushed).frame
            seen = missed[-1].number if missed else after
            while (heard := await follower.queue.get()) is not None:
                if heard.event is None:
                    await run_in_threadpool(may_go_on)
                if heard.event is None or heard.event.number > seen or _is_unlogged(heard.event):
                    yield heard.frame
        except NotSignedIn:
            return  # who sat there has left
        finally:
            self._leave(follower)

    async def stirs(self, site_id: str, after: int) -> AsyncGenerator[int | None, None]:
        """Numbers of a site's events after one, None for a heartbeat: for who looks anew at each.

        Who follows so is no desk, and keeps no embedded server awake.
        """
        follower = Follower(site_id, is_desk=False)
        self._enter(follower)  # before reading, as above
        try:
            last = await run_in_threadpool(self._last, site_id)
            if last > after:
                yield last
            while (heard := await follower.queue.get()) is not None:
                yield None if heard.event is None else heard.event.number
        finally:
            self._leave(follower)

    async def page(self, site_id: str, after: int, wait_seconds: float) -> list[Event]:
        """All events after a number; waits for the first one when there is none yet."""
        follower = Follower(site_id)
        self._enter(follower)  # before reading, as above
        try:
            missed = await run_in_threadpool(self._missed, site_id, after)
            if missed or not wait_seconds:
                return missed
            async with asyncio.timeout(wait_seconds):
                return await follower.next_events()
        except TimeoutError:
            return []  # nothing happened: an empty page is the answer
        finally:
            self._leave(follower)

    async def must_reset(self, site_id: str, epoch: str, after: int) -> bool:
        """Whether a follower at this place needs a new snapshot."""
        return epoch != self.epoch or not await run_in_threadpool(self._resumable, site_id, after)

    def _resumable(self, site_id: str, after: int) -> bool:
        with self._store.reading() as connection:
            return feed.can_resume(connection, site_id, after)

    def _last(self, site_id: str) -> int:
        with self._store.reading() as connection:
            return feed.last_numbers(connection).get(site_id, 0)

    def _missed(self, site_id: str, after: int) -> list[Event]:
        found: list[Event] = []
        with self._store.reading() as connection:
            while page := feed.events_after(connection, site_id, after):
                found += page
                after = page[-1].number
        return found

    def greeting(self) -> bytes:
        """Sent at once, so that the desk knows the stream stands."""
        return f": following {self.epoch}\n\n".encode()

    def _framed(self, event: Event) -> Heard:
        """An event in the form of a server-sent event."""
        if event.number == UNLOGGED:  # without an id, so that resuming stays where it was
            return Heard(event, f"event: {event.kind}\ndata: {event.data}\n\n".encode())
        place = f"{self.epoch}.{event.number}"
        text = f"id: {place}\nevent: {event.kind}\ndata: {as_json(event)}\n\n"
        return Heard(event, text.encode())


def _is_unlogged(event: Event) -> bool:
    return event.number == UNLOGGED


def place_of(last_event_id: str) -> tuple[str, int]:
    """Epoch and number of a ``Last-Event-ID``; one that we did not give is no place at all."""
    epoch, _dot, number = last_event_id.rpartition(".")
    if not (number.isascii() and number.isdigit()):
        return "", 0
    return epoch, int(number)


def as_json(event: Event) -> str:
    """The event as :class:`loket.queue.messages.StreamEvent` reads it."""
    at = event.at.isoformat()
    return f'{{"number":{event.number},"kind":"{event.kind}","at":"{at}","data":{event.data}}}'


async def event_page(
    streams: Streams, site_id: str, epoch: str, after: int, wait_seconds: float
) -> str:
    """Long polling: what came after a number, as soon as there is something."""
    if await streams.must_reset(site_id, epoch, after):
        return f'{{"epoch":"{streams.epoch}","reset":true,"events":[],"waits":null}}'
    events = await streams.page(site_id, after, wait_seconds)
    shown = ",".join(as_json(event) for event in events)
    pushed = streams.latest(site_id)
    waits = pushed.data if pushed else "null"
    return f'{{"epoch":"{streams.epoch}","reset":false,"events":[{shown}],"waits":{waits}}}'
