"""The one reader of events in a process: wakes when something was committed, anywhere."""

import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import psycopg
from sqlalchemy import Connection, Table, bindparam, func, insert, select

from loket.store.base import Base
from loket.store.work import NOTIFY_CHANNEL, Store

_EVENT: Table = Base.metadata.tables["event"]
_STREAM: Table = Base.metadata.tables["event_stream"]
PAGE = 500
WAKE_SECONDS = 0.25
"""How often the reader looks by itself: another process on the same SQLite file wakes nobody."""


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

    def __init__(self, store: Store, deliver: Callable[[list[Event]], None]) -> None:
        self._store = store
        self._deliver = deliver
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
        if not self._store.database.is_sqlite:
            with self._store.database.writers.begin() as connection:
                connection.exec_driver_sql(f"NOTIFY {NOTIFY_CHANNEL}")
        self._thread.join()

    def _run(self) -> None:
        with self._waiting() as wait:
            while not self._stopping.is_set():
                wait()
                self._read()

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
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute(f"LISTEN {NOTIFY_CHANNEL}")
            yield lambda: _wait_there(connection)

    def _wait_here(self) -> None:
        self._wake.wait(WAKE_SECONDS)
        self._wake.clear()


def _wait_there(connection: "psycopg.Connection[Any]") -> None:
    for _notice in connection.notifies(timeout=WAKE_SECONDS, stop_after=1):
        return
