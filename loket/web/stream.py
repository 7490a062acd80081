"""The event stream: one reader feeds every follower through bounded queues; resume by number."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncGenerator, AsyncIterator, Callable

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
HEARTBEAT = b": heartbeat\n\n"


class Follower:
    """One open stream of one site."""

    def __init__(self, site_id: str) -> None:
        self.site_id = site_id
        self.queue: asyncio.Queue[Event | None] = asyncio.Queue(BACKLOG)

    def offer(self, event: Event | None) -> bool:
        try:
            self.queue.put_nowait(event)
        except asyncio.QueueFull:
            return False
        return True

    def waiting(self) -> list[Event]:
        """What else is there already."""
        found: list[Event] = []
        while not self.queue.empty():
            event = self.queue.get_nowait()
            if event is not None:
                found.append(event)
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
        for follower in self._followers[event.site_id]:
            follower.offer(event)

    def start(self) -> None:
        self._loop = asyncio.get_running_loop()
        self.epoch = self._store.epoch()
        self._feed.start()

    async def stop(self) -> None:
        await run_in_threadpool(self._feed.stop)
        self.end_all()

    def end_all(self) -> None:
        """End every open stream, so that the server can go down without waiting for them."""
        for followers in self._followers.values():
            for follower in followers:
                self._drop(follower)

    @property
    def count(self) -> int:
        return sum(map(len, self._followers.values()))

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
        behind = [f for f in followers if not all(f.offer(event) for event in events)]
        for follower in behind:
            self._drop(follower)

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
    ) -> AsyncGenerator[Event | None, None]:
        """Events of a site after a number, for ever; None is a heartbeat.

        Ends when the follower is too far behind, or the server stops, or when ``may_go_on``, asked
        on a thread once per heartbeat's time, refuses. Ask :meth:`must_reset` first.
        """
        follower = Follower(site_id)
        self._enter(follower)  # before reading what was missed, so that nothing falls between
        try:
            missed = await run_in_threadpool(self._missed, site_id, after)
            for event in missed:
                yield event
            seen = missed[-1].number if missed else after
            asked = monotonic()
            async for live in _heard(follower):
                if monotonic() - asked >= HEARTBEAT_SECONDS:
                    await run_in_threadpool(may_go_on)
                    asked = monotonic()
                if live is None or live.number > seen or live.number == UNLOGGED:
                    yield live
        except NotSignedIn:
            return  # who sat there has left
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
                event = await follower.queue.get()
            heard = [] if event is None else [event, *follower.waiting()]
            return [one for one in heard if one.number != UNLOGGED]
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

    def frame(self, event: Event | None) -> bytes:
        """An event in the form of a server-sent event."""
        if event is None:
            return HEARTBEAT
        if event.number == UNLOGGED:  # without an id, so that resuming stays where it was
            return f"event: {event.kind}\ndata: {event.data}\n\n".encode()
        return (
            f"id: {self.epoch}.{event.number}\nevent: {event.kind}\ndata: {as_json(event)}\n\n"
        ).encode()


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


async def _heard(follower: Follower) -> AsyncIterator[Event | None]:
    while True:
        try:
            event = await asyncio.wait_for(follower.queue.get(), HEARTBEAT_SECONDS)
        except TimeoutError:
            yield None
            continue
        if event is None:
            return
        yield event
