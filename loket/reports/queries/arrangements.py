"""How the town has arranged its reports."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, select

from loket.reports.messages.following import ReplyTemplate, ReplyTemplates
from loket.reports.messages.taking import Arrangements, Category, Party, Terms
from loket.reports.rules.kinds import CategoryClosed, ReportKind, UnknownCategory
from loket.reports.rules.routing import Goal, RoutingRule
from loket.reports.rules.terms import Counting, Regulation, StartsWith
from loket.reports.tables import (
    CategoryRow,
    PartyRow,
    PastRegulationRow,
    RegulationRow,
    ReplyTemplateRow,
    RoutingRuleRow,
)

CATEGORY = CategoryRow.metadata.tables["report_category"]
PARTY = PartyRow.metadata.tables["report_party"]
REGULATION = RegulationRow.metadata.tables["report_regulation"]
PAST_REGULATION = PastRegulationRow.metadata.tables["report_regulation_past"]
RULE = RoutingRuleRow.metadata.tables["report_routing_rule"]
REPLY_TEMPLATE = ReplyTemplateRow.metadata.tables["report_reply_template"]

_CATEGORIES = select(CATEGORY).order_by(CATEGORY.c.name, CATEGORY.c.id)
_CATEGORY = select(CATEGORY).where(CATEGORY.c.id == bindparam("category"))
_PARTIES = select(PARTY).where(PARTY.c.closed_at.is_(None)).order_by(PARTY.c.name)
_PARTY = select(PARTY).where(PARTY.c.id == bindparam("party"), PARTY.c.closed_at.is_(None))
_REGULATION = select(REGULATION).where(REGULATION.c.kind == bindparam("kind"))
_HELD = (
    select(PAST_REGULATION)
    .where(PAST_REGULATION.c.kind == bindparam("kind"), PAST_REGULATION.c.until > bindparam("at"))
    .order_by(PAST_REGULATION.c.until)
    .limit(1)
)
_REPLY_TEMPLATES = select(REPLY_TEMPLATE).order_by(REPLY_TEMPLATE.c.name, REPLY_TEMPLATE.c.language)
_RULES = select(RULE).order_by(RULE.c.place)


def read_arrangements(connection: Connection) -> Arrangements:
    """Everything a desk needs to take a report down, also while the server is away."""
    return Arrangements(
        categories=read_categories(connection),
        parties=[
            Party(id=row.id, name=row.name, email=row.email) for row in connection.execute(_PARTIES)
        ],
        terms=[_terms(kind, read_regulation(connection, kind)) for kind in ReportKind],
    )


def open_party(connection: Connection, party_id: str) -> Any:
    """A party that reports still go to; None: there is none with this id, or no longer."""
    return connection.execute(_PARTY, {"party": party_id}).one_or_none()


def read_categories(connection: Connection) -> list[Category]:
    """All of them, closed ones too, by name."""
    return [category_of(row) for row in connection.execute(_CATEGORIES)]


def category_of(row: Any) -> Category:
    return Category(
        id=row.id,
        code=row.code,
        name=row.name,
        keywords=row.keywords,
        department_id=row.department_id,
        party_id=row.party_id,
        team=row.team,
        alerts=bool(row.alert_phone),
        alert_name=row.alert_name,
        closed=row.closed_at is not None,
    )


def category_row(connection: Connection, category_id: str | None) -> Any:
    """The category, closed or not; None for none."""
    if category_id is None:
        return None
    row = connection.execute(_CATEGORY, {"category": category_id}).one_or_none()
    if row is None:
        raise UnknownCategory(category=category_id)
    return row


def open_category(connection: Connection, category_id: str | None, at: Any) -> Any:
    """The same, refused when it was closed by then."""
    row = category_row(connection, category_id)
    if row is not None and row.closed_at is not None and row.closed_at <= at:
        raise CategoryClosed(category=row.name)
    return row


def usual_goal(category: Any) -> Goal | None:
    return Goal(category.department_id, category.party_id) if category is not None else None


def read_regulation(
    connection: Connection, kind: ReportKind, at: datetime | None = None
) -> Regulation:
    """The town's own terms of a kind, or the usual ones; as they hold now, or held at a moment.

    A report keeps the terms of the moment at which it was registered: its receipt says until when.
    """
    row = None
    if at is not None:
        row = connection.execute(_HELD, {"kind": str(kind), "at": at}).one_or_none()
    if row is None:
        row = connection.execute(_REGULATION, {"kind": str(kind)}).one_or_none()
    return regulation_of(row) if row is not None else Regulation()


def regulation_of(row: Any) -> Regulation:
    return Regulation(
        receipt_days=row.receipt_days,
        answer_days=row.answer_days,
        extension_days=row.extension_days,
        reaction_days=row.reaction_days,
        counting=Counting(row.counting),
        starts_with=StartsWith(row.starts_with),
        pauses=row.pauses,
    )


def read_rules(connection: Connection) -> list[RoutingRule]:
    return [
        RoutingRule(
            id=row.id,
            kinds=frozenset(map(ReportKind, row.kinds)),
            category_ids=frozenset(row.category_ids),
            quarters=frozenset(row.quarters),
            goal=Goal(row.department_id, row.party_id),
        )
        for row in connection.execute(_RULES)
    ]


def _terms(kind: ReportKind, regulation: Regulation) -> Terms:
    return Terms(
        kind=kind,
        receipt_days=regulation.receipt_days,
        answer_days=regulation.answer_days,
        extension_days=regulation.extension_days,
        reaction_days=regulation.reaction_days,
        counting=regulation.counting,
        starts_with=regulation.starts_with,
        pauses=regulation.pauses,
    )


def read_reply_templates(connection: Connection) -> ReplyTemplates:
    """Replies that stand ready, of every language."""
    return ReplyTemplates(
        templates=[
            ReplyTemplate(
                id=row.id,
                name=row.name,
                language=row.language,
                act=row.act,
                category_id=row.category_id,
                text=row.text,
                version=row.version,
            )
            for row in connection.execute(_REPLY_TEMPLATES)
        ]
    )
