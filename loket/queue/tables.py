"""Tickets, every state they were in, their numbers, and who sits at which counter."""

from datetime import date, datetime

from sqlalchemy import (
    CheckConstraint,
    Date,
    ForeignKey,
    Index,
    String,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from loket.queue.rules.life import ALIVE, FIRST_LEASED, FIRST_NUMBER, LAST_LEASED, TicketState
from loket.store.base import KEYED, Base, JsonText


def _listed(states: frozenset[TicketState] | list[TicketState]) -> str:
    return ", ".join(f"'{state}'" for state in sorted(states))


_OPEN_AT_COUNTER = text("state IN ('called', 'serving')")
_WAITING = text("state = 'waiting'")
_ALIVE = text(f"state IN ({_listed(ALIVE)})")
# The same conditions for statements: as bound values SQLite cannot see that a partial index serves,
# and reads every ticket there ever was.
IS_WAITING = text("ticket.state = 'waiting'")
IS_AT_COUNTER = text("ticket.state IN ('called', 'serving')")
IS_ALIVE = text(f"ticket.state IN ({_listed(ALIVE)})")
_CURRENT = text("to_at IS NULL")
_PRESENT = text("removed_at IS NULL")


class TicketRow(Base):
    """A ticket, with what its intervals add up to."""

    __tablename__ = "ticket"
    __table_args__ = (
        # A number is given once per site, day and series; a counter has one open ticket: here
        # these rules stand, whatever two clerks press at the same moment.
        UniqueConstraint("site_id", "day", "series_id", "number"),
        Index(
            "uq_ticket_open_at_counter",
            "counter_id",
            unique=True,
            sqlite_where=_OPEN_AT_COUNTER,
            postgresql_where=_OPEN_AT_COUNTER,
        ),
        Index(
            "ix_ticket_waiting",
            "queue_id",
            "arrived_at",
            sqlite_where=_WAITING,
            postgresql_where=_WAITING,
        ),
        Index("ix_ticket_alive", "site_id", "day", sqlite_where=_ALIVE, postgresql_where=_ALIVE),
        Index(None, "visit_id"),
        # An index, not a constraint: SQLite can add that to a table that is in use.
        Index("uq_ticket_page_token", "page_token", unique=True),
        CheckConstraint(f"number BETWEEN {FIRST_NUMBER} AND {LAST_LEASED}", name="number"),
        CheckConstraint(f"state IN ({_listed(list(TicketState))})", name="state"),
        CheckConstraint("state NOT IN ('called', 'serving') OR counter_id IS NOT NULL", name="at"),
        KEYED,
    )

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    code: Mapped[str] = mapped_column(String(13), unique=True)
    visit_id: Mapped[str] = mapped_column(ForeignKey("visit.id"))
    site_id: Mapped[str] = mapped_column(ForeignKey("site.id"))
    day: Mapped[date] = mapped_column(Date)
    series_id: Mapped[str] = mapped_column(ForeignKey("series.id"))
    number: Mapped[int]
    label: Mapped[str] = mapped_column(String(4))
    queue_id: Mapped[str] = mapped_column(ForeignKey("queue.id"))
    product_id: Mapped[str] = mapped_column(ForeignKey("product.id"))
    kind: Mapped[str] = mapped_column(String(12))
    priority: Mapped[str] = mapped_column(String(20))
    language: Mapped[str] = mapped_column(String(2))
    arrived_at: Mapped[datetime]
    issued_at: Mapped[datetime]
    appointment_at: Mapped[datetime | None]
    """Of who has an appointment and checked in: presence is that there is a ticket."""
    promised_minutes: Mapped[int | None]
    """The middle of what was promised; the bounds beside it hold with the shares of ``waits``."""
    promised_low: Mapped[int | None]
    promised_high: Mapped[int | None]
    promised_sure: Mapped[int | None]
    version: Mapped[int]
    state: Mapped[str] = mapped_column(String(12))
    since: Mapped[datetime]
    counter_id: Mapped[str | None] = mapped_column(ForeignKey("counter.id"))
    first_called_at: Mapped[datetime | None]
    last_called_at: Mapped[datetime | None]
    serving_since: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    calls: Mapped[int]
    why: Mapped[dict[str, object] | None] = mapped_column(JsonText)
    page_token: Mapped[str | None] = mapped_column(String(22))
    """What opens the visitor's own page; tickets from before there was one have none."""
    only_counter_id: Mapped[str | None] = mapped_column(String(36))
    """The counter that a transfer named: while it is open, nobody else calls."""
    parked_by: Mapped[str | None] = mapped_column(String(36))
    more_products: Mapped[list[str] | None] = mapped_column(JsonText)
    """What ``ticket_product`` adds up to, so that a ticket is one row to read."""


class TicketProductRow(Base):
    """What else a ticket is for, besides the product it is served for; removed ones stay."""

    __tablename__ = "ticket_product"
    __table_args__ = (
        Index(
            "uq_ticket_product_present",
            "ticket_id",
            "product_id",
            unique=True,
            sqlite_where=_PRESENT,
            postgresql_where=_PRESENT,
        ),
        KEYED,
    )

    ticket_id: Mapped[str] = mapped_column(ForeignKey("ticket.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    product_id: Mapped[str] = mapped_column(ForeignKey("product.id"))
    added_by: Mapped[str] = mapped_column(String(36))
    added_at: Mapped[datetime]
    removed_at: Mapped[datetime | None]
    last_seq: Mapped[int]
    """The version of the ticket that the last act on this row made."""
    last_at: Mapped[datetime]


class TicketIntervalRow(Base):
    """One state a ticket was in. What was taken back stays, with the moment it was."""

    __tablename__ = "ticket_interval"
    __table_args__ = (
        Index(
            "uq_ticket_interval_current",
            "ticket_id",
            unique=True,
            sqlite_where=_CURRENT,
            postgresql_where=_CURRENT,
        ),
        Index("ix_ticket_interval_own_day", "user_id", "from_at"),
        CheckConstraint("to_at IS NULL OR to_at >= from_at", name="order"),
        KEYED,
    )

    ticket_id: Mapped[str] = mapped_column(ForeignKey("ticket.id"), primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    state: Mapped[str] = mapped_column(String(12))
    queue_id: Mapped[str] = mapped_column(ForeignKey("queue.id"))
    from_at: Mapped[datetime]
    to_at: Mapped[datetime | None]
    counter_id: Mapped[str | None] = mapped_column(String(36))
    user_id: Mapped[str | None] = mapped_column(String(36))
    calls: Mapped[int]
    last_call_at: Mapped[datetime | None]
    why: Mapped[dict[str, object] | None] = mapped_column(JsonText)
    """Of a call: why this person and no other."""
    last_call_seq: Mapped[int | None]
    """The version of the ticket that the last recall made."""
    undone_at: Mapped[datetime | None]
    product_id: Mapped[str] = mapped_column(String(36), server_default="")
    only_counter_id: Mapped[str | None] = mapped_column(String(36))
    remark: Mapped[str] = mapped_column(String(80), server_default="")
    """Why somebody was parked, in the clerk's words; only here and on the card."""


class SeriesDayRow(Base):
    """The last number given of a series, per site and day."""

    __tablename__ = "series_day"
    __table_args__ = (
        CheckConstraint("last_number BETWEEN 1 AND 899", name="last_number"),
        KEYED,
    )

    site_id: Mapped[str] = mapped_column(ForeignKey("site.id"), primary_key=True)
    day: Mapped[date] = mapped_column(Date, primary_key=True)
    series_id: Mapped[str] = mapped_column(ForeignKey("series.id"), primary_key=True)
    last_number: Mapped[int]


class NumberLeaseRow(Base):
    """A number lent to a desk for a day, for giving while the server is away."""

    __tablename__ = "number_lease"
    __table_args__ = (
        CheckConstraint(f"number BETWEEN {FIRST_LEASED} AND {LAST_LEASED}", name="number"),
        Index(None, "counter_id", "day"),
    )

    site_id: Mapped[str] = mapped_column(ForeignKey("site.id"), primary_key=True)
    day: Mapped[date] = mapped_column(Date, primary_key=True)
    series_id: Mapped[str] = mapped_column(ForeignKey("series.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    counter_id: Mapped[str] = mapped_column(ForeignKey("counter.id"))
    used_at: Mapped[datetime | None]


class CounterPresenceRow(Base):
    """Who sits at a counter, and since when."""

    __tablename__ = "counter_presence"

    counter_id: Mapped[str] = mapped_column(ForeignKey("counter.id"), primary_key=True)
    site_id: Mapped[str] = mapped_column(ForeignKey("site.id"))
    user_id: Mapped[str] = mapped_column(ForeignKey("staff_user.id"))
    clerk: Mapped[str] = mapped_column(String(120))
    calls: Mapped[bool]
    """Whether they may call: then the counter is open for its queues, unless it pauses."""
    since: Mapped[datetime]
    pause_reason: Mapped[str] = mapped_column(String(20), server_default="")
    """Empty: it does not pause."""
    paused_at: Mapped[datetime | None]
    pause_until: Mapped[datetime | None]


class QueueByHandRow(Base):
    """A queue that a supervisor opened or closed for today, over its ordinary hours."""

    __tablename__ = "queue_by_hand"
    __table_args__ = (CheckConstraint("ends_at > starts_at", name="order"),)

    queue_id: Mapped[str] = mapped_column(ForeignKey("queue.id"), primary_key=True)
    day: Mapped[date] = mapped_column(Date, primary_key=True)
    state: Mapped[str] = mapped_column(String(6))
    reason: Mapped[str] = mapped_column(String(20))
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    user_id: Mapped[str] = mapped_column(String(36))
