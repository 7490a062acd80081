"""Counters that pause, queues opened and closed by hand, and the nights when clocks change."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text

from loket.catalogue.offer import Offers
from loket.kit.clock import FixedClock, local
from loket.queue.queries import measured
from loket.queue.usecases.ending import end_days
from loket.store.work import Store
from tests.builders import AFHALEN, BURGERZAKEN, EID, SITE, SNEL
from tests.serving import Client

Sit = Callable[[str, str], Client]


def refused(answer, status: int, code: str) -> dict:
    assert (answer.status_code, answer.json()["code"]) == (status, code), answer.text
    params: dict = answer.json()["params"]
    return params


def board(desk: Client, kind: str, ident: str) -> dict:
    listed = desk.get(f"/sites/{SITE}/board").json()
    key = {"queues": "queue_id", "counters": "counter_id"}[kind]
    found: dict = next(one for one in listed[kind] if one[key] == ident)
    return found


def at(*when: int) -> datetime:
    return datetime(*when, tzinfo=UTC)


def test_a_pause_closes_the_counter_for_waits_and_the_next_call_ends_it(
    sit: Sit, clock: FixedClock
) -> None:
    welcome, tom = sit("sofie", "onthaal-1"), sit("tom", "loket-1")
    until = (clock.now() + timedelta(minutes=20)).isoformat()
    paused = tom.post("/counters/c-loket-1/pause", {"reason": "break", "until": until}).json()
    assert (paused["open"], paused["pause"], paused["clerk"]) == (False, "break", "Tom C.")
    assert board(welcome, "queues", BURGERZAKEN)["open_counters"] == 0
    issued = welcome.post("/tickets", {"visit": {}, "product_id": EID}).json()
    assert issued["wait_minutes"] is None
    assert tom.call_next()["called"] is not None
    assert board(welcome, "counters", "c-loket-1")["open"] is True


def test_a_counter_pauses_between_two_visitors(sit: Sit) -> None:
    welcome, tom = sit("sofie", "onthaal-1"), sit("tom", "loket-1")
    welcome.ticket(EID)
    tom.call_next()
    answer = tom.post("/counters/c-loket-1/pause", {"reason": "lunch"})
    refused(answer, 409, "queue.counter_busy")


def test_what_a_supervisor_closed_a_supervisor_opens(sit: Sit) -> None:
    welcome, tom, an = sit("sofie", "onthaal-1"), sit("tom", "loket-1"), sit("an", "loket-3")
    refused(tom.post("/counters/c-loket-3/pause", {"reason": "break"}), 403, "staff.may_not")
    refused(tom.post("/counters/c-loket-1/pause", {"reason": "supervisor"}), 403, "staff.may_not")
    refused(
        an.post("/counters/c-loket-2/pause", {"reason": "supervisor"}), 409, "queue.nobody_there"
    )
    ticket = welcome.ticket(EID)["id"]
    tom.call_next()
    tom.post(f"/tickets/{ticket}/start")
    assert an.post("/counters/c-loket-1/pause", {"reason": "supervisor"}).status_code == 200
    welcome.ticket(EID)
    answer = tom.post("/counters/c-loket-1/call-next", {"believes": ticket})
    refused(answer, 409, "queue.counter_closed")
    assert tom.post(f"/tickets/{ticket}/finish").status_code == 200
    refused(tom.post("/counters/c-loket-1/end-pause"), 409, "queue.counter_closed")
    assert an.post("/counters/c-loket-1/end-pause").json()["open"] is True
    assert an.post("/counters/c-loket-1/end-pause").json()["open"] is True
    assert tom.call_next()["called"] is not None


def test_who_sits_down_again_is_there(sit: Sit) -> None:
    tom = sit("tom", "loket-1")
    tom.post("/counters/c-loket-1/pause", {"reason": "break"})
    again = sit("tom", "loket-1")
    assert board(again, "counters", "c-loket-1")["open"] is True


def test_a_pause_ends_later_today(sit: Sit, clock: FixedClock) -> None:
    tom = sit("tom", "loket-1")
    for moment in (clock.now(), clock.now() + timedelta(days=1)):
        answer = tom.post(
            "/counters/c-loket-1/pause", {"reason": "break", "until": moment.isoformat()}
        )
        refused(answer, 409, "queue.until_past")


def test_a_closed_queue_gives_no_tickets_and_serves_who_waits(
    sit: Sit, clock: FixedClock, store: Store
) -> None:
    welcome, tom, an = sit("sofie", "onthaal-1"), sit("tom", "loket-1"), sit("an", "loket-3")
    welcome.ticket(EID)
    refused(tom.post(f"/queues/{BURGERZAKEN}/close"), 403, "staff.may_not")
    until = clock.now() + timedelta(hours=1)
    closed = {"reason": "staff", "until": until.isoformat()}
    now = an.post(f"/queues/{BURGERZAKEN}/close", closed).json()
    assert [one["opens_at"] for one in now["hours"]] == ["2026-03-16T09:00:00Z"]
    answer = welcome.post("/tickets", {"visit": {}, "product_id": EID})
    told = refused(answer, 409, "queue.closed_by_hand")
    assert datetime.fromisoformat(told["opens_at"]) == until
    assert welcome.ticket(AFHALEN)["number"] == "S001"
    assert tom.call_next()["called"] is not None
    clock.advance(hours=1)
    assert welcome.ticket(EID)["number"] == "A002"
    with store.reading() as connection:
        kinds = connection.scalars(text("SELECT kind FROM event")).all()
    assert "queue_changed" in kinds


def test_opening_again_follows_the_ordinary_hours(sit: Sit) -> None:
    welcome, an = sit("sofie", "onthaal-1"), sit("an", "loket-3")
    an.post(f"/queues/{SNEL}/close", {"reason": "technical"})
    assert board(welcome, "queues", SNEL)["hours"] == []
    opened = an.post(f"/queues/{SNEL}/open").json()
    assert (opened["by_hand"], opened["hours"][0]["closes_at"]) == (None, "2026-03-16T17:00:00Z")


def test_a_queue_opened_in_the_evening(sit: Sit, clock: FixedClock) -> None:
    clock.advance(hours=10)
    welcome, an = sit("sofie", "onthaal-1"), sit("an", "loket-3")
    refused(welcome.post("/tickets", {"visit": {}, "product_id": EID}), 409, "queue.closed")
    until = (clock.now() + timedelta(hours=2)).isoformat()
    an.post(f"/queues/{BURGERZAKEN}/open", {"reason": "event", "until": until})
    assert welcome.ticket(EID)["number"] == "A001"
    clock.advance(hours=2)
    refused(welcome.post("/tickets", {"visit": {}, "product_id": EID}), 409, "queue.closed")


def test_paper_in_hand_goes_before_a_queue_closed_meanwhile(sit: Sit) -> None:
    welcome, an = sit("sofie", "onthaal-1"), sit("an", "loket-3")
    [lease, *_] = welcome.post(f"/sites/{SITE}/leases", {"count": 1}).json()["leases"]
    an.post(f"/queues/{BURGERZAKEN}/close", {"reason": "staff"})
    given = welcome.ticket(EID, leased_number=lease["numbers"][0])
    assert given["number"] == "A900"


NIGHTS = [
    # before, after: half an hour apart, over the change of the clocks
    (at(2026, 3, 29, 0, 45), at(2026, 3, 29, 1, 15), ("01:45", "03:15")),
    (at(2026, 10, 25, 0, 45), at(2026, 10, 25, 1, 15), ("02:45", "02:15")),
]


@pytest.mark.parametrize(("before", "after", "walls"), NIGHTS)
def test_times_are_right_in_the_nights_when_clocks_change(
    sit: Sit, clock: FixedClock, before: datetime, after: datetime, walls: tuple[str, str]
) -> None:
    clock.moment = before
    welcome, tom, an = sit("sofie", "onthaal-1"), sit("tom", "loket-1"), sit("an", "loket-3")
    an.post(f"/queues/{BURGERZAKEN}/open", {"reason": "event"})
    ticket = welcome.ticket(EID)["id"]
    clock.moment = after
    assert tuple(local(moment).strftime("%H:%M") for moment in (before, after)) == walls
    called = tom.call_next()["called"]["ticket"]
    assert called["id"] == ticket
    assert tom.get("/counters/c-loket-1/own-day").json()["mean_wait"] == 1800
    hand = board(welcome, "queues", BURGERZAKEN)["hand_until"]
    assert local(datetime.fromisoformat(hand)).strftime("%H:%M") == "00:00"


def test_at_midnight_everybody_who_was_left_goes(sit: Sit, store: Store, clock: FixedClock) -> None:
    clock.advance(hours=9, minutes=30)
    tom, nele, an = sit("tom", "loket-1"), sit("nele", "loket-2"), sit("an", "loket-3")
    for queue in (BURGERZAKEN, SNEL):
        an.post(f"/queues/{queue}/open", {"reason": "event"})
    parked, sent = (tom.ticket(EID)["id"] for _ in range(2))
    tom.call_next()
    tom.post(f"/tickets/{parked}/park", {"remark": "slaapt"})
    nele.call_next()
    nele.post(f"/tickets/{sent}/transfer", {"counter_id": "c-loket-1"})
    clock.advance(hours=6)
    assert end_days(store, Offers(clock, measured)) == 2
    with store.reading() as connection:
        rows = connection.execute(text("SELECT state, ended_at FROM ticket")).all()
        open_visits = connection.scalar(text("SELECT count(*) FROM visit WHERE closed_at IS NULL"))
    assert {row.state for row in rows} == {"expired"}
    assert {str(row.ended_at)[:16] for row in rows} == {"2026-03-16 23:00"}, "when it was to close"
    assert open_visits == 0


def test_a_clock_that_jumps_back_leaves_times_in_order(
    sit: Sit, store: Store, clock: FixedClock
) -> None:
    tom, nele = sit("tom", "loket-1"), sit("nele", "loket-2")
    ticket = tom.ticket(EID)["id"]
    tom.call_next()
    clock.advance(minutes=-10)
    for act, body in (("start", {}), ("park", {}), ("call-parked", {}), ("recall", {})):
        assert tom.post(f"/tickets/{ticket}/{act}", body).status_code == 200
    sent = tom.post(f"/tickets/{ticket}/transfer", {"counter_id": "c-loket-2"})
    assert sent.status_code == 200
    nele.call_next()
    with store.reading() as connection:
        backwards = connection.scalar(
            text("SELECT count(*) FROM ticket_interval WHERE to_at < from_at")
        )
        first, last = connection.execute(
            text("SELECT first_called_at, last_called_at FROM ticket")
        ).one()
    assert backwards == 0
    assert first <= last
