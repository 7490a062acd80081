"""The waiting list over real HTTP: who asked first is offered what comes free."""

from collections.abc import Callable
from datetime import time
from typing import Any

import pytest
from sqlalchemy import text

from loket.appointments.queries.plans import Plans
from loket.appointments.usecases.wishing import let_offers_lapse
from loket.catalogue.offer import Offers
from loket.kit.clock import FixedClock
from loket.kit.ids import new_id
from loket.queue.queries import measured
from loket.store.work import Store
from tests.builders import EID, SITE
from tests.calendars import at, booking, schedule
from tests.serving import Client

Sit = Callable[[str, str], Client]


@pytest.fixture
def desk(sit: Sit, store: Store) -> Client:
    """Tomorrow has two moments of one place, and both are taken."""
    schedule(store, public_places=1, desk_places=0, closes=time(10))
    return sit("sofie", "onthaal-1")


@pytest.fixture
def booked(desk: Client) -> list[str]:
    answers = [desk.post("/appointments", booking(EID, at(9, minute), SITE)) for minute in (0, 30)]
    return [answer.json()["appointment"]["id"] for answer in answers]


def wish(desk: Client, name: str, **more: Any) -> str:
    body = {
        "id": new_id(),
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


def cancel(desk: Client, appointment: str) -> None:
    answer = desk.post(f"/appointments/{appointment}/cancel", {"reason": "citizen"})
    assert answer.status_code == 200, answer.text


def test_a_freed_moment_is_kept_for_who_asked_first_and_told(
    desk: Client, booked: list[str], clock: FixedClock, store: Store
) -> None:
    wish(desk, "Later", first_day="2026-03-18")
    wish(desk, "Namiddag", part="afternoon")
    for name in ("Eerst", "Tweede"):
        clock.advance(minutes=1)
        wish(desk, name)
    cancel(desk, booked[0])
    assert line(desk) == {
        "Later": ("open", None),
        "Namiddag": ("open", None),
        "Eerst": ("offered", "2026-03-17T08:00:00Z"),
        "Tweede": ("open", None),
    }
    taken = desk.post("/appointments", booking(EID, at(9), SITE))
    assert taken.json()["code"] == "appointment.taken"
    with store.reading() as connection:
        kinds = list(connection.scalars(text("SELECT kind FROM outgoing_message")))
    assert kinds == ["wish_offered"]


def test_who_takes_the_offer_is_booked_and_leaves_the_list(desk: Client, booked: list[str]) -> None:
    wanted = wish(desk, "Eerst")
    cancel(desk, booked[1])
    hold = desk.get("/appointment-wishes").json()["wishes"][0]["hold_id"]
    body = booking(EID, at(9, 30), SITE, wish_id=wanted, hold_id=hold)
    assert desk.post("/appointments", body).status_code == 201
    assert line(desk) == {}
    again = desk.post("/appointments", body)
    assert again.json()["code"] in {"appointment.taken", "appointment.unknown_wish"}


def test_who_does_not_want_it_leaves_it_to_the_next(
    desk: Client, booked: list[str], clock: FixedClock
) -> None:
    first = wish(desk, "Eerst")
    clock.advance(minutes=1)
    wish(desk, "Tweede")
    cancel(desk, booked[0])
    assert desk.post(f"/appointment-wishes/{first}/withdraw").json()["state"] == "withdrawn"
    assert line(desk) == {"Tweede": ("offered", "2026-03-17T08:00:00Z")}


def test_an_offer_that_nobody_answers_goes_to_the_next_and_is_not_made_twice(
    desk: Client, booked: list[str], clock: FixedClock, store: Store, sit: Sit
) -> None:
    wish(desk, "Eerst")
    clock.advance(minutes=1)
    wish(desk, "Tweede")
    cancel(desk, booked[1])
    clock.advance(hours=22, minutes=30)  # two hours before the moment is the end of the offer
    offers = Offers(clock, measured)
    let_offers_lapse(store, offers, Plans())
    let_offers_lapse(store, offers, Plans())
    today = sit("sofie", "onthaal-1")
    assert line(today) == {"Eerst": ("open", None), "Tweede": ("open", None)}
    free = today.get(
        "/free-moments", params={"product": EID, "first": "2026-03-17", "days": 1}
    ).json()["days"]
    assert [moment for day in free for moment in day["moments"]] == ["2026-03-17T08:30:00Z"]


def test_a_moment_offered_long_before_goes_on_to_the_second(
    desk: Client, clock: FixedClock, store: Store, sit: Sit
) -> None:
    far = desk.post("/appointments", booking(EID, at(9, days=3), SITE)).json()["appointment"]
    wish(desk, "Eerst", first_day="2026-03-20")
    clock.advance(minutes=1)
    wish(desk, "Tweede", first_day="2026-03-20")
    cancel(desk, far["id"])
    assert line(desk)["Eerst"] == ("offered", "2026-03-20T08:00:00Z")
    clock.advance(hours=25)
    let_offers_lapse(store, Offers(clock, measured), Plans())
    assert line(sit("sofie", "onthaal-1")) == {
        "Eerst": ("open", None),
        "Tweede": ("offered", "2026-03-20T08:00:00Z"),
    }


def test_nobody_waits_with_more_persons_than_may_come_but_a_request_is_kept(desk: Client) -> None:
    body = {
        "product_ids": [EID],
        "persons": 9,
        "first_day": "2026-03-17",
        "last_day": "2026-03-20",
        "contact": {"name": "Grote groep"},
    }
    refused = desk.post("/appointment-wishes", body)
    assert (refused.status_code, refused.json()["code"]) == (409, "appointment.persons")
    kept = desk.post("/appointment-wishes", body | {"kind": "request"})
    assert kept.status_code == 201


def test_an_offer_in_a_queue_that_left_the_catalogue_lapses_without_harm(
    desk: Client, booked: list[str], clock: FixedClock, store: Store, sit: Sit
) -> None:
    wish(desk, "Eerst")
    cancel(desk, booked[0])
    with store.database.writers.begin() as connection:
        connection.execute(text("UPDATE queue SET retired = true WHERE id = 'q-burgerzaken'"))
        connection.execute(text("DELETE FROM service_at_site WHERE queue_id = 'q-burgerzaken'"))
        connection.execute(text("UPDATE catalogue_version SET version = version + 1"))
    clock.advance(hours=22)
    let_offers_lapse(store, Offers(clock, measured), Plans())
    assert line(sit("sofie", "onthaal-1")) == {"Eerst": ("open", None)}
