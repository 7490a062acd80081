"""Opening a database: engines for readers, writers and glances, on SQLite or PostgreSQL."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import psycopg
from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DatabaseError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from loket.kit.errors import LoketError
from loket.kit.turnstile import Turnstile
from loket.store.errors import (
    DatabaseAway,
    DiskFull,
    InProgress,
    NotADatabase,
    NotWritable,
    UnknownDatabase,
)

LOCK_TIMEOUT_SECONDS = 3
READERS = 8
WRITERS = 8
# An error shows its statement but not the values: they hold names, and errors go to the log.
_QUIET: Final = {"hide_parameters": True}


@dataclass(frozen=True)
class Database:
    """The engines of one database."""

    url: str
    readers: Engine
    writers: Engine
    glances: Engine
    """For a single SELECT: no transaction around it, so one trip instead of three."""
    turnstile: Turnstile
    """Before the writers: acts of clerks are served in the order in which they came."""

    @property
    def is_sqlite(self) -> bool:
        return self.writers.dialect.name == "sqlite"

    def dispose(self) -> None:
        for engine in (self.readers, self.writers, self.glances):
            engine.dispose()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection that sees one state of the data and changes nothing."""
        with storage_errors(), self.readers.connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A connection for one act, in one's turn; nothing is begun or committed by it."""
        with storage_errors(), self.turnstile.through(), self.writers.connect() as connection:
            yield connection

    @contextmanager
    def glancing(self) -> Iterator[Connection]:
        """A connection for one SELECT."""
        with storage_errors(), self.glances.connect() as connection:
            yield connection


def sqlite_url(file: Path) -> str:
    return f"sqlite:///{file}"


def open_database(url: str) -> Database:
    """Make the engines for a URL; nothing is connected yet."""
    whole = _understood(url)
    return _open_sqlite(whole) if whole.startswith("sqlite") else _open_postgresql(whole)


def _understood(url: str) -> str:
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError) as error:
        raise UnknownDatabase from error
    driver = _DRIVERS.get(parsed.get_backend_name())
    if driver is None:
        raise UnknownDatabase
    return parsed.set(drivername=driver).render_as_string(hide_password=False)


_DRIVERS = {"sqlite": "sqlite", "postgresql": "postgresql+psycopg"}


def _open_sqlite(url: str) -> Database:
    # One writing connection: SQLite has one writer at a time anyway, and threads that wait in the
    # pool's queue are served in turn, where SQLite's own busy handler sleeps and guesses.
    options: dict[str, Any] = {
        **_QUIET,
        "connect_args": {"check_same_thread": False, "timeout": 3},
    }
    readers = create_engine(url, pool_size=READERS, max_overflow=0, **options)
    writers = create_engine(
        url, pool_size=1, max_overflow=0, pool_timeout=LOCK_TIMEOUT_SECONDS, **options
    )
    glances = create_engine(url, pool_size=READERS, max_overflow=0, **options)
    for engine, begin in ((readers, "BEGIN"), (writers, "BEGIN IMMEDIATE"), (glances, "")):
        event.listen(engine, "connect", _prepare_sqlite)
        if begin:
            event.listen(engine, "begin", _beginner(begin))
    turnstile = Turnstile(1, LOCK_TIMEOUT_SECONDS)
    return Database(url, readers, writers, glances, turnstile)


def _prepare_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = None  # we say BEGIN ourselves
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")  # NORMAL loses confirmed commits at a power cut
    connection.execute("PRAGMA foreign_keys=ON")
    connection.execute("PRAGMA cache_size=-32000")
    connection.execute("PRAGMA wal_autocheckpoint=4000")  # 16 MB; a checkpoint makes a clerk wait


def _beginner(statement: str) -> Any:
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql(statement)

    return begin


def _open_postgresql(url: str) -> Database:
    # What a session is goes into its opening, once: each trip to the server counts.
    common = f"-c lock_timeout={LOCK_TIMEOUT_SECONDS}s -c timezone=UTC"
    reading = (
        f"{common} -c default_transaction_read_only=on"
        r" -c default_transaction_isolation=repeatable\ read"
    )

    def engine(options: str, size: int, **more: Any) -> Engine:
        arguments = {"options": options, "connect_timeout": 5}
        return create_engine(
            url,
            pool_size=size,
            max_overflow=0,
            pool_timeout=LOCK_TIMEOUT_SECONDS,
            connect_args=arguments,
            **_QUIET,
            **more,
        )

    return Database(
        url,
        readers=engine(reading, READERS),
        writers=engine(common, WRITERS),
        glances=engine(reading, READERS, isolation_level="AUTOCOMMIT"),
        turnstile=Turnstile(WRITERS, LOCK_TIMEOUT_SECONDS),
    )


@contextmanager
def storage_errors() -> Iterator[None]:
    """Turn what a full disk, a lock or a closed folder does to a database into our own errors."""
    try:
        yield
    except (PoolTimeout, TimeoutError) as error:
        raise InProgress from error
    except DatabaseError as error:
        ours = _translated(error)
        if ours is None:
            raise
        raise ours from error


_REFUSALS: tuple[tuple[type[LoketError], tuple[str, ...]], ...] = (
    (InProgress, ("SQLITE_BUSY", "SQLITE_LOCKED", "55P03", "40P01", "40001")),
    # A write-ahead log on a full disk fails where it grows, and says only that it could not.
    (DiskFull, ("SQLITE_FULL", "SQLITE_IOERR_WRITE", "SQLITE_IOERR_SHMSIZE", "53100")),
    (NotWritable, ("SQLITE_READONLY", "SQLITE_CANTOPEN", "25006")),
    (DatabaseAway, ("57P", "08", "53300")),
    (NotADatabase, ("SQLITE_NOTADB", "SQLITE_CORRUPT")),
)
"""Our refusals, by how the names of the errors of SQLite and PostgreSQL begin."""


def _translated(error: DatabaseError) -> LoketError | None:
    if error.connection_invalidated:
        return DatabaseAway()
    name = getattr(error.orig, "sqlite_errorname", "") or getattr(error.orig, "sqlstate", "") or ""
    if isinstance(error.orig, psycopg.OperationalError) and not name:
        return DatabaseAway()  # no answer from a server: there was no connection to be had
    found = (refusal for refusal, names in _REFUSALS if name.startswith(names))
    refusal = next(found, None)
    return None if refusal is None else refusal()
