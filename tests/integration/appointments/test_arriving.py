"""Checking in, coming late, not coming: over real HTTP, on both databases."""

from collections.abc import Callable
from typing import Any

import pytest

from loket.appointments.usecases.arriving import end_appointments
from loket.kit.clock import FixedClock
from loket.kit.ids import new_id
from loket.store.work import Store
from tests.builders import EID, SITE
from tests.calendars import at, booking, schedule
from tests.serving import Client

Sit = Callable[[str, str], Client]
TODAY = -1


@pytest.fixture
def desk(sit: Sit, store: Store) -> Client:
    schedule(store)
    return sit("sofie", "onthaal-1")


def book(desk: Client, hour: int, minute: int = 0) -> dict[str, Any]:
    answer = desk.post("/appointments", booking(EID, at(hour, minute, days=TODAY), SITE))
    assert answer.status_code == 201, answer.text
    booked: dict[str, Any] = answer.json()["appointment"]
    return booked


def check_in(desk: Client, booked: dict[str, Any], **more: Any) -> Any:
    body = {"visit": {"id": new_id()}, "ticket_id": new_id(), **more}
    return desk.post(f"/appointments/{booked['id']}/check-in", body)


def expected(desk: Client) -> list[tuple[str, str, str | None]]:
    found = desk.get(f"/sites/{SITE}/expected?day=2026-03-16").json()["appointments"]
    return [(one["state"], one["ticket"], one["ticket_state"]) for one in found]


def test_who_checks_in_joins_the_queue_as_an_appointment(desk: Client) -> None:
    booked = book(desk, 9, 30)
    answer = check_in(desk, booked)
    assert answer.status_code == 200, answer.text
    ticket = answer.json()["issued"]["ticket"]
    assert (ticket["kind"], ticket["number"]) == ("appointment", "P001")
    assert ticket["appointment_at"] == "2026-03-16T08:30:00Z"
    visit = answer.json()["issued"]["visit"]
    assert visit["visitor_name"] == "Jan Peeters"
    assert expected(desk) == [("arrived", "P001", "waiting")]
    acts = desk.get(f"/visits/{visit['id']}").json()["acts"]
    assert [(act["kind"], act["reference"]) for act in acts] == [
        ("ticket_issued", ""),
        ("checked_in", booked["reference"]),
    ]


def test_the_counter_calls_a_present_appointment_and_says_so(
    desk: Client, sit: Sit, clock: FixedClock
) -> None:
    booked = book(desk, 9)
    desk.ticket(EID)
    check_in(desk, booked)
    clock.advance(minutes=6)
    called = sit("tom", "loket-1").call_next()["called"]
    assert called["ticket"]["number"] == "P001"
    assert expected(desk) == [("arrived", "P001", "called")]


def test_nobody_checks_in_twice(desk: Client) -> None:
    booked = book(desk, 9)
    assert check_in(desk, booked).status_code == 200
    again = check_in(desk, booked)
    assert (again.status_code, again.json()["code"]) == (409, "appointment.state")


def test_early_and_late_are_refused_unless_the_clerk_wants_it_anyway(
    desk: Client, clock: FixedClock
) -> None:
    early = book(desk, 11)
    refused = check_in(desk, early)
    assert refused.json()["code"] == "appointment.too_early"
    assert refused.json()["params"]["minutes"] == 60
    assert check_in(desk, early, anyway=True).status_code == 200
    late = book(desk, 9, 30)
    clock.advance(minutes=46)
    refused = check_in(desk, late)
    assert refused.json()["code"] == "appointment.too_late"
    assert check_in(desk, late, anyway=True).status_code == 200


def test_at_another_site_nobody_checks_in(desk: Client, sit: Sit) -> None:
    booked = book(desk, 9)
    refused = check_in(sit("tom", "kortbeek-1"), booked)
    assert (refused.status_code, refused.json()["code"]) == (409, "appointment.other_site")


def test_checking_in_the_wrong_person_is_taken_back(desk: Client, sit: Sit) -> None:
    booked = book(desk, 9)
    ticket = check_in(desk, booked).json()["issued"]["ticket"]
    undone = desk.post(f"/appointments/{booked['id']}/undo-check-in")
    assert undone.status_code == 200, undone.text
    assert undone.json()["state"] == "booked"
    acts = desk.get(f"/visits/{ticket['visit_id']}").json()["acts"]
    assert [act["undone"] for act in acts if act["kind"] == "checked_in"] == [True]
    assert desk.get(f"/tickets/{ticket['id']}").json()["ticket"]["state"] == "withdrawn"
    assert check_in(desk, booked).json()["issued"]["ticket"]["number"] == "P002"
    sit("tom", "loket-1").call_next()
    refused = desk.post(f"/appointments/{booked['id']}/undo-check-in")
    assert (refused.status_code, refused.json()["code"]) == (409, "queue.wrong_state")


def test_who_did_not_come_is_noted_absent_and_may_come_after_all(
    desk: Client, clock: FixedClock
) -> None:
    booked = book(desk, 9, 30)
    path = f"/appointments/{booked['id']}/no-show"
    refused = desk.post(path)
    assert refused.json()["code"] == "appointment.not_yet_absent"
    clock.advance(minutes=40)
    assert desk.post(path).json()["state"] == "no_show"
    assert check_in(desk, booked).status_code == 200


def test_at_the_end_of_the_day_who_did_not_come_is_absent(
    desk: Client, sit: Sit, store: Store, clock: FixedClock
) -> None:
    book(desk, 9)
    arrived = book(desk, 9, 30)
    check_in(desk, arrived)
    end_appointments(store)
    assert [state for state, *_ in expected(desk)] == ["booked", "arrived"]
    clock.advance(days=1)
    end_appointments(store)
    end_appointments(store)
    tomorrow = sit("sofie", "onthaal-1")
    assert [state for state, *_ in expected(tomorrow)] == ["no_show", "arrived"]


def test_nobody_waits_for_an_appointment_of_another_day(desk: Client) -> None:
    tomorrow = desk.post("/appointments", booking(EID, at(9), SITE)).json()["appointment"]
    for more in ({}, {"anyway": True}):
        refused = check_in(desk, tomorrow, **more)
        assert (refused.status_code, refused.json()["code"]) == (409, "appointment.another_day")
