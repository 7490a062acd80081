"""Alembic's entrance: it runs on the connection that ``loket.store.migrate`` hands over."""

from typing import Any

from alembic import context

metadata = context.config.attributes["metadata"]
connection = context.config.attributes["connection"]
full_text = tuple(name for name, table in metadata.tables.items() if table.info.get("full_text"))


def compared(item: Any, name: str | None, kind: str, _reflected: bool, _other: Any) -> bool:  # noqa: FBT001 - Alembic calls it so
    """Leave alone what a database made by itself for full-text search."""
    if kind == "table" and connection.dialect.name == "sqlite":
        return not (full_text and str(name).startswith(full_text))
    return not (kind == "index" and item.table.name in full_text)


context.configure(
    connection=connection,
    target_metadata=metadata,
    include_object=compared,
    compare_type=True,
    render_as_batch=True,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
