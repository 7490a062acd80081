"""Arranging reports from a real desk against the real server: every call, and who hears of it."""

import pytest

from loket.desk.facts import ArrangementsChanged
from loket.link.errors import Rejected
from loket.reports.messages.arranging import (
    Rule,
    RuleList,
    SetCategory,
    SetParty,
    SetRegulation,
    SetReply,
    SetRules,
)
from loket.reports.rules.flow import ReportAct
from loket.reports.rules.kinds import ReportKind
from loket.reports.rules.terms import Counting, StartsWith


@pytest.fixture
def els(open_desk):
    """The coordinator, and what her desk heard."""
    return open_desk("loket-2", "els")


def a_category(**more):
    return SetCategory(**{"seen_version": 0, "name": "Zwerfvuil", "department_id": "d-bz", **more})


def test_rules_are_tried_kept_and_refused(els):
    desk, _heard = els
    rules = [Rule(kinds=[ReportKind.COMPLAINT], department_id="d-bz")]
    preview = desk.arranging.preview(RuleList(rules=rules))
    assert [one.rule_id for one in preview.effects] == [rules[0].id]
    kept = desk.arranging.set_rules(SetRules(seen_version=0, rules=rules))
    assert desk.arranging.settings().rules == kept
    with pytest.raises(Rejected) as late:
        desk.arranging.set_rules(SetRules(seen_version=0, rules=[]))
    assert late.value.code == "report.arrangement_stale"


def test_terms_are_kept_and_refused(els):
    desk, _heard = els
    terms = {
        "seen_version": 0,
        "receipt_days": 5,
        "answer_days": 20,
        "extension_days": 0,
        "reaction_days": 2,
        "counting": Counting.WORKING,
        "starts_with": StartsWith.CLARIFICATION,
        "pauses": False,
    }
    kept = desk.arranging.set_regulation(ReportKind.QUESTION, SetRegulation(**terms))
    assert kept in desk.arranging.settings().regulations
    with pytest.raises(Rejected) as wrong:
        desk.arranging.set_regulation(
            ReportKind.ISSUE, SetRegulation(**{**terms, "receipt_days": 30})
        )
    assert wrong.value.code == "report.receipt_after_answer"


def test_a_party_and_a_category_through_their_lives(els):
    desk, _heard = els
    calls = desk.arranging
    party = calls.set_party("", SetParty(seen_version=0, name="Afval", email="a@afval.example"))
    made = calls.set_category("", a_category(department_id=None, party_id=party.id))
    changed = calls.set_category(made.id, a_category(seen_version=1))
    assert (changed.department_id, changed.version) == ("d-bz", 2)
    assert calls.end_category(made.id, 2, closed=True).closed
    assert not calls.end_category(made.id, 3, closed=False).closed
    renamed = SetParty(seen_version=1, name="Afval Zuid", email="a@afval.example")
    assert calls.set_party(party.id, renamed).name == "Afval Zuid"
    assert calls.end_party(party.id, 2, closed=True).closed
    assert not calls.end_party(party.id, 3, closed=False).closed
    with pytest.raises(Rejected) as taken:
        calls.set_category("", a_category())
    assert taken.value.code == "report.name_taken"


def test_a_reply_is_checked_kept_and_removed(els):
    desk, _heard = els
    asked = SetReply(seen_version=0, name="Bedankt", act=ReportAct.RESOLVE, text="Dag {naam}")
    kept = desk.arranging.set_reply("", asked)
    assert kept in desk.reports.reply_templates().templates
    with pytest.raises(Rejected) as wrong:
        desk.arranging.set_reply(
            kept.id, SetReply(seen_version=1, name="Bedankt", text="Dag {naaam}")
        )
    assert wrong.value.code == "report.reply_field_unknown"
    assert wrong.value.params == {"field": "{naaam}", "meant": "{naam}"}
    assert kept not in desk.arranging.remove_reply(kept.id, 1).templates


def test_an_open_screen_elsewhere_hears_of_it_and_has_the_new_category(els, open_desk):
    desk, _heard = els
    sofie, heard = open_desk("onthaal-1", "sofie", folder="elsewhere")
    for name in ("Sluikstort", "Zwerfvuil"):  # one may be what is told at each connection
        desk.arranging.set_category("", a_category(name=name))
        heard.until(ArrangementsChanged)
    assert "Zwerfvuil" in [one.name for one in sofie.reports.arrangements().categories]


def test_who_may_not_is_refused(open_desk):
    desk, _heard = open_desk("onthaal-1", "sofie")
    with pytest.raises(Rejected) as refused:
        desk.arranging.settings()
    assert refused.value.code == "staff.may_not"
