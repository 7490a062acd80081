"""Following reports up over real HTTP, on both databases: dispatch, answers, terms, lists."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from sqlalchemy import text

from loket.kit.clock import FixedClock
from loket.kit.ids import new_id
from loket.store.work import Store
from tests.reporting import GRID, LAMP, arrange, file_of, registered
from tests.serving import Client

Sit = Callable[[str, str], Client]


@pytest.fixture
def desk(sit: Sit, store: Store) -> Client:
    arrange(store)
    return sit("sofie", "onthaal-1")


@pytest.fixture
def hanne(desk: Client, sit: Sit) -> Client:
    """The coordinator."""
    assert desk.url
    return sit("hanne", "loket-1")


def act(client: Client, one: dict[str, Any], name: str, **said: Any) -> dict[str, Any]:
    """Do something with a report as it now is, and give it as it is then."""
    now = file_of(client, one["id"])["report"]
    body = (
        said
        if name in {"note", "answer", "attempt", "promise"}
        else {
            "seen_version": now["version"],
            **said,
        }
    )
    answer = client.post(f"/reports/{one['id']}/{name}", body)
    assert answer.status_code == 200, answer.text
    changed: dict[str, Any] = answer.json()
    return changed


def outgoing(store: Store, kind: str) -> list[tuple[str, str, str]]:
    with store.reading() as connection:
        rows = connection.execute(
            text(
                "SELECT channel, recipient, text FROM outgoing_message WHERE kind = :kind"
                " ORDER BY id"
            ),
            {"kind": kind},
        )
        return [(row.channel, row.recipient, row.text) for row in rows]


def test_from_assigned_to_closed_with_an_answer_by_mail(hanne: Client, store: Store) -> None:
    one = registered(hanne)["report"]
    one = act(hanne, one, "take")
    assert (one["state"], one["handler_id"]) == ("in_progress", hanne.signed_in["user"]["id"])
    one = act(hanne, one, "reply", text="Dag Marleen, de tegel ligt vast.", then="resolve")
    assert (one["state"], bool(one["answered_at"])) == ("resolved", True)
    one = act(hanne, one, "move", act="close")
    assert one["state"] == "closed"
    [(channel, to, said)] = outgoing(store, "report_replied")
    assert (channel, to) == ("mail", "m.desmedt@example.be")
    assert said.startswith("Dag Marleen, de tegel ligt vast.")
    acts = [entry["act"] for entry in file_of(hanne, one["id"])["entries"]]
    assert acts == ["register", "assign", "confirm", "start", "reply", "resolve", "close"]


def test_a_question_pauses_the_clock_until_the_citizen_answers(hanne: Client, store: Store) -> None:
    clock = store.clock
    assert isinstance(clock, FixedClock)
    one = registered(hanne)["report"]
    assert one["answer_due"] == "2026-04-30"
    one = act(hanne, one, "reply", text="Ligt het ook op het gras?", then="ask_citizen")
    assert one["state"] == "waiting_citizen"
    clock.advance(days=3)
    hanne.sign_in("hanne", "loket-1")
    assert file_of(hanne, one["id"])["answer"]["due"] == "2026-05-03"
    people = file_of(hanne, one["id"])["reporters"]
    one = act(hanne, one, "answer", reporter_id=people[0]["id"], channel="phone", text="Ja, ook.")
    assert (one["state"], one["answer_due"]) == ("in_progress", "2026-05-03")
    assert one["reaction_due"] == "2026-03-21"
    explained = file_of(hanne, one["id"])["answer"]
    assert (explained["days"], explained["paused"]) == (45, 3)


def test_a_department_sends_it_back_with_a_reason_and_that_is_counted(
    hanne: Client, sit: Sit
) -> None:
    tom = sit("tom", "loket-3")
    one = registered(hanne)["report"]
    refused = tom.post(f"/reports/{one['id']}/return", {"seen_version": 99, "reason": " "})
    assert refused.json()["code"] == "report.reason_missing"
    one = act(tom, one, "return", reason="Dit is een gewestweg.")
    assert (one["state"], one["department_id"], one["returns"]) == ("new", None, 1)
    page = hanne.post("/report-searches", {"view": "returned"}).json()
    assert [row["report"]["id"] for row in page["reports"]] == [one["id"]]
    forbidden = tom.post(
        f"/reports/{one['id']}/assign", {"seen_version": one["version"], "party_id": GRID}
    )
    assert forbidden.status_code == 403


def test_a_party_outside_is_asked_by_mail(hanne: Client, store: Store) -> None:
    one = registered(hanne)["report"]
    one = act(hanne, one, "assign", party_id=GRID)
    assert (one["party_id"], one["department_id"]) == (GRID, None)
    [(channel, to, said)] = outgoing(store, "report_forwarded")
    assert (channel, to) == ("mail", "net@example.be")
    assert "Een losse tegel." in said


def test_everybody_involved_is_told_each_by_their_own_way(hanne: Client, store: Store) -> None:
    one = registered(hanne)["report"]
    others = (
        {"name": "Jan", "phone": "0470112233", "answer_by": "sms"},
        {"name": "Rik Maes", "address": "Molendreef 7, Heidebeek", "answer_by": "letter"},
        {"name": "", "answer_by": "mail"},
    )
    for reporter in others:
        body = {"id": new_id(), "reporter": reporter}
        assert hanne.post(f"/reports/{one['id']}/reporters", body).status_code == 201
    act(hanne, one, "reply", text="Dag {naam}, opgelost.", to="all", then="resolve", close=True)
    mail, sms = sorted(outgoing(store, "report_replied"))
    assert mail[:2] == ("mail", "m.desmedt@example.be")
    assert sms[:2] == ("sms", "+32470112233")
    assert "Dag Marleen De Smedt, opgelost." in mail[2]
    assert "Dag Jan, opgelost." in sms[2]
    [letter] = hanne.get("/report-letters").json()["letters"]
    assert (letter["name"], letter["address"]) == ("Rik Maes", "Molendreef 7, Heidebeek")
    assert letter["text"] == "Dag Rik Maes, opgelost."
    entries = file_of(hanne, one["id"])["entries"]
    own = [entry["text"] for entry in entries if entry["act"] == "reply"]
    assert own == [f"Dag {name}, opgelost." for name in ("Marleen De Smedt", "Jan", "Rik Maes")]
    left = hanne.post("/report-letters/posted", {"ids": [letter["id"]]}).json()
    assert left["letters"] == []


def test_who_wants_it_by_telephone_is_called_when_all_are_told(hanne: Client, store: Store) -> None:
    one = registered(hanne)["report"]
    an = {"name": "An", "phone": "016112233", "answer_by": "phone"}
    hanne.post(f"/reports/{one['id']}/reporters", {"id": new_id(), "reporter": an})
    act(hanne, one, "reply", text="Dag {naam}, het is klaar.", to="all")
    assert [to for _channel, to, _ in outgoing(store, "report_replied")] == ["m.desmedt@example.be"]
    until = {"until": store.clock.now().replace(day=18).isoformat()}
    [promise] = hanne.get("/report-promises", params=until).json()["promises"]
    assert (promise["reporter_name"], promise["note"]) == ("An", "Dag An, het is klaar.")


def test_a_text_message_to_a_landline_is_refused(hanne: Client, store: Store) -> None:
    caller = {"name": "An", "phone": "016112233", "answer_by": "phone"}
    one = file_of(hanne, registered(hanne, reporter=caller)["report"]["id"])["report"]
    body = {"seen_version": one["version"], "text": "Dag", "by": "sms"}
    refused = hanne.post(f"/reports/{one['id']}/reply", body).json()
    assert refused["code"] == "report.no_way_to_answer"
    assert outgoing(store, "report_replied") == []


def test_a_reply_goes_to_one_of_those_involved(hanne: Client, store: Store) -> None:
    one = registered(hanne)["report"]
    jan = {"name": "Jan", "phone": "0470112233", "answer_by": "sms"}
    joined = hanne.post(f"/reports/{one['id']}/reporters", {"id": new_id(), "reporter": jan})
    who = joined.json()["reporter"]["id"]
    act(hanne, one, "reply", text="Dag {naam}.", reporter_id=who)
    assert [to for _channel, to, _ in outgoing(store, "report_replied")] == ["+32470112233"]
    now = file_of(hanne, one["id"])["report"]
    body = {"seen_version": now["version"], "text": "Dag.", "reporter_id": new_id()}
    refused = hanne.post(f"/reports/{one['id']}/reply", body).json()
    assert refused["code"] == "report.unknown_reporter"


@pytest.mark.parametrize("then", [None, "resolve"])
def test_a_reply_with_a_field_that_nobody_filled_in_is_not_sent(
    hanne: Client, store: Store, then: str | None
) -> None:
    one = registered(hanne)["report"]
    body = {"seen_version": one["version"], "text": "We komen op {uitvoering}.", "then": then}
    answer = hanne.post(f"/reports/{one['id']}/reply", body).json()
    assert (answer["code"], answer["params"]) == (
        "report.reply_unfinished",
        {"field": "uitvoering"},
    )
    assert outgoing(store, "report_replied") == []
    assert file_of(hanne, one["id"])["report"]["state"] == "assigned"


def test_two_who_answer_at_once_are_told_apart(hanne: Client) -> None:
    one = file_of(hanne, registered(hanne)["report"]["id"])["report"]
    body = {"seen_version": one["version"], "text": "Opgelost.", "then": "resolve"}
    with ThreadPoolExecutor(4) as pool:
        answers = list(
            pool.map(lambda _: hanne.post(f"/reports/{one['id']}/reply", body), range(4))
        )
    assert sorted(answer.status_code for answer in answers) == [200, 409, 409, 409]
    codes = {answer.json().get("code") for answer in answers if answer.status_code == 409}
    assert codes == {"report.stale"}


def test_only_moves_of_the_table_are_made(hanne: Client) -> None:
    one = registered(hanne)["report"]
    for move in ("close", "resume", "reopen"):
        body = {"seen_version": one["version"], "act": move, "reason": "omdat"}
        answer = hanne.post(f"/reports/{one['id']}/move", body)
        assert answer.json()["code"] == "report.wrong_state", move


def test_a_complaint_is_inadmissible_with_a_reason_and_can_be_opened_again(
    hanne: Client, store: Store
) -> None:
    melding = registered(hanne)["report"]
    body = {"seen_version": 3, "reason": "policy", "text": "Dit is beleid."}
    refused = hanne.post(f"/reports/{melding['id']}/inadmissible", body | {"seen_version": 4})
    assert refused.json()["code"] in {"report.not_a_complaint", "report.stale"}
    one = registered(hanne, kind="complaint")["report"]
    one = act(hanne, one, "inadmissible", reason="over_a_year", text="Het is te lang geleden.")
    assert one["state"] == "inadmissible"
    assert outgoing(store, "report_replied")[0][2].startswith("Het is te lang geleden.")
    assert file_of(hanne, one["id"])["inadmissible"] == "over_a_year"
    one = act(hanne, one, "move", act="reopen", reason="Het gebeurde vorige maand opnieuw.")
    assert one["state"] == "new"
    one = act(hanne, one, "judge", founded="partly", solved="yes")
    assert file_of(hanne, one["id"])["founded"] == "partly"


def test_a_term_is_extended_once_and_only_where_the_regulation_says_so(hanne: Client) -> None:
    melding = registered(hanne)["report"]
    answer = hanne.post(
        f"/reports/{melding['id']}/extend",
        {"seen_version": file_of(hanne, melding["id"])["report"]["version"]},
    )
    assert answer.json()["code"] == "report.no_extension"
    one = registered(hanne, kind="complaint")["report"]
    one = act(hanne, one, "extend")
    assert one["answer_due"] == "2026-06-14"
    again = hanne.post(f"/reports/{one['id']}/extend", {"seen_version": one["version"]})
    assert again.json()["code"] == "report.term_extended"


def test_a_promise_to_call_is_on_the_board_until_somebody_reached_them(
    hanne: Client, store: Store
) -> None:
    caller = {"name": "An", "phone": "0470 98 76 54", "answer_by": "phone"}
    taken = registered(hanne, reporter=caller)
    one, who = taken["report"], taken["reporter"]["id"]
    due = store.clock.now().replace(hour=14, minute=0).isoformat()
    act(hanne, one, "promise", reporter_id=who, due_at=due, note="over de tegel")
    tonight = {"until": store.clock.now().replace(hour=22).isoformat()}
    [promise] = hanne.get("/report-promises", params=tonight).json()["promises"]
    assert (promise["reporter_name"], promise["phone"]) == ("An", "+32470987654")
    act(hanne, one, "attempt", reporter_id=who, reached=False)
    assert hanne.get("/report-promises", params=tonight).json()["promises"] != []
    act(hanne, one, "attempt", reporter_id=who, reached=True, text="Alles uitgelegd.")
    assert hanne.get("/report-promises", params=tonight).json()["promises"] == []


def test_linked_reports_say_so_on_both_sides(hanne: Client) -> None:
    first, second = registered(hanne)["report"], registered(hanne)["report"]
    act(hanne, second, "link", to_id=first["id"])
    assert file_of(hanne, second["id"])["linked_reference"] == first["reference"]
    assert file_of(hanne, first["id"])["linked_from"] == [second["reference"]]
    version = file_of(hanne, first["id"])["report"]["version"]
    circle = {"seen_version": version, "to_id": second["id"]}
    answer = hanne.post(f"/reports/{first['id']}/link", circle)
    assert answer.json()["code"] == "report.linked_to_itself"


def test_views_count_what_they_show_and_pages_follow_each_other(
    hanne: Client, store: Store
) -> None:
    clock = store.clock
    assert isinstance(clock, FixedClock)
    old = [registered(hanne)["report"]["reference"] for _ in range(3)]
    clock.advance(days=46)
    hanne.sign_in("hanne", "loket-1")
    new = [registered(hanne)["report"]["reference"] for _ in range(4)]
    counts = hanne.get("/report-counts").json()
    assert (counts["open"], counts["late"], counts["new"]) == (7, 3, 0)
    seen: list[str] = []
    after = ""
    while True:
        asked = {"view": "open", "many": 2, "after": after}
        page = hanne.post("/report-searches", asked).json()
        assert page["total"] == 7
        seen += [row["report"]["reference"] for row in page["reports"]]
        if page["next"] is None:
            break
        after = page["next"]
    assert seen == old + new
    late = hanne.post("/report-searches", {"view": "late"}).json()
    assert [row["report"]["reference"] for row in late["reports"]] == old


def test_what_is_searched_for_has_pages_too_the_newest_first(hanne: Client) -> None:
    found = [registered(hanne)["report"]["reference"] for _ in range(5)]
    registered(hanne, text="De lamp van de lantaarn is stuk", category_id=LAMP)
    seen: list[str] = []
    after = ""
    while True:
        asked = {"view": "all", "text": "tegel", "many": 2, "after": after}
        page = hanne.post("/report-searches", asked).json()
        seen += [row["report"]["reference"] for row in page["reports"]]
        assert page["total"] == 5 or after
        if page["next"] is None:
            break
        after = page["next"]
    assert seen == found[::-1]


def test_its_kind_changes_and_its_terms_with_it(hanne: Client, store: Store) -> None:
    arrange(store, terms={"question": {"answer_days": 15, "counting": "working"}})
    one = registered(hanne)["report"]
    one = act(hanne, one, "change", kind="question", title="Vraag over een tegel")
    # 15 working days after 16 March, with Easter Monday (6 April) passed over.
    assert (one["title"], one["answer_due"]) == ("Vraag over een tegel", "2026-04-07")
    explained = file_of(hanne, one["id"])["answer"]
    assert (explained["counting"], explained["holidays"]) == ("working", ["Paasmaandag"])


def test_what_is_said_to_nobody_stands_in_the_file(hanne: Client) -> None:
    """An anonymous reporter reads no answer; what was decided and why is kept."""
    one = registered(hanne, kind="complaint", reporter={"name": "", "email": None})["report"]
    act(hanne, one, "inadmissible", reason="anonymous", text="Zonder naam kan dit niet.")
    said = [(entry["act"], entry["text"]) for entry in file_of(hanne, one["id"])["entries"]]
    assert ("note", "Zonder naam kan dit niet.") in said


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("refer", {"to": "De Lijn", "text": "Dag {naam}, wij doen dit niet: {reden}."}),
        ("inadmissible", {"reason": "policy", "text": "Dag {naam}, wij doen dit niet: {reden}."}),
        ("reply", {"text": "Dag {naam}, op {uitvoering komen wij."}),
    ],
)
def test_what_is_unfinished_reaches_nobody(
    hanne: Client, store: Store, name: str, said: dict[str, str]
) -> None:
    one = registered(hanne, kind="complaint")["report"]
    answer = hanne.post(f"/reports/{one['id']}/{name}", {"seen_version": one["version"], **said})
    assert answer.status_code == 422
    assert answer.json()["code"] in {"report.reply_unfinished", "report.reply_brace"}
    assert outgoing(store, "report_replied") == []
    assert file_of(hanne, one["id"])["report"]["version"] == one["version"]
