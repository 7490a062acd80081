"""A visit ends with its last ticket, and goes on with another one on the same day."""

from collections.abc import Callable
from datetime import timedelta

from loket.kit.clock import FixedClock
from loket.kit.ids import new_id
from tests.builders import AFHALEN, EID
from tests.serving import Client

Sit = Callable[[str, str], Client]


def closed_at(desk: Client, visit: str) -> str | None:
    found: str | None = desk.get(f"/visits/{visit}").json()["closed_at"]
    return found


def test_a_ticket_after_a_withdrawn_one_goes_on_with_the_visit(sit: Sit) -> None:
    welcome, visit = sit("sofie", "onthaal-1"), new_id()
    first = welcome.ticket(EID, visit={"id": visit})
    welcome.post(f"/tickets/{first['id']}/withdraw")
    assert closed_at(welcome, visit) is not None
    welcome.ticket(AFHALEN, visit={"id": visit})
    assert closed_at(welcome, visit) is None


def test_tomorrow_it_is_another_visit(sit: Sit, clock: FixedClock) -> None:
    welcome, visit = sit("sofie", "onthaal-1"), new_id()
    first = welcome.ticket(EID, visit={"id": visit})
    welcome.post(f"/tickets/{first['id']}/withdraw")
    clock.advance(days=1)
    again = sit("sofie", "onthaal-1")
    answer = again.post("/tickets", {"visit": {"id": visit}, "product_id": EID})
    assert (answer.status_code, answer.json()["code"]) == (409, "visit.closed")


def test_what_happened_before_the_end_may_arrive_after_it(sit: Sit, clock: FixedClock) -> None:
    welcome, visit = sit("sofie", "onthaal-1"), new_id()
    ticket = welcome.ticket(EID, visit={"id": visit})
    happened = (clock.now() + timedelta(minutes=1)).isoformat()
    clock.advance(minutes=2)
    welcome.post(f"/tickets/{ticket['id']}/withdraw")
    clock.advance(minutes=1)
    path, act = f"/visits/{visit}/acts", {"kind": "information_given", "text": "folder"}
    late = welcome.post(path, {**act, "id": new_id()}, **{"Loket-Occurred-At": happened})
    assert late.status_code in {200, 201}, late.text
    now = welcome.post(path, {**act, "id": new_id()})
    assert now.json()["code"] == "visit.closed"
