"""Rules of dispatch as they are read."""

from collections.abc import Mapping
from dataclasses import dataclass

from loket.kit.i18n import Words
from loket.reports.messages.arranging import (
    ReportSettings,
    Rule,
    RuleEffect,
    RulesPreview,
)
from ui.admin.reports.dispatch.state import RuleLine
from ui.admin.reports.naming import KINDS, few, goal_key, goal_name, goals
from ui.core.directory import Directory


@dataclass(frozen=True)
class Known:
    """The names that a rule is read with."""

    categories: Mapping[str, str]
    goals: Mapping[str, str]
    quarters: tuple[str, ...]

    @classmethod
    def of(
        cls,
        settings: ReportSettings,
        directory: Directory,
        quarters: tuple[str, ...],
        words: Words,
    ) -> "Known":
        named = {
            one.id: words("{name} (closed)", name=one.name) if one.closed else one.name
            for one in settings.categories
        }
        return cls(named, goals(settings, directory, words), quarters)


def line_of(  # noqa: PLR0913 - one line
    rule: Rule,
    place: int,
    known: Known,
    effect: RuleEffect | None,
    places: Mapping[str, int],
    words: Words,
    *,
    changed: bool,
) -> RuleLine:
    key = goal_key(rule.department_id, rule.party_id)
    return RuleLine(
        id=rule.id,
        place=place,
        title=title_of(rule, known, words),
        goal=goal_name(key, dict(known.goals), words),
        effect=_effect(effect, words) if effect is not None else "",
        warning=_warning(rule, key, known, effect, places, words),
        changed=changed,
    )


def title_of(rule: Rule, known: Known, words: Words) -> str:
    """What it is about: categories, parts of town, kinds; or everything."""
    lost = words("no longer there")
    parts = [
        few(sorted(known.categories.get(one, lost) for one in rule.category_ids), words),
        few((words("quarter {name}", name=name) for name in rule.quarters), words),
        few((words(KINDS[kind]).lower() for kind in rule.kinds), words),
    ]
    return " · ".join(part for part in parts if part) or words("Every report")


def _effect(effect: RuleEffect, words: Words) -> str:
    if not effect.decided:
        return words("last month no report")
    decided = words.plural("last month {n} report", "last month {n} reports", effect.decided)
    if not effect.moved:
        there = words("all went there already")
        return f"{decided}, {there}"
    elsewhere = words.plural("{n} went elsewhere", "{n} went elsewhere", effect.moved)
    return f"{decided}, {elsewhere}"


def _warning(
    rule: Rule,
    key: str,
    known: Known,
    effect: RuleEffect | None,
    places: Mapping[str, int],
    words: Words,
) -> str:
    if not key:
        return words("Choose where it goes.")
    if key not in known.goals:
        return words("Sends to what is no longer there. Choose another.")
    place = places.get(effect.shadowed_by or "") if effect is not None else None
    if place is not None:
        return words("Never has its turn: rule {place} takes it all.", place=place)
    if any(one not in known.categories for one in rule.category_ids):
        return words("A category is no longer there.")
    if known.quarters and any(name not in known.quarters for name in rule.quarters):
        return words("The map no longer has this quarter.")
    return ""


def summary_of(preview: RulesPreview, words: Words) -> str:
    """What all of them would have done with the reports of last month."""
    month = f"{words.month(preview.first.month).capitalize()} {preview.first.year}"
    if not preview.total:
        return words("{month}: no reports to try it on", month=month)
    decided = sum(one.decided for one in preview.effects)
    parts = [
        words.plural("{n} report", "{n} reports", preview.total),
        words("{n} by a rule", n=decided),
        words("{n} by category", n=preview.by_category),
        words("{n} by nobody: the coordinator decides", n=preview.uncovered),
    ]
    return f"{month}: {' · '.join(parts)}"
