"""Who a counter calls, and why, over real HTTP on both databases."""

import json
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import text

from loket.kit.clock import FixedClock
from loket.store.work import Store
from tests.builders import AFHALEN, EID
from tests.serving import Client

Sit = Callable[[str, str], Client]
DESKS = (("tom", "loket-1"), ("nele", "loket-2"), ("an", "loket-3"))


def check_in(store: Store, ticket: dict[str, Any], at: datetime) -> None:
    """What booking will do: the ticket is of somebody with an appointment."""
    with store.database.writers.begin() as connection:
        connection.execute(
            text("UPDATE ticket SET kind = 'appointment', appointment_at = :at WHERE id = :id"),
            {"at": at.strftime("%Y-%m-%d %H:%M:%S.%f+00:00"), "id": ticket["id"]}
            if store.database.is_sqlite
            else {"at": at, "id": ticket["id"]},
        )


def drain(counter: Client) -> list[dict[str, Any]]:
    """Everybody a counter can call, one after the other."""
    found: list[dict[str, Any]] = []
    while called := counter.call_next(found[-1]["id"] if found else None)["called"]:
        found.append(called["ticket"])
        counter.post(f"/tickets/{called['ticket']['id']}/start")
    return found


def test_classes_and_choices_in_their_order(sit: Sit, store: Store, clock: FixedClock) -> None:
    welcome, counter = sit("sofie", "onthaal-1"), sit("tom", "loket-1")
    quick = welcome.ticket(AFHALEN)
    walk_in = welcome.ticket(EID)
    clock.advance(minutes=10)
    mobile = welcome.ticket(EID, visit={"priority": "mobility"})
    booked, early = welcome.ticket(EID), welcome.ticket(EID)
    clock.advance(minutes=8)
    check_in(store, booked, clock.now() - timedelta(minutes=7))
    check_in(store, early, clock.now() + timedelta(minutes=20))

    called = drain(counter)

    wanted = [booked, mobile, walk_in, quick, early]
    assert [one["id"] for one in called] == [one["id"] for one in wanted]
    whys = [one["why"] for one in called]
    assert [why["code"] for why in whys] == [
        "appointment",
        "priority",
        "longest",
        "longest",
        "early",
    ]
    assert [why["minutes"] for why in whys] == [7, 8, 18, 18, 20]
    assert [why["then"] for why in whys] == [one["number"] for one in wanted[1:]] + [""]
    assert [bool(why["second_choice"]) for why in whys] == [False, False, False, True, False]


def test_why_is_kept_with_the_call_and_gone_with_it(sit: Sit, store: Store) -> None:
    welcome, counter = sit("sofie", "onthaal-1"), sit("tom", "loket-1")
    ticket = welcome.ticket(EID)
    why = counter.call_next()["called"]["ticket"]["why"]
    board = counter.get(f"/sites/{counter.signed_in['site_id']}/board").json()
    assert board["cards"][0]["ticket"]["why"] == why
    with store.reading() as connection:
        row = connection.execute(
            text("SELECT why FROM ticket_interval WHERE ticket_id = :id AND state = 'called'"),
            {"id": ticket["id"]},
        ).one()
        journal = connection.execute(text("SELECT data FROM journal WHERE act = 'call_next'"))
        data = journal.scalar_one()
    assert json.loads(row.why) == why
    assert (json.loads(data) if isinstance(data, str) else data)["why"] == why

    back = counter.post("/undo", {"ticket_id": ticket["id"]}).json()
    assert (back["state"], back["why"]) == ("waiting", None)


def test_everybody_is_called_once_by_desks_that_press_together(sit: Sit, store: Store) -> None:
    welcome = sit("sofie", "onthaal-1")
    given = [
        welcome.ticket(EID, visit={"priority": "mobility" if nr % 5 == 0 else ""})["id"]
        for nr in range(40)
    ]
    counters = [sit(*desk) for desk in DESKS]
    with ThreadPoolExecutor(len(counters)) as pool:
        called = [one["id"] for found in pool.map(drain, counters) for one in found]
    assert Counter(called) == Counter(given)
    with store.reading() as connection:
        calls = connection.execute(
            text("SELECT ticket_id FROM ticket_interval WHERE state = 'called'")
        ).scalars()
        assert Counter(calls) == Counter(given)


def test_a_ticket_in_a_colleagues_hands_is_passed_over(
    sit: Sit, store: Store, clock: FixedClock
) -> None:
    """Somebody locks the best one and takes their time: the next one is called instead."""
    if store.database.is_sqlite:
        return  # one writer at a time: nobody can hold a row while another calls
    welcome, counter = sit("sofie", "onthaal-1"), sit("tom", "loket-1")
    first = welcome.ticket(EID)
    clock.advance(minutes=1)
    second = welcome.ticket(EID)
    with store.database.writers.begin() as colleague:
        colleague.execute(
            text("SELECT id FROM ticket WHERE id = :id FOR UPDATE"), {"id": first["id"]}
        )
        assert counter.call_next()["called"]["ticket"]["id"] == second["id"]
