"""The unit of work: one act of a clerk, one transaction, everything about it committed together."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar

from pydantic import BaseModel
from sqlalchemy import Connection, Table, bindparam, insert, select, text, update

from loket.kit.clock import Clock
from loket.store import idempotency
from loket.store.base import Base
from loket.store.engine import Database
from loket.store.errors import MayNot, TooLate
from loket.store.idempotency import RequestKey, StoredAnswer
from loket.store.tables import EpochRow

Result = TypeVar("Result", bound=BaseModel)

_TABLES = Base.metadata.tables
_JOURNAL: Table = _TABLES["journal"]
_EVENT: Table = _TABLES["event"]
_STREAM: Table = _TABLES["event_stream"]

_WRITE_JOURNAL = insert(_JOURNAL)
_WRITE_EVENT = insert(_EVENT)
_TAKE_NUMBERS = (
    update(_STREAM)
    .where(_STREAM.c.site_id == bindparam("site"))
    .values(last_number=_STREAM.c.last_number + bindparam("many"))
    .returning(_STREAM.c.last_number)
)
NOTIFY_CHANNEL = "loket_events"


@dataclass(frozen=True)
class Actor:
    """Who acts, and where: a person at a desk, or a desk that delivers for its author."""

    user_id: str
    counter_id: str
    site_id: str
    permissions: frozenset[str]


@dataclass(frozen=True)
class Request:
    """Everything a unit of work must know of the request it serves."""

    actor: Actor
    key: RequestKey | None = None
    occurred_at: datetime | None = None
    """When the act happened, if it is delivered later."""
    deadline: datetime | None = None
    """After this moment a live act is refused rather than done late."""


class Replayed(Exception):
    """The request was made before; this is its answer."""

    def __init__(self, answer: StoredAnswer) -> None:
        super().__init__(answer)
        self.answer = answer


@dataclass
class Work:
    """One writing transaction. Leaving it without :meth:`commit` changes nothing."""

    connection: Connection
    request: Request
    recorded_at: datetime
    status: int = 200
    body: str = ""
    committed: bool = False
    _journal: list[dict[str, Any]] = field(default_factory=list)
    _events: list[tuple[str, str, str]] = field(default_factory=list)

    @property
    def actor(self) -> Actor:
        return self.request.actor

    @property
    def now(self) -> datetime:
        """The moment of the act: when it happened, or now."""
        return self.request.occurred_at or self.recorded_at

    def allow(self, permission: str) -> None:
        """Go on only if the actor has the permission."""
        if permission not in self.actor.permissions:
            raise MayNot(permission=permission)

    def record(self, act: str, subject: str, subject_id: str, **data: object) -> None:
        """Write a line in the journal: ids and codes, never names or free text."""
        self._journal.append(
            {
                "recorded_at": self.recorded_at,
                "occurred_at": self.now,
                "user_id": self.actor.user_id or None,
                "counter_id": self.actor.counter_id or None,
                "act": act,
                "subject": subject,
                "subject_id": subject_id,
                "data": data,
            }
        )

    def announce(self, site_id: str, kind: str, data: BaseModel) -> None:
        """Tell the desks of a site, once this is committed."""
        self._events.append((site_id, kind, data.model_dump_json()))

    def commit(self, result: Result) -> Result:
        """Commit rows, journal, events and the answer together; the last act of a use case."""
        self.body = result.model_dump_json()
        if self._journal:
            self.connection.execute(_WRITE_JOURNAL, self._journal)
        if self.request.key is not None:
            answer = StoredAnswer(self.status, self.body)
            idempotency.keep(self.connection, self.request.key, answer)
        # Last, because from here on other writers of the same site wait for us.
        self._number_events()
        self.connection.commit()
        self.committed = True
        return result

    @property
    def told_kinds(self) -> set[str]:
        """Kinds of events that this act announces."""
        return {kind for _site_id, kind, _data in self._events}

    @property
    def announced(self) -> set[str]:
        """Sites that have something new to hear."""
        return {site_id for site_id, _kind, _data in self._events}

    def _number_events(self) -> None:
        for site in sorted(self.announced):
            events = [(kind, data) for at, kind, data in self._events if at == site]
            row = {"site": site, "many": len(events)}
            last: int = self.connection.execute(_TAKE_NUMBERS, row).scalar_one()
            first = last - len(events) + 1
            self.connection.execute(
                _WRITE_EVENT,
                [
                    _event(site, number, self.recorded_at, kind, data)
                    for number, (kind, data) in enumerate(events, start=first)
                ],
            )
        if self._events and self.connection.dialect.name == "postgresql":
            self.connection.execute(_NOTIFY)


_NOTIFY = text(f"NOTIFY {NOTIFY_CHANNEL}")


def _event(site: str, number: int, at: datetime, kind: str, data: str) -> dict[str, Any]:
    return {"site_id": site, "number": number, "at": at, "kind": kind, "data": data}


class Store:
    """The database as the server uses it: units of work, readings, and who hears of changes."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self.database = database
        self.clock = clock
        self._listeners: list[tuple[str | None, Any]] = []

    def on_commit(self, listener: Any, kind: str | None = None) -> None:
        """Call ``listener()`` after each commit that announced something, on its thread.

        With a ``kind`` only where an event of that kind is among it.
        """
        self._listeners.append((kind, listener))

    @contextmanager
    def work(self, request: Request, *, status: int = 200) -> Iterator[Work]:
        """Begin one act. Raises :class:`Replayed` when its key was used before."""
        with self.database.writing() as connection:
            # The lock may have taken its time: the deadline counts from here.
            work = Work(connection, request, self._begin(connection), status)
            if request.key is not None:
                known = idempotency.claim(connection, request.key, work.recorded_at)
                if known is not None:
                    raise Replayed(known)
            if request.deadline is not None and work.recorded_at > request.deadline:
                raise TooLate
            yield work
        if work.committed and work.announced:
            for kind, listener in self._listeners:
                if kind is None or kind in work.told_kinds:
                    listener()

    def _begin(self, connection: Connection) -> datetime:
        connection.begin()
        return self.clock.now()

    def keep_refusal(self, request: Request, answer: StoredAnswer) -> StoredAnswer:
        """Store a refusal by a rule, so that the same request gets it again.

        Returns the answer of a twin that was quicker, if there is one.
        """
        if request.key is None:
            return answer
        with self.database.writing() as connection, connection.begin():
            known = idempotency.claim(connection, request.key, self.clock.now())
            if known is not None:
                return known
            idempotency.keep(connection, request.key, answer)
        return answer

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """One consistent state of the data, to read from."""
        with self.database.reading() as connection:
            yield connection

    @contextmanager
    def glancing(self) -> Iterator[Connection]:
        """For one SELECT, which needs no transaction."""
        with self.database.glancing() as connection:
            yield connection

    def epoch(self) -> str:
        """The life of this database: another one means that numbers of events start anew."""
        with self.reading() as connection:
            return connection.execute(select(EpochRow.epoch)).scalar_one()
