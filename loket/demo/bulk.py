"""Many rows into a table at once, past the parts of SQLAlchemy that look at each row."""

from collections.abc import Callable, Sequence
from functools import cache
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, Table, insert
from sqlalchemy.types import TypeEngine

from loket.store.base import JsonText

_JSON = JsonText()


def insert_many(connection: Connection, table: Table, rows: Sequence[dict[str, Any]]) -> None:
    """Insert rows that all have the same keys, in the transaction of the connection."""
    if not rows:
        return
    # As the statement names them, whatever their order in the rows.
    names = [column.name for column in table.columns if column.name in rows[0]]
    values = map(itemgetter(*names), rows)
    if connection.dialect.name == "postgresql":
        _copy(connection, table, names, values)
    else:
        _execute(connection, table, names, values)


def _copy(connection: Connection, table: Table, names: list[str], values: Any) -> None:
    columns = ", ".join(f'"{name}"' for name in names)
    as_text = [at for at, name in enumerate(names) if isinstance(table.c[name].type, JsonText)]
    dialect = connection.dialect
    cursor = connection.connection.cursor()
    with cursor.copy(f'COPY "{table.name}" ({columns}) FROM STDIN') as copy:
        for found in values:
            row = list(found)
            for at in as_text:
                row[at] = _JSON.process_bind_param(row[at], dialect)
            copy.write_row(row)
    cursor.close()


def _execute(connection: Connection, table: Table, names: list[str], values: Any) -> None:
    types = {table.c[name].type for name in names}
    prepare = {kind: _processor(connection, kind) for kind in types}
    columns = zip(*values, strict=True)
    prepared = [
        map(prepare[table.c[name].type], column)
        for name, column in zip(names, columns, strict=True)
    ]
    statement = str(insert(table).compile(dialect=connection.dialect, column_keys=names))
    connection.exec_driver_sql(statement, list(zip(*prepared, strict=True)))


def _processor(connection: Connection, kind: TypeEngine[Any]) -> Callable[[Any], Any]:
    """How the database keeps values of that type; the same moments occur again and again."""
    dialect = connection.dialect
    found = kind.dialect_impl(dialect).bind_processor(dialect)
    if found is None:
        return lambda value: value
    return found if isinstance(kind, JsonText) else cache(found)
