"""The same request twice takes effect once, also at the same moment; late is not done at all."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from loket.kit.clock import FixedClock
from loket.kit.ids import new_id
from tests.builders import EID, SITE
from tests.serving import Client

Sit = Callable[[str, str], Client]


def test_a_repeated_key_gets_the_first_answer(sit: Sit) -> None:
    desk, key = sit("sofie", "onthaal-1"), new_id()
    body = {"visit": {}, "product_id": EID}
    first, second = (desk.post("/tickets", body, key=key) for _ in range(2))
    assert (first.status_code, first.text) == (second.status_code, second.text)
    assert second.headers["Loket-Replayed"] == "1"
    assert len(desk.get(f"/sites/{SITE}/board").json()["cards"]) == 1
    outcome = desk.get(f"/outcomes/{key}").json()
    assert (outcome["status"], outcome["body"]) == (201, first.json())


def test_the_same_key_with_another_request_is_an_error(sit: Sit) -> None:
    desk, key = sit("sofie", "onthaal-1"), new_id()
    desk.post("/tickets", {"visit": {}, "product_id": EID}, key=key)
    other = desk.post("/tickets", {"visit": {"note": "x"}, "product_id": EID}, key=key)
    assert (other.status_code, other.json()["code"]) == (422, "idempotency.key_reused")


def test_what_became_of_a_request_is_told_to_who_made_it(sit: Sit) -> None:
    desk, other, key = sit("sofie", "onthaal-1"), sit("tom", "loket-1"), new_id()
    desk.post("/visits", {"visitor_name": "Marleen De Smedt"}, key=key)
    told = other.get(f"/outcomes/{key}")
    assert (told.status_code, told.json()["code"]) == (404, "idempotency.unknown_key")
    assert desk.get(f"/outcomes/{key}").status_code == 200


def test_a_refusal_is_kept_too(sit: Sit) -> None:
    desk, key = sit("sofie", "onthaal-1"), new_id()
    body = {"visit": {}, "product_id": "p-nothing"}
    first, second = (desk.post("/tickets", body, key=key) for _ in range(2))
    assert first.status_code == second.status_code == 404
    assert first.text == second.text


def test_twins_at_the_same_moment_make_one_ticket(sit: Sit) -> None:
    desks = [sit("sofie", "onthaal-1") for _ in range(8)]
    key, body = new_id(), {"visit": {}, "product_id": EID}
    # The same person at the same desk: sessions differ, the request does not.
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda desk: desk.post("/tickets", body, key=key), desks))
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.text for answer in answers}) == 1
    assert len(desks[0].get(f"/sites/{SITE}/board").json()["cards"]) == 1


def test_counters_at_the_same_moment_never_share_a_person(sit: Sit) -> None:
    welcome = sit("sofie", "onthaal-1")
    counters = [sit("tom", "loket-1"), sit("nele", "loket-2"), sit("an", "loket-3")]
    for _ in range(30):
        welcome.ticket(EID)

    def serve_ten(counter: Client) -> list[str]:
        called: list[str] = []
        for _ in range(10):
            ticket = counter.call_next(called[-1] if called else None)["called"]["ticket"]
            called.append(ticket["id"])
            assert counter.post(f"/tickets/{ticket['id']}/start").status_code == 200
        return called

    with ThreadPoolExecutor(3) as pool:
        seen = [ticket for served in pool.map(serve_ten, counters) for ticket in served]
    assert len(seen) == len(set(seen)) == 30


def test_many_desks_at_the_same_moment_get_different_numbers_without_gaps(sit: Sit) -> None:
    desks = [sit("sofie", "onthaal-1") for _ in range(8)]
    with ThreadPoolExecutor(8) as pool:
        numbers = list(pool.map(lambda desk: desk.ticket(EID)["number"], desks * 5))
    assert sorted(numbers) == [f"A{n:03d}" for n in range(1, 41)]


def test_the_same_counter_in_two_windows(sit: Sit) -> None:
    welcome = sit("sofie", "onthaal-1")
    welcome.ticket(EID), welcome.ticket(EID)
    windows = [sit("tom", "loket-1") for _ in range(2)]
    with ThreadPoolExecutor(2) as pool:
        answers = list(
            pool.map(lambda w: w.post("/counters/c-loket-1/call-next", {"believes": None}), windows)
        )
    assert sorted(answer.status_code for answer in answers) == [200, 409]
    waiting = welcome.get(f"/sites/{SITE}/board").json()["cards"]
    assert sorted(card["ticket"]["state"] for card in waiting) == ["called", "waiting"]


def test_a_live_act_after_its_deadline_is_not_done(sit: Sit, clock: FixedClock) -> None:
    welcome, tom = sit("sofie", "onthaal-1"), sit("tom", "loket-1")
    welcome.ticket(EID)
    late = {"Loket-Deadline": (clock.now() - timedelta(seconds=1)).isoformat()}
    answer = tom.post("/counters/c-loket-1/call-next", {}, **late)
    assert (answer.status_code, answer.json()["code"]) == (409, "store.too_late")
    assert tom.call_next()["called"]["ticket"]["number"] == "A001"
