"""What cannot be is refused with a stable code, and nothing is changed."""

from collections.abc import Callable

import pytest
from sqlalchemy import text

from loket.kit.clock import FixedClock
from loket.store.work import Store
from tests.builders import AFHALEN, EID, HUWELIJK, LEEFLOON, SITE
from tests.serving import Client

Sit = Callable[[str, str], Client]


def refused(answer, status: int, code: str) -> dict:
    assert (answer.status_code, answer.json()["code"]) == (status, code), answer.text
    assert answer.headers["Content-Type"] == "application/problem+json"
    return answer.json()["params"]


def test_tickets_that_cannot_be_given(sit: Sit, clock: FixedClock) -> None:
    desk = sit("sofie", "onthaal-1")

    def ask(product: str):
        return desk.post("/tickets", {"visit": {}, "product_id": product})

    refused(ask("p-nothing"), 404, "catalogue.unknown_product")
    refused(ask(HUWELIJK), 409, "queue.appointment_only")
    clock.advance(hours=9)
    closed = refused(ask(EID), 409, "queue.closed")
    assert closed["opens_at"] == "2026-03-17T08:00:00+00:00"
    assert desk.get(f"/sites/{SITE}/board").json()["cards"] == []


def test_a_series_ends_at_899(sit: Sit, store: Store) -> None:
    desk = sit("sofie", "onthaal-1")
    desk.ticket(EID)
    with store.database.writers.begin() as connection:
        connection.execute(text("UPDATE series_day SET last_number = 898"))
    assert desk.ticket(EID)["number"] == "A899"
    answer = desk.post("/tickets", {"visit": {}, "product_id": EID})
    refused(answer, 409, "queue.series_exhausted")
    assert desk.ticket(AFHALEN)["number"] == "S001"


def test_a_counter_calls_only_its_own_queues(sit: Sit) -> None:
    welcome, snel = sit("sofie", "onthaal-1"), sit("tom", "snel-1")
    welcome.ticket(EID)
    assert snel.call_next()["called"] is None
    number = welcome.ticket(AFHALEN)["number"]
    assert snel.call_next()["called"]["ticket"]["number"] == number


def test_a_welcome_desk_does_not_call(sit: Sit) -> None:
    refused(
        sit("tom", "onthaal-1").post("/counters/c-onthaal-1/call-next", {}),
        409,
        "queue.counter_serves_nothing",
    )
    refused(sit("sofie", "loket-1").post("/counters/c-loket-1/call-next", {}), 403, "staff.may_not")


def test_one_does_not_call_for_another_counter(sit: Sit) -> None:
    tom = sit("tom", "loket-1")
    refused(tom.post("/counters/c-loket-2/call-next", {}), 403, "queue.other_counter")


def test_a_double_press_does_not_skip_a_person(sit: Sit) -> None:
    welcome, tom = sit("sofie", "onthaal-1"), sit("tom", "loket-1")
    welcome.ticket(EID), welcome.ticket(EID)
    called = tom.call_next()["called"]["ticket"]
    again = tom.post("/counters/c-loket-1/call-next", {"believes": called["id"]})
    assert refused(again, 409, "queue.not_yet_serving")["number"] == "A001"


def test_a_stale_picture_is_told_the_truth(sit: Sit) -> None:
    welcome, tom = sit("sofie", "onthaal-1"), sit("tom", "loket-1")
    ticket = welcome.ticket(EID)
    tom.call_next()
    truth = refused(
        tom.post("/counters/c-loket-1/call-next", {"believes": None}), 409, "queue.stale_picture"
    )
    assert (truth["number"], truth["state"]) == ("A001", "called")
    stale = {"seen_version": ticket["version"]}
    refused(tom.post(f"/tickets/{ticket['id']}/start", stale), 409, "queue.stale_picture")


def test_acts_in_the_wrong_state_or_at_the_wrong_counter(sit: Sit) -> None:
    welcome, tom, nele = sit("sofie", "onthaal-1"), sit("tom", "loket-1"), sit("nele", "loket-2")
    ticket = welcome.ticket(EID)
    path = f"/tickets/{ticket['id']}"
    for act in ("start", "finish", "recall", "put-back", "no-show"):
        refused(tom.post(f"{path}/{act}"), 409, "queue.wrong_state")
    tom.call_next()
    for act in ("start", "recall", "put-back", "no-show", "withdraw"):
        refused(nele.post(f"{path}/{act}"), 403, "queue.other_counter")
    refused(tom.post("/tickets/none/start"), 404, "queue.unknown_ticket")


@pytest.mark.parametrize("path", ["/catalogue", f"/sites/{SITE}/board", "/visits/x"])
def test_nobody_gets_nothing(server: str, path: str) -> None:
    client = Client(server)
    refused(client.get(path), 401, "not_signed_in")
    client.http.headers["Authorization"] = "Bearer nothing"
    refused(client.get(path), 401, "staff.session_ended")


def test_malformed_requests_name_the_field(sit: Sit) -> None:
    desk = sit("sofie", "onthaal-1")
    answer = desk.post("/tickets", {"visit": {"note": "x" * 81}, "product_id": EID})
    refused(answer, 422, "request.malformed")
    assert answer.json()["fields"][0]["where"] == "body.visit.note"
    answer = desk.post("/tickets", {"visit": {}, "product_id": EID, "hurry": True})
    refused(answer, 422, "request.malformed")


def test_a_ticket_of_a_confidential_department_has_no_name_elsewhere(sit: Sit) -> None:
    welcome, social = sit("sofie", "onthaal-1"), sit("tom", "sociaal-1")
    ticket = welcome.ticket(LEEFLOON, visit={"visitor_name": "Marleen De Smedt"})
    assert welcome.get(f"/tickets/{ticket['id']}").json()["visitor_name"] == ""
    assert social.get(f"/tickets/{ticket['id']}").json()["visitor_name"] == "Marleen De Smedt"
