"""Acts that a desk delivers later, with its own credential: the author's rights decide."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text

from loket.kit.clock import FixedClock
from loket.kit.ids import new_id
from loket.server.jobs import forget
from loket.store.work import Store
from tests.builders import EID, SITE
from tests.serving import Client

Sit = Callable[[str, str], Client]


@pytest.fixture
def desk(sit: Sit) -> Client:
    """The welcome desk, after its clerk has gone home."""
    client = sit("sofie", "onthaal-1")
    numbers = client.post(f"/sites/{SITE}/leases", {"count": 5}).json()["leases"]
    client.leased = {lease["series_prefix"]: lease["numbers"] for lease in numbers}
    client.http.delete(f"{client.url}/sessions/current", timeout=10)
    client.http.headers["Authorization"] = f"Desk {client.signed_in['desk_token']}"
    return client


def deliver(desk: Client, path: str, body: Any, *, author: str = "u-sofie", **headers: str):
    return desk.post(path, body, **{"Loket-Author": author, **headers})


def ticket(desk: Client) -> dict[str, Any]:
    return {"visit": {}, "product_id": EID, "leased_number": desk.leased["A"].pop(0)}


def refused(answer, status: int, code: str) -> None:
    assert (answer.status_code, answer.json()["code"]) == (status, code), answer.text


def test_it_counts_from_when_it_happened(
    desk: Client, sit: Sit, clock: FixedClock, store: Store
) -> None:
    happened = clock.now()
    clock.advance(minutes=40)
    at = {"Loket-Occurred-At": happened.isoformat()}
    given = deliver(desk, "/tickets", ticket(desk), **at).json()["ticket"]
    assert given["arrived_at"] == given["issued_at"] == happened.isoformat().replace("+00:00", "Z")
    sit("sofie", "onthaal-1").ticket(EID)
    called = sit("tom", "loket-1").call_next()["called"]["ticket"]
    assert called["id"] == given["id"], "who came first is called first"
    with store.reading() as connection:
        line = connection.execute(
            text("SELECT * FROM journal WHERE act = 'issue_ticket' ORDER BY id LIMIT 1")
        ).one()
    assert (line.user_id, line.counter_id) == ("u-sofie", "c-onthaal-1")
    assert str(line.occurred_at) != str(line.recorded_at)


def test_the_future_is_refused_and_a_clock_a_little_ahead_is_not(
    desk: Client, clock: FixedClock
) -> None:
    soon = (clock.now() + timedelta(minutes=4)).isoformat()
    given = deliver(desk, "/tickets", ticket(desk), **{"Loket-Occurred-At": soon})
    assert given.json()["ticket"]["arrived_at"] == clock.now().isoformat().replace("+00:00", "Z")
    late = (clock.now() + timedelta(minutes=6)).isoformat()
    answer = deliver(desk, "/tickets", ticket(desk), **{"Loket-Occurred-At": late})
    refused(answer, 422, "request.header")
    naive = {"Loket-Occurred-At": "2026-03-16T09:00:00"}
    refused(deliver(desk, "/tickets", ticket(desk), **naive), 422, "request.header")


def test_a_number_of_yesterday_is_refused_today(desk: Client, clock: FixedClock) -> None:
    body = ticket(desk)
    clock.advance(days=1)
    refused(deliver(desk, "/tickets", body), 409, "queue.number_not_leased")
    happened = {"Loket-Occurred-At": (clock.now() - timedelta(days=1)).isoformat()}
    assert deliver(desk, "/tickets", body, **happened).status_code == 201


def test_live_acts_need_a_person(desk: Client) -> None:
    given = deliver(desk, "/tickets", ticket(desk)).json()["ticket"]
    for path, body in {
        "/counters/c-onthaal-1/call-next": {},
        f"/tickets/{given['id']}/withdraw": {},
        "/undo": {"ticket_id": given["id"]},
        f"/sites/{SITE}/leases": {"count": 3},
    }.items():
        refused(deliver(desk, path, body), 401, "staff.person_needed")
    refused(desk.get(f"/sites/{SITE}/board"), 401, "staff.person_needed")


def test_only_an_author_who_is_known_and_still_works_here(desk: Client, store: Store) -> None:
    for author in ("", "u-nobody", "u-an"):  # the last one never sat at this desk
        answer = deliver(desk, "/tickets", ticket(desk), author=author)
        refused(answer, 403, "staff.unknown_author")
    with store.database.writers.begin() as connection:
        connection.execute(text("DELETE FROM staff_user_role WHERE user_id = 'u-sofie'"))
    refused(deliver(desk, "/tickets", ticket(desk)), 403, "staff.may_not")


def test_an_author_who_was_dismissed_meanwhile(desk: Client, store: Store) -> None:
    with store.database.writers.begin() as connection:
        connection.execute(text("UPDATE staff_user SET active = false WHERE id = 'u-sofie'"))
    refused(deliver(desk, "/tickets", ticket(desk)), 403, "staff.unknown_author")


def test_who_sat_here_yesterday_is_still_delivered_for(
    desk: Client, sit: Sit, clock: FixedClock, store: Store
) -> None:
    body, happened = ticket(desk), clock.now()
    clock.advance(hours=15)
    forget(store)
    sit("tom", "onthaal-1")
    at = {"Loket-Occurred-At": happened.isoformat()}
    assert deliver(desk, "/tickets", body, **at).status_code == 201


def test_a_desks_old_credentials_end_at_the_second_next_sign_in(
    desk: Client, sit: Sit, clock: FixedClock
) -> None:
    def answer():
        return deliver(desk, "/visits", {"id": new_id()})

    assert answer().status_code == 201
    clock.advance(hours=13)
    sit("tom", "onthaal-1")
    assert answer().status_code == 201, "the new one may not have reached the desk"
    clock.advance(hours=13)
    sit("tom", "onthaal-1")
    refused(answer(), 401, "not_signed_in")


def test_windows_of_one_desk_do_not_end_each_others_credential(desk: Client, sit: Sit) -> None:
    for _ in range(4):
        sit("tom", "onthaal-1")
    assert deliver(desk, "/visits", {"id": new_id()}).status_code == 201


def test_a_forged_desk_delivers_nothing(desk: Client) -> None:
    desk.http.headers["Authorization"] = "Desk nothing"
    refused(deliver(desk, "/tickets", ticket(desk)), 401, "not_signed_in")


def test_delivered_twice_takes_effect_once(desk: Client) -> None:
    body, key = ticket(desk), new_id()
    first = desk.post("/tickets", body, key=key, **{"Loket-Author": "u-sofie"})
    second = desk.post("/tickets", body, key=key, **{"Loket-Author": "u-sofie"})
    assert (first.status_code, first.text) == (second.status_code, second.text)
    assert second.headers["Loket-Replayed"] == "1"
