"""To whom a report goes: rules in order, the first that fits decides, and says which it was."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
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


def shadows(rules: Sequence[RoutingRule]) -> tuple[str | None, ...]:
    """For each rule the earlier one that takes everything it would; None: it has its turn."""
    return tuple(
        next((before.id for before in rules[:place] if _covers(before, rule)), None)
        for place, rule in enumerate(rules)
    )


def _covers(before: RoutingRule, rule: RoutingRule) -> bool:
    return all(
        not wide or (narrow and narrow <= wide)
        for wide, narrow in (
            (_whole_if_all(before.kinds), rule.kinds),
            (before.category_ids, rule.category_ids),
            (before.quarters, rule.quarters),
        )
    )


def _whole_if_all(kinds: frozenset[ReportKind]) -> frozenset[ReportKind]:
    """Every kind named is as wide as none named."""
    return frozenset() if kinds == frozenset(ReportKind) else kinds


@dataclass(frozen=True)
class Past:
    """So many reports of the past that a rule cannot tell apart."""

    kind: ReportKind
    category_id: str | None
    quarter: str
    usual: Goal | None
    went: Goal | None
    """Where they are, or ended; None: with the coordinator."""
    many: int


@dataclass(frozen=True)
class Effect:
    """What one rule would have done."""

    decided: int
    moved: int
    """Of those: how many went elsewhere in reality."""


@dataclass(frozen=True)
class Played:
    """What rules in their order would have done with reports of the past."""

    effects: Mapping[str, Effect]
    by_category: int
    """No rule fits; the category says where."""
    uncovered: int
    """No rule fits and no category says where: the coordinator decides."""


def played(rules: Sequence[RoutingRule], past: Iterable[Past]) -> Played:
    """Send reports of the past by these rules."""
    decided: Counter[str] = Counter()
    moved: Counter[str] = Counter()
    by_category = uncovered = 0
    for one in past:
        found = routed(
            rules,
            kind=one.kind,
            category_id=one.category_id,
            quarter=one.quarter,
            usual=one.usual,
        )
        if found is None:
            uncovered += one.many
        elif found.rule_id is None:
            by_category += one.many
        else:
            decided[found.rule_id] += one.many
            moved[found.rule_id] += one.many if found.goal != one.went else 0
    effects = {rule.id: Effect(decided[rule.id], moved[rule.id]) for rule in rules}
    return Played(effects, by_category, uncovered)


def _fits(rule: RoutingRule, kind: ReportKind, category_id: str | None, quarter: str) -> bool:
    return (
        (not rule.kinds or kind in rule.kinds)
        and (not rule.category_ids or category_id in rule.category_ids)
        and (not rule.quarters or quarter in rule.quarters)
    )
