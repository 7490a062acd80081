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
from loket.store.errors import ForeignDatabase, NewerDatabase, OlderDatabase
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
    _look_first(database)
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


def is_settled(database: Database, metadata: MetaData) -> bool:
    """Whether there is anything to read: False where no step was taken yet; nothing is touched.

    Raises :class:`OlderDatabase` where some were taken but not all.
    """
    file = database.writers.url.database
    if database.is_sqlite and not Path(file or "").exists():
        return False
    _look_first(database)
    with database.reading() as connection:
        scripts = ScriptDirectory.from_config(configuration(connection, metadata))
        current = _current(connection, scripts)
    if current not in {None, scripts.get_current_head()}:
        raise OlderDatabase(revision=current)
    return current is not None


def _look_first(database: Database) -> None:
    """Refuse a file of somebody else before our way of opening it changes anything in it."""
    file = Path(database.writers.url.database or "")
    if not database.is_sqlite or not file.is_file():
        return
    known = {step.revision for step in ScriptDirectory(str(_SCRIPTS)).walk_revisions()}
    try:
        with closing(sqlite3.connect(_untouched(file), uri=True)) as connection:
            tables = {row[0] for row in connection.execute(_TABLE_NAMES)}
            if tables and not tables >= _OURS:
                raise ForeignDatabase(file=str(file))
            steps = {row[0] for row in connection.execute(_STEPS)} if tables else set()
    except sqlite3.DatabaseError:
        return  # whatever it is, opening it in earnest says it better
    if steps - known:
        raise NewerDatabase(revision=next(iter(steps - known)))


def _untouched(file: Path) -> str:
    # Not even the files beside it that a reader makes; what a log beside it still holds is seen
    # by who opens it in earnest.
    return f"{file.resolve().as_uri()}?mode=ro&immutable=1"


_OURS = {"alembic_version", EpochRow.__tablename__}
_TABLE_NAMES = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
_STEPS = "SELECT version_num FROM alembic_version"


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
