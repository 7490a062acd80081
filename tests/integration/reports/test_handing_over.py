"""In whose hands a report is: colleagues to choose from, and who may not get it."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from sqlalchemy import text

from loket.store.work import Store
from tests.reporting import WELFARE, arrange, file_of, registered
from tests.serving import Client

Sit = Callable[[str, str], Client]


@pytest.fixture
def hanne(sit: Sit, store: Store) -> Client:
    """The coordinator."""
    arrange(store)
    return sit("hanne", "loket-1")


def hand(client: Client, one: dict[str, Any], to: str | None, **more: Any) -> Any:
    seen = {"seen_version": file_of(client, one["id"])["report"]["version"]}
    return client.post(f"/reports/{one['id']}/hand", {**seen, "handler_id": to, **more})


def leaves(store: Store, user_id: str) -> None:
    with store.database.writers.begin() as connection:
        connection.execute(
            text("UPDATE staff_user SET active = :no WHERE id = :user"),
            {"no": False, "user": user_id},
        )


def test_colleagues_of_the_department_stand_first_with_what_they_have(
    hanne: Client, sit: Sit
) -> None:
    sit("tom", "loket-3")
    sit("els", "sociaal-1")
    one = registered(hanne)["report"]
    assert hand(hanne, one, "u-tom").json()["handler_id"] == "u-tom"
    answer = hanne.get(f"/reports/{one['id']}/colleagues").json()["colleagues"]
    found = {each["name"]: (each["near"], each["open"]) for each in answer}
    assert found["Tom Claes"] == (True, 1)
    assert found["Els Goossens"] == (False, 0)
    assert "Sofie Vermeulen" not in found  # who takes down does not handle
    near = [each["near"] for each in answer]
    assert near == sorted(near, reverse=True)


def test_it_goes_from_hand_to_hand_and_the_history_says_so(hanne: Client) -> None:
    one = registered(hanne)["report"]
    assert hand(hanne, one, "u-tom").json()["state"] == "assigned"
    assert hand(hanne, one, "u-hanne").json()["handler_id"] == "u-hanne"
    assert hand(hanne, one, None).json()["handler_id"] is None
    file = file_of(hanne, one["id"])
    steps = [entry["facts"] for entry in file["entries"] if entry["act"] == "hand"]
    assert steps == [
        {"handler": "u-tom"},
        {"handler": "u-hanne", "former": "u-tom"},
        {"former": "u-hanne"},
    ]
    assert file["colleagues"] == {"u-tom": "Tom Claes", "u-hanne": "Hanne Goossens"}


def test_to_who_has_it_already_is_no_step(hanne: Client) -> None:
    one = registered(hanne)["report"]
    first = hand(hanne, one, "u-tom").json()
    assert hand(hanne, one, "u-tom").json() == first


def test_who_left_or_does_not_handle_reports_gets_none(hanne: Client, store: Store) -> None:
    one = registered(hanne)["report"]
    leaves(store, "u-tom")
    listed = hanne.get(f"/reports/{one['id']}/colleagues").json()["colleagues"]
    assert "u-tom" not in {each["id"] for each in listed}
    for who, name in (("u-tom", "Tom Claes"), ("u-sofie", "Sofie Vermeulen"), ("u-none", "")):
        refused = hand(hanne, one, who).json()
        assert (refused["code"], refused["params"]) == ("report.handler_may_not", {"name": name})
    seen = {"seen_version": file_of(hanne, one["id"])["report"]["version"]}
    body = {**seen, "department_id": "d-bz", "handler_id": "u-tom"}
    refused = hanne.post(f"/reports/{one['id']}/assign", body).json()
    assert refused["code"] == "report.handler_may_not"


def test_what_is_confidential_goes_to_its_own_people(hanne: Client, sit: Sit) -> None:
    tom = sit("tom", "loket-3")
    one = registered(hanne, category_id=WELFARE)["report"]
    refused = hand(hanne, one, "u-tom").json()
    assert refused["code"] == "report.handler_elsewhere"
    assert tom.get(f"/reports/{one['id']}/colleagues").json()["code"] == "report.unknown"
    for act, said in (
        ("hand", {"handler_id": "u-tom"}),
        ("change", {"title": "Iets"}),
        ("take", {}),
    ):
        body = {"seen_version": file_of(tom, one["id"])["report"]["version"], **said}
        assert tom.post(f"/reports/{one['id']}/{act}", body).json()["code"] == "report.unknown"
    sit("tom", "sociaal-1")
    assert hand(hanne, one, "u-tom").json()["handler_id"] == "u-tom"


def test_who_only_takes_reports_down_hands_nothing_over(hanne: Client, sit: Sit) -> None:
    sofie = sit("sofie", "onthaal-1")
    one = registered(hanne)["report"]
    assert hand(sofie, one, "u-tom").status_code == 403
    assert sofie.get(f"/reports/{one['id']}/colleagues").status_code == 403


def test_two_who_hand_it_over_at_once_are_told_apart(hanne: Client) -> None:
    one = file_of(hanne, registered(hanne)["report"]["id"])["report"]

    def to(who: str) -> int:
        body = {"seen_version": one["version"], "handler_id": who}
        return hanne.post(f"/reports/{one['id']}/hand", body).status_code

    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(to, ["u-tom", "u-hanne", "u-tom", "u-hanne"]))
    assert sorted(answers) == [200, 409, 409, 409]


def test_an_ended_report_is_handed_to_nobody(hanne: Client) -> None:
    one = file_of(hanne, registered(hanne)["report"]["id"])["report"]
    body = {"seen_version": one["version"], "act": "resolve"}
    hanne.post(f"/reports/{one['id']}/move", body)
    assert hand(hanne, one, "u-tom").json()["code"] == "report.wrong_state"


def test_own_reports_that_are_nearly_due_are_counted(hanne: Client, sit: Sit, store: Store) -> None:
    tom = sit("tom", "loket-3")
    mine, nobodys, others = (registered(hanne)["report"] for _ in range(3))
    hand(hanne, mine, "u-tom")
    hand(hanne, others, "u-hanne")
    registered(hanne, category_id=WELFARE)
    store.clock.advance(days=41)  # type: ignore[attr-defined]
    tom.sign_in("tom", "loket-3")
    counts = tom.get("/report-counts").json()
    assert (counts["own_late"], counts["own_nearly_due"]) == (0, 2)
    assert nobodys["handler_id"] is None
    store.clock.advance(days=5)  # type: ignore[attr-defined]
    tom.sign_in("tom", "loket-3")
    hanne.sign_in("hanne", "loket-1")
    counts = tom.get("/report-counts").json()
    assert (counts["own_late"], counts["own_nearly_due"]) == (2, 0)
    hand(hanne, nobodys, "u-hanne")
    assert tom.get("/report-counts").json()["own_late"] == 1
