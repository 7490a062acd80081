"""Opening a data folder: writable, ours alone, its database at the tables of this program."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout
from sqlalchemy.exc import OperationalError

from loket.catalogue.queries import NoCatalogue
from loket.server.errors import AlreadyRunning
from loket.server.schema import METADATA
from loket.store.engine import Database, open_database
from loket.store.errors import DatabaseAway, NotADatabase, NotWritable
from loket.store.migrate import is_settled, migrate


@dataclass(frozen=True)
class RunFile:
    """Where the running server of a folder can be reached."""

    pid: int
    port: int
    url: str
    version: str
    epoch: str
    """Of the database behind it: an old file whose port another server took is not believed."""

    def write(self, file: Path) -> None:
        """Whole or not at all: a desk may be watching."""
        fresh = file.with_suffix(".new")
        fresh.write_text(json.dumps(self.__dict__), encoding="utf-8")
        fresh.replace(file)

    @classmethod
    def read(cls, file: Path) -> "RunFile | None":
        try:
            return cls(**json.loads(file.read_text(encoding="utf-8")))
        except (FileNotFoundError, ValueError, TypeError):
            return None


def made_folder(folder: Path) -> None:
    """Make the folder if it is not there."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise NotWritable(file=str(folder)) from error


@contextmanager
def settled(url: str) -> Iterator[Database]:
    """A database that a server made ready; refused where none did. It is not brought up to date."""
    database = open_database(url)
    try:
        if not is_settled(database, METADATA):
            raise NoCatalogue
        yield database
    finally:
        database.dispose()


@contextmanager
def held_folder(folder: Path) -> Iterator[None]:
    """Hold a folder for one server; the lock is the system's and ends with the process."""
    made_folder(folder)
    try:
        lock = FileLock(folder / "server.lock")
        lock.acquire(timeout=0)
    except Timeout as error:
        running = RunFile.read(folder / "run.json")
        raise AlreadyRunning(folder=str(folder), pid=running.pid if running else None) from error
    except OSError as error:
        raise NotWritable(file=str(folder)) from error
    try:
        yield
    finally:
        lock.release()


def opened(url: str) -> Database:
    """The database, brought to the tables of this program."""
    database = open_database(url)
    try:
        migrate(database, METADATA)
    except (OperationalError, DatabaseAway) as error:
        database.dispose()
        raise DatabaseAway(database=database.writers.url.render_as_string()) from error
    except (NotWritable, NotADatabase) as error:
        database.dispose()
        raise type(error)(file=database.writers.url.database) from error
    except BaseException:
        database.dispose()
        raise
    return database
