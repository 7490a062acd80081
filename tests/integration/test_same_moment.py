"""What two desks do at the same moment with one visit, or with the numbers they are lent."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from sqlalchemy import text

from loket.kit.clock import FixedClock
from loket.kit.ids import new_id
from loket.store.work import Store
from tests.builders import AFHALEN, EID, SITE
from tests.serving import Client

Sit = Callable[[str, str], Client]
ROUNDS = 8


def wrongly_closed(store: Store) -> list[str]:
    """Visits that are closed with a living ticket, or open without one."""
    with store.reading() as connection:
        return list(
            connection.scalars(
                text(
                    "SELECT v.id FROM visit v WHERE (v.closed_at IS NOT NULL) = EXISTS (SELECT 1"
                    " FROM ticket t WHERE t.visit_id = v.id AND t.state IN ('waiting', 'called'))"
                )
            )
        )


def test_withdrawing_both_tickets_of_a_visit_at_once_closes_it(sit: Sit, store: Store) -> None:
    desks = [sit("sofie", "onthaal-1"), sit("tom", "loket-1")]
    for _ in range(ROUNDS):
        visit = {"id": new_id()}
        tickets = [desks[0].ticket(product, visit=visit)["id"] for product in (EID, AFHALEN)]
        with ThreadPoolExecutor(2) as pool:
            acts = zip(desks, tickets, strict=True)
            answers = list(
                pool.map(lambda act: act[0].post(f"/tickets/{act[1]}/withdraw"), list(acts))
            )
        assert {answer.status_code for answer in answers} == {200}
    assert wrongly_closed(store) == []


def test_withdrawing_and_issuing_at_once_leaves_the_visit_open(sit: Sit, store: Store) -> None:
    desks = [sit("sofie", "onthaal-1"), sit("tom", "loket-1")]
    for _ in range(ROUNDS):
        visit = {"id": new_id()}
        first = desks[0].ticket(EID, visit=visit)["id"]
        with ThreadPoolExecutor(2) as pool:
            gone = pool.submit(desks[1].post, f"/tickets/{first}/withdraw")
            body = {"visit": visit, "product_id": AFHALEN}
            new = pool.submit(desks[0].post, "/tickets", body)
        assert (gone.result().status_code, new.result().status_code) == (200, 201)
    assert wrongly_closed(store) == []


def test_all_desks_lease_at_the_same_moment(sit: Sit) -> None:
    codes = ("loket-1", "loket-2", "loket-3", "snel-1", "sociaal-1", "onthaal-1")
    desks = [sit("tom", code) for code in codes]
    with ThreadPoolExecutor(len(desks)) as pool:
        answers = list(
            pool.map(lambda desk: desk.post(f"/sites/{SITE}/leases", {"count": 5}), desks)
        )
    assert {answer.status_code for answer in answers} == {200}
    lent = [
        (lease["series_prefix"], number)
        for answer in answers
        for lease in answer.json()["leases"]
        for number in lease["numbers"]
    ]
    assert len(lent) == len(set(lent)) == len(desks) * 3 * 5


def test_what_a_colleague_noted_later_stays(sit: Sit, clock: FixedClock) -> None:
    desk, colleague = sit("sofie", "onthaal-1"), sit("tom", "loket-1")
    visit = desk.ticket(EID)["visit_id"]
    before = clock.now() + timedelta(minutes=1)
    clock.advance(minutes=5)

    def note(client: Client, name: str, **headers: str) -> str:
        answer = client.http.put(
            f"{client.url}/visits/{visit}",
            json={"visitor_name": name, "priority": "mobility"},
            headers={"Idempotency-Key": new_id(), **headers},
            timeout=10,
        )
        return answer.json()["visitor_name"]

    assert note(colleague, "Nieuwer") == "Nieuwer"
    desk.http.headers["Authorization"] = f"Desk {desk.signed_in['desk_token']}"
    late = {
        "Loket-Author": desk.signed_in["user"]["id"],
        "Loket-Occurred-At": before.isoformat(),
    }
    assert note(desk, "Ouder", **late) == "Nieuwer"
    called = colleague.call_next()["called"]
    assert (called["visitor_name"], called["ticket"]["priority"]) == ("Nieuwer", "mobility")
