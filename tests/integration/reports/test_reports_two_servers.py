"""Two servers over one database: two colleagues who press at the same moment about one report."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from loket.kit.clock import FixedClock
from loket.kit.ids import new_id
from loket.store.work import Store
from tests.reporting import arrange, file_of, registered, report
from tests.serving import Client
from tests.two_servers import both, count, one_did, two_servers

ROUNDS = 5


@pytest.fixture
def desks(store: Store, clock: FixedClock, tmp_path: Path) -> Iterator[list[Client]]:
    arrange(store)
    coordinators = [("hanne", "loket-1"), ("els", "loket-3")]
    with two_servers(store, clock, tmp_path, coordinators) as found:
        yield found


def test_numbers_are_given_once_and_without_gaps(desks: list[Client], store: Store) -> None:
    for _ in range(ROUNDS):
        answers = both(desks, lambda _nr, desk: desk.post("/reports", report()))
        assert all(answer.status_code == 201 for answer in answers)
    with store.reading() as connection:
        numbers = connection.scalars(text("SELECT serial % 1000000 FROM report ORDER BY serial"))
        assert list(numbers) == list(range(1, 2 * ROUNDS + 1))


def test_one_sends_it_on_and_the_other_is_told(desks: list[Client]) -> None:
    one = registered(desks[0])["report"]
    goals = [{"department_id": "d-soc"}, {"party_id": "rp-net"}]
    for _ in range(ROUNDS):
        seen = file_of(desks[0], one["id"])["report"]["version"]
        answers = both(
            desks,
            lambda nr, desk, seen=seen: desk.post(
                f"/reports/{one['id']}/assign", {"seen_version": seen, **goals[nr]}
            ),
        )
        one_did(answers, "report.stale")


def test_the_citizen_gets_one_of_two_answers(desks: list[Client], store: Store) -> None:
    one = registered(desks[0])["report"]
    reply = {"seen_version": one["version"], "text": "Het is hersteld.", "then": "resolve"}
    answers = both(desks, lambda _nr, desk: desk.post(f"/reports/{one['id']}/reply", reply))
    one_did(answers, "report.stale")
    assert count(store, "outgoing_message WHERE kind = 'report_replied'") == 1


def test_two_citizens_who_join_at_once_are_both_told(desks: list[Client], store: Store) -> None:
    one = registered(desks[0])["report"]
    who = {"name": "Ook Iemand", "email": "ook@example.be"}

    def join(_nr: int, desk: Client) -> Any:
        return desk.post(f"/reports/{one['id']}/reporters", {"id": new_id(), "reporter": who})

    for _ in range(ROUNDS):
        assert [answer.status_code for answer in both(desks, join)] == [201, 201]
    people = file_of(desks[0], one["id"])["reporters"]
    assert [person["place"] for person in people] == list(range(1, 2 * ROUNDS + 2))
    assert count(store, "outgoing_message WHERE kind = 'report_received'") == 2 * ROUNDS + 1


def test_two_reports_that_are_linked_to_each_other_at_once_do_not_go_in_circles(
    desks: list[Client], store: Store
) -> None:
    for _ in range(ROUNDS):
        pair = [registered(desks[0])["report"] for _ in range(2)]

        def link(nr: int, desk: Client, pair: Any = pair) -> Any:
            body = {"seen_version": pair[nr]["version"], "to_id": pair[1 - nr]["id"]}
            return desk.post(f"/reports/{pair[nr]['id']}/link", body)

        done, refused = sorted(both(desks, link), key=lambda answer: answer.status_code)
        assert (done.status_code, refused.json()["code"]) == (200, "report.linked_to_itself")
    assert count(store, "report WHERE linked_id IS NOT NULL") == ROUNDS


def test_a_letter_is_posted_once(desks: list[Client], store: Store) -> None:
    who = {"name": "Jan", "email": None, "address": "Markt 1", "answer_by": "letter"}
    one = registered(desks[0], reporter=who)["report"]
    body = {"seen_version": one["version"], "text": "Het is hersteld."}
    assert desks[0].post(f"/reports/{one['id']}/reply", body).ok
    (letter,) = desks[0].get("/report-letters").json()["letters"]
    answers = both(
        desks, lambda _nr, desk: desk.post("/report-letters/posted", {"ids": [letter["id"]]})
    )
    assert all(answer.json()["letters"] == [] for answer in answers)
    assert count(store, "journal WHERE act = 'post_letter'") == 1
