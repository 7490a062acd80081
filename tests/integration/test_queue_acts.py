"""A ticket's life over real HTTP on both databases."""

from collections.abc import Callable

from loket.kit.clock import FixedClock
from tests.builders import EID
from tests.serving import Client

Sit = Callable[[str, str], Client]


def test_from_greeting_to_done(sit: Sit, clock: FixedClock) -> None:
    welcome, counter = sit("sofie", "onthaal-1"), sit("tom", "loket-3")
    first, second = welcome.ticket(EID), welcome.ticket(EID)
    assert (first["number"], second["number"]) == ("A001", "A002")

    called = counter.call_next()["called"]["ticket"]
    assert (called["id"], called["state"]) == (first["id"], "called")
    clock.advance(minutes=1)
    started = counter.post(f"/tickets/{first['id']}/start").json()
    assert started["state"] == "serving"
    clock.advance(minutes=8)

    outcome = counter.call_next(believes=first["id"])
    assert outcome["finished"]["state"] == "done"
    assert outcome["called"]["ticket"]["number"] == "A002"

    day = counter.get(f"/counters/{counter.counter}/own-day").json()
    assert (day["served"], day["mean_service"], day["no_shows"]) == (1, 480, 0)
