"""A board is put together from what was kept; it must be the one that a fresh reading gives."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from loket.kit.clock import FixedClock
from loket.store.work import Store
from tests.builders import AFHALEN, EID, LEEFLOON, SITE
from tests.serving import Client, running

Sit = Callable[[str, str], Client]


def board(client: Client) -> dict[str, Any]:
    found: dict[str, Any] = client.get(f"/sites/{SITE}/board").json()
    return found


def fresh(store: Store, folder: Path, client: Client) -> dict[str, Any]:
    """The same question to a server that has kept nothing yet."""
    with running(store, folder) as url:
        other = Client(url)
        other.http.headers.update(client.http.headers)
        try:
            return board(other)
        finally:
            other.http.close()


def test_what_was_kept_is_what_is_there(sit: Sit, store: Store, tmp_path: Path) -> None:
    welcome, tom = sit("sofie", "onthaal-1"), sit("tom", "loket-1")
    first = welcome.ticket(EID, visit={"id": "v-1"})
    second = welcome.ticket(AFHALEN)
    third = welcome.ticket(EID)
    assert len(board(tom)["cards"]) == 3
    tom.call_next()
    tom.post(f"/tickets/{first['id']}/start")
    details = {"visitor_name": "De Smedt", "note": "Graag lage balie", "language": "nl"}
    welcome.http.put(
        f"{welcome.url}/visits/v-1", json=details, headers={"Idempotency-Key": "k-12345678"}
    )
    welcome.post(f"/tickets/{second['id']}/withdraw")
    kept = board(tom)
    assert [card["ticket"]["id"] for card in kept["cards"]] == [first["id"], third["id"]]
    assert kept["cards"][0]["visitor_name"] == "De Smedt"
    assert kept["cards"] == fresh(store, tmp_path, tom)["cards"]


def test_each_asks_with_their_own_eyes(sit: Sit) -> None:
    welcome = sit("sofie", "onthaal-1")
    welcome.ticket(LEEFLOON, visit={"visitor_name": "Peeters"})
    inside, outside = sit("nele", "sociaal-1"), sit("tom", "loket-1")
    names = [board(client)["cards"][0]["visitor_name"] for client in (inside, outside, inside)]
    assert names == ["Peeters", "", "Peeters"]


def test_tomorrow_begins_empty(sit: Sit, clock: FixedClock) -> None:
    welcome = sit("sofie", "onthaal-1")
    welcome.ticket(EID)
    assert len(board(welcome)["cards"]) == 1
    clock.advance(days=1)
    assert board(sit("sofie", "onthaal-1"))["cards"] == []
