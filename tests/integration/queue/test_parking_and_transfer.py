"""Away and back, sent on, several things in one turn: what happens, and what is refused."""

from collections.abc import Callable

import pytest
from sqlalchemy import text

from loket.kit.clock import FixedClock
from loket.store.work import Store
from tests.builders import AFHALEN, BURGERZAKEN, EID, LEEFLOON, RIJBEWIJS, SITE, SNEL
from tests.serving import Client

Sit = Callable[[str, str], Client]


def refused(answer, status: int, code: str) -> None:
    assert (answer.status_code, answer.json()["code"]) == (status, code), answer.text


def serving(welcome: Client, counter: Client, product: str = EID) -> str:
    ticket: str = welcome.ticket(product, visit={"visitor_name": "Marleen De Smedt"})["id"]
    counter.call_next()
    assert counter.post(f"/tickets/{ticket}/start").status_code == 200
    return ticket


def test_who_is_parked_comes_back_to_who_parked_them(
    sit: Sit, clock: FixedClock, store: Store
) -> None:
    welcome, tom, nele = sit("sofie", "onthaal-1"), sit("tom", "loket-1"), sit("nele", "loket-2")
    ticket = serving(welcome, tom)
    parked = tom.post(f"/tickets/{ticket}/park", {"remark": "maakt pasfoto"}).json()
    assert (parked["state"], parked["parked_by"]) == ("parked", "u-tom")
    card = nele.get(f"/tickets/{ticket}").json()
    assert (card["remark"], card["parked_by"]) == ("maakt pasfoto", "Tom C.")
    with store.reading() as connection:
        told = str(connection.execute(text("SELECT data FROM journal")).all())
        told += str(connection.execute(text("SELECT data FROM event")).all())
    assert "pasfoto" not in told
    assert tom.call_next()["called"] is None, "who is parked does not wait"
    refused(nele.post(f"/tickets/{ticket}/call-parked"), 403, "queue.parked_by_other")
    other = serving(welcome, tom)
    refused(tom.post(f"/tickets/{ticket}/call-parked"), 409, "queue.counter_busy")
    tom.post(f"/tickets/{other}/finish")
    clock.advance(minutes=4)
    back = tom.post(f"/tickets/{ticket}/call-parked").json()
    assert (back["state"], back["counter_id"], back["calls"]) == ("called", "c-loket-1", 2)


def test_anybody_who_calls_lets_a_parked_one_wait_again_in_the_old_place(
    sit: Sit, clock: FixedClock
) -> None:
    welcome, tom, nele = sit("sofie", "onthaal-1"), sit("tom", "loket-1"), sit("nele", "loket-2")
    ticket = serving(welcome, tom)
    clock.advance(minutes=3)
    welcome.ticket(EID)
    tom.post(f"/tickets/{ticket}/park")
    refused(welcome.post(f"/tickets/{ticket}/resume"), 403, "staff.may_not")
    assert nele.post(f"/tickets/{ticket}/resume").json()["parked_by"] is None
    assert nele.call_next()["called"]["ticket"]["id"] == ticket


def test_who_was_absent_comes_after_all(sit: Sit, clock: FixedClock) -> None:
    welcome, tom = sit("sofie", "onthaal-1"), sit("tom", "loket-1")
    ticket = welcome.ticket(EID)["id"]
    tom.call_next()
    tom.post(f"/tickets/{ticket}/no-show")
    clock.advance(minutes=2)
    welcome.ticket(EID)
    assert welcome.post(f"/tickets/{ticket}/return").json()["state"] == "waiting"
    refused(welcome.post(f"/tickets/{ticket}/return"), 409, "queue.wrong_state")
    assert tom.call_next()["called"]["ticket"]["id"] == ticket


def test_a_transfer_keeps_number_and_arrival(sit: Sit, clock: FixedClock, store: Store) -> None:
    welcome, tom, an = sit("sofie", "onthaal-1"), sit("tom", "loket-1"), sit("an", "snel-1")
    ticket = serving(welcome, tom)
    clock.advance(minutes=5)
    sent = tom.post(f"/tickets/{ticket}/transfer", {"product_id": AFHALEN}).json()
    assert (sent["number"], sent["queue_id"], sent["product_id"]) == ("A001", SNEL, AFHALEN)
    assert sent["arrived_at"] < sent["state_since"]
    assert an.call_next()["called"]["ticket"]["id"] == ticket
    with store.reading() as connection:
        rows = connection.execute(
            text("SELECT state, queue_id, product_id FROM ticket_interval ORDER BY seq")
        ).all()
    assert [tuple(row) for row in rows[2:5]] == [
        ("serving", BURGERZAKEN, EID),
        ("transferred", BURGERZAKEN, EID),
        ("waiting", SNEL, AFHALEN),
    ]


def test_only_the_named_counter_calls_until_it_closes(sit: Sit) -> None:
    welcome, tom, nele = sit("sofie", "onthaal-1"), sit("tom", "loket-1"), sit("nele", "loket-2")
    ticket = serving(welcome, tom)
    sent = tom.post(f"/tickets/{ticket}/transfer", {"counter_id": "c-loket-2"}).json()
    assert (sent["queue_id"], sent["only_counter_id"]) == (BURGERZAKEN, "c-loket-2")
    assert tom.call_next()["called"] is None
    nele.post("/counters/c-loket-2/pause", {"reason": "lunch"})
    assert tom.call_next()["called"]["ticket"]["id"] == ticket
    tom.post(f"/tickets/{ticket}/put-back")
    nele.post("/counters/c-loket-2/end-pause")
    assert tom.call_next()["called"] is None
    assert nele.call_next()["called"]["ticket"]["id"] == ticket


def test_a_transfer_that_cannot_be(sit: Sit) -> None:
    welcome, tom, an = sit("sofie", "onthaal-1"), sit("tom", "loket-1"), sit("an", "snel-1")
    ticket = serving(welcome, tom)
    path = f"/tickets/{ticket}/transfer"
    refused(tom.post(path, {"queue_id": BURGERZAKEN}), 409, "queue.same_place")
    refused(tom.post(path, {"counter_id": "c-loket-3"}), 409, "queue.nobody_there")
    refused(an.post(path, {"queue_id": SNEL}), 403, "queue.other_counter")
    refused(welcome.post(path, {"queue_id": SNEL}), 403, "staff.may_not")
    away = {"product_id": LEEFLOON, "counter_id": "c-snel-1"}
    refused(tom.post(path, away), 409, "queue.counter_serves_other")
    both = {"product_id": LEEFLOON, "queue_id": SNEL}
    refused(tom.post(path, both), 409, "queue.product_elsewhere")
    an.post(f"/queues/{SNEL}/close", {"reason": "staff"})
    assert tom.post(path, {"queue_id": SNEL}).status_code == 200, "somebody still works there"


def test_nobody_is_sent_to_a_closed_queue_where_nobody_works(sit: Sit) -> None:
    welcome, tom, an = sit("sofie", "onthaal-1"), sit("tom", "loket-1"), sit("an", "loket-3")
    ticket = welcome.ticket(LEEFLOON)["id"]
    an.post("/queues/q-burgerzaken/close", {"reason": "crowded"})
    assert welcome.post(f"/tickets/{ticket}/transfer", {"product_id": EID}).status_code == 200
    ticket = welcome.ticket(LEEFLOON)["id"]
    for desk in (tom, an):
        desk.post(f"/counters/{desk.counter}/pause", {"reason": "break"})
    answer = welcome.post(f"/tickets/{ticket}/transfer", {"product_id": EID})
    refused(answer, 409, "queue.closed_by_hand")


def test_several_products_in_one_turn(sit: Sit) -> None:
    welcome, tom = sit("sofie", "onthaal-1"), sit("tom", "loket-1")
    ticket = welcome.ticket(EID)
    path = f"/tickets/{ticket['id']}/products"
    added = welcome.post(path, {"product_id": RIJBEWIJS}).json()
    assert (added["product_id"], added["product_ids"]) == (EID, [EID, RIJBEWIJS])
    refused(welcome.post(path, {"product_id": RIJBEWIJS}), 409, "queue.product_there")
    refused(welcome.post(path, {"product_id": AFHALEN}), 409, "queue.product_elsewhere")
    tom.call_next()
    assert tom.post(path, {"product_id": AFHALEN}).json()["product_ids"][2] == AFHALEN
    refused(tom.post(f"{path}/{EID}/remove"), 409, "queue.product_served")
    left = tom.post(f"{path}/{RIJBEWIJS}/remove").json()
    assert left["product_ids"] == [EID, AFHALEN]
    visit = welcome.get(f"/visits/{ticket['visit_id']}").json()
    standing = {act["product_id"] for act in visit["acts"] if not act["undone"]}
    assert standing == {EID, AFHALEN}


def test_several_products_from_the_start(sit: Sit) -> None:
    welcome = sit("sofie", "onthaal-1")
    ticket = welcome.ticket(EID, more_product_ids=[RIJBEWIJS])
    assert ticket["product_ids"] == [EID, RIJBEWIJS]
    body = {"visit": {}, "product_id": EID, "more_product_ids": [AFHALEN]}
    refused(welcome.post("/tickets", body), 409, "queue.product_elsewhere")
    twice = {"visit": {}, "product_id": EID, "more_product_ids": [EID]}
    refused(welcome.post("/tickets", twice), 409, "queue.product_there")


@pytest.mark.parametrize(
    "act",
    [
        ("park", {"remark": "belt"}),
        ("transfer", {"product_id": AFHALEN}),
        ("transfer", {"counter_id": "c-snel-1"}),
        ("products", {"product_id": RIJBEWIJS}),
    ],
)
def test_each_of_them_is_taken_back_whole(sit: Sit, store: Store, act) -> None:
    welcome, tom, _an = sit("sofie", "onthaal-1"), sit("tom", "loket-1"), sit("an", "snel-1")
    ticket = serving(welcome, tom)
    before = tom.get(f"/tickets/{ticket}").json()
    assert tom.post(f"/tickets/{ticket}/{act[0]}", act[1]).status_code == 200
    tom.post("/undo", {"ticket_id": ticket})
    after = tom.get(f"/tickets/{ticket}").json()
    after["ticket"]["version"] = before["ticket"]["version"]
    assert after == before
    visit = tom.get(f"/visits/{before['ticket']['visit_id']}").json()
    assert [a["kind"] for a in visit["acts"] if not a["undone"]] == ["ticket_issued"]
    with store.reading() as connection:
        acts = connection.scalars(text("SELECT act FROM journal WHERE subject = 'ticket'")).all()
    assert acts[-1] == "undo"


@pytest.mark.parametrize("act", ["resume", "call-parked"])
def test_coming_back_is_taken_back_too(sit: Sit, act: str) -> None:
    welcome, tom = sit("sofie", "onthaal-1"), sit("tom", "loket-1")
    ticket = serving(welcome, tom)
    tom.post(f"/tickets/{ticket}/park", {"remark": "maakt pasfoto"})
    tom.post(f"/tickets/{ticket}/{act}")
    assert tom.post("/undo", {"ticket_id": ticket}).json()["state"] == "parked"
    assert tom.get(f"/tickets/{ticket}").json()["remark"] == "maakt pasfoto"


def test_acts_are_taken_back_in_their_order(sit: Sit) -> None:
    welcome, tom = sit("sofie", "onthaal-1"), sit("tom", "loket-1")
    ticket = welcome.ticket(EID)["id"]
    welcome.post(f"/tickets/{ticket}/products", {"product_id": RIJBEWIJS})
    tom.call_next()
    tom.post(f"/tickets/{ticket}/recall")

    def undo() -> tuple[str, int, int]:
        now = tom.post("/undo", {"ticket_id": ticket}).json()
        return now["state"], now["calls"], len(now["product_ids"])

    assert [undo() for _ in range(4)] == [
        ("called", 1, 2),
        ("waiting", 0, 2),
        ("waiting", 0, 1),
        ("withdrawn", 0, 1),
    ]


def test_nothing_of_yesterday_waits_today(sit: Sit, clock: FixedClock) -> None:
    welcome, tom = sit("sofie", "onthaal-1"), sit("tom", "loket-1")
    ticket = serving(welcome, tom)
    clock.advance(hours=8)
    tom.post(f"/tickets/{ticket}/park")
    clock.advance(hours=7)
    tom = sit("tom", "loket-1")
    refused(tom.post(f"/tickets/{ticket}/resume"), 409, "queue.other_day")


def test_the_own_day_counts_a_first_wait_once(sit: Sit, clock: FixedClock) -> None:
    welcome, tom = sit("sofie", "onthaal-1"), sit("tom", "loket-1")
    clock.advance(minutes=1)
    ticket = welcome.ticket(EID)["id"]
    clock.advance(minutes=6)
    tom.call_next()
    tom.post(f"/tickets/{ticket}/start")
    tom.post(f"/tickets/{ticket}/park")
    clock.advance(minutes=20)
    tom.post(f"/tickets/{ticket}/call-parked")
    day = tom.get("/counters/c-loket-1/own-day").json()
    assert day["mean_wait"] == 360


def test_a_board_tells_where_they_are(sit: Sit) -> None:
    welcome, tom = sit("sofie", "onthaal-1"), sit("tom", "loket-1")
    ticket = serving(welcome, tom)
    tom.get(f"/sites/{SITE}/board")
    tom.post(f"/tickets/{ticket}/park", {"remark": "maakt pasfoto"})
    [card] = welcome.get(f"/sites/{SITE}/board").json()["cards"]
    assert (card["remark"], card["parked_by"]) == ("maakt pasfoto", "Tom C.")
