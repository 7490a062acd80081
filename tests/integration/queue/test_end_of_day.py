"""Tomorrow begins with nobody: who was left behind is let go, and nobody was served all night."""

from collections.abc import Callable

from sqlalchemy import text

from loket.catalogue.offer import Offers
from loket.kit.clock import FixedClock
from loket.kit.ids import new_id
from loket.queue.queries import measured
from loket.queue.usecases.ending import end_days
from loket.store.work import Store
from tests.builders import EID, SITE
from tests.serving import Client

Sit = Callable[[str, str], Client]


def the_next_morning(store: Store, clock: FixedClock) -> int:
    clock.advance(days=1)
    return end_days(store, Offers(clock, measured))


def test_everybody_who_was_left_is_let_go(sit: Sit, store: Store, clock: FixedClock) -> None:
    tom, nele, an = sit("tom", "loket-1"), sit("nele", "loket-2"), sit("an", "loket-3")
    serving, called, absent, waiting = (tom.ticket(EID)["id"] for _ in range(4))
    tom.call_next()
    tom.post(f"/tickets/{serving}/start")
    nele.call_next()
    an.call_next()
    an.post(f"/tickets/{absent}/no-show")
    clock.advance(hours=8)
    assert the_next_morning(store, clock) == 4
    with store.reading() as connection:
        states = dict(connection.execute(text("SELECT id, state FROM ticket")).all())
        open_visits = connection.scalar(text("SELECT count(*) FROM visit WHERE closed_at IS NULL"))
    assert states == {
        serving: "done",
        called: "expired",
        absent: "expired",
        waiting: "expired",
    }
    assert open_visits == 0
    tom = sit("tom", "loket-1")
    assert tom.get(f"/sites/{SITE}/board").json()["cards"] == []
    issued = tom.post("/tickets", {"visit": {}, "product_id": EID}).json()
    assert (issued["ticket"]["number"], issued["ahead"]) == ("A001", 0)
    assert tom.call_next()["called"]["ticket"]["id"] == issued["ticket"]["id"]


def test_the_day_ended_when_the_queue_closed(sit: Sit, store: Store, clock: FixedClock) -> None:
    tom = sit("tom", "loket-1")
    ticket = tom.ticket(EID)["id"]
    tom.call_next()
    tom.post(f"/tickets/{ticket}/start")
    the_next_morning(store, clock)
    with store.reading() as connection:
        since = connection.scalar(text("SELECT ended_at FROM ticket"))
    assert str(since).startswith("2026-03-16 17:00:00"), "18:00 in Belgium"


def test_a_visit_without_a_ticket_ends_too(sit: Sit, store: Store, clock: FixedClock) -> None:
    desk, visit = sit("sofie", "onthaal-1"), new_id()
    desk.post("/visits", {"id": visit})
    assert the_next_morning(store, clock) == 0
    again = sit("sofie", "onthaal-1")
    assert again.get(f"/visits/{visit}").json()["closed_at"] is not None


def test_today_goes_on(sit: Sit, store: Store, clock: FixedClock) -> None:
    desk = sit("sofie", "onthaal-1")
    desk.ticket(EID)
    assert end_days(store, Offers(clock, measured)) == 0
    assert len(desk.get(f"/sites/{SITE}/board").json()["cards"]) == 1
    the_next_morning(store, clock)
    assert end_days(store, Offers(clock, measured)) == 0
