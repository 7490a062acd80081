"""A new morning begins empty, whatever was left open the evening before."""

from collections.abc import Callable

from sqlalchemy import text

from loket.kit.clock import FixedClock
from loket.queue.usecases.closing import close_past_days
from loket.store.work import Store
from tests.builders import AFHALEN, EID, SITE
from tests.serving import Client

Sit = Callable[[str, str], Client]


def test_what_was_left_open_is_closed_and_the_counter_calls_again(
    sit: Sit, clock: FixedClock, store: Store
) -> None:
    welcome, tom, nele = sit("sofie", "onthaal-1"), sit("tom", "loket-1"), sit("nele", "loket-2")
    called, served, _waiting = (welcome.ticket(EID) for _ in range(3))
    tom.call_next()
    nele.call_next()
    nele.post(f"/tickets/{served['id']}/start")
    clock.advance(hours=24)
    assert close_past_days(store) == 3
    assert close_past_days(store) == 0

    with store.reading() as connection:
        states = connection.execute(text("SELECT label, state FROM ticket ORDER BY number")).all()
        open_visits = connection.scalar(text("SELECT count(*) FROM visit WHERE closed_at IS NULL"))
        nights = connection.scalars(
            text("SELECT max(from_at) FROM ticket_interval GROUP BY ticket_id")
        ).all()
    assert [tuple(row) for row in states] == [
        ("A001", "expired"),
        ("A002", "done"),
        ("A003", "expired"),
    ]
    assert open_visits == 0
    assert {str(night)[:16] for night in nights} == {"2026-03-16 22:59"}

    welcome, tom = sit("sofie", "onthaal-1"), sit("tom", "loket-1")
    answer = welcome.post("/tickets", {"visit": {}, "product_id": EID}).json()
    assert (answer["ticket"]["number"], answer["ahead"]) == ("A001", 0)
    assert tom.call_next()["called"]["ticket"]["id"] == answer["ticket"]["id"]
    assert called["id"] != answer["ticket"]["id"]


def test_yesterdays_people_are_not_counted_as_waiting(sit: Sit, clock: FixedClock) -> None:
    welcome = sit("sofie", "onthaal-1")
    welcome.ticket(AFHALEN)
    clock.advance(hours=24)
    welcome = sit("sofie", "onthaal-1")
    answer = welcome.post("/tickets", {"visit": {}, "product_id": AFHALEN}).json()
    assert answer["ahead"] == 0
    assert len(welcome.get(f"/sites/{SITE}/board").json()["cards"]) == 1
