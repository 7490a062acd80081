"""What many people were told together, and who: nobody twice."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from loket.store.base import KEYED, Base, JsonText


class AnnouncementRow(Base):
    """Something that everybody of a list was told in one act."""

    __tablename__ = "report_announcement"
    __table_args__ = (CheckConstraint("people > 0", name="people"), Index(None, "made_at"), KEYED)

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    made_at: Mapped[datetime]
    made_by: Mapped[str] = mapped_column(ForeignKey("staff_user.id"))
    filter: Mapped[Any] = mapped_column(JsonText)
    """Which list it was; its words are left out, for they may name somebody."""
    text: Mapped[str] = mapped_column(Text)
    people: Mapped[int]


class InformedRow(Base):
    """One of those who were told. Its constraints are why nobody is told twice."""

    __tablename__ = "report_informed"
    __table_args__ = (
        UniqueConstraint("announcement_id", "reporter_id"),
        Index(None, "report_id"),
        KEYED,
    )

    announcement_id: Mapped[str] = mapped_column(
        ForeignKey("report_announcement.id"), primary_key=True
    )
    person_key: Mapped[str] = mapped_column(String(64), primary_key=True)
    """A digest: the same for the same person, whatever report of theirs it is about."""
    report_id: Mapped[str] = mapped_column(ForeignKey("report.id"))
    reporter_id: Mapped[str] = mapped_column(ForeignKey("report_reporter.id"))
