"""Rules of dispatch: what shadows what, and what they would have done."""

from hypothesis import given
from hypothesis import strategies as st

from loket.reports.rules.kinds import ReportKind
from loket.reports.rules.routing import Goal, Past, RoutingRule, played, routed, shadows

KINDS, CATEGORIES, QUARTERS = list(ReportKind), ["rc-a", "rc-b", "rc-c"], ["Centrum", "Noord"]
GOALS = [Goal("d-1"), Goal("d-2"), Goal(None, "rp-1")]


def some(things: list[str]) -> st.SearchStrategy[frozenset[str]]:
    return st.frozensets(st.sampled_from(things), max_size=2)


@st.composite
def rule_lists(draw: st.DrawFn) -> list[RoutingRule]:
    return [
        RoutingRule(
            id=f"r-{place}",
            kinds=draw(st.frozensets(st.sampled_from(KINDS), max_size=4)),
            category_ids=draw(some(CATEGORIES)),
            quarters=draw(some(QUARTERS)),
            goal=draw(st.sampled_from(GOALS)),
        )
        for place in range(draw(st.integers(0, 5)))
    ]


PASTS = st.lists(
    st.builds(
        Past,
        kind=st.sampled_from(KINDS),
        category_id=st.sampled_from([*CATEGORIES, None]),
        quarter=st.sampled_from([*QUARTERS, ""]),
        usual=st.sampled_from([*GOALS, None]),
        went=st.sampled_from([*GOALS, None]),
        many=st.integers(1, 9),
    ),
    max_size=12,
)


def decider(rules: list[RoutingRule], one: Past) -> str | None:
    found = routed(
        rules, kind=one.kind, category_id=one.category_id, quarter=one.quarter, usual=one.usual
    )
    return found.rule_id if found else None


@given(rules=rule_lists())
def test_a_shadowed_rule_never_has_its_turn(rules: list[RoutingRule]) -> None:
    hidden = {rule.id for rule, by in zip(rules, shadows(rules), strict=True) if by}
    for kind in KINDS:
        for category in [*CATEGORIES, "rc-other", None]:
            for quarter in [*QUARTERS, "Zuid", ""]:
                one = Past(kind, category, quarter, None, None, 1)
                assert decider(rules, one) not in hidden


@given(rules=rule_lists(), past=PASTS)
def test_every_report_is_counted_once(rules: list[RoutingRule], past: list[Past]) -> None:
    result = played(rules, past)
    decided = sum(effect.decided for effect in result.effects.values())
    assert decided + result.by_category + result.uncovered == sum(one.many for one in past)
    for rule in rules:
        mine = [one for one in past if decider(rules, one) == rule.id]
        assert result.effects[rule.id].decided == sum(one.many for one in mine)
        elsewhere = sum(one.many for one in mine if one.went != rule.goal)
        assert result.effects[rule.id].moved == elsewhere


def rule(ident: str, **more: frozenset[str]) -> RoutingRule:
    given_ = {"kinds": frozenset(), "category_ids": frozenset(), "quarters": frozenset(), **more}
    return RoutingRule(id=ident, goal=GOALS[0], **given_)  # type: ignore[arg-type]


def test_every_kind_named_is_as_wide_as_none() -> None:
    every = rule("r-1", kinds=frozenset(KINDS))
    assert shadows([every, rule("r-2")]) == (None, "r-1")
    assert shadows([rule("r-1", category_ids=frozenset({"rc-a"})), rule("r-2")]) == (None, None)
