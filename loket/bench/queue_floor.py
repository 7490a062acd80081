"""The same four acts as bare SQL: what the database alone can do on this machine, now."""

import itertools
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

import psycopg
from sqlalchemy import make_url
from sqlalchemy.dialects import sqlite

from loket.kit.clock import monotonic

_TABLES = (
    "CREATE TABLE floor_series (id INTEGER PRIMARY KEY, last INTEGER NOT NULL)",
    """CREATE TABLE floor_ticket (id BIGINT PRIMARY KEY, series INTEGER NOT NULL,
    number INTEGER NOT NULL, state TEXT NOT NULL, counter INTEGER, UNIQUE (series, number))""",
    "CREATE INDEX floor_waiting ON floor_ticket (series, id) WHERE state = 'waiting'",
    """CREATE TABLE floor_interval (ticket BIGINT NOT NULL, seq INTEGER NOT NULL,
    state TEXT NOT NULL, PRIMARY KEY (ticket, seq))""",
)
_DROP = ("floor_interval", "floor_ticket", "floor_series")


class Writer:
    """One connection that writes, committed after each act."""

    def __init__(self, connection: Any, *, mark: str, skip: str, begin: str) -> None:
        self._connection = connection
        self._cursor = connection.cursor()
        self._mark = mark
        self._skip = skip
        self._begin = begin

    def do(self, *statements: tuple[str, tuple[Any, ...]]) -> Any:
        self._cursor.execute(self._begin)
        row = None
        for statement, values in statements:
            self._cursor.execute(statement.replace("?", self._mark), values)
            if self._cursor.description:
                row = self._cursor.fetchone()
        self._cursor.execute("COMMIT")
        return row

    def close(self) -> None:
        self._connection.close()

    def cycle(self, ticket: int, series: int) -> None:
        number = "UPDATE floor_series SET last = last + 1 WHERE id = ? RETURNING last"
        add = "INSERT INTO floor_ticket VALUES (?, ?, (SELECT last FROM floor_series WHERE id = ?)"
        enter = "INSERT INTO floor_interval VALUES (?, ?, ?)"
        self.do(
            (number, (series,)),
            (add + ", 'waiting', NULL)", (ticket, series, series)),
            (enter, (ticket, 1, "waiting")),
        )
        pick = "SELECT id FROM floor_ticket WHERE series = ? AND state = 'waiting' ORDER BY id"
        next_one = f"({pick} LIMIT 1{self._skip})"
        call = f"UPDATE floor_ticket SET state = 'called' WHERE id = {next_one} RETURNING id"  # noqa: S608 - texts of ours
        called = self.do((call, (series,)))[0]
        self.do((enter, (called, 2, "called")))
        for seq, state in ((3, "serving"), (4, "done")):
            change = "UPDATE floor_ticket SET state = ? WHERE id = ?"
            self.do((change, (state, called)), (enter, (called, seq, state)))


def _sqlite(file: str) -> Writer:
    connection = sqlite.dialect.import_dbapi().connect(
        file, isolation_level=None, check_same_thread=False
    )
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    return Writer(connection, mark="?", skip="", begin="BEGIN IMMEDIATE")


def _postgres(url: str) -> Writer:
    connection = psycopg.connect(url, autocommit=True)
    return Writer(connection, mark="%s", skip=" FOR UPDATE SKIP LOCKED", begin="BEGIN")


@contextmanager
def opened_writers(database_url: str, many: int) -> Iterator[list[Writer]]:
    """So many writers; SQLite has one whatever is asked."""
    url = make_url(database_url)
    is_sqlite = url.get_backend_name() == "sqlite"
    address = url.set(drivername="postgresql").render_as_string(hide_password=False)
    with ExitStack() as opened:
        writers = [
            _sqlite(url.database or "") if is_sqlite else _postgres(address)
            for _ in range(1 if is_sqlite else many)
        ]
        for writer in writers:
            opened.callback(writer.close)
        yield writers


def cycles_per_second(database_url: str, *, writers: int, seconds: float) -> float:
    """Cycles a second of bare SQL; SQLite has one writer whatever is asked."""
    with opened_writers(database_url, writers) as floors:
        try:
            _prepare(floors[0], len(floors))
            return _measure(floors, seconds)
        finally:
            _clear(floors[0])


def _prepare(floor: Writer, writers: int) -> None:
    _clear(floor)
    for table in _TABLES:
        floor.do((table, ()))
    for series in range(writers):
        floor.do(("INSERT INTO floor_series VALUES (?, 0)", (series,)))


def _clear(floor: Writer) -> None:
    for table in _DROP:
        floor.do((f"DROP TABLE IF EXISTS {table}", ()))


def _measure(floors: list[Writer], seconds: float) -> float:
    counts = [0] * len(floors)
    tickets = itertools.count(1)
    until = monotonic() + seconds

    def work(place: int) -> None:
        while monotonic() < until:
            floors[place].cycle(next(tickets), place)
            counts[place] += 1

    threads = [threading.Thread(target=work, args=(place,)) for place in range(len(floors))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(counts) / seconds
