"""Who comes for the social house is known there and where they were welcomed, nowhere else."""

from collections.abc import Callable

from sqlalchemy import text

from loket.store.work import Store
from tests.builders import EID, LEEFLOON
from tests.serving import Client

Sit = Callable[[str, str], Client]
MARLEEN = {"visitor_name": "Marleen De Smedt", "note": "schulden"}


def test_another_counter_does_not_see_who_it_is(sit: Sit) -> None:
    welcome, social, other = (
        sit("sofie", "onthaal-1"),
        sit("tom", "sociaal-1"),
        sit("nele", "loket-1"),
    )
    visit = welcome.ticket(LEEFLOON, visit=MARLEEN)["visit_id"]
    for desk in (welcome, social):
        seen = desk.get(f"/visits/{visit}").json()
        assert (seen["visitor_name"], seen["note"]) == ("Marleen De Smedt", "schulden")
    seen = other.get(f"/visits/{visit}").json()
    assert (seen["visitor_name"], seen["note"], seen["follow_up_code"]) == ("", "", "")
    assert seen["acts"][0]["product_id"] is None
    refused = other.http.put(
        f"{other.url}/visits/{visit}",
        json={"note": "x"},
        headers={"Idempotency-Key": "another-counter-writes"},
        timeout=10,
    )
    assert (refused.status_code, refused.json()["code"]) == (403, "visit.confidential")
    receipt = other.post(f"/visits/{visit}/receipts").json()
    assert receipt["visit"]["visitor_name"] == ""


def test_an_ordinary_visit_is_seen_at_every_counter(sit: Sit) -> None:
    welcome, other = sit("sofie", "onthaal-1"), sit("nele", "loket-1")
    visit = welcome.ticket(EID, visit=MARLEEN)["visit_id"]
    assert other.get(f"/visits/{visit}").json()["visitor_name"] == "Marleen De Smedt"


def test_a_product_that_leaves_the_catalogue_stays_confidential(sit: Sit, store: Store) -> None:
    welcome, other = sit("sofie", "onthaal-1"), sit("nele", "loket-1")
    ticket = welcome.ticket(LEEFLOON, visit=MARLEEN)
    with store.database.writers.begin() as connection:
        connection.execute(text(f"UPDATE product SET retired = true WHERE id = '{LEEFLOON}'"))
        connection.execute(text("UPDATE catalogue_version SET version = version + 1"))
    seen = other.get(f"/visits/{ticket['visit_id']}").json()
    assert (seen["visitor_name"], seen["acts"][0]["product_id"]) == ("", None)
    assert other.get(f"/tickets/{ticket['id']}").json()["visitor_name"] == ""
