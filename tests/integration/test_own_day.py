"""A clerk's own day: what counts, and since when."""

from collections.abc import Callable
from datetime import datetime, timedelta

from loket.kit.clock import FixedClock
from tests.builders import EID, MONDAY_NINE
from tests.serving import Client

Sit = Callable[[str, str], Client]


def own_day(client: Client) -> dict[str, object]:
    found: dict[str, object] = client.get(f"/counters/{client.counter}/own-day").json()
    return found


def test_the_day_begins_when_they_sat_down(sit: Sit, clock: FixedClock) -> None:
    clock.advance(minutes=7)
    tom = sit("tom", "loket-3")
    clock.advance(minutes=20)
    assert datetime.fromisoformat(str(own_day(tom)["since"])) == MONDAY_NINE + timedelta(minutes=7)


def test_a_second_desk_does_not_make_the_day_begin_anew(sit: Sit, clock: FixedClock) -> None:
    ticket = sit("sofie", "onthaal-1").ticket(EID)
    tom = sit("tom", "loket-3")
    clock.advance(minutes=2)
    tom.call_next()
    tom.post(f"/tickets/{ticket['id']}/start")
    clock.advance(minutes=5)
    tom.post(f"/tickets/{ticket['id']}/finish")
    clock.advance(hours=1)
    moved = sit("tom", "loket-1")
    day = own_day(moved)
    assert datetime.fromisoformat(str(day["since"])) <= MONDAY_NINE + timedelta(minutes=2)
    assert (day["served"], day["mean_service"]) == (1, 300)
