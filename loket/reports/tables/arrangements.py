"""How a town has arranged its reports: categories, parties, rules, terms and ready replies."""

from datetime import datetime
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    Float,
    ForeignKey,
    Index,
    LargeBinary,
    String,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from loket.reports.rules.kinds import ReportKind
from loket.reports.rules.terms import Counting, StartsWith
from loket.store.base import KEYED, Base, JsonText
from loket.wire.contact import LONGEST_ADDRESS, LONGEST_NUMBER

_KINDS = ", ".join(f"'{kind}'" for kind in ReportKind)
_COUNTINGS = ", ".join(f"'{one}'" for one in Counting)
_STARTS = ", ".join(f"'{one}'" for one in StartsWith)
_STILL_OPEN = text("closed_at IS NULL")
_ONE_GOAL = "(department_id IS NULL) <> (party_id IS NULL)"


class PartyRow(Base):
    """Somebody outside the town hall who handles reports: the waste company, street lighting."""

    __tablename__ = "report_party"
    __table_args__ = (KEYED,)

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    name: Mapped[str] = mapped_column(String(80), unique=True)
    email: Mapped[str] = mapped_column(String(LONGEST_ADDRESS))
    phone: Mapped[str] = mapped_column(String(LONGEST_NUMBER), server_default="")
    """In E.164; empty: none is known."""
    closed_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(server_default="1")


class CategoryRow(Base):
    """What a report is about; it decides who handles it."""

    __tablename__ = "report_category"
    __table_args__ = (
        CheckConstraint(_ONE_GOAL, name="goal"),
        Index(
            "uq_report_category_open_name",
            "name",
            unique=True,
            sqlite_where=_STILL_OPEN,
            postgresql_where=_STILL_OPEN,
        ),
        KEYED,
    )

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    code: Mapped[str] = mapped_column(String(40), unique=True)
    name: Mapped[str] = mapped_column(String(80))
    """Theme and subject: ``Voetpad – losse of verzakte tegel``."""
    keywords: Mapped[Any] = mapped_column(JsonText)
    department_id: Mapped[str | None] = mapped_column(ForeignKey("department.id"))
    party_id: Mapped[str | None] = mapped_column(ForeignKey("report_party.id"))
    team: Mapped[str] = mapped_column(String(60))
    """Who does it in the department: ``ploeg Wegen``."""
    alert_phone: Mapped[str] = mapped_column(String(16))
    """Who is warned at once of something dangerous, in E.164; empty: nobody."""
    alert_name: Mapped[str] = mapped_column(String(60), server_default="")
    """Whose telephone that is: ``wachtdienst Wegen``."""
    closed_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(server_default="1")


class ModelRow(Base):
    """What was learnt of which category a text is about, with its score on held-out reports."""

    __tablename__ = "report_model"
    __table_args__ = (Index(None, "trained_at"),)

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    trained_at: Mapped[datetime]
    reports: Mapped[int]
    categories: Mapped[int]
    top1: Mapped[float] = mapped_column(Float(53))
    """Share of them of which the first suggestion was right."""
    top3: Mapped[float] = mapped_column(Float(53))
    blob: Mapped[bytes] = mapped_column(LargeBinary)
    """Plain arrays (npz)."""


class RoutingRuleRow(Base):
    """A rule of dispatch; the first that fits decides."""

    __tablename__ = "report_routing_rule"
    __table_args__ = (
        UniqueConstraint("place"),
        CheckConstraint(_ONE_GOAL, name="goal"),
        KEYED,
    )

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    place: Mapped[int]
    kinds: Mapped[Any] = mapped_column(JsonText)
    category_ids: Mapped[Any] = mapped_column(JsonText)
    quarters: Mapped[Any] = mapped_column(JsonText)
    department_id: Mapped[str | None] = mapped_column(ForeignKey("department.id"))
    party_id: Mapped[str | None] = mapped_column(ForeignKey("report_party.id"))


class RuleListRow(Base):
    """The rules of dispatch as one whole: who keeps them has seen this version."""

    __tablename__ = "report_rule_list"
    __table_args__ = (CheckConstraint("id = 1", name="one"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    version: Mapped[int]


def _checked_terms() -> tuple[CheckConstraint, ...]:
    return (
        CheckConstraint(f"kind IN ({_KINDS})", name="kind"),
        CheckConstraint(f"counting IN ({_COUNTINGS})", name="counting"),
        CheckConstraint(f"starts_with IN ({_STARTS})", name="starts_with"),
        CheckConstraint("receipt_days > 0 AND answer_days > 0 AND reaction_days > 0", name="days"),
        CheckConstraint("extension_days >= 0", name="extension_days"),
    )


class _Terms:
    """The terms of one kind, in days."""

    kind: Mapped[str] = mapped_column(String(12), primary_key=True)
    receipt_days: Mapped[int]
    answer_days: Mapped[int]
    extension_days: Mapped[int]
    reaction_days: Mapped[int]
    counting: Mapped[str] = mapped_column(String(10))
    starts_with: Mapped[str] = mapped_column(String(16))
    pauses: Mapped[bool]


class RegulationRow(_Terms, Base):
    """The terms of one kind as they hold now; a kind without a row has the usual ones."""

    __tablename__ = "report_regulation"
    __table_args__ = _checked_terms()

    version: Mapped[int] = mapped_column(server_default="1", sort_order=1)


class PastRegulationRow(_Terms, Base):
    """The terms that held until a moment: what was promised before it stays promised."""

    __tablename__ = "report_regulation_past"
    __table_args__ = _checked_terms()

    until: Mapped[datetime] = mapped_column(primary_key=True, sort_order=1)
    """From this moment on others hold."""


class ReplyTemplateRow(Base):
    """A reply that stands ready, for one state or category or for all."""

    __tablename__ = "report_reply_template"
    __table_args__ = (UniqueConstraint("name", "language"), KEYED)

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    name: Mapped[str] = mapped_column(String(60))
    language: Mapped[str] = mapped_column(String(2))
    act: Mapped[str] = mapped_column(String(24))
    """What is done with it: ``resolve``, ``ask_citizen``; empty: any reply."""
    category_id: Mapped[str | None] = mapped_column(ForeignKey("report_category.id"))
    text: Mapped[str] = mapped_column(Text)
    version: Mapped[int]
