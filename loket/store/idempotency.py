"""The same request twice takes effect once: keys, and the answers kept with them."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Table, bindparam, select, update
from sqlalchemy.dialects import postgresql, sqlite

from loket.store.errors import InProgress, KeyReused
from loket.store.tables import IdempotencyRow

_TABLE: Table = IdempotencyRow.metadata.tables["idempotency"]


@dataclass(frozen=True)
class RequestKey:
    """A client's key, a digest of what it asks, and for whom."""

    key: str
    request_hash: str
    user_id: str

    @classmethod
    def of(cls, key: str, user_id: str, *parts: str | bytes) -> "RequestKey":
        digest = hashlib.sha256()
        for part in (user_id, *parts):
            data = part.encode() if isinstance(part, str) else part
            digest.update(len(data).to_bytes(4, "big") + data)
        return cls(key, digest.hexdigest(), user_id)


@dataclass(frozen=True)
class StoredAnswer:
    """What was answered before; ``body`` is JSON."""

    status: int
    body: str


def _claim_statement(dialect: str) -> Any:
    insert = sqlite.insert if dialect == "sqlite" else postgresql.insert
    return insert(_TABLE).on_conflict_do_nothing().returning(_TABLE.c.key)


_CLAIM = {name: _claim_statement(name) for name in ("sqlite", "postgresql")}
_FIND = select(_TABLE.c.request_hash, _TABLE.c.status, _TABLE.c.body).where(
    _TABLE.c.key == bindparam("k")
)
_FIND_OWN = _FIND.where(_TABLE.c.user_id == bindparam("user"))
_KEEP = update(_TABLE).where(_TABLE.c.key == bindparam("k"))


def claim(connection: Connection, request: RequestKey, at: datetime) -> StoredAnswer | None:
    """Take the key in this transaction; a twin waits here and gets the stored answer."""
    values = {
        "key": request.key,
        "request_hash": request.request_hash,
        "user_id": request.user_id,
        "created_at": at,
        "status": None,
        "body": None,
    }
    taken = connection.execute(_CLAIM[connection.dialect.name], values)
    if taken.one_or_none() is not None:
        return None
    return _stored(connection, request)


def _stored(connection: Connection, request: RequestKey) -> StoredAnswer:
    row = connection.execute(_FIND, {"k": request.key}).one_or_none()
    if row is None or row.status is None:
        raise InProgress
    if row.request_hash != request.request_hash:
        raise KeyReused(key=request.key)
    return StoredAnswer(row.status, row.body)


def keep(connection: Connection, request: RequestKey, answer: StoredAnswer) -> None:
    """Store the answer beside the key, in the transaction of its effect."""
    values = {"k": request.key, "status": answer.status, "body": answer.body}
    connection.execute(_KEEP, values)


def outcome(connection: Connection, key: str, user_id: str) -> StoredAnswer | None:
    """What became of somebody's own request, for a client whose connection broke."""
    row = connection.execute(_FIND_OWN, {"k": key, "user": user_id}).one_or_none()
    return None if row is None or row.status is None else StoredAnswer(row.status, row.body)
