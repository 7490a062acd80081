"""A report, whose it is, everything that happened to it, and what was attached."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Date,
    Float,
    ForeignKey,
    Index,
    LargeBinary,
    String,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column

from loket.reports.rules.flow import OPEN, ReportState
from loket.reports.rules.kinds import TITLE_LENGTH, AnswerBy, PlaceKind, ReportKind
from loket.store.base import FULL_TEXT, KEYED, Base, JsonText
from loket.wire.contact import LONGEST_ADDRESS, LONGEST_NUMBER

_KINDS = ", ".join(f"'{kind}'" for kind in ReportKind)
_STATES = ", ".join(f"'{state}'" for state in ReportState)
_WAYS = ", ".join(f"'{way}'" for way in AnswerBy)
_PLACES = ", ".join(f"'{kind}'" for kind in PlaceKind)
_IS_OPEN = text("state IN ({})".format(", ".join(f"'{state}'" for state in sorted(OPEN))))
_SOMEWHERE = text("lat IS NOT NULL")


class ReportYearRow(Base):
    """The last number of a year: numbers have no gaps."""

    __tablename__ = "report_year"

    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    last_number: Mapped[int]


class ReportRow(Base):
    """One matter that was reported, by one citizen or by many."""

    __tablename__ = "report"
    __table_args__ = (
        CheckConstraint(f"kind IN ({_KINDS})", name="kind"),
        CheckConstraint(f"state IN ({_STATES})", name="state"),
        CheckConstraint(f"place_kind IN ({_PLACES})", name="place_kind"),
        CheckConstraint("(lat IS NULL) = (lon IS NULL)", name="spot"),
        CheckConstraint("lat BETWEEN -90 AND 90 AND lon BETWEEN -180 AND 180", name="on_earth"),
        CheckConstraint("department_id IS NULL OR party_id IS NULL", name="goal"),
        CheckConstraint(
            "state IN ('new', 'referred', 'inadmissible') OR department_id IS NOT NULL"
            " OR party_id IS NOT NULL",
            name="assigned",
        ),
        CheckConstraint("(state = 'inadmissible') = (inadmissible <> '')", name="inadmissible"),
        Index("ix_report_open", "answer_due", sqlite_where=_IS_OPEN, postgresql_where=_IS_OPEN),
        Index(
            "ix_report_where", "lat", "lon", sqlite_where=_SOMEWHERE, postgresql_where=_SOMEWHERE
        ),
        Index(None, "registered_at"),
        # Lists are read the newest first, page by page: by their serials.
        Index(None, "department_id", "serial"),
        Index(None, "party_id", "serial"),
        Index(None, "category_id", "serial"),
        Index(None, "handler_id", "serial"),
        Index(None, "quarter", "serial"),
        Index(None, "kind", "serial"),
        KEYED,
    )

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    serial: Mapped[int] = mapped_column(BigInteger, unique=True)
    """Year and number in one, ``2026001873``: in the order of registering."""
    reference: Mapped[str] = mapped_column(String(16), unique=True)
    code: Mapped[str] = mapped_column(String(13), unique=True)
    site_id: Mapped[str] = mapped_column(ForeignKey("site.id"))
    kind: Mapped[str] = mapped_column(String(12))
    title: Mapped[str] = mapped_column(String(TITLE_LENGTH))
    text: Mapped[str] = mapped_column(Text)
    category_id: Mapped[str | None] = mapped_column(ForeignKey("report_category.id"))
    suggested: Mapped[Any] = mapped_column(JsonText)
    """What was suggested when it was taken down: ``[[category, hundredths], …]``."""
    place_kind: Mapped[str] = mapped_column(String(8))
    address: Mapped[str] = mapped_column(String(160))
    street_id: Mapped[str | None] = mapped_column(String(36))
    lat: Mapped[float | None] = mapped_column(Float(53))
    lon: Mapped[float | None] = mapped_column(Float(53))
    quarter: Mapped[str] = mapped_column(String(60))
    outside: Mapped[bool]
    """Outside the town: to be forwarded."""
    urgency: Mapped[str] = mapped_column(String(10))
    audience: Mapped[str] = mapped_column(String(10))
    channel: Mapped[str] = mapped_column(String(10))
    language: Mapped[str] = mapped_column(String(2))
    visit_id: Mapped[str | None] = mapped_column(ForeignKey("visit.id"))
    counter_id: Mapped[str | None] = mapped_column(ForeignKey("counter.id"))
    user_id: Mapped[str] = mapped_column(ForeignKey("staff_user.id"))
    registered_at: Mapped[datetime]
    recorded_at: Mapped[datetime]
    state: Mapped[str] = mapped_column(String(16))
    department_id: Mapped[str | None] = mapped_column(ForeignKey("department.id"))
    party_id: Mapped[str | None] = mapped_column(ForeignKey("report_party.id"))
    handler_id: Mapped[str | None] = mapped_column(ForeignKey("staff_user.id"))
    routed_by: Mapped[str | None] = mapped_column(String(36))
    """The rule that decided where it went."""
    receipt_due: Mapped[date] = mapped_column(Date)
    answer_due: Mapped[date] = mapped_column(Date)
    reaction_due: Mapped[date | None] = mapped_column(Date)
    """Until when the town reacts to what the citizen wrote; None: nothing was written."""
    confirmed_at: Mapped[datetime | None]
    pauses: Mapped[Any] = mapped_column(JsonText)
    """Days on which the town waited for the citizen: ``[[since, until or null], …]``."""
    extended_at: Mapped[datetime | None]
    answered_at: Mapped[datetime | None]
    """When the citizen was told how it ended."""
    resolved_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    returns: Mapped[int]
    """How often a department sent it back."""
    inadmissible: Mapped[str] = mapped_column(String(24))
    founded: Mapped[str] = mapped_column(String(8))
    solved: Mapped[str] = mapped_column(String(8))
    linked_id: Mapped[str | None] = mapped_column(ForeignKey("report.id"))
    version: Mapped[int]


class ReporterRow(Base):
    """Somebody who is told how a report goes: who made it, and who joined."""

    __tablename__ = "report_reporter"
    __table_args__ = (
        UniqueConstraint("report_id", "place"),
        CheckConstraint(f"answer_by IN ({_WAYS})", name="answer_by"),
        CheckConstraint("answer_by <> 'mail' OR email <> '' OR anonymous", name="email"),
        CheckConstraint(
            "answer_by NOT IN ('sms', 'phone') OR phone <> '' OR anonymous", name="phone"
        ),
        CheckConstraint("answer_by <> 'letter' OR address <> '' OR anonymous", name="address"),
        Index(None, "name_key"),
        Index(None, "visit_id"),
        KEYED,
    )

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    report_id: Mapped[str] = mapped_column(ForeignKey("report.id"))
    place: Mapped[int]
    """1: who made the report; 2 and up joined it."""
    anonymous: Mapped[bool]
    name: Mapped[str] = mapped_column(String(80))
    name_key: Mapped[str] = mapped_column(String(80))
    on_behalf_of: Mapped[str] = mapped_column(String(80))
    phone: Mapped[str] = mapped_column(String(LONGEST_NUMBER))
    email: Mapped[str] = mapped_column(String(LONGEST_ADDRESS))
    address: Mapped[str] = mapped_column(String(160))
    answer_by: Mapped[str] = mapped_column(String(8))
    language: Mapped[str] = mapped_column(String(2))
    visit_id: Mapped[str | None] = mapped_column(ForeignKey("visit.id"))
    joined_at: Mapped[datetime]
    said: Mapped[str] = mapped_column(Text)
    """What somebody who joined had to say, in their own words."""


class EntryRow(Base):
    """One line of a report's history: a conversation, a note, a step. Never changed."""

    __tablename__ = "report_entry"
    __table_args__ = (KEYED,)

    report_id: Mapped[str] = mapped_column(ForeignKey("report.id"), primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    act: Mapped[str] = mapped_column(String(24))
    at: Mapped[datetime]
    recorded_at: Mapped[datetime]
    user_id: Mapped[str | None] = mapped_column(ForeignKey("staff_user.id"))
    counter_id: Mapped[str | None] = mapped_column(ForeignKey("counter.id"))
    reporter_id: Mapped[str | None] = mapped_column(ForeignKey("report_reporter.id"))
    channel: Mapped[str] = mapped_column(String(8))
    text: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(16))
    """In which it left the report."""
    facts: Mapped[Any] = mapped_column(JsonText)
    """The department it went to, the reason it came back; of a change what it was and what it is
    now, which of a title or a place is in words: who erases a report erases these too."""


class AttachmentRow(Base):
    """A photo or file, checked and without what a camera writes in it."""

    __tablename__ = "report_attachment"
    __table_args__ = (
        CheckConstraint("size > 0", name="size"),
        Index(None, "report_id"),
        KEYED,
    )

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    report_id: Mapped[str] = mapped_column(ForeignKey("report.id"))
    entry_seq: Mapped[int]
    name: Mapped[str] = mapped_column(String(120))
    media_type: Mapped[str] = mapped_column(String(60))
    size: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    added_at: Mapped[datetime]
    user_id: Mapped[str | None] = mapped_column(ForeignKey("staff_user.id"))


class AttachmentContentRow(Base):
    """The bytes, apart: no list ever reads them."""

    __tablename__ = "report_attachment_content"

    attachment_id: Mapped[str] = mapped_column(
        ForeignKey("report_attachment.id", ondelete="CASCADE"), primary_key=True
    )
    content: Mapped[bytes] = mapped_column(LargeBinary)
    thumbnail: Mapped[bytes | None] = mapped_column(LargeBinary)


class LetterRow(Base):
    """A reply that goes on paper; it waits until somebody posted it."""

    __tablename__ = "report_letter"
    __table_args__ = (
        UniqueConstraint("report_id", "entry_seq", "reporter_id"),
        Index(
            "ix_report_letter_waiting",
            "written_at",
            sqlite_where=text("posted_at IS NULL"),
            postgresql_where=text("posted_at IS NULL"),
        ),
        KEYED,
    )

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    report_id: Mapped[str] = mapped_column(ForeignKey("report.id"))
    entry_seq: Mapped[int]
    reporter_id: Mapped[str] = mapped_column(ForeignKey("report_reporter.id"))
    text: Mapped[str] = mapped_column(Text)
    written_at: Mapped[datetime]
    posted_at: Mapped[datetime | None]
    posted_by: Mapped[str | None] = mapped_column(ForeignKey("staff_user.id"))


class PromiseRow(Base):
    """Somebody was promised to be called back before a moment."""

    __tablename__ = "report_promise"
    __table_args__ = (
        Index(
            "ix_report_promise_open",
            "due_at",
            sqlite_where=text("kept_at IS NULL"),
            postgresql_where=text("kept_at IS NULL"),
        ),
        Index(None, "report_id"),
        KEYED,
    )

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    report_id: Mapped[str] = mapped_column(ForeignKey("report.id"))
    reporter_id: Mapped[str] = mapped_column(ForeignKey("report_reporter.id"))
    due_at: Mapped[datetime]
    made_at: Mapped[datetime]
    made_by: Mapped[str] = mapped_column(ForeignKey("staff_user.id"))
    for_user_id: Mapped[str | None] = mapped_column(ForeignKey("staff_user.id"))
    kept_at: Mapped[datetime | None]
    note: Mapped[str] = mapped_column(String(200))


class ReportSearchRow(Base):
    """The stems of a report's words, for full-text search.

    On PostgreSQL kept as a ``tsvector``, so that a common word costs no more than a rare one; on
    SQLite a virtual table of FTS5, made by the migration. The stems come ready: SQLite knows no
    Dutch, and both must find the same.
    """

    __tablename__ = "report_search"
    __table_args__ = FULL_TEXT

    serial: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    words: Mapped[str] = mapped_column(Text().with_variant(TSVECTOR(), "postgresql"))
