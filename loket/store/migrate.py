"""Bringing a database to the tables of this program; a newer one is left alone."""

import sqlite3
from contextlib import closing
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, MetaData, insert, select

from loket.kit.ids import new_id
from loket.store.engine import Database, storage_errors
from loket.store.errors import NewerDatabase
from loket.store.tables import EpochRow

_SCRIPTS = Path(__file__).with_name("migrations")


def configuration(connection: Connection, metadata: MetaData) -> Config:
    """Alembic's configuration, in code: no file of its own."""
    config = Config()
    config.set_main_option("script_location", str(_SCRIPTS))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    config.attributes["metadata"] = metadata
    return config


def migrate(database: Database, metadata: MetaData) -> bool:
    """Run the steps that are missing; True when there were any.

    Raises :class:`NewerDatabase` before touching a database that knows a step we do not.
    """
    with storage_errors(), database.writers.begin() as connection:
        config = configuration(connection, metadata)
        scripts = ScriptDirectory.from_config(config)
        current = _current(connection, scripts)
        if current == scripts.get_current_head():
            return False
        if current is not None:
            _copy_first(database, current)
        command.upgrade(config, "head")
        _ensure_epoch(connection)
    return True


def _current(connection: Connection, scripts: ScriptDirectory) -> str | None:
    current = MigrationContext.configure(connection).get_current_revision()
    known = {script.revision for script in scripts.walk_revisions()}
    if current is not None and current not in known:
        raise NewerDatabase(revision=current)
    return current


def _copy_first(database: Database, revision: str) -> None:
    """Keep the old SQLite file beside the new; PostgreSQL has its own backups."""
    file = database.writers.url.database
    if not database.is_sqlite or not file:
        return
    with (
        closing(sqlite3.connect(file)) as source,
        closing(sqlite3.connect(f"{file}.before-{revision}")) as copy,
    ):
        source.backup(copy)


def _ensure_epoch(connection: Connection) -> None:
    if connection.execute(select(EpochRow.epoch)).one_or_none() is None:
        connection.execute(insert(EpochRow), {"id": 1, "epoch": new_id()})
