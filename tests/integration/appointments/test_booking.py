"""Booking, holding, moving and cancelling over real HTTP, on both databases."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import time

import pytest
from sqlalchemy import text

from loket.kit.clock import FixedClock
from loket.kit.ids import new_id
from loket.store.work import Store
from tests.builders import EID, HUWELIJK, LEEFLOON, OTHER_SITE, SITE, SOCIAAL
from tests.calendars import at, booking, schedule
from tests.serving import Client

Sit = Callable[[str, str], Client]


@pytest.fixture
def desk(sit: Sit, store: Store) -> Client:
    schedule(store)
    return sit("sofie", "onthaal-1")


def moments(desk: Client, product: str, first: str = "2026-03-17", **more: object) -> list[str]:
    asked = {"product": product, "first": first, "days": 1, **more}
    answer = desk.get("/free-moments", params=asked)
    assert answer.status_code == 200, answer.text
    return [moment for day in answer.json()["days"] for moment in day["moments"]]


def over_capacity(store: Store) -> int:
    """Cells with more takers than places, counted from the rows."""
    with store.reading() as connection:
        return int(
            connection.scalar(
                text(
                    "SELECT count(*) FROM (SELECT 1 FROM appointment_cell"
                    " GROUP BY queue_id, cell HAVING count(*) > max(places)) AS over"
                )
            )
            or 0
        )


def test_a_booked_moment_is_found_in_the_calendar_and_by_name(desk: Client) -> None:
    answer = desk.post("/appointments", booking(EID, at(9), SITE, contact={"phone": "0470123456"}))
    assert answer.status_code == 201, answer.text
    appointment = answer.json()["appointment"]
    assert appointment["reference"].startswith("K-")
    assert (appointment["minutes"], appointment["state"]) == (15, "booked")
    for asked in ("peeters", appointment["reference"].lower(), "0470 12 34 56"):
        found = desk.get("/appointments", params={"text": asked}).json()["appointments"]
        assert [one["id"] for one in found] == [appointment["id"]], asked
    scanned = desk.get(f"/appointments/code/{appointment['code']}").json()
    assert scanned["id"] == appointment["id"]
    calendar = desk.get("/queues/q-burgerzaken/calendar?first=2026-03-16&days=2").json()
    days = calendar["days"]
    assert [len(day["appointments"]) for day in days] == [0, 1]
    assert days[1]["slots"][0] == {
        "starts_at": "2026-03-17T08:00:00Z",
        "minutes": 30,
        "places": 2,
        "taken": 1,
    }


def test_a_moment_is_offered_until_its_places_are_taken(desk: Client) -> None:
    assert len(moments(desk, EID)) == 6
    for _ in range(2):
        assert "2026-03-17T08:30:00Z" in moments(desk, EID)
        answer = desk.post("/appointments", booking(EID, at(9, 30), SITE))
        assert answer.status_code == 201
    assert "2026-03-17T08:30:00Z" not in moments(desk, EID)
    refused = desk.post("/appointments", booking(EID, at(9, 30), SITE))
    assert (refused.status_code, refused.json()["code"]) == (409, "appointment.taken")
    near = refused.json()["params"]["near"].split(",")
    assert near == [
        "2026-03-17T08:00:00+00:00",
        "2026-03-17T09:00:00+00:00",
        "2026-03-17T09:30:00+00:00",
    ]


@pytest.mark.parametrize(
    ("starts_at", "code"),
    [
        (at(9, 10), "appointment.closed"),
        (at(13), "appointment.closed"),
        (at(9, days=-4), "appointment.past"),
        (at(9, days=400), "appointment.horizon"),
    ],
)
def test_a_moment_that_is_none_is_refused(desk: Client, starts_at: str, code: str) -> None:
    refused = desk.post("/appointments", booking(EID, starts_at, SITE))
    assert (refused.status_code, refused.json()["code"]) == (409, code)


def test_what_takes_longer_than_is_left_is_refused_and_not_offered(
    desk: Client, store: Store
) -> None:
    refused = desk.post("/appointments", booking(EID, at(11, 30), SITE, persons=3))
    assert (refused.status_code, refused.json()["code"]) == (409, "appointment.too_long")
    assert moments(desk, EID, persons=3)[-1] == "2026-03-17T10:00:00Z"
    assert over_capacity(store) == 0


def test_a_product_of_another_site_is_refused(desk: Client) -> None:
    refused = desk.post("/appointments", booking(EID, at(9), OTHER_SITE))
    assert (refused.status_code, refused.json()["code"]) == (409, "appointment.not_offered")


def test_a_public_holiday_has_no_moments(desk: Client) -> None:
    assert moments(desk, EID, first="2026-04-06") == []  # Easter Monday
    assert len(moments(desk, EID, first="2026-04-07")) == 6


def test_a_hold_keeps_a_moment_from_others_but_not_from_its_own_desk(
    desk: Client, sit: Sit
) -> None:
    other = sit("tom", "loket-1")
    for who in (desk, other):
        hold = {"id": new_id(), "product_ids": [EID], "site_id": SITE, "starts_at": at(10)}
        assert who.post("/appointment-holds", hold).status_code == 201
    assert "2026-03-17T09:00:00Z" not in moments(desk, EID)
    assert "2026-03-17T09:00:00Z" in moments(other, EID, hold=hold["id"])
    booked = other.post("/appointments", booking(EID, at(10), SITE, hold_id=hold["id"]))
    assert booked.status_code == 201
    refused = other.post("/appointments", booking(EID, at(10), SITE))
    assert refused.json()["code"] == "appointment.taken"


def test_another_hold_of_the_same_desk_lets_the_first_one_go(desk: Client) -> None:
    for hour in (9, 10):
        hold = {"product_ids": [EID], "site_id": SITE, "starts_at": at(hour)}
        assert desk.post("/appointment-holds", hold).status_code == 201
    day = desk.get("/queues/q-burgerzaken/calendar?first=2026-03-17&days=1").json()["days"][0]
    assert [held["starts_at"] for held in day["holds"]] == ["2026-03-17T09:00:00Z"]


def test_a_hold_lapses(desk: Client, clock: FixedClock, sit: Sit) -> None:
    hold = {"id": new_id(), "product_ids": [EID], "site_id": SITE, "starts_at": at(10)}
    assert desk.post("/appointment-holds", hold).status_code == 201
    desk.post("/appointments", booking(EID, at(10), SITE))
    assert "2026-03-17T09:00:00Z" not in moments(desk, EID)
    clock.advance(minutes=11)
    assert "2026-03-17T09:00:00Z" in moments(desk, EID)
    assert sit("tom", "loket-1").post("/appointments", booking(EID, at(10), SITE)).ok
    gone = desk.post(f"/appointment-holds/{hold['id']}/let-go")
    assert gone.json()["code"] == "appointment.unknown_hold"


def test_a_moved_appointment_keeps_its_reference_and_frees_its_moment(desk: Client) -> None:
    booked = desk.post("/appointments", booking(EID, at(9), SITE)).json()["appointment"]
    move = {"site_id": SITE, "starts_at": at(11), "seen_version": booked["version"]}
    moved = desk.post(f"/appointments/{booked['id']}/move", move)
    assert moved.status_code == 200, moved.text
    now = moved.json()["appointment"]
    assert (now["reference"], now["starts_at"]) == (booked["reference"], "2026-03-17T10:00:00Z")
    stale = desk.post(f"/appointments/{booked['id']}/move", move)
    assert stale.json()["code"] == "appointment.stale"
    steps = desk.get(f"/appointments/{booked['id']}").json()["steps"]
    assert [(step["act"], step["starts_at"]) for step in steps] == [
        ("book", "2026-03-17T08:00:00Z"),
        ("move", "2026-03-17T10:00:00Z"),
    ]
    day = desk.get("/queues/q-burgerzaken/calendar?first=2026-03-17&days=1").json()["days"][0]
    assert [slot["taken"] for slot in day["slots"]] == [0, 0, 0, 0, 1, 0]


def test_a_refused_move_leaves_everything_as_it_was(desk: Client) -> None:
    booked = desk.post("/appointments", booking(EID, at(9), SITE)).json()["appointment"]
    refused = desk.post(
        f"/appointments/{booked['id']}/move", {"site_id": SITE, "starts_at": at(14)}
    )
    assert refused.json()["code"] == "appointment.closed"
    day = desk.get("/queues/q-burgerzaken/calendar?first=2026-03-17&days=1").json()["days"][0]
    assert [slot["taken"] for slot in day["slots"]] == [1, 0, 0, 0, 0, 0]


def test_a_cancelled_appointment_frees_its_moment_and_is_not_cancelled_twice(
    desk: Client,
) -> None:
    booked = desk.post("/appointments", booking(EID, at(9), SITE)).json()["appointment"]
    path = f"/appointments/{booked['id']}/cancel"
    gone = desk.post(path, {"reason": "citizen"})
    assert gone.json()["appointment"]["state"] == "cancelled"
    again = desk.post(path, {"reason": "citizen"})
    assert (again.status_code, again.json()["code"]) == (409, "appointment.state")
    day = desk.get("/queues/q-burgerzaken/calendar?first=2026-03-17&days=1").json()["days"][0]
    assert (day["appointments"], day["slots"][0]["taken"]) == ([], 0)


def test_the_same_booking_twice_is_one(desk: Client) -> None:
    key, body = new_id(), booking(EID, at(9), SITE) | {"id": new_id()}
    first = desk.post("/appointments", body, key=key)
    again = desk.post("/appointments", body, key=key)
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json() == again.json()
    other = desk.post("/appointments", body)
    assert other.json()["code"] == "appointment.exists"


def test_a_confirmation_needs_an_address(desk: Client) -> None:
    refused = desk.post("/appointments", booking(EID, at(9), SITE, confirm=["mail"]))
    assert (refused.status_code, refused.json()["code"]) == (422, "appointment.no_address")
    wrong = booking(EID, at(9), SITE, contact={"email": "jan@", "phone": "12"})
    assert desk.post("/appointments", wrong).status_code == 422


def test_sixty_four_bookers_of_the_last_places_never_overbook(
    sit: Sit, store: Store, server: str
) -> None:
    schedule(store, public_places=1, desk_places=1, closes=time(11), grid_minutes=30)
    codes = ("onthaal-1", "loket-1", "loket-2", "loket-3")
    tokens = [sit("sofie", codes[nr]) for nr in range(1)]
    clients = []
    for _ in range(64):
        client = Client(server)
        client.http.headers.update(tokens[0].http.headers)
        clients.append(client)

    def book(nr: int) -> int:
        starts_at = at(9 + nr % 2, 30 * (nr // 2 % 2))
        return clients[nr].post("/appointments", booking(EID, starts_at, SITE)).status_code

    with ThreadPoolExecutor(64) as pool:
        answers = list(pool.map(book, range(64)))
    for client in clients:
        client.http.close()
    assert answers.count(201) == 8  # four moments of two places
    assert set(answers) == {201, 409}
    assert over_capacity(store) == 0
    with store.reading() as connection:
        taken = connection.scalar(text("SELECT count(*) FROM appointment_cell"))
    assert taken == 8 * 3


def test_who_comes_for_a_confidential_department_has_no_name_elsewhere(
    sit: Sit, store: Store
) -> None:
    schedule(store, SOCIAAL, opens=time(9), closes=time(12))
    own = sit("tom", "sociaal-1")
    booked = own.post("/appointments", booking(LEEFLOON, at(9), SITE)).json()["appointment"]
    assert booked["name"] == "Jan Peeters"
    elsewhere = sit("sofie", "loket-1").get(f"/appointments/{booked['id']}").json()["appointment"]
    assert (elsewhere["name"], elsewhere["product_ids"], elsewhere["code"]) == ("", [], "")
    assert elsewhere["reference"] == booked["reference"]


def test_what_is_only_by_appointment_has_a_first_free_moment(desk: Client) -> None:
    found = desk.get("/first-free", params={"product": [HUWELIJK, LEEFLOON]}).json()["products"]
    assert found[0]["starts_at"] == "2026-03-16T08:00:00Z"
    assert found[1] == {"product_id": LEEFLOON, "site_id": None, "starts_at": None}
