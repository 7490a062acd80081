"""The promised wait, from the server's forecaster to the ticket, the board and the stream."""

import json
import time
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
import requests
from sqlalchemy import text

from loket.catalogue.offer import Offers
from loket.catalogue.rules import VisitorClass
from loket.kit.clock import FixedClock, local_day
from loket.queue.forecaster import Forecaster
from loket.queue.queries import measured
from loket.store.work import Store
from tests.builders import BURGERZAKEN, EID, SITE, SOCIAAL
from tests.serving import Client

Sit = Callable[[str, str], Client]


@pytest.fixture
def forecaster(store: Store, clock: FixedClock) -> Forecaster:
    """Computes when it is asked, without its thread."""
    return Forecaster(store, Offers(clock, measured), lambda _site, _waits: None)


def test_the_forecast_knows_who_waits_and_who_is_served(
    sit: Sit, forecaster: Forecaster, clock: FixedClock
) -> None:
    welcome, counter = sit("sofie", "onthaal-1"), sit("tom", "loket-1")
    plain = (BURGERZAKEN, VisitorClass.WALK_IN)
    assert forecaster.make(SITE).waits[plain].middle == 0
    assert (SOCIAAL, VisitorClass.WALK_IN) not in forecaster.make(SITE).waits

    first = welcome.ticket(EID)
    counter.call_next()
    counter.post(f"/tickets/{first['id']}/start")
    just_begun = forecaster.make(SITE).waits[plain]
    clock.advance(minutes=8)
    half_way = forecaster.make(SITE).waits[plain]
    assert 8 < just_begun.middle < 14
    assert 1 < half_way.middle < just_begun.middle
    assert half_way.low < half_way.middle < half_way.high < half_way.sure

    for _ in range(4):
        welcome.ticket(EID)
    alone = forecaster.make(SITE).waits[plain]
    assert alone.middle > half_way.middle + 30
    priority = forecaster.make(SITE).waits[BURGERZAKEN, VisitorClass.PRIORITY]
    assert priority.middle <= alone.middle
    sit("nele", "loket-2")
    assert forecaster.make(SITE).waits[plain].middle < 0.7 * alone.middle


def test_a_counter_that_pauses_serves_nobody(sit: Sit, forecaster: Forecaster) -> None:
    counter = sit("tom", "loket-1")
    plain = (BURGERZAKEN, VisitorClass.WALK_IN)
    assert plain in forecaster.make(SITE).waits
    paused = counter.post(f"/counters/{counter.counter}/pause", {"reason": "break"})
    assert paused.status_code == 200, paused.text
    assert plain not in forecaster.make(SITE).waits


def test_tickets_that_the_forecast_has_not_seen_are_reckoned_with(
    sit: Sit, forecaster: Forecaster
) -> None:
    welcome = sit("sofie", "onthaal-1")
    sit("tom", "loket-1")
    for _ in range(3):
        welcome.ticket(EID)
    made = forecaster.make(SITE)
    told = made.promise(BURGERZAKEN, 3, priority="")
    two_more = made.promise(BURGERZAKEN, 5, priority="")
    assert told is not None
    assert two_more is not None
    assert two_more.middle - told.middle == pytest.approx(2 * made.pace[BURGERZAKEN])
    assert made.promise(SOCIAAL, 0, priority="") is None


def test_what_is_promised_is_kept_with_the_ticket_and_judged_the_day_after(
    sit: Sit, store: Store, clock: FixedClock
) -> None:
    welcome, counter = sit("sofie", "onthaal-1"), sit("tom", "loket-1")
    welcome.ticket(EID)
    issued = welcome.post("/tickets", {"visit": {}, "product_id": EID}).json()
    wait = issued["wait"]
    assert wait["low"] <= wait["middle"] <= wait["high"] <= wait["sure"]
    with store.reading() as connection:
        row = connection.execute(
            text(
                "SELECT promised_low, promised_minutes, promised_high, promised_sure"
                " FROM ticket WHERE id = :id"
            ),
            {"id": issued["ticket"]["id"]},
        ).one()
    assert tuple(row) == (wait["low"], wait["middle"], wait["high"], wait["sure"])
    assert issued["wait_minutes"] == wait["middle"]

    clock.advance(minutes=wait["middle"] + 2)
    called = counter.call_next()["called"]["ticket"]["id"]
    counter.post(f"/tickets/{called}/start")
    counter.call_next(called)
    day = local_day(clock.now())
    clock.advance(hours=2)
    judged = welcome.get(f"/sites/{SITE}/promises?day={day}").json()["queues"]
    assert [(one["queue_id"], one["promises"]) for one in judged] == [(BURGERZAKEN, 2)]
    assert judged[0]["mean_absolute_error"] >= 2
    assert judged[0]["bias"] < 0


def frames(client: Client, board: dict[str, object]) -> Iterator[tuple[str, str, str]]:
    """Kind, id and data of what a stream says."""
    path = f"{client.url}/sites/{SITE}/events?epoch={board['epoch']}&after={board['number']}"
    with client.http.get(path, stream=True, timeout=20) as answer:
        kind = ident = ""
        for line in answer.iter_lines(chunk_size=1, decode_unicode=True):
            if line.startswith("event: "):
                kind = line.removeprefix("event: ")
            elif line.startswith("id: "):
                ident = line.removeprefix("id: ")
            elif line.startswith("data: "):
                yield kind, ident, line.removeprefix("data: ")
                kind = ident = ""


def test_followers_hear_new_waits_without_a_number(sit: Sit) -> None:
    welcome = sit("sofie", "onthaal-1")
    sit("tom", "loket-1")
    board = welcome.get(f"/sites/{SITE}/board").json()
    other = sit("an", "loket-3")
    heard = frames(other, board)
    welcome.ticket(EID)
    welcome.ticket(EID)
    for kind, ident, data in heard:
        if kind != "waits":
            continue  # the tickets themselves
        assert ident == ""
        waits = {
            (one["queue_id"], one["visitor_class"]): one["middle"]
            for one in json.loads(data)["waits"]
        }
        if waits.get((BURGERZAKEN, "walk_in"), 0) > 0:
            break
    after = welcome.get(f"/sites/{SITE}/board").json()
    assert after["waits"] is not None
    assert after["waits"]["number"] <= after["number"]


def test_a_poll_carries_the_waits_and_only_numbered_events(sit: Sit) -> None:
    welcome = sit("sofie", "onthaal-1")
    board = welcome.get(f"/sites/{SITE}/board").json()
    welcome.ticket(EID)
    number, waits = board["number"], None
    give_up = time.monotonic() + 20
    while waits is None and time.monotonic() < give_up:
        page = requests.get(
            f"{welcome.url}/sites/{SITE}/events?epoch={board['epoch']}&after={number}&wait=1",
            headers={**welcome.http.headers, "Accept": "application/json"},
            timeout=20,
        ).json()
        assert all(event["number"] > number for event in page["events"])
        number = max([number, *(event["number"] for event in page["events"])])
        waits = page["waits"]
    assert waits is not None


def test_a_new_day_has_no_waits_of_yesterday(
    store: Store, forecaster: Forecaster, clock: FixedClock
) -> None:
    forecaster._renew(SITE)
    assert forecaster.of(SITE) is not None
    clock.moment += timedelta(days=1)
    assert forecaster.of(SITE) is None
