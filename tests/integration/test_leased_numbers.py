"""Numbers 900 to 999: lent to a desk, given without the server, delivered by the desk itself."""

from collections.abc import Callable
from typing import Any

from loket.kit.ids import new_id
from tests.builders import EID, SITE
from tests.serving import Client

Sit = Callable[[str, str], Client]


def leased(desk: Client, prefix: str = "A") -> list[int]:
    leases = desk.post(f"/sites/{SITE}/leases", {"count": 3}).json()["leases"]
    return next(lease["numbers"] for lease in leases if lease["series_prefix"] == prefix)


def delivered(desk: Client, body: dict[str, Any], *, key: str | None = None):
    """As a desk delivers what it did while the server was away."""
    desk.http.headers["Authorization"] = f"Desk {desk.signed_in['desk_token']}"
    author = {"Loket-Author": desk.signed_in["user"]["id"]}
    answer = desk.post("/tickets", body, key=key, **author)
    desk.http.headers["Authorization"] = f"Bearer {desk.signed_in['token']}"
    return answer


def test_two_desks_never_hold_the_same_number(sit: Sit) -> None:
    first, second = leased(sit("sofie", "onthaal-1")), leased(sit("tom", "loket-1"))
    assert len(first) == len(second) == 3
    assert not set(first) & set(second)


def test_a_number_given_without_the_server_is_the_tickets_own(sit: Sit) -> None:
    desk = sit("sofie", "onthaal-1")
    number = leased(desk)[0]
    body = {"visit": {}, "product_id": EID, "leased_number": number}
    assert delivered(desk, body).json()["ticket"]["number"] == f"A{number}"
    again = delivered(desk, body)
    assert (again.status_code, again.json()["code"]) == (409, "queue.number_not_leased")
    assert desk.ticket(EID)["number"] == "A001"


def test_another_desks_number_is_refused(sit: Sit) -> None:
    desk, other = sit("sofie", "onthaal-1"), sit("tom", "loket-1")
    body = {"visit": {}, "product_id": EID, "leased_number": leased(other)[0]}
    assert delivered(desk, body).json()["code"] == "queue.number_not_leased"


def test_the_paper_in_the_visitors_hand_decides(sit: Sit) -> None:
    """The server gave A001, the desk never heard so and printed a leased number."""
    desk, counter = sit("sofie", "onthaal-1"), sit("tom", "loket-1")
    number = leased(desk)[0]
    ticket, visit = new_id(), new_id()
    body = {"id": ticket, "visit": {"id": visit}, "product_id": EID}
    assert desk.post("/tickets", body).json()["ticket"]["number"] == "A001"
    answer = delivered(desk, {**body, "leased_number": number})
    assert answer.status_code == 201, answer.text
    assert answer.json()["ticket"]["number"] == f"A{number}"
    cards = desk.get(f"/sites/{SITE}/board").json()["cards"]
    assert [card["ticket"]["number"] for card in cards] == [f"A{number}"]
    assert len(desk.get(f"/visits/{visit}").json()["acts"]) == 1
    assert counter.call_next()["called"]["ticket"]["number"] == f"A{number}"
    assert desk.ticket(EID)["number"] == "A002"


def test_another_visits_ticket_is_not_renumbered(sit: Sit) -> None:
    desk = sit("sofie", "onthaal-1")
    ticket = desk.ticket(EID)
    body = {
        "id": ticket["id"],
        "visit": {"id": new_id()},
        "product_id": EID,
        "leased_number": leased(desk)[0],
    }
    assert delivered(desk, body).json()["code"] == "queue.ticket_exists"
