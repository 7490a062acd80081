"""A moment that is talked about is free again as soon as nobody can be talking about it."""

from collections.abc import Callable
from typing import Any

import pytest

from loket.store.work import Store
from tests.builders import EID, SITE
from tests.calendars import at, schedule
from tests.serving import Client

Sit = Callable[[str, str], Client]


@pytest.fixture
def desk(sit: Sit, store: Store) -> Client:
    schedule(store, public_places=1, desk_places=0)
    sofie = sit("sofie", "onthaal-1")
    hold = {"product_ids": [EID], "site_id": SITE, "starts_at": at(10)}
    assert sofie.post("/appointment-holds", hold).status_code == 201
    return sofie


def held(client: Client) -> list[dict[str, Any]]:
    asked = "first=2026-03-17&days=1"
    days = client.get(f"/queues/q-burgerzaken/calendar?{asked}").json()["days"]
    holds: list[dict[str, Any]] = days[0]["holds"]
    return holds


def sign_out(client: Client) -> None:
    answer = client.http.delete(f"{client.url}/sessions/current", timeout=10)
    assert answer.status_code == 204, answer.text


def test_who_signs_out_keeps_nothing(desk: Client, sit: Sit) -> None:
    other = sit("tom", "loket-1")
    assert len(held(other)) == 1
    sign_out(desk)
    assert held(other) == []


def test_who_still_sits_there_in_another_window_keeps_it(desk: Client, sit: Sit) -> None:
    window = sit("sofie", "onthaal-1")
    sign_out(desk)
    assert len(held(window)) == 1


def test_who_sits_down_in_the_place_of_another_finds_the_moment_free(
    desk: Client, sit: Sit
) -> None:
    assert len(held(desk)) == 1
    assert held(sit("tom", "onthaal-1")) == []
