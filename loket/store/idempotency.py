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
    """A client's key and a digest of what it asks."""

    key: str
    request_hash: str

    @classmethod
    def of(cls, key: str, *parts: str | bytes) -> "RequestKey":
        digest = hashlib.sha256()
        for part in parts:
            data = part.encode() if isinstance(part, str) else part
            digest.update(len(data).to_bytes(4, "big") + data)
        return cls(key, digest.hexdigest())


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
_KEEP = update(_TABLE).where(_TABLE.c.key == bindparam("k"))


def claim(connection: Connection, request: RequestKey, at: datetime) -> StoredAnswer | None:
    """Take the key in this transaction; a twin waits here and gets the stored answer."""
    values = {"key": request.key, "request_hash": request.request_hash, "created_at": at}
    taken = connection.execute(
        _CLAIM[connection.dialect.name], {**values, "status": None, "body": None}
    )
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


def outcome(connection: Connection, key: str) -> StoredAnswer | None:
    """What became of a request, for a client whose connection broke."""
    row = connection.execute(_FIND, {"k": key}).one_or_none()
    return None if row is None or row.status is None else StoredAnswer(row.status, row.body)
