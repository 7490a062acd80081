"""What has to go out, or went out; and the texts of the town's own."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from loket.correspondence.rules import TITLE_LENGTH, MessageChannel, MessageState
from loket.store.base import KEYED, Base
from loket.wire.contact import LONGEST_ADDRESS

_CHANNELS = ", ".join(f"'{channel}'" for channel in MessageChannel)
_STATES = ", ".join(f"'{state}'" for state in MessageState)
_WAITING = text("state = 'waiting'")
_SENDING = text("state = 'sending'")
_STILL_THERE = text("recipient <> ''")
_OF_ALL = text("product_id IS NULL")


class OutgoingMessageRow(Base):
    """One message to one person by one channel. Its unique constraint is why there is no second."""

    __tablename__ = "outgoing_message"
    __table_args__ = (
        UniqueConstraint("subject_id", "kind", "sequence", "channel"),
        CheckConstraint(f"channel IN ({_CHANNELS})", name="channel"),
        CheckConstraint(f"state IN ({_STATES})", name="state"),
        CheckConstraint("(state = 'sent') = (sent_at IS NOT NULL)", name="sent_at"),
        Index(
            "ix_outgoing_message_due",
            "next_try_at",
            sqlite_where=_WAITING,
            postgresql_where=_WAITING,
        ),
        Index(
            "ix_outgoing_message_claimed",
            "claimed_at",
            sqlite_where=_SENDING,
            postgresql_where=_SENDING,
        ),
        Index(
            "ix_outgoing_message_kept",
            "changed_at",
            sqlite_where=_STILL_THERE,
            postgresql_where=_STILL_THERE,
        ),
        Index(None, "state", "id"),
        KEYED,
    )

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    channel: Mapped[str] = mapped_column(String(10))
    kind: Mapped[str] = mapped_column(String(40))
    subject_id: Mapped[str] = mapped_column(String(36))
    """What it is about: an appointment, a wish."""
    sequence: Mapped[int]
    """Which time the same is told of the same: an appointment that is moved twice."""
    site_id: Mapped[str] = mapped_column(ForeignKey("site.id"))
    product_id: Mapped[str | None] = mapped_column(ForeignKey("product.id"))
    department_id: Mapped[str | None] = mapped_column(ForeignKey("department.id"))
    """Who handles what it is about, where no product says so."""
    language: Mapped[str] = mapped_column(String(2))
    recipient: Mapped[str] = mapped_column(String(LONGEST_ADDRESS))
    title: Mapped[str] = mapped_column(Text)
    text: Mapped[str] = mapped_column(Text)
    calendar: Mapped[str | None] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(10))
    fault: Mapped[str] = mapped_column(String(30))
    """Why it did not go out the last time; empty: nothing went wrong."""
    attempts: Mapped[int]
    made_at: Mapped[datetime]
    due_at: Mapped[datetime]
    until_at: Mapped[datetime | None]
    """After this moment it makes no sense any more."""
    next_try_at: Mapped[datetime]
    claimed_at: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]
    changed_at: Mapped[datetime]
    """When it came into its state."""


class MessageTemplateRow(Base):
    """A text of the town's own, for all products or for one."""

    __tablename__ = "message_template"
    __table_args__ = (
        UniqueConstraint("kind", "channel", "language", "product_id"),
        # NULL differs from NULL in a unique constraint: the text for all products needs its own.
        Index(
            "uq_message_template_of_all",
            "kind",
            "channel",
            "language",
            unique=True,
            sqlite_where=_OF_ALL,
            postgresql_where=_OF_ALL,
        ),
        CheckConstraint(f"channel IN ({_CHANNELS})", name="channel"),
        KEYED,
    )

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    kind: Mapped[str] = mapped_column(String(40))
    channel: Mapped[str] = mapped_column(String(10))
    language: Mapped[str] = mapped_column(String(2))
    product_id: Mapped[str | None] = mapped_column(ForeignKey("product.id"))
    title: Mapped[str] = mapped_column(String(TITLE_LENGTH))
    text: Mapped[str] = mapped_column(Text)
    version: Mapped[int]
    changed_at: Mapped[datetime]
    changed_by: Mapped[str | None] = mapped_column(ForeignKey("staff_user.id"))
