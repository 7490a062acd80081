"""How reports are arranged, with what it does: for the administration."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection, bindparam, func, select

from loket.kit.clock import begin_of
from loket.reports.messages.arranging import (
    ArrangedCategory,
    ArrangedParty,
    RegulationOf,
    ReportSettings,
    Rule,
    RuleEffect,
    Rules,
    RulesPreview,
)
from loket.reports.queries.arrangements import (
    CATEGORY,
    PARTY,
    REGULATION,
    RULE,
    read_reply_templates,
    read_rules,
    regulation_of,
)
from loket.reports.queries.lists import IS_OPEN
from loket.reports.queries.reports import REPORT
from loket.reports.rules.kinds import ReportKind
from loket.reports.rules.routing import Goal, Past, RoutingRule, played, shadows
from loket.reports.rules.terms import Regulation
from loket.reports.tables import RuleListRow

RULE_LIST = RuleListRow.metadata.tables["report_rule_list"]
_VERSION = select(RULE_LIST.c.version)
_REGULATIONS = select(REGULATION)
_CATEGORIES = select(CATEGORY).order_by(CATEGORY.c.name, CATEGORY.c.id)
_PARTIES = select(PARTY).order_by(PARTY.c.name, PARTY.c.id)
_RULES_TO = select(RULE.c.party_id, func.count()).group_by(RULE.c.party_id)
_OPEN_BY = {
    name: select(REPORT.c[name], func.count()).where(IS_OPEN).group_by(REPORT.c[name])
    for name in ("kind", "category_id", "party_id")
}
_SIGNS = (REPORT.c.kind, REPORT.c.category_id, REPORT.c.quarter)
_WENT = (REPORT.c.department_id, REPORT.c.party_id)
_PAST = (
    select(
        *_SIGNS,
        *_WENT,
        CATEGORY.c.department_id.label("usual_department"),
        CATEGORY.c.party_id.label("usual_party"),
        func.count().label("many"),
    )
    .join_from(REPORT, CATEGORY, CATEGORY.c.id == REPORT.c.category_id, isouter=True)
    .where(REPORT.c.registered_at >= bindparam("since"), REPORT.c.registered_at < bindparam("end"))
    .group_by(*_SIGNS, *_WENT, CATEGORY.c.department_id, CATEGORY.c.party_id)
)


def read_settings(connection: Connection) -> ReportSettings:
    """All of it at once: one look, one state."""
    return ReportSettings(
        rules=read_rule_list(connection),
        regulations=read_regulations(connection),
        categories=read_arranged_categories(connection),
        parties=read_arranged_parties(connection),
        replies=read_reply_templates(connection).templates,
    )


def read_rule_list(connection: Connection) -> Rules:
    rules = [_rule(one) for one in read_rules(connection)]
    return Rules(version=connection.scalar(_VERSION) or 0, rules=rules)


def _rule(rule: RoutingRule) -> Rule:
    return Rule(
        id=rule.id,
        kinds=[kind for kind in ReportKind if kind in rule.kinds],
        category_ids=sorted(rule.category_ids),
        quarters=sorted(rule.quarters),
        department_id=rule.goal.department_id,
        party_id=rule.goal.party_id,
    )


def rule_of(rule: Rule) -> RoutingRule:
    """A rule of the wire, as it is obeyed."""
    return RoutingRule(
        id=rule.id,
        kinds=frozenset(rule.kinds),
        category_ids=frozenset(rule.category_ids),
        quarters=frozenset(rule.quarters),
        goal=Goal(rule.department_id, rule.party_id),
    )


def preview_rules(connection: Connection, rules: Iterable[Rule], today: date) -> RulesPreview:
    """What these rules would have done with the reports of the last calendar month."""
    wanted = [rule_of(one) for one in rules]
    last = today.replace(day=1) - timedelta(days=1)
    first = last.replace(day=1)
    span = {"since": begin_of(first), "end": begin_of(today.replace(day=1))}
    past = [_past(row) for row in connection.execute(_PAST, span)]
    result = played(wanted, past)
    return RulesPreview(
        first=first,
        last=last,
        total=sum(one.many for one in past),
        effects=[
            RuleEffect(
                rule_id=rule.id,
                decided=result.effects[rule.id].decided,
                moved=result.effects[rule.id].moved,
                shadowed_by=shadow,
            )
            for rule, shadow in zip(wanted, shadows(wanted), strict=True)
        ],
        by_category=result.by_category,
        uncovered=result.uncovered,
    )


def _past(row: Any) -> Past:
    return Past(
        kind=ReportKind(row.kind),
        category_id=row.category_id,
        quarter=row.quarter,
        usual=_goal(row.usual_department, row.usual_party),
        went=_goal(row.department_id, row.party_id),
        many=row.many,
    )


def _goal(department_id: str | None, party_id: str | None) -> Goal | None:
    return Goal(department_id, party_id) if department_id or party_id else None


def _open_by(connection: Connection, name: str) -> dict[str, int]:
    return {key: many for key, many in connection.execute(_OPEN_BY[name]) if key}


def read_regulations(connection: Connection) -> list[RegulationOf]:
    """Of every kind, the usual terms where the town set none."""
    rows = {row.kind: row for row in connection.execute(_REGULATIONS)}
    running = _open_by(connection, "kind")
    return [
        _regulation(kind, rows.get(str(kind)), running.get(str(kind), 0)) for kind in ReportKind
    ]


def _regulation(kind: ReportKind, row: Any, running: int) -> RegulationOf:
    holds = regulation_of(row) if row is not None else Regulation()
    return RegulationOf(
        kind=kind,
        receipt_days=holds.receipt_days,
        answer_days=holds.answer_days,
        extension_days=holds.extension_days,
        reaction_days=holds.reaction_days,
        counting=holds.counting,
        starts_with=holds.starts_with,
        pauses=holds.pauses,
        version=row.version if row is not None else 0,
        running=running,
    )


def read_arranged_categories(connection: Connection) -> list[ArrangedCategory]:
    """By name, closed ones too."""
    many = _open_by(connection, "category_id")
    return [
        ArrangedCategory(
            id=row.id,
            code=row.code,
            name=row.name,
            keywords=row.keywords,
            department_id=row.department_id,
            party_id=row.party_id,
            team=row.team,
            alert_phone=row.alert_phone,
            alert_name=row.alert_name,
            closed=row.closed_at is not None,
            version=row.version,
            open=many.get(row.id, 0),
        )
        for row in connection.execute(_CATEGORIES)
    ]


def read_arranged_parties(connection: Connection) -> list[ArrangedParty]:
    """By name, closed ones too."""
    many = _open_by(connection, "party_id")
    rules = {key: count for key, count in connection.execute(_RULES_TO) if key}
    open_ones = [row for row in connection.execute(_CATEGORIES) if row.closed_at is None]
    named = Counter(row.party_id for row in open_ones)
    return [
        ArrangedParty(
            id=row.id,
            name=row.name,
            email=row.email,
            phone=row.phone,
            closed=row.closed_at is not None,
            version=row.version,
            categories=named[row.id],
            rules=rules.get(row.id, 0),
            open=many.get(row.id, 0),
        )
        for row in connection.execute(_PARTIES)
    ]
