"""The kernel's own tables: journal, events, idempotency."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Identity, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from loket.store.base import KEYED, Base, JsonText

# SQLite makes only an INTEGER primary key count by itself.
Counting = BigInteger().with_variant(Integer(), "sqlite")


class JournalRow(Base):
    """Who did what, when: ids and codes only, so that a person can be erased and this kept."""

    __tablename__ = "journal"
    __table_args__ = (Index(None, "subject_id"),)

    id: Mapped[int] = mapped_column(Counting, Identity(), primary_key=True)
    recorded_at: Mapped[datetime]
    occurred_at: Mapped[datetime]
    user_id: Mapped[str | None] = mapped_column(String(36))
    counter_id: Mapped[str | None] = mapped_column(String(36))
    act: Mapped[str] = mapped_column(String(40))
    subject: Mapped[str] = mapped_column(String(20))
    subject_id: Mapped[str] = mapped_column(String(36))
    data: Mapped[Any] = mapped_column(JsonText)


class EventStreamRow(Base):
    """The counter of a site's events; its row is taken late, so numbers follow the commits."""

    __tablename__ = "event_stream"
    __table_args__ = (KEYED,)

    site_id: Mapped[str] = mapped_column(ForeignKey("site.id"), primary_key=True)
    last_number: Mapped[int] = mapped_column(BigInteger)


class EventRow(Base):
    """What happened at a site, for the desks that follow it; kept 48 hours."""

    __tablename__ = "event"
    __table_args__ = (KEYED,)

    site_id: Mapped[str] = mapped_column(ForeignKey("site.id"), primary_key=True)
    number: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    kind: Mapped[str] = mapped_column(String(30))
    data: Mapped[str] = mapped_column(Text)


class EpochRow(Base):
    """One row: the life of this database. A restored backup gets another epoch."""

    __tablename__ = "epoch"

    id: Mapped[int] = mapped_column(primary_key=True)
    epoch: Mapped[str] = mapped_column(String(36))


class IdempotencyRow(Base):
    """A request that was made, and its answer; kept 90 days."""

    __tablename__ = "idempotency"
    __table_args__ = (KEYED,)

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    request_hash: Mapped[str] = mapped_column(String(64))
    user_id: Mapped[str] = mapped_column(String(36))
    """Who asked: nobody else is told what became of it."""
    created_at: Mapped[datetime]
    status: Mapped[int | None]
    body: Mapped[str | None] = mapped_column(Text)
