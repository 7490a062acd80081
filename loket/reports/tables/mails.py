"""Mail that came in: once each, and what of it found no file."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from loket.reports.rules.mails import SUBJECT_LENGTH, MailState
from loket.store.base import KEYED, Base, JsonText
from loket.wire.contact import LONGEST_ADDRESS

_STATES = ", ".join(f"'{state}'" for state in MailState)
_LOOSE = text("state = 'loose'")
_STILL_THERE = text("settled_at IS NOT NULL AND sender <> ''")


class MailRow(Base):
    """One mail. Its unique key is why it lands once, however often and by two ways it comes."""

    __tablename__ = "report_mail"
    __table_args__ = (
        CheckConstraint(f"state IN ({_STATES})", name="state"),
        CheckConstraint("(state = 'loose') = (settled_at IS NULL)", name="settled"),
        CheckConstraint("state <> 'aside' OR reason <> ''", name="reason"),
        Index("ix_report_mail_loose", "arrived_at", sqlite_where=_LOOSE, postgresql_where=_LOOSE),
        Index(
            "ix_report_mail_kept",
            "settled_at",
            sqlite_where=_STILL_THERE,
            postgresql_where=_STILL_THERE,
        ),
        KEYED,
    )

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    key: Mapped[str] = mapped_column(String(64), unique=True)
    arrived_at: Mapped[datetime]
    sender: Mapped[str] = mapped_column(String(LONGEST_ADDRESS))
    sender_name: Mapped[str] = mapped_column(String(80))
    subject: Mapped[str] = mapped_column(String(SUBJECT_LENGTH))
    text: Mapped[str] = mapped_column(Text)
    """All of it, also what was left out of the file: history, and what was too long."""
    files: Mapped[Any] = mapped_column(JsonText)
    """Names of what was sent along."""
    state: Mapped[str] = mapped_column(String(8))
    why: Mapped[str] = mapped_column(String(16))
    """Why it found no file; empty: it did."""
    report_id: Mapped[str | None] = mapped_column(ForeignKey("report.id"))
    """Where it landed; or, while it is loose, which report its subject names."""
    settled_at: Mapped[datetime | None]
    settled_by: Mapped[str | None] = mapped_column(ForeignKey("staff_user.id"))
    """None: it found its file by itself."""
    reason: Mapped[str] = mapped_column(String(200))
    """Why it was put aside."""


class MailContentRow(Base):
    """The bytes of a mail that is loose, apart: no list ever reads them."""

    __tablename__ = "report_mail_content"

    mail_id: Mapped[str] = mapped_column(
        ForeignKey("report_mail.id", ondelete="CASCADE"), primary_key=True
    )
    content: Mapped[bytes] = mapped_column(LargeBinary)
