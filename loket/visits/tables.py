"""Visits, their acts, and the numbered prints of them."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from loket.store.base import KEYED, Base


class VisitRow(Base):
    """Everything that happens with one citizen around one arrival."""

    __tablename__ = "visit"
    __table_args__ = (
        Index(None, "site_id", "day"),
        CheckConstraint("length(note) <= 80", name="note"),
        KEYED,
    )

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    site_id: Mapped[str] = mapped_column(ForeignKey("site.id"))
    day: Mapped[date] = mapped_column(Date)
    started_at: Mapped[datetime]
    recorded_at: Mapped[datetime]
    user_id: Mapped[str] = mapped_column(ForeignKey("staff_user.id"))
    counter_id: Mapped[str] = mapped_column(ForeignKey("counter.id"))
    channel: Mapped[str] = mapped_column(String(10))
    language: Mapped[str] = mapped_column(String(2))
    visitor_name: Mapped[str] = mapped_column(String(80))
    priority: Mapped[str] = mapped_column(String(20))
    note: Mapped[str] = mapped_column(String(80))
    follow_up_code: Mapped[str] = mapped_column(String(9))
    changed_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]


class ActRow(Base):
    """One thing done for the visitor."""

    __tablename__ = "act"
    __table_args__ = (Index(None, "visit_id"), Index(None, "ticket_id"), KEYED)

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    visit_id: Mapped[str] = mapped_column(ForeignKey("visit.id"))
    kind: Mapped[str] = mapped_column(String(20))
    occurred_at: Mapped[datetime]
    recorded_at: Mapped[datetime]
    user_id: Mapped[str] = mapped_column(ForeignKey("staff_user.id"))
    counter_id: Mapped[str] = mapped_column(ForeignKey("counter.id"))
    ticket_id: Mapped[str | None] = mapped_column(String(36))
    product_id: Mapped[str | None] = mapped_column(ForeignKey("product.id"))
    text: Mapped[str] = mapped_column(String(80))
    about_id: Mapped[str | None] = mapped_column(String(36))
    """What it is about, besides a ticket: an appointment, a report."""
    reference: Mapped[str] = mapped_column(String(12), server_default="")
    at: Mapped[datetime | None]
    undone_at: Mapped[datetime | None]


class ReceiptYearRow(Base):
    """The last receipt number of a year."""

    __tablename__ = "receipt_year"

    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    last_number: Mapped[int]


class ReceiptRow(Base):
    """A receipt that was printed."""

    __tablename__ = "receipt"
    __table_args__ = (UniqueConstraint("year", "number"), Index(None, "visit_id"))

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    year: Mapped[int]
    number: Mapped[int]
    visit_id: Mapped[str] = mapped_column(ForeignKey("visit.id"))
    issued_at: Mapped[datetime]
    user_id: Mapped[str] = mapped_column(ForeignKey("staff_user.id"))
    counter_id: Mapped[str] = mapped_column(ForeignKey("counter.id"))
