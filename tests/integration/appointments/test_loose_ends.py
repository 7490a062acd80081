"""Where appointments meet tickets, holds and the waiting list: nothing is stuck or doubled."""

from collections.abc import Callable
from datetime import time
from typing import Any

import pytest

from loket.kit.ids import new_id
from loket.store.work import Store
from tests.builders import EID, LEEFLOON, SITE, SOCIAAL
from tests.calendars import at, booking, schedule
from tests.serving import Client

Sit = Callable[[str, str], Client]
TODAY = -1


@pytest.fixture
def desk(sit: Sit, store: Store) -> Client:
    schedule(store, public_places=1, desk_places=0)
    return sit("sofie", "onthaal-1")


def book(desk: Client, starts_at: str, **more: Any) -> dict[str, Any]:
    answer = desk.post("/appointments", booking(EID, starts_at, SITE, **more))
    assert answer.status_code == 201, answer.text
    booked: dict[str, Any] = answer.json()["appointment"]
    return booked


def check_in(desk: Client, booked: dict[str, Any], **more: Any) -> Any:
    body = {"visit": {"id": new_id()}, "ticket_id": new_id(), **more}
    return desk.post(f"/appointments/{booked['id']}/check-in", body)


def hold(desk: Client, starts_at: str, **more: Any) -> Any:
    body = {"product_ids": [EID], "site_id": SITE, "starts_at": starts_at, **more}
    return desk.post("/appointment-holds", body)


def wish(desk: Client, name: str, **more: Any) -> str:
    body = {
        "product_ids": [EID],
        "first_day": "2026-03-17",
        "last_day": "2026-03-20",
        "contact": {"name": name, "phone": "0470123456"},
        **more,
    }
    answer = desk.post("/appointment-wishes", body)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


def line(desk: Client) -> dict[str, tuple[str, str | None]]:
    found = desk.get("/appointment-wishes").json()["wishes"]
    return {one["name"]: (one["state"], one["offered_at"]) for one in found}


def cancel(desk: Client, booked: dict[str, Any]) -> Any:
    return desk.post(f"/appointments/{booked['id']}/cancel", {"reason": "citizen"})


def withdraw(desk: Client, ticket: dict[str, Any]) -> None:
    answer = desk.post(f"/tickets/{ticket['id']}/withdraw")
    assert answer.status_code == 200, answer.text


def test_who_lost_their_ticket_checks_in_again(desk: Client) -> None:
    booked = book(desk, at(9, 30, days=TODAY))
    withdraw(desk, check_in(desk, booked).json()["issued"]["ticket"])
    again = check_in(desk, booked)
    assert again.status_code == 200, again.text
    assert again.json()["appointment"]["ticket"] == "P002"
    assert check_in(desk, booked).json()["code"] == "appointment.state"


@pytest.mark.parametrize("way", ["panel", "appointment"])
def test_a_ticket_that_another_took_the_place_of_stays_withdrawn(desk: Client, way: str) -> None:
    booked = book(desk, at(9, 30, days=TODAY))
    first = check_in(desk, booked).json()["issued"]["ticket"]
    if way == "panel":
        withdraw(desk, first)
    else:
        assert desk.post(f"/appointments/{booked['id']}/undo-check-in").status_code == 200
    assert check_in(desk, booked).status_code == 200
    refused = desk.post("/undo", {"ticket_id": first["id"]})
    assert refused.status_code == 409, refused.text
    assert desk.get(f"/tickets/{first['id']}").json()["ticket"]["state"] == "withdrawn"


def test_too_large_a_party_on_the_waiting_list_stops_nobody(desk: Client) -> None:
    booked = book(desk, at(9))
    wish(desk, "Voetbalclub", persons=9, kind="request")
    wish(desk, "Daarna")
    answer = cancel(desk, booked)
    assert answer.status_code == 200, answer.text
    assert line(desk)["Daarna"] == ("offered", "2026-03-17T08:00:00Z")


def test_what_another_desk_keeps_is_not_booked_over_its_head(desk: Client, sit: Sit) -> None:
    other = sit("tom", "loket-1")
    kept = hold(other, at(9)).json()["id"]
    refused = desk.post("/appointments", booking(EID, at(9), SITE, hold_id=kept))
    assert (refused.status_code, refused.json()["code"]) == (409, "appointment.taken")
    booked = book(desk, at(9, 30))
    body = {"site_id": SITE, "starts_at": at(9), "hold_id": kept}
    assert desk.post(f"/appointments/{booked['id']}/move", body).status_code == 409
    assert other.post("/appointments", booking(EID, at(9), SITE, hold_id=kept)).status_code == 201


def test_what_is_kept_for_the_waiting_list_is_only_theirs(desk: Client) -> None:
    booked = book(desk, at(9))
    wish(desk, "Eerst")
    cancel(desk, booked)
    kept = desk.get("/appointment-wishes").json()["wishes"][0]["hold_id"]
    refused = desk.post("/appointments", booking(EID, at(9), SITE, hold_id=kept))
    assert (refused.status_code, refused.json()["code"]) == (409, "appointment.taken")


def test_who_takes_another_moment_leaves_the_offered_one_to_the_next(desk: Client) -> None:
    booked = book(desk, at(9))
    first = wish(desk, "Eerst")
    wish(desk, "Tweede")
    cancel(desk, booked)
    book(desk, at(11), wish_id=first)
    assert line(desk) == {"Tweede": ("offered", "2026-03-17T08:00:00Z")}


def test_the_same_hold_twice_is_refused(desk: Client, sit: Sit) -> None:
    ident = new_id()
    assert hold(desk, at(9), id=ident).status_code == 201
    refused = hold(sit("tom", "loket-1"), at(9, 30), id=ident)
    assert refused.status_code == 409, refused.text


def test_a_name_finds_nobody_of_a_confidential_department_elsewhere(
    sit: Sit, store: Store, desk: Client
) -> None:
    schedule(store, SOCIAAL, opens=time(9), closes=time(12))
    own = sit("tom", "sociaal-1")
    contact = {"name": "Jan Peeters", "phone": "0470123456"}
    made = own.post("/appointments", booking(LEEFLOON, at(9), SITE, contact=contact)).json()
    known = made["appointment"]["reference"]

    def found(by: Client, text: str) -> int:
        return len(by.get("/appointments", params={"text": text}).json()["appointments"])

    assert [found(own, text) for text in ("Peeters", "0470123456", known)] == [1, 1, 1]
    assert [found(desk, text) for text in ("Peeters", "0470123456", known)] == [0, 0, 1]


@pytest.mark.parametrize(
    "path",
    [
        "/queues/q-burgerzaken/calendar?first=9999-12-31&days=5",
        "/queues/q-burgerzaken/calendar?first=0001-01-01",
        "/sites/site-stadhuis/expected?day=9999-12-31",
        "/sites/site-stadhuis/expected?day=0001-01-01",
        "/free-moments?product=p-eid&first=9999-12-31",
        "/free-moments?product=p-eid&first=0001-01-01",
        "/appointments?text=jan&since=0001-01-01",
        "/appointments?text=jan&since=9999-12-31",
        "/appointments?text=%25_",
    ],
)
def test_the_ends_of_the_calendar_are_no_fault_of_the_server(desk: Client, path: str) -> None:
    assert desk.get(path).status_code in {200, 422}


@pytest.mark.parametrize("starts_at", ["9999-12-31T23:59:00Z", "0001-01-01T00:00:00Z"])
def test_a_moment_at_the_end_of_time_is_refused(desk: Client, starts_at: str) -> None:
    for answer in (
        desk.post("/appointments", booking(EID, starts_at, SITE)),
        hold(desk, starts_at),
    ):
        assert answer.status_code in {409, 422}, answer.text


def test_moving_with_a_way_without_address_is_refused(desk: Client) -> None:
    booked = book(desk, at(9))
    body = {"site_id": SITE, "starts_at": at(10), "confirm": ["mail"]}
    refused = desk.post(f"/appointments/{booked['id']}/move", body)
    assert (refused.status_code, refused.json()["code"]) == (422, "appointment.no_address")
