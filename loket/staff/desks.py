"""What a desk delivers with, and for whom: its own credential, and who sat there."""

from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Connection, bindparam, delete, func, insert, select
from sqlalchemy.dialects import postgresql, sqlite

from loket.staff.rules import SESSION_LASTS
from loket.staff.tables import DeskAuthorRow, DeskCredentialRow

AUTHORS_KEPT: Final = timedelta(days=90)
"""As long as keys of requests: nothing stays undelivered longer than a desk is away."""

_AUTHOR = DeskAuthorRow.metadata.tables["desk_author"]
_TABLE = DeskCredentialRow.metadata.tables["desk_credential"]


def _upsert(dialect: str) -> Any:
    upsert = (sqlite if dialect == "sqlite" else postgresql).insert(_AUTHOR)
    again = {"last_at": upsert.excluded.last_at}
    return upsert.on_conflict_do_update(index_elements=["counter_id", "user_id"], set_=again)


_NOTE_AUTHOR = {name: _upsert(name) for name in ("sqlite", "postgresql")}
_OF_COUNTER = _TABLE.c.counter_id == bindparam("counter")
_LATEST = select(func.max(_TABLE.c.created_at)).where(_OF_COUNTER).scalar_subquery()
_WITHDRAW = delete(_TABLE).where(
    _OF_COUNTER, _TABLE.c.created_at < bindparam("before"), _TABLE.c.created_at < _LATEST
)


def note_author(connection: Connection, counter_id: str, user_id: str, now: datetime) -> None:
    """From now on the desk may deliver for this person."""
    row = {"counter_id": counter_id, "user_id": user_id, "last_at": now}
    connection.execute(_NOTE_AUTHOR[connection.dialect.name], row)


def replace_credential(
    connection: Connection, token_hash: str, counter_id: str, site_id: str, now: datetime
) -> None:
    """Give the desk a new credential and withdraw the old ones.

    The one before stays until the next sign-in, lest the new one never reach the desk; so do those
    of today: other windows of the desk hold them.
    """
    connection.execute(_WITHDRAW, {"counter": counter_id, "before": now - SESSION_LASTS})
    row = {"token_hash": token_hash, "counter_id": counter_id, "site_id": site_id}
    connection.execute(insert(_TABLE), {**row, "created_at": now})


def forget_authors(connection: Connection, now: datetime) -> None:
    """Erase who has not sat at a desk for long."""
    connection.execute(delete(_AUTHOR).where(_AUTHOR.c.last_at < now - AUTHORS_KEPT))
