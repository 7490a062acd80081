"""Filling tables in bulk: PostgreSQL looks once at all rows, instead of at each as it comes."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from sqlalchemy import Connection, Engine, Table, text
from sqlalchemy.schema import AddConstraint, CreateIndex, DropConstraint, DropIndex


@contextmanager
def unchecked(connection: Connection, tables: Sequence[Table]) -> Iterator[None]:
    """Leave out foreign keys and indexes of tables, and make them at the end over all rows.

    SQLite cannot, and does not need to: it is quick with rows that come within SQL.
    """
    if connection.dialect.name != "postgresql":
        yield
        return
    keys = [key for table in tables for key in table.foreign_key_constraints]
    indexes = [index for table in tables for index in table.indexes]
    for key in keys:
        connection.execute(DropConstraint(key))
    for index in indexes:
        connection.execute(DropIndex(index))
    yield
    for index in indexes:
        connection.execute(CreateIndex(index))
    for key in keys:
        connection.execute(AddConstraint(key))


def tidy(engine: Engine) -> None:
    """What a server does by itself in quiet hours: statistics, and which pages all may see."""
    postgresql = engine.dialect.name == "postgresql"
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("VACUUM ANALYZE" if postgresql else "ANALYZE"))
