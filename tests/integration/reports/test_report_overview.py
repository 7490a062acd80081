"""Figures of reports over real HTTP, on both databases."""

from collections.abc import Callable
from typing import Any

import pytest

from loket.store.work import Store
from tests.builders import SITE
from tests.reporting import LAMP, WELFARE, arrange, registered
from tests.serving import Client

Sit = Callable[[str, str], Client]
MARCH = {"first": "2026-03-01", "last": "2026-03-31"}


@pytest.fixture
def desk(sit: Sit, store: Store) -> Client:
    arrange(store)
    found = sit("sofie", "onthaal-1")
    here = {"kind": "address", "address": "Kerkstraat 48", "lat": 51.0, "lon": 3.7}
    registered(found, place=here)
    registered(found, place=here, kind="complaint")
    registered(found, "De lamp is stuk.", category_id=LAMP)
    registered(found, "Ik wacht op mijn leefloon", category_id=WELFARE)
    return found


def overview(who: Client, by: str, **more: Any) -> Any:
    return who.get("/report-overview", params={**MARCH, "by": by, **more})


def rows(who: Client, by: str, **more: Any) -> list[tuple[str, int]]:
    return [(row["key"], row["count"]) for row in overview(who, by, **more).json()["rows"]]


def test_rows_are_what_was_asked_for(desk: Client, sit: Sit) -> None:
    assert desk.url
    hanne = sit("hanne", "loket-1")
    themes = [("Voetpad", 2), ("Sociaal", 1), ("Straatverlichting", 1)]
    assert rows(hanne, "theme") == themes
    assert rows(hanne, "theme", kind="complaint") == [("Voetpad", 1)]
    assert rows(hanne, "theme", site=SITE) == themes
    assert rows(hanne, "month") == [("2026-03", 4)]
    assert rows(hanne, "department")[0] == ("Burgerzaken", 2)
    (spot,) = overview(hanne, "spot").json()["rows"]
    assert (spot["key"], spot["count"], spot["lat"]) == ("Kerkstraat 48", 2, 51.0)
    assert rows(hanne, "theme", first="2026-04-01", last="2026-04-30") == []


def test_a_confidential_department_is_not_counted_elsewhere(desk: Client, sit: Sit) -> None:
    assert desk.url
    themes = dict(rows(sit("an", "loket-1"), "theme"))
    assert themes == {"Voetpad": 2, "Straatverlichting": 1}


def test_figures_are_not_for_everybody(desk: Client) -> None:
    answer = overview(desk, "theme")
    assert (answer.status_code, answer.json()["code"]) == (403, "staff.may_not")
