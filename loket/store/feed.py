"""The one reader of events in a process: wakes when something was committed, anywhere."""

import logging
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import psycopg
from sqlalchemy import Connection, Table, bindparam, func, insert, select

from loket.kit.clock import monotonic
from loket.store.base import Base
from loket.store.work import NOTIFY_CHANNEL, Store

_EVENT: Table = Base.metadata.tables["event"]
_STREAM: Table = Base.metadata.tables["event_stream"]
log = logging.getLogger(__name__)

PAGE = 500
WAKE_SECONDS = 0.25
"""How often the reader looks by itself: another process on the same SQLite file wakes nobody."""
AGAIN_SECONDS = 0.5
"""How long the reader waits before it tries again to reach a database that failed it."""
AWAY_SECONDS = 5.0
"""After so long without the database followers are let go: they come back and resume."""
CONNECT_SECONDS = 5


@dataclass(frozen=True)
class Event:
    """A committed event of one site; ``data`` is JSON text."""

    site_id: str
    number: int
    at: datetime
    kind: str
    data: str


_AFTER = (
    select(_EVENT)
    .where(_EVENT.c.site_id == bindparam("site"), _EVENT.c.number > bindparam("after"))
    .order_by(_EVENT.c.number)
    .limit(PAGE)
)
_OLDEST = select(func.min(_EVENT.c.number)).where(_EVENT.c.site_id == bindparam("site"))
_LAST = select(_STREAM.c.site_id, _STREAM.c.last_number)


def events_after(connection: Connection, site_id: str, number: int) -> list[Event]:
    """At most :data:`PAGE` events of a site after a number, in order."""
    rows = connection.execute(_AFTER, {"site": site_id, "after": number})
    return [Event(r.site_id, r.number, r.at, r.kind, r.data) for r in rows]


def last_numbers(connection: Connection) -> dict[str, int]:
    """Per site the number of its latest event."""
    return {row.site_id: row.last_number for row in connection.execute(_LAST)}


def can_resume(connection: Connection, site_id: str, number: int) -> bool:
    """Whether no event after ``number`` has been pruned, and ``number`` is not ahead of us."""
    last = last_numbers(connection).get(site_id, 0)
    if number >= last:
        return number == last
    oldest = connection.execute(_OLDEST, {"site": site_id}).scalar_one()
    return oldest is not None and oldest <= number + 1


def start_streams(connection: Connection, sites: Iterable[str]) -> None:
    """Give each site that has none a stream of events."""
    known = set(connection.scalars(select(_STREAM.c.site_id)))
    new = [{"site_id": site, "last_number": 0} for site in sorted(set(sites) - known)]
    if new:
        connection.execute(insert(_STREAM), new)


class EventFeed:
    """Reads new events in a thread of its own and hands them on, site by site, in order."""

    def __init__(
        self,
        store: Store,
        deliver: Callable[[list[Event]], None],
        let_go: Callable[[], None] = lambda: None,
    ) -> None:
        self._store = store
        self._deliver = deliver
        self._let_go = let_go
        self._well = monotonic()
        self._wake = threading.Event()
        self._stopping = threading.Event()
        self._seen: dict[str, int] = {}
        self._thread = threading.Thread(target=self._run, name="loket-events")
        store.on_commit(self._wake.set)

    def start(self) -> None:
        with self._store.reading() as connection:
            self._seen = last_numbers(connection)
        self._thread.start()

    def stop(self) -> None:
        self._stopping.set()
        self._wake.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._stopping.is_set():
            try:
                self._listen()
            except Exception:  # the thread must outlive whatever happens to the database
                log.exception("the reader of events lost the database")
                self._lost()

    def _listen(self) -> None:
        with self._waiting() as wait:
            while not self._stopping.is_set():
                self._read()  # before waiting, too: nobody listened while the database was away
                self._well = monotonic()
                wait()

    def _lost(self) -> None:
        if monotonic() - self._well > AWAY_SECONDS:
            self._let_go()
        self._stopping.wait(AGAIN_SECONDS)

    def _read(self) -> None:
        with self._store.reading() as connection:
            new = last_numbers(connection)
            for site, last in new.items():
                if last > self._seen.get(site, 0):
                    self._read_site(connection, site)

    def _read_site(self, connection: Connection, site: str) -> None:
        while events := events_after(connection, site, self._seen.get(site, 0)):
            self._seen[site] = events[-1].number
            self._deliver(events)

    @contextmanager
    def _waiting(self) -> Iterator[Callable[[], object]]:
        if self._store.database.is_sqlite:
            yield self._wait_here
            return
        url = self._store.database.writers.url.set(drivername="postgresql")
        address = url.render_as_string(hide_password=False)
        with _connect(address) as connection:
            connection.execute(f"LISTEN {NOTIFY_CHANNEL}")
            yield lambda: _wait_there(connection)

    def _wait_here(self) -> None:
        self._wake.wait(WAKE_SECONDS)
        self._wake.clear()


def _connect(address: str) -> "psycopg.Connection[Any]":
    return psycopg.connect(address, autocommit=True, connect_timeout=CONNECT_SECONDS)


def _wait_there(connection: "psycopg.Connection[Any]") -> None:
    for _notice in connection.notifies(timeout=WAKE_SECONDS, stop_after=1):
        return
