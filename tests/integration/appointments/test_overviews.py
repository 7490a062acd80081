"""Overviews of appointments over real HTTP, on both databases, counted by hand."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import text

from loket.kit.clock import FixedClock
from loket.kit.ids import new_id
from loket.store.work import Store
from tests.builders import AFHALEN, BURGERZAKEN, EID, OTHER_SITE, SITE
from tests.calendars import at, booking, schedule
from tests.serving import Client

Sit = Callable[[str, str], Client]
FORTNIGHT = {"first": "2026-03-16", "last": "2026-03-27"}


def read(client: Client, **asked: str) -> Any:
    answer = client.get("/appointment-overviews", params={**FORTNIGHT, **asked})
    assert answer.status_code == 200, answer.text
    return answer.json()


def booked(desk: Client, starts_at: str, product: str = EID) -> str:
    answer = desk.post("/appointments", booking(product, starts_at, SITE))
    assert answer.status_code == 201, answer.text
    return str(answer.json()["appointment"]["id"])


def act(desk: Client, appointment: str, name: str, **body: Any) -> None:
    answer = desk.post(f"/appointments/{appointment}/{name}", body)
    assert answer.status_code < 300, answer.text


@pytest.fixture
def fortnight(sit: Sit, store: Store, clock: FixedClock) -> Client:
    """Booked on Monday at nine: one came, one did not, three cancelled, two are still to come."""
    schedule(store)
    desk = sit("sofie", "onthaal-1")
    came, absent = booked(desk, at(9)), booked(desk, at(9))
    for hour, reason in ((10, "citizen"), (11, "town"), (11, "mistake")):
        act(desk, booked(desk, at(hour)), "cancel", reason=reason)
    booked(desk, at(9, days=1))
    booked(desk, at(9, days=7))
    clock.advance(hours=24)
    desk = sit("sofie", "onthaal-1")  # a session lasts no night
    act(desk, came, "check-in", visit={"id": new_id()})
    clock.advance(minutes=20)
    act(desk, absent, "no-show")
    return sit("an", "loket-2")


def test_what_became_of_them_is_counted_once(fortnight: Client) -> None:
    found = read(fortnight)
    [row] = found["by_product"]
    counts = {
        "booked": 7,
        "came": 1,
        "absent": 1,
        "open": 2,
        "cancelled_by_citizen": 1,
        "cancelled_by_town": 1,
        "cancelled_by_mistake": 1,
    }
    assert {name: row[name] for name in counts} == counts
    assert (row["key"], found["by_queue"][0]["key"]) == (EID, BURGERZAKEN)
    assert {name: found["together"][name] for name in counts} == counts


def test_how_long_before_they_were_booked(fortnight: Client) -> None:
    # Twice one day, then two and eight days: those that were cancelled do not count.
    together = read(fortnight)["together"]
    assert (together["lead_days"], together["lead_days_half"]) == (3.0, 1.0)


def test_how_full_each_week_was(fortnight: Client) -> None:
    # Two places from nine to twelve on five days: 1800 minutes a week.
    terms = read(fortnight)["weeks"]
    minutes = terms[1]["booked_minutes"]
    assert [(week["monday"], week["offered_minutes"], week["appointments"]) for week in terms] == [
        ("2026-03-16", 1800, 3),
        ("2026-03-23", 1800, 1),
    ]
    assert terms[0]["booked_minutes"] == 3 * minutes > 0


def test_only_the_days_and_the_site_that_are_asked_for(fortnight: Client) -> None:
    day = {"first": "2026-03-18", "last": "2026-03-18"}
    [week] = read(fortnight, **day)["weeks"]
    assert (week["monday"], week["offered_minutes"], week["appointments"]) == ("2026-03-16", 360, 1)
    elsewhere = read(fortnight, site=OTHER_SITE)
    assert (elsewhere["weeks"], elsewhere["by_product"], elsewhere["together"]["booked"]) == (
        [],
        [],
        0,
    )
    assert read(fortnight, site=OTHER_SITE)["together"]["lead_days"] is None


def test_what_left_the_catalogue_still_counts(fortnight: Client, store: Store) -> None:
    with store.database.writers.begin() as connection:
        connection.execute(text("UPDATE appointment SET product_id = :p"), {"p": AFHALEN})
    assert read(fortnight)["by_product"][0]["booked"] == 7


@pytest.mark.parametrize(
    "days",
    [
        {"first": "2026-03-27", "last": "2026-03-16"},
        {"first": "2020-01-01", "last": "2026-03-16"},
        {"first": "0001-01-01", "last": "0001-01-02"},
    ],
)
def test_days_that_cannot_be(fortnight: Client, days: dict[str, str]) -> None:
    answer = fortnight.get("/appointment-overviews", params=days)
    assert (answer.status_code, answer.json()["code"]) == (422, "appointment.days")


def test_only_who_may_see_figures(sit: Sit, store: Store) -> None:
    schedule(store)
    answer = sit("sofie", "onthaal-1").get("/appointment-overviews", params=FORTNIGHT)
    assert answer.status_code == 403
    unknown = sit("an", "loket-2").get("/appointment-overviews", params={**FORTNIGHT, "site": "x"})
    assert unknown.status_code == 404


def test_a_week_that_is_over_offered_what_was_booked_in_it(
    fortnight: Client, sit: Sit, store: Store, clock: FixedClock
) -> None:
    """The places of then are not known any more when the schedule has fewer now."""
    with store.database.writers.begin() as connection:
        connection.execute(text("UPDATE appointment_schedule SET valid_from = '2026-05-01'"))
        connection.execute(text("UPDATE appointment_calendar SET version = version + 1"))
    weeks = [(week["offered_minutes"], week["booked_minutes"]) for week in read(fortnight)["weeks"]]
    assert weeks == [(0, 45), (0, 15)]
    clock.advance(days=8)
    weeks = read(sit("an", "loket-2"))["weeks"]
    assert [(week["offered_minutes"], week["booked_minutes"]) for week in weeks] == [
        (45, 45),
        (0, 15),
    ]
