"""To whom a report goes: rules in order, the first that fits decides, and says which it was."""

from collections.abc import Iterable
from dataclasses import dataclass

from loket.kit.errors import Invalid
from loket.reports.rules.kinds import ReportKind


@dataclass(frozen=True)
class Goal:
    """A department, or a party outside the town hall: exactly one of them."""

    department_id: str | None = None
    party_id: str | None = None


@dataclass(frozen=True)
class RoutingRule:
    """What is empty fits everything."""

    id: str
    kinds: frozenset[ReportKind]
    category_ids: frozenset[str]
    quarters: frozenset[str]
    """Parts of the town, by name."""
    goal: Goal


@dataclass(frozen=True)
class Routed:
    goal: Goal
    rule_id: str | None
    """None: the category decided."""


class GoalUnclear(Invalid):
    """A report goes to one department or one party."""

    code = "report.goal_unclear"


def check_goal(goal: Goal) -> None:
    if (goal.department_id is None) == (goal.party_id is None):
        raise GoalUnclear


def routed(
    rules: Iterable[RoutingRule],
    *,
    kind: ReportKind,
    category_id: str | None,
    quarter: str,
    usual: Goal | None,
) -> Routed | None:
    """Where it goes; None where nobody is named, and the coordinator decides."""
    for rule in rules:
        if _fits(rule, kind, category_id, quarter):
            return Routed(rule.goal, rule.id)
    return Routed(usual, None) if usual is not None else None


def _fits(rule: RoutingRule, kind: ReportKind, category_id: str | None, quarter: str) -> bool:
    return (
        (not rule.kinds or kind in rule.kinds)
        and (not rule.category_ids or category_id in rule.category_ids)
        and (not rule.quarters or quarter in rule.quarters)
    )
