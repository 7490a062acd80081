"""A small SQLite file of a desk: what stands in it survives a power cut, and windows share it."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import RLock

from loket.kit.errors import Unavailable

BUSY_SECONDS = 5.0


class DiskFull(Unavailable):
    """Nothing more can be kept."""

    code = "desk.disk_full"


class FolderNotWritable(Unavailable):
    """The desk's folder cannot be made or written."""

    code = "desk.folder_not_writable"


class StoreDamaged(Unavailable):
    """The file is no database, or the disk fails."""

    code = "desk.store_damaged"


class StoreBusy(Unavailable):
    """Another window holds the file for longer than any act takes."""

    code = "desk.store_busy"


_REFUSALS = {
    sqlite3.SQLITE_FULL: DiskFull,
    sqlite3.SQLITE_READONLY: FolderNotWritable,
    sqlite3.SQLITE_CANTOPEN: FolderNotWritable,
    sqlite3.SQLITE_PERM: FolderNotWritable,
    sqlite3.SQLITE_BUSY: StoreBusy,
    sqlite3.SQLITE_LOCKED: StoreBusy,
    sqlite3.SQLITE_CORRUPT: StoreDamaged,
    sqlite3.SQLITE_NOTADB: StoreDamaged,
    sqlite3.SQLITE_IOERR: StoreDamaged,
}


class Disk:
    """One file, one connection, used by one thread at a time; other processes may have it open."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = RLock()
        with self._refusing():
            try:
                path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            except OSError as error:
                raise FolderNotWritable(folder=str(path.parent)) from error
            self._connection = sqlite3.connect(
                path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False
            )
            self._connection.row_factory = sqlite3.Row
            self._connection.execute("PRAGMA journal_mode=WAL")
            # What a screen has confirmed is on the platter: NORMAL loses commits at a power cut.
            self._connection.execute("PRAGMA synchronous=FULL")

    def ensure(self, schema: str) -> None:
        """Create what is missing; ``schema`` says IF NOT EXISTS everywhere."""
        with self.write() as connection:
            for statement in filter(str.strip, schema.split(";")):
                connection.execute(statement)

    @contextmanager
    def write(self) -> Iterator[sqlite3.Connection]:
        """One transaction that no other window can come between; on the platter when it ends."""
        with self._lock, self._refusing(), self._transaction():
            yield self._connection

    @contextmanager
    def note(self) -> Iterator[sqlite3.Connection]:
        """The same, for what may be forgotten at a power cut: it saves waiting for the platter."""
        with self._lock, self._refusing():
            self._connection.execute("PRAGMA synchronous=NORMAL")
            try:
                with self._transaction():
                    yield self._connection
            finally:
                self._connection.execute("PRAGMA synchronous=FULL")

    @contextmanager
    def read(self) -> Iterator[sqlite3.Connection]:
        with self._lock, self._refusing():
            yield self._connection

    def close(self) -> None:
        with self._lock:
            self._connection.close()

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._connection.execute("ROLLBACK")
            raise
        self._commit()

    def _commit(self) -> None:
        try:
            self._connection.execute("COMMIT")
        except sqlite3.Error:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            raise

    @contextmanager
    def _refusing(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.DatabaseError as error:
            primary = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
            refusal = _REFUSALS.get(primary)
            if refusal is None:
                raise  # a fault of ours
            raise refusal(file=str(self.path), reason=str(error)) from error
