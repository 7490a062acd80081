"""Appointments in and around the nights in which the clock changes, and on a leap day."""

from collections.abc import Callable
from datetime import date, time
from typing import Any

import pytest
import vobject
from sqlalchemy import text

from loket.kit.clock import FixedClock, begin_of
from loket.store.work import Store
from tests.builders import EID, SITE
from tests.calendars import booking, schedule
from tests.serving import Client

Sit = Callable[[str, str], Client]
REACHED = {"phone": "0470123456", "email": "jan@example.be"}


def desk_on(sit: Sit, clock: FixedClock, day: date) -> Client:
    clock.moment = begin_of(day).replace(hour=9)
    return sit("sofie", "onthaal-1")


def moments(desk: Client, day: str, days: int = 1) -> list[str]:
    answer = desk.get(f"/free-moments?product={EID}&first={day}&days={days}&site={SITE}")
    assert answer.status_code == 200, answer.text
    return [moment for one in answer.json()["days"] for moment in one["moments"]]


def booked(desk: Client, starts_at: str, **more: Any) -> dict[str, Any]:
    body = booking(EID, starts_at, SITE, contact=REACHED, confirm=["mail"], **more)
    answer = desk.post("/appointments", body)
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()["appointment"]
    return found


def posted(store: Store, kind: str) -> list[Any]:
    with store.reading() as connection:
        asked = text("SELECT * FROM outgoing_message WHERE kind = :kind ORDER BY due_at")
        return list(connection.execute(asked, {"kind": kind}))


def test_the_doubled_hour_of_october_is_two_hours_to_book(
    sit: Sit, store: Store, clock: FixedClock
) -> None:
    schedule(store, rule="FREQ=DAILY", opens=time(1), closes=time(4))
    desk = desk_on(sit, clock, date(2026, 10, 1))
    free = moments(desk, "2026-10-25")
    assert (free[0], free[-1], len(free)) == ("2026-10-24T23:00:00Z", "2026-10-25T02:30:00Z", 8)
    for starts_at in ("2026-10-25T00:00:00Z", "2026-10-25T01:00:00Z"):  # both are two o'clock
        for _ in range(2):
            booked(desk, starts_at)
        refused = desk.post("/appointments", booking(EID, starts_at, SITE))
        assert refused.json()["code"] == "appointment.taken"
    calendar = desk.get("/queues/q-burgerzaken/calendar?first=2026-10-24&days=3").json()
    assert [len(day["appointments"]) for day in calendar["days"]] == [0, 4, 0]


def test_the_hour_that_march_leaves_out_is_not_offered(
    sit: Sit, store: Store, clock: FixedClock
) -> None:
    schedule(store, rule="FREQ=DAILY", opens=time(1), closes=time(4))
    desk = desk_on(sit, clock, date(2028, 3, 1))
    free = moments(desk, "2028-03-26")
    assert free == [f"2028-03-26T0{nr // 2}:{nr % 2 * 30:02}:00Z" for nr in range(4)]


@pytest.mark.parametrize(
    ("today", "starts_at", "reminded"),
    [
        (date(2026, 10, 19), "2026-10-26T08:00:00Z", "2026-10-25 09:00"),  # the day of the change
        (date(2026, 10, 19), "2026-10-25T08:00:00Z", "2026-10-24 08:00"),  # before it: summer
        (date(2028, 3, 20), "2028-03-26T08:00:00Z", "2028-03-25 09:00"),  # before it: winter
        (date(2028, 3, 20), "2028-03-27T08:00:00Z", "2028-03-26 08:00"),
        (date(2028, 2, 21), "2028-03-01T08:00:00Z", "2028-02-29 09:00"),
    ],
)
def test_the_reminder_comes_at_ten_on_the_day_before(
    sit: Sit, store: Store, clock: FixedClock, today: date, starts_at: str, reminded: str
) -> None:
    schedule(store, rule="FREQ=DAILY")
    booked(desk_on(sit, clock, today), starts_at)
    (reminder,) = posted(store, "appointment_reminder")
    assert str(reminder.due_at).startswith(reminded)
    (mail,) = posted(store, "appointment_booked")
    start = vobject.readOne(mail.calendar).vevent.dtstart.value
    assert start.isoformat() == starts_at.replace("Z", "+00:00")


def test_a_rule_of_each_year_on_the_leap_day(sit: Sit, store: Store, clock: FixedClock) -> None:
    schedule(store, rule="FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29")
    desk = desk_on(sit, clock, date(2028, 2, 1))
    free = moments(desk, "2028-02-01", days=60)
    assert {moment[:10] for moment in free} == {"2028-02-29"}
    assert booked(desk, free[0])["starts_at"] == "2028-02-29T08:00:00Z"
    desk = desk_on(sit, clock, date(2027, 2, 1))
    assert moments(desk, "2027-02-01", days=60) == []
