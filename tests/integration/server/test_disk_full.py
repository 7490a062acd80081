"""A full disk: what was confirmed stays, the next act is refused whole, and room heals it."""

from collections.abc import Callable

import pytest
from sqlalchemy import text

from loket.kit.ids import new_id
from loket.store.work import Store
from tests.builders import EID, SITE
from tests.serving import Client

Sit = Callable[[str, str], Client]
EVERYTHING = ("visit", "ticket", "ticket_interval", "act", "journal", "event", "idempotency")


@pytest.fixture
def room(store: Store) -> Callable[[int | None], None]:
    """Let the database grow by so many pages still; None: without end."""
    if not store.database.is_sqlite:
        pytest.skip("PostgreSQL's disk is its own server's")

    def leave(pages: int | None) -> None:
        with store.database.writers.connect() as connection:
            used: int = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
            most = 1 << 30 if pages is None else used + pages
            connection.exec_driver_sql(f"PRAGMA max_page_count = {most}")
            connection.rollback()

    return leave


def counts(store: Store) -> dict[str, int]:
    with store.reading() as connection:
        return {
            table: connection.scalar(text(f"SELECT count(*) FROM {table}")) or 0
            for table in EVERYTHING
        }


def test_confirmed_acts_stay_and_the_next_is_refused_whole(
    sit: Sit, store: Store, room: Callable[[int | None], None]
) -> None:
    desk = sit("sofie", "onthaal-1")
    room(12)
    confirmed: list[str] = []
    body = {"visit": {}, "product_id": EID}
    while (answer := desk.post("/tickets", body, key=(key := new_id()))).status_code == 201:
        confirmed.append(answer.json()["ticket"]["number"])
        before = counts(store)
    assert (answer.status_code, answer.json()["code"]) == (503, "store.disk_full")
    assert answer.headers["Retry-After"]
    assert confirmed
    assert counts(store) == before
    cards = desk.get(f"/sites/{SITE}/board").json()["cards"]
    assert [card["ticket"]["number"] for card in cards] == confirmed
    assert desk.get("/health").status_code == 200
    assert desk.get(f"/outcomes/{key}").status_code == 404

    room(None)
    again = desk.post("/tickets", body, key=key)
    assert again.status_code == 201
    assert again.json()["ticket"]["number"] == f"A{len(confirmed) + 1:03d}"
