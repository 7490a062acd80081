"""Calendar addresses: read by a library that did not write them, revoked, guessed."""

from collections.abc import Callable
from typing import Any

import pytest
import requests
import vobject

from loket.kit.clock import FixedClock
from loket.store.work import Store
from tests.builders import EID, LEEFLOON, SITE, SOCIAAL
from tests.calendars import at, booking, schedule
from tests.serving import Client

Sit = Callable[[str, str], Client]


@pytest.fixture
def boss(sit: Sit, store: Store) -> Client:
    schedule(store, rule="FREQ=DAILY")
    return sit("an", "loket-3")


def make(boss: Client, **more: Any) -> dict[str, Any]:
    body = {"kind": "counter", "target_id": "c-loket-1", "name": "Loket 1", **more}
    answer = boss.post("/calendar-feeds", body)
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = answer.json()
    return made


def read(server: str, made: dict[str, Any], **headers: str) -> requests.Response:
    return requests.get(server + made["path"], headers=headers, timeout=10)


def events(answer: requests.Response) -> list[tuple[str, str]]:
    calendar = vobject.readOne(answer.text)
    found = calendar.contents.get("vevent", [])
    return [(one.dtstart.value.isoformat(), one.summary.value) for one in found]


def test_a_feed_has_the_appointments_on_both_sides_of_the_clock_changes(
    boss: Client, server: str, clock: FixedClock
) -> None:
    # Sunday 29 March 2026 goes to summer time, Sunday 25 October back; both days begin at nine.
    clock.advance(days=200)
    desk = boss.sign_in("an", "loket-3")
    for starts_at in ("2026-10-24T07:00:00Z", "2026-10-25T08:00:00Z", "2027-03-28T07:00:00Z"):
        body = booking(EID, starts_at, SITE)
        answer = desk.post("/appointments", body)
        assert answer.status_code in {201, 409}, answer.text
    answer = read(server, make(desk))
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    assert events(answer) == [
        ("2026-10-24T07:00:00+00:00", "eID"),
        ("2026-10-25T08:00:00+00:00", "eID"),
    ]


def test_names_leave_the_house_only_where_that_was_chosen(boss: Client, server: str) -> None:
    boss.post("/appointments", booking(EID, at(9), SITE))
    with_names = make(boss, kind="department", target_id="d-bz", with_names=True)
    assert events(read(server, with_names))[0][1] == "eID · Jan Peeters"
    assert "Peeters" not in read(server, make(boss)).text


def test_who_comes_in_confidence_is_not_named_outside(
    boss: Client, sit: Sit, store: Store, server: str
) -> None:
    schedule(store, SOCIAAL)
    sit("tom", "sociaal-1").post("/appointments", booking(LEEFLOON, at(9), SITE))
    made = make(boss, kind="department", target_id="d-soc", with_names=True)
    assert [summary for _at, summary in events(read(server, made))] == ["Leefloon"]


def test_what_was_read_already_is_not_sent_again(boss: Client, server: str) -> None:
    boss.post("/appointments", booking(EID, at(9), SITE))
    made = make(boss)
    tag = read(server, made).headers["etag"]
    again = read(server, made, **{"If-None-Match": tag})
    assert (again.status_code, again.content) == (304, b"")
    boss.post("/appointments", booking(EID, at(10), SITE))
    assert read(server, made, **{"If-None-Match": tag}).status_code == 200
    assert boss.get("/calendar-feeds").json()["feeds"][0]["last_read_at"] is not None


def test_a_revoked_address_and_a_guessed_one_are_the_same_nothing(
    boss: Client, server: str
) -> None:
    made = make(boss)
    assert read(server, made).status_code == 200
    revoked = boss.post(f"/calendar-feeds/{made['feed']['id']}/revoke")
    assert revoked.json()["revoked"] is True
    gone, guessed = read(server, made), read(server, {"path": "/agenda/guess.ics"})
    assert (gone.status_code, gone.text) == (guessed.status_code, guessed.text)
    assert gone.status_code == 404


def test_only_who_manages_calendars_makes_addresses(sit: Sit, store: Store) -> None:
    schedule(store)
    clerk = sit("sofie", "onthaal-1")
    body = {"kind": "counter", "target_id": "c-loket-1", "name": "Loket 1"}
    assert clerk.post("/calendar-feeds", body).status_code == 403
    assert clerk.get("/calendar-feeds").status_code == 403
