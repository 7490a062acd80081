"""Arranging reports in the administration: each part kept, refused, and by two at once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from sqlalchemy import text

from loket.kit.clock import FixedClock
from loket.store.work import Store
from tests.reporting import GRID, LAMP, OTHER, TILE, WELFARE, arrange, file_of, registered
from tests.serving import Client

Sit = Callable[[str, str], Client]
COORDINATOR, SECOND = ("els", "loket-2"), ("hanne", "loket-1")
ROADS, SOCIAL = "d-bz", "d-soc"
TERMS = {
    "seen_version": 0,
    "receipt_days": 5,
    "answer_days": 20,
    "extension_days": 10,
    "reaction_days": 2,
    "counting": "calendar",
    "starts_with": "registration",
    "pauses": True,
}


@pytest.fixture
def els(sit: Sit, store: Store) -> Client:
    arrange(store)
    return sit(*COORDINATOR)


def settings(desk: Client) -> dict[str, Any]:
    answer = desk.get("/report-settings")
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def one(found: list[dict[str, Any]], ident: str, key: str = "id") -> dict[str, Any]:
    return next(each for each in found if each[key] == ident)


def refused(answer: Any) -> tuple[int, str]:
    return answer.status_code, answer.json()["code"]


def rule(ident: str, department: str | None = ROADS, **more: Any) -> dict[str, Any]:
    return {"id": ident, "department_id": department, **more}


def journal(store: Store) -> list[tuple[str, str]]:
    with store.reading() as reads:
        rows = reads.execute(text("SELECT act, subject_id FROM journal ORDER BY id"))
        return [(row.act, row.subject_id) for row in rows]


# rules of dispatch


def test_rules_are_kept_in_order_and_obeyed(els: Client, store: Store) -> None:
    wanted = [rule("r-2", SOCIAL, kinds=["complaint"]), rule("r-1", category_ids=[LAMP])]
    kept = els.put("/report-rules", {"seen_version": 0, "rules": wanted})
    assert kept.status_code == 200, kept.text
    assert [each["id"] for each in kept.json()["rules"]] == ["r-2", "r-1"]
    assert kept.json()["version"] == 1
    assert registered(els, kind="complaint")["report"]["department_id"] == SOCIAL
    assert registered(els, category_id=LAMP)["report"]["department_id"] == ROADS
    assert ("set_report_rules", "all") in journal(store)
    moved = els.put("/report-rules", {"seen_version": 1, "rules": wanted[::-1]})
    assert [each["id"] for each in moved.json()["rules"]] == ["r-1", "r-2"]
    assert settings(els)["rules"] == moved.json()


def test_who_saw_an_older_list_is_told_and_nothing_changes(els: Client) -> None:
    first = {"seen_version": 0, "rules": [rule("r-1")]}
    assert els.put("/report-rules", first).status_code == 200
    late = els.put("/report-rules", {"seen_version": 0, "rules": []})
    assert refused(late) == (409, "report.arrangement_stale")
    assert settings(els)["rules"]["version"] == 1


def test_of_two_at_the_same_moment_one_keeps_the_list(els: Client, sit: Sit) -> None:
    hanne = sit(*SECOND)

    def keep(desk: Client, ident: str) -> int:
        body = {"seen_version": 0, "rules": [rule(ident), rule(f"{ident}b", SOCIAL)]}
        return desk.put("/report-rules", body).status_code

    with ThreadPoolExecutor(2) as both:
        told = [both.submit(keep, desk, name) for desk, name in ((els, "r-e"), (hanne, "r-h"))]
        assert sorted(each.result() for each in told) == [200, 409]
    kept = settings(els)["rules"]
    assert kept["version"] == 1
    assert len(kept["rules"]) == 2


def test_the_same_key_keeps_the_list_once(els: Client) -> None:
    body = {"seen_version": 0, "rules": [rule("r-1")]}
    first = els.put("/report-rules", body, key="twice-the-same")
    again = els.put("/report-rules", body, key="twice-the-same")
    assert (first.status_code, again.json()) == (200, first.json())
    assert settings(els)["rules"]["version"] == 1


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        (rule("r-1", None), (422, "report.goal_unclear")),
        (rule("r-1", party_id=GRID), (422, "report.goal_unclear")),
        (rule("r-1", "d-gone"), (404, "report.unknown_department")),
        (rule("r-1", None, party_id="rp-gone"), (404, "report.unknown_party")),
        (rule("r-1", category_ids=["rc-gone"]), (404, "report.unknown_category")),
    ],
)
def test_a_rule_that_cannot_be(els: Client, wrong: Any, told: tuple[int, str]) -> None:
    answer = els.put("/report-rules", {"seen_version": 0, "rules": [wrong]})
    assert refused(answer) == told
    assert settings(els)["rules"] == {"version": 0, "rules": []}


def test_a_rule_that_stands_twice(els: Client) -> None:
    twice = {"seen_version": 0, "rules": [rule("r-1"), rule("r-1")]}
    assert els.put("/report-rules", twice).status_code == 422


def test_what_rules_would_have_done_last_month(els: Client, store: Store) -> None:
    registered(els)
    registered(els, kind="complaint")
    registered(els, category_id=LAMP)
    registered(els, category_id=None)
    clock = store.clock
    assert isinstance(clock, FixedClock)
    clock.advance(days=31)
    els.sign_in(*COORDINATOR)
    registered(els)
    drafted = [
        rule("r-1", SOCIAL, kinds=["complaint"]),
        rule("r-2", category_ids=[TILE]),
        rule("r-3", SOCIAL, kinds=["complaint"], category_ids=[TILE]),
    ]
    seen = els.post("/report-rules/preview", {"rules": drafted}).json()
    assert (seen["first"], seen["last"], seen["total"]) == ("2026-03-01", "2026-03-31", 4)
    assert seen["effects"] == [
        {"rule_id": "r-1", "decided": 1, "moved": 1, "shadowed_by": None},
        {"rule_id": "r-2", "decided": 1, "moved": 0, "shadowed_by": None},
        {"rule_id": "r-3", "decided": 0, "moved": 0, "shadowed_by": "r-1"},
    ]
    assert (seen["by_category"], seen["uncovered"]) == (1, 1)
    assert settings(els)["rules"]["version"] == 0


# terms


def test_other_terms_hold_for_what_comes_and_running_reports_keep_theirs(
    els: Client, store: Store
) -> None:
    before = registered(els)["report"]
    assert before["answer_due"] == "2026-04-30"
    clock = store.clock
    assert isinstance(clock, FixedClock)
    clock.advance(minutes=5)
    kept = els.put("/report-regulations/issue", TERMS)
    assert kept.status_code == 200, kept.text
    assert (kept.json()["version"], kept.json()["running"]) == (1, 1)
    clock.advance(minutes=5)
    assert registered(els)["report"]["answer_due"] == "2026-04-05"
    seen = {"seen_version": before["version"], "act": "start"}
    assert els.post(f"/reports/{before['id']}/move", seen).json()["answer_due"] == "2026-04-30"
    assert file_of(els, before["id"])["answer"]["days"] == 45
    version = file_of(els, before["id"])["report"]["version"]
    told = els.post(f"/reports/{before['id']}/extend", {"seen_version": version})
    assert refused(told) == (409, "report.no_extension")
    assert journal(store).count(("set_report_terms", "issue")) == 1


def test_what_becomes_another_kind_gets_both_dates_by_the_terms_of_when_it_was_taken_down(
    els: Client, store: Store
) -> None:
    before = registered(els, kind="question")["report"]
    clock = store.clock
    assert isinstance(clock, FixedClock)
    clock.advance(minutes=5)
    assert els.put("/report-regulations/issue", {**TERMS, "receipt_days": 1}).status_code == 200
    changed = {"seen_version": before["version"], "kind": "issue"}
    now = els.post(f"/reports/{before['id']}/change", changed).json()
    as_usual = (before["receipt_due"], "2026-04-30")
    assert (now["receipt_due"], now["answer_due"]) == as_usual


def test_terms_of_a_kind_that_had_the_usual_ones(els: Client) -> None:
    assert one(settings(els)["regulations"], "question", "kind")["version"] == 0
    asked = {**TERMS, "seen_version": 0}
    assert els.put("/report-regulations/question", asked).json()["version"] == 1
    assert refused(els.put("/report-regulations/question", asked)) == (
        409,
        "report.arrangement_stale",
    )


def test_terms_that_are_changed_twice_in_a_moment(els: Client, store: Store) -> None:
    before = registered(els)["report"]
    clock = store.clock
    assert isinstance(clock, FixedClock)
    clock.advance(minutes=5)
    assert els.put("/report-regulations/issue", TERMS).status_code == 200
    again = els.put("/report-regulations/issue", {**TERMS, "seen_version": 1, "answer_days": 30})
    assert again.status_code == 200, again.text
    assert file_of(els, before["id"])["answer"]["days"] == 45
    assert registered(els)["report"]["answer_due"] == "2026-04-15"


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"answer_days": 0}, "report.term_unreadable"),
        ({"extension_days": 367}, "report.term_unreadable"),
        ({"receipt_days": 21}, "report.receipt_after_answer"),
    ],
)
def test_terms_that_cannot_be(els: Client, wrong: dict[str, int], code: str) -> None:
    assert refused(els.put("/report-regulations/issue", {**TERMS, **wrong})) == (422, code)
    assert one(settings(els)["regulations"], "issue", "kind")["version"] == 0


@pytest.mark.parametrize(("kind", "seen"), [("issue", 0), ("complaint", 1)])
def test_of_two_who_change_terms_one_is_told(kind: str, seen: int, els: Client, sit: Sit) -> None:
    desks, asked = (els, sit(*SECOND)), {**TERMS, "seen_version": seen}

    def keep(desk: Client) -> int:
        return desk.put(f"/report-regulations/{kind}", asked).status_code

    with ThreadPoolExecutor(2) as both:
        assert sorted(both.map(keep, desks)) == [200, 409]


# categories


def category(**more: Any) -> dict[str, Any]:
    given = {"seen_version": 0, "name": "Zwerfvuil – sluikstort", "department_id": ROADS}
    return {**given, **more}


def test_a_category_is_added_changed_closed_and_opened_again(els: Client) -> None:
    asked = category(keywords=["sluikstort"], alert_phone="0470 12 34 50", alert_name="wachtdienst")
    added = els.post("/report-categories", asked)
    assert added.status_code == 201, added.text
    made = added.json()
    assert (made["id"], made["code"]) == ("rc-zwerfvuil-sluikstort", "zwerfvuil-sluikstort")
    assert (made["alert_phone"], made["alert_name"]) == ("+32470123450", "wachtdienst")
    path = f"/report-categories/{made['id']}"
    changed = els.put(path, category(seen_version=1, department_id=None, party_id=GRID)).json()
    assert (changed["version"], changed["party_id"], changed["keywords"]) == (2, GRID, [])
    report = registered(els, category_id=made["id"])["report"]
    closed = els.post(f"{path}/close", {"seen_version": 2}).json()
    assert (closed["closed"], closed["open"]) == (True, 1)
    taken = {"id": "r-new", "kind": "issue", "text": "Vuil", "category_id": made["id"]}
    assert refused(els.post("/reports", taken)) == (409, "report.category_closed")
    assert file_of(els, report["id"])["report"]["category_id"] == made["id"]
    assert els.post(f"{path}/reopen", {"seen_version": 3}).json()["closed"] is False


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"name": "  "}, (422, "report.name_missing")),
        ({"name": "Andere"}, (409, "report.name_taken")),
        ({"department_id": None}, (422, "report.goal_unclear")),
        ({"party_id": GRID}, (422, "report.goal_unclear")),
        ({"department_id": "d-gone"}, (404, "report.unknown_department")),
        ({"department_id": None, "party_id": "rp-x"}, (404, "report.unknown_party")),
    ],
)
def test_a_category_that_cannot_be(els: Client, wrong: Any, told: tuple[int, str]) -> None:
    assert refused(els.post("/report-categories", category(**wrong))) == told
    assert refused(els.put(f"/report-categories/{TILE}", category(seen_version=1, **wrong))) == told
    assert len(settings(els)["categories"]) == 4


def test_a_name_of_a_closed_one_may_be_taken_but_not_twice(els: Client) -> None:
    assert els.post(f"/report-categories/{OTHER}/close", {"seen_version": 1}).status_code == 200
    assert els.post("/report-categories", category(name="Andere")).status_code == 201
    again = els.post(f"/report-categories/{OTHER}/reopen", {"seen_version": 2})
    assert refused(again) == (409, "report.name_taken")


def test_an_unknown_category_and_one_that_was_changed(els: Client) -> None:
    unknown = els.put("/report-categories/rc-gone", category(seen_version=1))
    assert refused(unknown) == (404, "report.unknown_category")
    asked = category(seen_version=1)
    assert els.put(f"/report-categories/{WELFARE}", asked).status_code == 200
    late = els.put(f"/report-categories/{WELFARE}", category(seen_version=1, name="Ander"))
    assert refused(late) == (409, "report.arrangement_stale")


def test_of_two_who_add_the_same_category_one_is_told(els: Client, sit: Sit) -> None:
    desks = els, sit(*SECOND)
    with ThreadPoolExecutor(2) as both:
        told = [one.status_code for one in both.map(_add_litter, desks)]
    assert sorted(told) == [201, 409]


def _add_litter(desk: Client) -> Any:
    return desk.post("/report-categories", category())


# parties outside


def test_a_party_is_added_changed_and_closed_once_nothing_goes_there(els: Client) -> None:
    asked = {"seen_version": 0, "name": "Waterbeheerder", "email": "a@water.example"}
    made = els.post("/report-parties", {**asked, "phone": "014 12 34 56"}).json()
    assert (made["id"], made["phone"]) == ("rp-waterbeheerder", "+3214123456")
    path = f"/report-parties/{made['id']}"
    changed = els.put(path, {**asked, "seen_version": 1, "name": "Water"}).json()
    assert (changed["name"], changed["phone"], changed["version"]) == ("Water", "", 2)
    to_it = category(department_id=None, party_id=made["id"])
    added = els.post("/report-categories", to_it).json()
    told = els.post(f"{path}/close", {"seen_version": 2})
    assert refused(told) == (409, "report.party_in_use")
    assert told.json()["params"] == {"name": "Water", "categories": 1, "rules": 0}
    els.post(f"/report-categories/{added['id']}/close", {"seen_version": 1})
    assert els.post(f"{path}/close", {"seen_version": 2}).json()["closed"] is True
    back = els.post(f"/report-categories/{added['id']}/reopen", {"seen_version": 2})
    assert refused(back) == (404, "report.unknown_party")
    assert els.post(f"{path}/reopen", {"seen_version": 3}).json()["closed"] is False


def test_a_party_that_gets_something_at_the_moment_it_is_closed(els: Client, sit: Sit) -> None:
    asked = {"seen_version": 0, "name": "Water", "email": "a@water.example"}
    party = els.post("/report-parties", asked).json()["id"]
    hanne = sit(*SECOND)
    with ThreadPoolExecutor(2) as both:
        closing = both.submit(els.post, f"/report-parties/{party}/close", {"seen_version": 1})
        sending = both.submit(
            hanne.post, "/report-categories", category(department_id=None, party_id=party)
        )
        told = {closing.result().status_code, sending.result().status_code}
    assert told in ({200, 404}, {201, 409})


@pytest.mark.parametrize(
    ("wrong", "status", "code"),
    [
        ({"name": ""}, 422, "report.name_missing"),
        ({"name": "Netbeheerder"}, 409, "report.name_taken"),
        ({"email": "geen adres"}, 422, "request.malformed"),
        ({"phone": "12"}, 422, "request.malformed"),
    ],
)
def test_a_party_that_cannot_be(els: Client, wrong: Any, status: int, code: str) -> None:
    asked = {"seen_version": 0, "name": "Water", "email": "a@water.example", **wrong}
    assert refused(els.post("/report-parties", asked)) == (status, code)


# ready replies


def reply(**more: Any) -> dict[str, Any]:
    return {"seen_version": 0, "name": "Bedankt", "text": "Dag {naam}, {uitvoering}", **more}


def test_a_reply_is_added_changed_and_removed(els: Client) -> None:
    made = els.post("/report-replies", reply(act="resolve", category_id=TILE)).json()
    assert (made["act"], made["category_id"], made["language"]) == ("resolve", TILE, "nl")
    path = f"/report-replies/{made['id']}"
    changed = els.put(path, reply(seen_version=1, text="Dag {naam}  \n\nGroeten")).json()
    assert (changed["text"], changed["version"]) == ("Dag {naam}\n\nGroeten", 2)
    assert changed["id"] in {each["id"] for each in settings(els)["replies"]}
    late = els.post(f"{path}/remove", {"seen_version": 1})
    assert refused(late) == (409, "report.arrangement_stale")
    left = els.post(f"{path}/remove", {"seen_version": 2}).json()["templates"]
    assert [each["name"] for each in left] == ["Opgelost"]
    assert els.post(f"{path}/remove", {"seen_version": 2}).json()["templates"] == left
    gone = els.put(path, reply(seen_version=2))
    assert refused(gone) == (404, "report.unknown_reply")


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"text": "Dag {naaam}"}, (422, "report.reply_field_unknown")),
        ({"text": "Dag {naam"}, (422, "report.reply_brace")),
        ({"text": "   "}, (422, "report.nothing_said")),
        ({"name": ""}, (422, "report.name_missing")),
        ({"name": "Opgelost"}, (409, "report.name_taken")),
        ({"category_id": "rc-gone"}, (404, "report.unknown_category")),
    ],
)
def test_a_reply_that_cannot_be(els: Client, wrong: Any, told: tuple[int, str]) -> None:
    answer = els.post("/report-replies", reply(**wrong))
    assert refused(answer) == told
    if wrong.get("text") == "Dag {naaam}":
        assert answer.json()["params"] == {"field": "{naaam}", "meant": "{naam}"}


# who may


def test_who_may_not_arrange_sees_nothing_and_changes_nothing(els: Client, sit: Sit) -> None:
    tom = sit("tom", "loket-1")
    answers = (
        tom.get("/report-settings"),
        tom.post("/report-rules/preview", {"rules": []}),
        tom.put("/report-rules", {"seen_version": 0, "rules": []}),
        tom.put("/report-regulations/issue", TERMS),
        tom.post("/report-categories", category()),
        tom.post("/report-parties", {"seen_version": 0, "name": "X", "email": "a@b.example"}),
        tom.post("/report-replies", reply()),
    )
    assert {each.status_code for each in answers} == {403}
    assert len(settings(els)["categories"]) == 4
