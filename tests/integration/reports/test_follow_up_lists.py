"""What the follow-up screen asks: who handles, who has how much, solved and closed at once."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.serving import Client

Sit = Callable[[str, str], Client]
DESK, COORDINATOR = ("sofie", "onthaal-1"), ("els", "loket-2")


def registered(client: Client, ident: str, **more: Any) -> dict[str, Any]:
    body = {"id": ident, "kind": "issue", "text": "Een losse tegel bij de kerk", **more}
    answer: dict[str, Any] = client.post("/reports", body).json()["report"]
    return answer


def test_a_department_and_a_handler_are_counted_and_named(sit: Sit) -> None:
    desk, coordinator = sit(*DESK), sit(*COORDINATOR)
    report = registered(desk, "r-1")
    registered(desk, "r-2")
    assert desk.get("/report-counts").json()["at"] == []
    path, seen = "/reports/r-1", {"seen_version": report["version"]}
    assigned = coordinator.post(f"{path}/assign", {**seen, "department_id": "d-bz"}).json()
    coordinator.post(f"{path}/take", {"seen_version": assigned["version"]})
    counts = desk.get("/report-counts").json()
    assert counts["at"] == [{"department_id": "d-bz", "party_id": None, "open": 1}]
    assert counts["open"] == 2
    page = desk.post("/report-searches", {"view": "open"}).json()
    assert [row["handler_name"] for row in page["reports"]] == ["Els Goossens", ""]
    assert desk.get(path).json()["handler_name"] == "Els Goossens"


def test_solved_and_closed_are_one_act(sit: Sit) -> None:
    coordinator = sit(*COORDINATOR)
    report = registered(coordinator, "r-1")
    seen = {"seen_version": report["version"]}
    assigned = coordinator.post("/reports/r-1/assign", {**seen, "department_id": "d-bz"}).json()
    body = {"seen_version": assigned["version"], "act": "resolve", "close": True}
    assert coordinator.post("/reports/r-1/move", body).json()["state"] == "closed"
    acts = [entry["act"] for entry in coordinator.get("/reports/r-1").json()["entries"]]
    assert acts[-3:] == ["start", "resolve", "close"]
    assert coordinator.get("/report-counts").json()["at"] == []


@pytest.mark.parametrize(
    "asked",
    [
        {"view": "open", "after": "abc|xyz"},
        {"view": "open", "after": "|5"},
        {"view": "open", "after": "2026-02-30|5"},
        {"view": "all", "after": "|"},
        {"view": "all", "after": "|99999999999999999999"},
        {"view": "all", "until": "9999-12-31"},
        {"view": "all", "since": "0001-01-01"},
    ],
)
def test_a_page_or_a_day_that_cannot_be_is_refused(sit: Sit, asked: dict[str, str]) -> None:
    answer = sit(*COORDINATOR).post("/report-searches", asked)
    assert (answer.status_code, answer.json()["code"]) == (422, "request.malformed")


def test_figures_of_days_that_cannot_be_are_refused(sit: Sit) -> None:
    asked = {"first": "2026-01-01", "last": "9999-12-31", "by": "theme"}
    answer = sit(*COORDINATOR).get("/report-overview", params=asked)
    assert (answer.status_code, answer.json()["code"]) == (422, "request.malformed")
