"""The day that is going on, as a supervisor sees it, against rows counted by hand."""

from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import insert

from loket.catalogue.identity import SERIES
from loket.catalogue.tables import OpeningExceptionRow
from loket.kit.clock import FixedClock
from loket.kit.ids import new_id
from loket.queue.tables import TicketRow
from loket.store.work import Store
from loket.visits.tables import VisitRow
from tests.builders import BURGERZAKEN, EID, OTHER_SITE, SITE, SNEL
from tests.serving import Client

Sit = Callable[[str, str], Client]
MONDAY = date(2026, 3, 16)


def at(day: date, clock: str, *, offset: int = 1) -> datetime:
    """A moment on the Belgian wall clock; ``offset`` hours ahead of UTC."""
    hour, minute = map(int, clock.split(":"))
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=UTC) - timedelta(
        hours=offset
    )


def came(arrived: datetime, day: date, number: int, **more: Any) -> dict[str, Any]:
    """A ticket of the past: called after five minutes, served for ten."""
    called = arrived + timedelta(minutes=5)
    return {
        "id": new_id(),
        "code": f"T{day:%y%m%d}{number:06d}",
        "visit_id": "",
        "site_id": SITE,
        "day": day,
        "series_id": f"{SERIES}A",
        "number": number,
        "label": f"A{number:03d}",
        "queue_id": BURGERZAKEN,
        "product_id": EID,
        "kind": "walk_in",
        "priority": "",
        "language": "nl",
        "arrived_at": arrived,
        "issued_at": arrived,
        "version": 4,
        "state": "done",
        "since": called + timedelta(minutes=10),
        "counter_id": "c-loket-1",
        "first_called_at": called,
        "last_called_at": called,
        "serving_since": called,
        "ended_at": called + timedelta(minutes=10),
        "calls": 1,
        **more,
    }


def put(store: Store, tickets: Iterable[dict[str, Any]]) -> None:
    tickets = list(tickets)
    with store.database.writers.begin() as connection:
        for ticket in tickets:
            ticket["visit_id"] = new_id()
            visit = {
                "id": ticket["visit_id"],
                "site_id": ticket["site_id"],
                "day": ticket["day"],
                "started_at": ticket["arrived_at"],
                "recorded_at": ticket["arrived_at"],
                "changed_at": ticket["arrived_at"],
                "user_id": "u-sofie",
                "counter_id": "c-onthaal-1",
                "channel": "desk",
                "language": "nl",
                "visitor_name": "",
                "priority": "",
                "note": "",
                "follow_up_code": new_id()[-8:],
            }
            connection.execute(insert(VisitRow), visit)
            connection.execute(insert(TicketRow), ticket)


def asked(client: Client, **more: str) -> dict[str, Any]:
    answer = client.get("/supervision", params=more)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def of_queue(found: dict[str, Any], queue: str = BURGERZAKEN) -> dict[str, Any]:
    day: dict[str, Any] = next(one for one in found["queues"] if one["queue_id"] == queue)
    return day


def test_today_is_counted_per_half_hour(sit: Sit, clock: FixedClock) -> None:
    welcome, tom = sit("sofie", "onthaal-1"), sit("tom", "loket-1")
    first = welcome.ticket(EID)
    clock.advance(minutes=25)  # 09:25
    welcome.ticket(EID)
    tom.call_next()
    tom.post(f"/tickets/{first['id']}/start")
    clock.advance(minutes=10)  # 09:35
    welcome.ticket(EID)
    tom.call_next(first["id"])
    clock.advance(minutes=25)  # 10:00
    found = asked(sit("an", "loket-2"), site=SITE)
    day = of_queue(found)
    assert found["halves"][0] == "2026-03-16T08:00:00Z"
    assert len(found["halves"]) == 18
    assert day["arrived"][:3] == [2, 1, 0]
    # Loket 1 had somebody from 09:25 on, in all three half hours.
    assert day["staffed"][:4] == [1.0, 1.0, 1.0, 0.0]
    # Called after 25 and 10 minutes; the norm is 20.
    assert (day["called"], day["within_norm"], day["served"]) == (2, 1, 1)
    assert (day["called_last_hour"], day["waited_last_hour"]) == (2, 35 * 60)
    assert [(use["prefix"], use["used"], use["of"]) for use in found["series"]] == [("A", 3, 899)]


def test_the_trend_is_the_longest_wait_every_five_minutes(sit: Sit, clock: FixedClock) -> None:
    welcome, tom = sit("sofie", "onthaal-1"), sit("tom", "loket-1")
    welcome.ticket(EID)  # 09:00, called at 09:22
    clock.advance(minutes=12)
    welcome.ticket(EID)  # 09:12, still waiting
    clock.advance(minutes=10)
    tom.call_next()
    clock.advance(minutes=8)  # 09:30
    day = of_queue(asked(sit("an", "loket-2"), site=SITE))
    minutes = [seconds // 60 for seconds in day["trend"]]
    # 08:35 … 08:55, then 09:00 … 09:20 of the first, then 09:25 and 09:30 of the second.
    assert minutes == [0, 0, 0, 0, 0, 0, 5, 10, 15, 20, 13, 18]


def test_a_call_that_was_taken_back_was_none(sit: Sit, clock: FixedClock) -> None:
    welcome, tom = sit("sofie", "onthaal-1"), sit("tom", "loket-1")
    ticket = welcome.ticket(EID)
    clock.advance(minutes=10)
    tom.call_next()
    clock.advance(minutes=2)
    assert tom.post("/undo", {"ticket_id": ticket["id"]}).status_code == 200
    clock.advance(minutes=3)
    day = of_queue(asked(sit("an", "loket-2"), site=SITE))
    assert (day["called"], day["trend"][-1], day["trend"][-2]) == (0, 15 * 60, 10 * 60)


def test_what_is_expected_is_the_mean_of_ordinary_mondays(
    sit: Sit, store: Store, clock: FixedClock
) -> None:
    ordinary = [MONDAY - timedelta(weeks=weeks) for weeks in (1, 3)]
    closed = MONDAY - timedelta(weeks=2)
    rows = [came(at(day, "09:05"), day, 1) for day in ordinary]
    rows += [came(at(day, "09:20"), day, 2, counter_id="c-loket-2") for day in ordinary]
    rows += [came(at(ordinary[0], "10:10"), ordinary[0], 3)]
    # An open day on the Monday between: other hours, so nothing to learn from.
    rows += [came(at(closed, "09:05"), closed, number) for number in range(1, 9)]
    tuesday = MONDAY - timedelta(days=6)
    rows += [came(at(tuesday, "09:05"), tuesday, 1)]
    put(store, rows)
    with store.database.writers.begin() as connection:
        exception = {"day": closed, "name": "Jaarmarkt", "site_id": SITE, "queue_id": None}
        connection.execute(insert(OpeningExceptionRow), exception)
    clock.moment = at(MONDAY, "09:22")
    found = asked(sit("an", "loket-2"), site=SITE)
    day = of_queue(found)
    assert found["learnt_from"] == ["2026-02-23", "2026-03-09"]
    assert found["compared_with"] == "2026-03-09"
    assert day["expected"][:4] == [2.0, 0.0, 0.5, 0.0]
    assert day["usual"][:4] == [2.0, 1.0, 0.5, 0.0]
    assert day["mean_service"] == 600
    # At 09:22 the one of 09:20 still waited, the one of 09:05 had been called.
    assert day["waited_before"] == 1
    assert of_queue(found, SNEL)["expected"][:2] == [0.0, 0.0]


def test_the_promises_of_the_last_working_day_are_judged(
    sit: Sit, store: Store, clock: FixedClock
) -> None:
    friday = MONDAY - timedelta(days=3)
    promised = {"promised_minutes": 8, "promised_low": 4, "promised_high": 12, "promised_sure": 20}
    late = {**promised, "promised_minutes": 2, "promised_low": 1, "promised_high": 3}
    put(store, [came(at(friday, "09:05"), friday, 1, **promised)])
    put(store, [came(at(friday, "09:25"), friday, 2, **late)])
    # Both waited 5 minutes: 3 off within the range, and 3 off outside it.
    found = asked(sit("an", "loket-2"), site=SITE)["promises"]
    assert found == {"day": "2026-03-13", "promises": 2, "mean_error": 3.0, "likely_held": 0.5}
    assert asked(sit("an", "loket-2"), site=OTHER_SITE)["promises"] is None


def test_public_holidays_teach_nothing(sit: Sit, store: Store, clock: FixedClock) -> None:
    easter, whit_monday_before = date(2026, 4, 6), date(2026, 3, 30)
    put(store, [came(at(easter, "09:05", offset=2), easter, 1)])
    put(store, [came(at(whit_monday_before, "09:05", offset=2), whit_monday_before, 1)])
    clock.moment = at(date(2026, 4, 13), "09:10", offset=2)
    found = asked(sit("an", "loket-2"), site=SITE)
    assert found["learnt_from"] == ["2026-03-30"]


def test_winter_time_teaches_summer_time_by_the_wall_clock(
    sit: Sit, store: Store, clock: FixedClock
) -> None:
    winter = date(2026, 3, 23)
    put(store, [came(at(winter, "09:35", offset=1), winter, 1)])
    clock.moment = at(date(2026, 3, 30), "09:10", offset=2)
    found = asked(sit("an", "loket-2"), site=SITE)
    assert found["halves"][0] == "2026-03-30T07:00:00Z"
    assert of_queue(found)["expected"][:3] == [0.0, 1.0, 0.0]


def test_opening_a_counter_is_advised_with_what_it_does(sit: Sit, clock: FixedClock) -> None:
    welcome, tom = sit("sofie", "onthaal-1"), sit("tom", "loket-1")
    sit("nele", "loket-3")
    for _ in range(7):
        welcome.ticket(EID)
    an = sit("an", "loket-2")
    assert an.get("/supervision/advice", params={"site": SITE}).json()["advices"] == []
    an.post("/counters/c-loket-3/pause", {"reason": "supervisor"})
    an.post("/counters/c-loket-2/pause", {"reason": "break"})
    found = an.get("/supervision/advice", params={"site": SITE}).json()["advices"]
    assert [one["counter_id"] for one in found] == ["c-loket-2", "c-loket-3"]
    assert found[0]["queue_id"] == BURGERZAKEN
    assert found[0]["seated"]
    assert found[0]["minutes_before"] > 20
    assert found[0]["minutes_after"] < found[0]["minutes_before"] - 3
    assert tom.get("/supervision/advice").status_code == 403


def test_a_holiday_has_no_half_hours_and_both_sites_come_together(
    sit: Sit, clock: FixedClock
) -> None:
    an = sit("an", "loket-2")
    assert {one["queue_id"] for one in asked(an)["queues"]} >= {BURGERZAKEN}
    assert asked(an, site=OTHER_SITE)["queues"] == []
    clock.moment = at(date(2026, 4, 6), "10:00", offset=2)
    assert asked(sit("an", "loket-2"), site=SITE)["halves"] == []


@pytest.mark.parametrize(("user", "site", "status"), [("tom", SITE, 403), ("an", "nowhere", 404)])
def test_who_may_not_see_it_does_not(sit: Sit, user: str, site: str, status: int) -> None:
    answer = sit(user, "loket-1").get("/supervision", params={"site": site})
    assert answer.status_code == status
