"""Taking back: only the last act, only for five minutes, and then the times are right again."""

from collections.abc import Callable

import pytest
from sqlalchemy import text

from loket.kit.clock import FixedClock
from loket.store.work import Store
from tests.builders import EID
from tests.serving import Client

Sit = Callable[[str, str], Client]


def test_a_call_taken_back_leaves_one_unbroken_wait(
    sit: Sit, clock: FixedClock, store: Store
) -> None:
    welcome, tom = sit("sofie", "onthaal-1"), sit("tom", "loket-1")
    ticket = welcome.ticket(EID)
    clock.advance(minutes=10)
    tom.call_next()
    clock.advance(minutes=1)
    back = tom.post("/undo", {"ticket_id": ticket["id"]}).json()
    assert (back["state"], back["counter_id"], back["calls"]) == ("waiting", None, 0)
    assert back["first_called_at"] is None
    assert back["state_since"] == ticket["arrived_at"]
    with store.reading() as connection:
        acts = connection.scalars(text("SELECT act FROM journal WHERE subject = 'ticket'")).all()
        states = connection.execute(
            text("SELECT state, undone_at IS NULL FROM ticket_interval ORDER BY seq")
        ).all()
    assert acts == ["issue_ticket", "call_next", "undo"]
    assert [(state, bool(stands)) for state, stands in states] == [
        ("waiting", True),
        ("called", False),
    ]


@pytest.mark.parametrize("act", ["finish", "no-show", "withdraw", "put-back", "start"])
def test_each_act_can_be_taken_back(sit: Sit, act: str) -> None:
    welcome, tom = sit("sofie", "onthaal-1"), sit("tom", "loket-1")
    ticket = welcome.ticket(EID)
    path = f"/tickets/{ticket['id']}"
    before = tom.call_next()["called"]["ticket"]
    if act == "finish":
        before = tom.post(f"{path}/start").json()
    assert tom.post(f"{path}/{act}").status_code == 200
    after = tom.post("/undo", {"ticket_id": ticket["id"]}).json()
    assert {**after, "version": 0} == {**before, "version": 0}
    visit = tom.get(f"/visits/{ticket['visit_id']}").json()
    assert visit["closed_at"] is None


def test_two_acts_can_be_taken_back_one_by_one(sit: Sit) -> None:
    welcome, tom = sit("sofie", "onthaal-1"), sit("tom", "loket-1")
    ticket = welcome.ticket(EID)
    tom.call_next()
    tom.post(f"/tickets/{ticket['id']}/start")
    states = [tom.post("/undo", {"ticket_id": ticket["id"]}).json()["state"] for _ in range(2)]
    assert states == ["called", "waiting"]
    assert tom.call_next()["called"]["ticket"]["calls"] == 1


def test_an_issue_taken_back_withdraws_and_keeps_the_number(sit: Sit) -> None:
    welcome = sit("sofie", "onthaal-1")
    ticket = welcome.ticket(EID)
    gone = welcome.post("/undo", {"ticket_id": ticket["id"]}).json()
    assert gone["state"] == "withdrawn"
    assert welcome.get(f"/visits/{ticket['visit_id']}").json()["acts"][0]["undone"] is True
    assert welcome.ticket(EID)["number"] == "A002"
    back = welcome.post("/undo", {"ticket_id": ticket["id"]}).json()
    assert back["state"] == "waiting"
    assert welcome.get(f"/visits/{ticket['visit_id']}").json()["acts"][0]["undone"] is False


def test_after_five_minutes_it_is_too_late(sit: Sit, clock: FixedClock) -> None:
    welcome, tom = sit("sofie", "onthaal-1"), sit("tom", "loket-1")
    ticket = welcome.ticket(EID)
    tom.call_next()
    clock.advance(minutes=5, seconds=1)
    answer = tom.post("/undo", {"ticket_id": ticket["id"]})
    assert (answer.status_code, answer.json()["code"]) == (409, "queue.undo_too_late")


def test_only_who_may_do_it_may_take_it_back(sit: Sit) -> None:
    welcome, tom, nele = sit("sofie", "onthaal-1"), sit("tom", "loket-1"), sit("nele", "loket-2")
    ticket = welcome.ticket(EID)
    tom.call_next()
    answer = welcome.post("/undo", {"ticket_id": ticket["id"]})
    assert answer.json()["code"] == "staff.may_not"
    answer = nele.post("/undo", {"ticket_id": ticket["id"]})
    assert answer.json()["code"] == "queue.other_counter"


@pytest.mark.parametrize("act", ["finish", "put-back", "no-show"])
def test_what_was_at_a_counter_is_that_counters_to_take_back(sit: Sit, act: str) -> None:
    welcome, tom, nele = sit("sofie", "onthaal-1"), sit("tom", "loket-1"), sit("nele", "loket-2")
    ticket = welcome.ticket(EID)
    tom.call_next()
    if act == "finish":
        tom.post(f"/tickets/{ticket['id']}/start")
    tom.post(f"/tickets/{ticket['id']}/{act}")
    answer = nele.post("/undo", {"ticket_id": ticket["id"]})
    assert (answer.status_code, answer.json()["code"]) == (403, "queue.other_counter")
    assert tom.post("/undo", {"ticket_id": ticket["id"]}).status_code == 200


def test_a_recall_is_taken_back_before_the_call(sit: Sit) -> None:
    welcome, tom = sit("sofie", "onthaal-1"), sit("tom", "loket-1")
    ticket = welcome.ticket(EID)
    tom.call_next()
    tom.post(f"/tickets/{ticket['id']}/recall")
    once = tom.post("/undo", {"ticket_id": ticket["id"]}).json()
    assert (once["state"], once["calls"]) == ("called", 1)
    twice = tom.post("/undo", {"ticket_id": ticket["id"]}).json()
    assert (twice["state"], twice["calls"]) == ("waiting", 0)


def test_a_finish_is_not_taken_back_onto_a_busy_counter(sit: Sit) -> None:
    welcome, tom = sit("sofie", "onthaal-1"), sit("tom", "loket-1")
    first, _second = welcome.ticket(EID), welcome.ticket(EID)
    tom.call_next()
    tom.post(f"/tickets/{first['id']}/start")
    tom.call_next(believes=first["id"])
    answer = tom.post("/undo", {"ticket_id": first["id"]})
    assert (answer.status_code, answer.json()["code"]) == (409, "queue.counter_busy")


@pytest.mark.parametrize("called", [True, False])
def test_a_clock_that_was_a_little_ahead_does_not_hinder(
    sit: Sit, clock: FixedClock, *, called: bool
) -> None:
    tom = sit("tom", "loket-1")
    ticket = tom.ticket(EID)
    if called:
        tom.call_next()
    clock.advance(milliseconds=-20)
    answer = tom.post("/undo", {"ticket_id": ticket["id"]})
    assert answer.status_code == 200, answer.text
    assert answer.json()["state"] == ("waiting" if called else "withdrawn")


def test_an_issue_taken_back_closes_its_visit(sit: Sit) -> None:
    welcome = sit("sofie", "onthaal-1")
    ticket = welcome.ticket(EID)
    welcome.post("/undo", {"ticket_id": ticket["id"]})
    assert welcome.get(f"/visits/{ticket['visit_id']}").json()["closed_at"] is not None
