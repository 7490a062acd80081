"""Telling everybody whom a list shows: each once and by their own way, and no two do it at once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from sqlalchemy import text

from loket.kit.ids import new_id
from loket.store.work import Store
from tests.reporting import LAMP, WELFARE, arrange, file_of, registered
from tests.serving import Client

Sit = Callable[[str, str], Client]
PEOPLE: tuple[dict[str, Any], ...] = (
    {"name": "Marleen De Smedt", "email": "m.desmedt@example.be", "answer_by": "mail"},
    {"name": "Jan Maes", "phone": "0470112233", "email": None, "answer_by": "sms"},
    {
        "name": "Rik Pauwels",
        "address": "Molendreef 7, Heidebeek",
        "email": None,
        "answer_by": "letter",
    },
    {"name": "An Claes", "phone": "016112233", "email": None, "answer_by": "phone"},
    {"name": "", "email": None, "answer_by": "mail"},
)


@pytest.fixture
def hanne(sit: Sit, store: Store) -> Client:
    """The coordinator, with a report of each of these people."""
    arrange(store)
    client = sit("hanne", "loket-1")
    for person in PEOPLE:
        registered(client, reporter=person)
    return client


def involved(client: Client, **asked: Any) -> dict[str, Any]:
    answer = client.post("/report-involvements", asked)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def command(client: Client, said: str = "Dag {naam}, we komen.", **asked: Any) -> dict[str, Any]:
    seen = involved(client, **asked)
    return {
        "id": new_id(),
        "filter": asked,
        "text": said,
        "call_by": "2026-03-17T16:00:00Z",
        "seen_people": seen["people"],
        "seen_last": seen["last"] and seen["last"]["id"],
    }


def inform(client: Client, body: dict[str, Any]) -> Any:
    return client.post("/report-announcements", body)


def replied(store: Store) -> list[tuple[str, str]]:
    with store.reading() as connection:
        rows = connection.execute(
            text(
                "SELECT recipient, text FROM outgoing_message WHERE kind = 'report_replied'"
                " ORDER BY recipient"
            )
        )
        return [(row.recipient, row.text) for row in rows]


def journalled(store: Store, act: str) -> int:
    with store.reading() as connection:
        found = connection.execute(
            text("SELECT count(*) FROM journal WHERE act = :act"), {"act": act}
        )
        return int(found.scalar_one())


def test_how_many_there_are_and_by_which_way(hanne: Client) -> None:
    registered(hanne, reporter=PEOPLE[0])
    again = {**PEOPLE[1], "name": "J. Maes", "answer_by": "phone"}
    registered(hanne, reporter=again)
    found = involved(hanne)
    counted = {name: found[name] for name in ("mail", "sms", "letter", "phone")}
    assert (found["reports"], found["people"]) == (7, 4)
    # Of Jan the newest report says how he wants it: by telephone.
    assert counted == {"mail": 1, "sms": 0, "letter": 1, "phone": 2}
    assert (found["unreachable"], found["doubles"], found["last"]) == (1, 2, None)


def test_each_reads_it_by_their_own_way_and_in_their_own_file(hanne: Client, store: Store) -> None:
    done = inform(hanne, command(hanne))
    assert done.status_code == 200, done.text
    assert {name: done.json()[name] for name in ("people", "mail", "sms", "letter", "phone")} == {
        "people": 4,
        "mail": 1,
        "sms": 1,
        "letter": 1,
        "phone": 1,
    }
    [(sms, said), (mail, written)] = replied(store)
    assert (sms, mail) == ("+32470112233", "m.desmedt@example.be")
    assert "Dag Jan Maes, we komen." in said
    assert written.startswith("Dag Marleen De Smedt, we komen.")
    [letter] = hanne.get("/report-letters").json()["letters"]
    assert letter["text"] == "Dag Rik Pauwels, we komen."
    until = {"until": "2026-03-17T17:00:00Z"}
    [call] = hanne.get("/report-promises", params=until).json()["promises"]
    assert (call["reporter_name"], call["note"]) == ("An Claes", "Dag An Claes, we komen.")
    page = hanne.post("/report-searches", {}).json()["reports"]
    last = [file_of(hanne, row["report"]["id"])["entries"][-1]["text"] for row in page]
    assert sorted(filter(None, last)) == [
        f"Dag {person['name']}, we komen." for person in sorted(PEOPLE[:4], key=lambda p: p["name"])
    ]
    assert (journalled(store, "inform_all"), journalled(store, "post_messages")) == (1, 1)


def test_a_second_press_tells_nobody_twice(hanne: Client, store: Store) -> None:
    body = command(hanne)
    key = new_id()
    first = hanne.post("/report-announcements", body, key=key)
    assert hanne.post("/report-announcements", body, key=key).json() == first.json()
    assert inform(hanne, body).json()["code"] == "report.informed_already"
    assert len(replied(store)) == 2


def test_two_coordinators_at_once_tell_it_once(hanne: Client, sit: Sit, store: Store) -> None:
    els = sit("els", "loket-2")
    bodies = [
        (hanne, command(hanne, "Dag {naam}, we komen.")),
        (els, command(els, "Beste {naam}, wij komen.")),
        (els, command(els, "Beste {naam}, wij komen.", view="all")),
        (hanne, command(hanne)),
    ]
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda one: inform(*one), bodies))
    assert sorted(answer.status_code for answer in answers) == [200, 409, 409, 409]
    refused = [answer.json() for answer in answers if answer.status_code == 409]
    assert {one["code"] for one in refused} == {"report.informed_meanwhile"}
    assert len(replied(store)) == 2
    seen = involved(hanne)["last"]
    assert seen["people"] == 4
    again = inform(hanne, command(hanne, "Dag {naam}, het is gebeurd."))
    assert again.status_code == 200, again.text


def test_who_comes_in_meanwhile_is_looked_at_first(hanne: Client, store: Store) -> None:
    body = command(hanne)
    registered(hanne, reporter={"name": "Lies", "email": "lies@example.be", "answer_by": "mail"})
    refused = inform(hanne, body).json()
    assert (refused["code"], refused["params"]) == ("report.involved_changed", {"people": 5})
    assert replied(store) == []


def test_only_whom_the_filter_shows_is_told(hanne: Client, store: Store) -> None:
    lamp = {"name": "Lies", "email": "lies@example.be", "answer_by": "mail"}
    registered(hanne, category_id=LAMP, reporter=lamp)
    body = command(hanne, category_ids=[LAMP])
    assert inform(hanne, body).json()["people"] == 1
    assert [to for to, _ in replied(store)] == ["lies@example.be"]


def test_a_field_of_nobody_is_refused_and_own_ones_are_filled(hanne: Client, store: Store) -> None:
    refused = inform(hanne, command(hanne, "Op {dag} komen we.")).json()
    assert (refused["code"], refused["params"]) == ("report.reply_unfinished", {"field": "dag"})
    assert replied(store) == []
    body = command(hanne, "{onderwerp} ({referentie})")
    assert inform(hanne, body).status_code == 200
    assert "Losse tegel (M-2026-00001)" in replied(store)[1][1]


def test_only_the_coordinator_counts_and_tells(hanne: Client, sit: Sit, store: Store) -> None:
    body = command(hanne)
    for client in (sit("tom", "loket-3"), sit("sofie", "onthaal-1")):
        assert client.post("/report-involvements", {}).status_code == 403
        assert inform(client, body).status_code == 403
    assert replied(store) == []


def test_what_is_confidential_stays_in_its_own_file(hanne: Client, sit: Sit) -> None:
    secret = registered(hanne, category_id=WELFARE, reporter=PEOPLE[0])["report"]
    tom = sit("tom", "loket-3")
    inform(hanne, command(hanne))
    assert file_of(tom, secret["id"])["entries"] == []
    assert tom.get("/report-letters").json()["letters"] != []
    told = file_of(hanne, secret["id"])["entries"][-1]
    assert told["text"] == "Dag Marleen De Smedt, we komen."


def test_nobody_to_tell_is_refused(hanne: Client) -> None:
    body = {**command(hanne), "filter": {"view": "late"}}
    assert inform(hanne, body).json()["code"] == "report.involved_changed"


def test_a_reply_typed_meanwhile_is_told_apart(hanne: Client) -> None:
    [row, *_] = hanne.post("/report-searches", {}).json()["reports"]
    report = row["report"]
    inform(hanne, command(hanne))
    body = {"seen_version": report["version"], "text": "Dag"}
    late = hanne.post(f"/reports/{report['id']}/reply", body)
    assert late.json()["code"] == "report.stale"
