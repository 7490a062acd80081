"""Two servers over one database: of what there is one of, one gets it and the other is told."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from loket.kit.clock import FixedClock
from loket.kit.ids import new_id
from loket.store.work import Store
from tests.builders import EID, SITE
from tests.calendars import at, booking, schedule
from tests.serving import Client
from tests.two_servers import both, count, one_did, two_servers

TODAY = -1
ROUNDS = 6


@pytest.fixture
def desks(store: Store, clock: FixedClock, tmp_path: Path) -> Iterator[list[Client]]:
    schedule(store, public_places=1, desk_places=0)
    people = [("sofie", "onthaal-1"), ("tom", "loket-1")]
    with two_servers(store, clock, tmp_path, people) as found:
        yield found


def book(desk: Client, starts_at: str, **more: Any) -> Any:
    return desk.post("/appointments", booking(EID, starts_at, SITE, **more))


def booked(desk: Client, starts_at: str) -> str:
    return str(book(desk, starts_at).json()["appointment"]["id"])


def test_the_last_place_is_booked_once(desks: list[Client], store: Store) -> None:
    for nr in range(ROUNDS):
        starts_at = at(9 + nr // 2, nr % 2 * 30)
        answers = both(desks, lambda _nr, desk, then=starts_at: book(desk, then))
        one_did(answers, "appointment.taken")
        refused = next(answer for answer in answers if not answer.ok)
        assert starts_at not in refused.json()["params"]["near"]
    assert count(store, "appointment") == ROUNDS
    assert count(store, "appointment_cell") == ROUNDS * 3


def test_two_move_to_the_same_place(desks: list[Client], store: Store) -> None:
    ids = [booked(desks[0], at(9)), booked(desks[0], at(9, 30))]
    for nr in range(4):
        move = {"site_id": SITE, "starts_at": at(10, days=nr)}
        answers = both(
            desks, lambda i, desk, to=move: desk.post(f"/appointments/{ids[i]}/move", to)
        )
        one_did(answers, "appointment.taken")
    assert count(store, "appointment_cell") == 6


def test_one_appointment_is_moved_by_one_of_two_who_see_it(desks: list[Client]) -> None:
    ident = booked(desks[0], at(9))
    move = {"site_id": SITE, "seen_version": 1}
    answers = both(
        desks,
        lambda i, desk: desk.post(
            f"/appointments/{ident}/move", {**move, "starts_at": at(10, days=i)}
        ),
    )
    one_did(answers, "appointment.stale")


def test_who_arrives_at_two_desks_gets_one_ticket(desks: list[Client], store: Store) -> None:
    ident = booked(desks[0], at(9, 30, days=TODAY))

    def check_in(_nr: int, desk: Client) -> Any:
        body = {"visit": {"id": new_id()}, "ticket_id": new_id()}
        return desk.post(f"/appointments/{ident}/check-in", body)

    one_did(both(desks, check_in), "appointment.state")
    assert count(store, "ticket") == 1


def test_a_freed_place_is_offered_once_and_answered_once(desks: list[Client], store: Store) -> None:
    ids = [booked(desks[0], at(9)), booked(desks[0], at(9, 30))]
    wish = {
        "id": new_id(),
        "product_ids": [EID],
        "first_day": "2026-03-17",
        "last_day": "2026-03-17",
        "contact": {"name": "Wacht", "phone": "0470123456"},
    }
    assert desks[0].post("/appointment-wishes", wish).ok
    cancelled = both(
        desks,
        lambda i, desk: desk.post(f"/appointments/{ids[i]}/cancel", {"reason": "citizen"}),
    )
    assert [answer.status_code for answer in cancelled] == [200, 200]
    assert count(store, "appointment_hold") == 1
    (line,) = desks[0].get("/appointment-wishes").json()["wishes"]
    answers = both(desks, lambda _nr, desk: book(desk, line["offered_at"], wish_id=wish["id"]))
    one_did(answers, "appointment.unknown_wish")
    assert count(store, "appointment_hold") == 0
