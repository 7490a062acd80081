"""Figures over a period: each ticket once, in its own hour, with its own times."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from loket.catalogue.offer import Offers
from loket.kit.clock import FixedClock
from loket.queue.queries import measured
from loket.queue.usecases.ending import end_days
from loket.store.work import Store
from tests.builders import AFHALEN, EID, SITE
from tests.serving import Client

Sit = Callable[[str, str], Client]
TODAY = {"first": "2026-03-16", "last": "2026-03-16"}


def asked(client: Client, by: str, **more: str) -> dict[str, Any]:
    answer = client.get("/figures", params={**TODAY, "by": by, **more})
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


@pytest.fixture
def a_morning(sit: Sit, clock: FixedClock) -> Client:
    """Three waited 4, 6 and 8 minutes; one came never, one went home, one is still waiting."""
    welcome, tom = sit("sofie", "onthaal-1"), sit("tom", "loket-1")
    tickets = [welcome.ticket(EID) for _ in range(4)]
    withdrawn = welcome.ticket(AFHALEN)
    welcome.post(f"/tickets/{withdrawn['id']}/withdraw")
    believes = None
    for ticket in tickets[:3]:
        clock.advance(minutes=4 if believes is None else 2)
        tom.call_next(believes)
        tom.post(f"/tickets/{ticket['id']}/start")
        believes = ticket["id"]
    clock.advance(minutes=10)
    absent = tom.call_next(believes)["called"]["ticket"]
    tom.post(f"/tickets/{absent['id']}/no-show")
    welcome.ticket(EID)
    return sit("an", "loket-2")


def test_each_outcome_is_counted_once(a_morning: Client) -> None:
    together = asked(a_morning, "service")["together"]
    counts = [together[name] for name in ("tickets", "served", "no_shows", "withdrawn")]
    assert counts == [6, 3, 1, 1]


def test_waits_and_services_are_what_they_were(a_morning: Client) -> None:
    rows = {row["key"]: row for row in asked(a_morning, "product")["rows"]}
    # Called after 4, 6, 8 and 18 minutes; at the counter for 2, 2 and 10.
    assert rows[EID]["waiting"] == {"count": 4, "mean": 540, "p50": 360, "p90": 1080, "max": 1080}
    assert rows[EID]["service"] == {"count": 3, "mean": 280, "p50": 120, "p90": 600, "max": 600}
    assert rows[EID]["total"]["max"] == 18 * 60
    assert rows[AFHALEN]["waiting"]["count"] == 0


def test_hours_are_those_of_a_belgian_clock(sit: Sit, clock: FixedClock) -> None:
    """The clocks went forward between the two."""
    sit("sofie", "onthaal-1").ticket(EID)
    clock.moment = datetime(2026, 3, 30, 7, 30, tzinfo=UTC)
    sit("sofie", "onthaal-1").ticket(EID)
    found = asked(sit("an", "loket-2"), "hour", last="2026-03-31")
    assert [(row["key"], row["tickets"]) for row in found["rows"]] == [("09", 2)]
    days = asked(sit("an", "loket-2"), "day", last="2026-03-31")["rows"]
    assert [row["key"] for row in days] == ["2026-03-16", "2026-03-30"]


def test_who_was_left_behind_is_unserved_the_next_day(
    a_morning: Client, sit: Sit, clock: FixedClock, store: Store
) -> None:
    clock.advance(days=1)
    end_days(store, Offers(clock, measured))
    together = asked(sit("an", "loket-2"), "service")["together"]
    assert (together["no_shows"], together["unserved"]) == (1, 1)


def test_only_who_may_see_figures_gets_them(sit: Sit) -> None:
    answer = sit("tom", "loket-1").get("/figures", params={**TODAY, "by": "hour"})
    assert answer.status_code == 403


@pytest.mark.parametrize("last", ["2026-03-15", "2048-01-01"])
def test_a_period_that_cannot_be_is_refused(sit: Sit, last: str) -> None:
    wrong = {**TODAY, "by": "hour", "last": last}
    answer = sit("an", "loket-2").get("/figures", params=wrong)
    assert answer.json()["code"] == "insight.period"


def test_an_empty_period_has_no_rows_and_a_total_of_nothing(sit: Sit) -> None:
    found = asked(sit("an", "loket-2"), "queue", site=SITE)
    assert found["rows"] == []
    assert found["together"]["tickets"] == 0


def test_the_lines_come_page_by_page_without_a_gap(a_morning: Client) -> None:
    seen, after = [], ""
    while True:
        page = a_morning.get(
            "/figures/tickets", params={**TODAY, "after": after, "many": "4"}
        ).json()
        assert page["total"] == 6
        seen += [line["number"] for line in page["lines"]]
        after = page["after"]
        if not after:
            break
    assert sorted(seen) == ["A001", "A002", "A003", "A004", "A005", "S001"]
