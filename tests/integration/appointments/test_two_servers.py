"""Two servers over one database: of what there is one of, one gets it and the other is told."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy import text

from loket.kit.clock import FixedClock
from loket.kit.ids import new_id
from loket.store.engine import open_database
from loket.store.work import Store
from tests.builders import EID, SITE
from tests.calendars import at, booking, schedule
from tests.serving import Client, running

TODAY = -1
ROUNDS = 6


@pytest.fixture
def desks(store: Store, clock: FixedClock, tmp_path: Path) -> Iterator[list[Client]]:
    """A desk of each server; the servers share nothing but the database."""
    schedule(store, public_places=1, desk_places=0)
    database = open_database(store.database.url)
    folders = [tmp_path / "first", tmp_path / "second"]
    for folder in folders:
        folder.mkdir()
    with (
        running(store, folders[0]) as first,
        running(Store(database, clock), folders[1]) as second,
    ):
        found = [
            Client(first).sign_in("sofie", "onthaal-1"),
            Client(second).sign_in("tom", "loket-1"),
        ]
        for client in found:
            # FastAPI makes its routes when first asked, under filters for warnings that all threads
            # share: two in one process must not do so at the same moment.
            assert client.get("/nothing").status_code == 404
        yield found
        for client in found:
            client.http.close()
    database.dispose()


def both(desks: list[Client], act: Callable[[int, Client], Any]) -> list[Any]:
    """Both press at the same moment."""
    start = Barrier(len(desks))

    def press(nr: int) -> Any:
        start.wait()
        return act(nr, desks[nr])

    with ThreadPoolExecutor(len(desks)) as pool:
        return list(pool.map(press, range(len(desks))))


def one_did(answers: list[Any], *refusals: str) -> Any:
    """One got it, the other was told why not; the answer of the one."""
    done, refused = sorted(answers, key=lambda answer: answer.status_code)
    assert done.status_code < 300, done.text
    assert refused.json()["code"] in refusals, refused.text
    return done


def book(desk: Client, starts_at: str, **more: Any) -> Any:
    return desk.post("/appointments", booking(EID, starts_at, SITE, **more))


def booked(desk: Client, starts_at: str) -> str:
    return str(book(desk, starts_at).json()["appointment"]["id"])


def rows(store: Store, what: str) -> int:
    with store.reading() as connection:
        return int(connection.scalar(text(f"SELECT count(*) FROM {what}")) or 0)


def test_the_last_place_is_booked_once(desks: list[Client], store: Store) -> None:
    for nr in range(ROUNDS):
        starts_at = at(9 + nr // 2, nr % 2 * 30)
        answers = both(desks, lambda _nr, desk, then=starts_at: book(desk, then))
        one_did(answers, "appointment.taken")
        refused = next(answer for answer in answers if not answer.ok)
        assert starts_at not in refused.json()["params"]["near"]
    assert rows(store, "appointment") == ROUNDS
    assert rows(store, "appointment_cell") == ROUNDS * 3


def test_two_move_to_the_same_place(desks: list[Client], store: Store) -> None:
    ids = [booked(desks[0], at(9)), booked(desks[0], at(9, 30))]
    for nr in range(4):
        move = {"site_id": SITE, "starts_at": at(10, days=nr)}
        answers = both(
            desks, lambda i, desk, to=move: desk.post(f"/appointments/{ids[i]}/move", to)
        )
        one_did(answers, "appointment.taken")
    assert rows(store, "appointment_cell") == 6


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
    assert rows(store, "ticket") == 1


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
    assert rows(store, "appointment_hold") == 1
    (line,) = desks[0].get("/appointment-wishes").json()["wishes"]
    answers = both(desks, lambda _nr, desk: book(desk, line["offered_at"], wish_id=wish["id"]))
    one_did(answers, "appointment.unknown_wish")
    assert rows(store, "appointment_hold") == 0
