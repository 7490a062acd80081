"""The demonstration town, loaded once for all processes of a test run; whoever needs it copies."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from filelock import FileLock

from loket.demo.load import ensure_town
from loket.server.schema import METADATA
from loket.store.engine import Database, open_database, sqlite_url
from loket.store.migrate import migrate


def loaded_town(folders: pytest.TempPathFactory) -> Path:
    """A file of SQLite with the town in it, as it is before Monday begins."""
    file = _of_the_run(folders) / "heidebeek.sqlite3"
    with FileLock(file.with_suffix(".lock")):
        if not file.exists():
            making = file.with_suffix(".making")
            _load(making)
            making.rename(file)
    return file


def _of_the_run(folders: pytest.TempPathFactory) -> Path:
    """The folder that the processes of a run share; each has its own inside it."""
    own = folders.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


def _load(file: Path) -> None:
    database = open_database(sqlite_url(file))
    migrate(database, METADATA)
    ensure_town(database)
    into_one_file(database)


def into_one_file(database: Database) -> None:
    """Close it, with nothing left beside the file of SQLite, which can then be copied."""
    file = database.writers.url.database
    database.dispose()  # no connection may be left: with another one the way of keeping stays
    if database.is_sqlite and file:
        with closing(sqlite3.connect(file)) as connection:
            connection.execute("PRAGMA journal_mode=DELETE")
