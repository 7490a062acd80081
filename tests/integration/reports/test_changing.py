"""What a report is about, made right: each change a step, terms by its kind, a team warned once."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import text

from loket.store.work import Store
from tests.reporting import TILE, arrange, file_of, registered
from tests.serving import Client

Sit = Callable[[str, str], Client]


@pytest.fixture
def hanne(sit: Sit, store: Store) -> Client:
    arrange(store)
    return sit("hanne", "loket-1")


def changed(client: Client, one: dict[str, Any], **values: Any) -> Any:
    seen = {"seen_version": file_of(client, one["id"])["report"]["version"]}
    return client.post(f"/reports/{one['id']}/change", {**seen, **values})


def steps(client: Client, one: dict[str, Any]) -> list[dict[str, str]]:
    entries = file_of(client, one["id"])["entries"]
    return [entry["facts"] for entry in entries if entry["act"] == "change"]


def alerts(store: Store) -> int:
    with store.reading() as connection:
        found = connection.execute(
            text("SELECT count(*) FROM outgoing_message WHERE kind = 'report_alert'")
        )
        return int(found.scalar_one())


def test_each_change_is_a_step_with_what_it_was(hanne: Client) -> None:
    one = registered(hanne, place={"kind": "address", "address": "Kerkstraat 48"})["report"]
    changed(hanne, one, title="Losse tegel", place={"kind": "none"})
    assert steps(hanne, one) == [
        {"what": "title", "former": one["title"], "now": "Losse tegel"},
        {"what": "place", "former": "Kerkstraat 48"},
    ]
    spot = {"kind": "spot", "lat": 51.0, "lon": 4.7}
    now = changed(hanne, one, place=spot).json()
    assert (now["place_kind"], now["lat"], now["address"]) == ("spot", 51.0, "")
    assert steps(hanne, one)[-1] == {"what": "place", "now": "51.00000 4.70000"}


def test_what_is_the_same_is_no_change(hanne: Client) -> None:
    one = registered(hanne)["report"]
    before = file_of(hanne, one["id"])["report"]
    now = changed(hanne, one, title=one["title"], urgency="normal", category_id=TILE)
    assert now.json() == before
    assert steps(hanne, one) == []


def test_its_kind_brings_its_own_terms(hanne: Client, store: Store) -> None:
    arrange(store, terms={"complaint": {"receipt_days": 4, "answer_days": 20}})
    one = registered(hanne)["report"]
    store.clock.advance(days=3)  # type: ignore[attr-defined]
    hanne.sign_in("hanne", "loket-1")
    now = changed(hanne, one, kind="complaint").json()
    assert (now["receipt_due"], now["answer_due"]) == ("2026-03-20", "2026-04-05")
    assert steps(hanne, one) == [
        {"what": "kind", "former": "issue", "now": "complaint", "until": "2026-04-05"}
    ]
    seen = {"seen_version": now["version"], "founded": "yes", "solved": "no"}
    hanne.post(f"/reports/{one['id']}/judge", seen)
    changed(hanne, one, kind="issue")
    assert file_of(hanne, one["id"])["founded"] == ""


def test_an_inadmissible_complaint_stays_a_complaint(hanne: Client) -> None:
    one = registered(hanne, kind="complaint")["report"]
    seen = {"seen_version": file_of(hanne, one["id"])["report"]["version"]}
    said = {"reason": "policy", "text": "Dit is beleid."}
    hanne.post(f"/reports/{one['id']}/inadmissible", {**seen, **said})
    assert changed(hanne, one, kind="issue").json()["code"] == "report.wrong_state"


def test_what_becomes_dangerous_warns_the_team_once(hanne: Client, store: Store) -> None:
    one = registered(hanne)["report"]
    changed(hanne, one, urgency="dangerous")
    assert alerts(store) == 1
    told = [entry["message"] for entry in file_of(hanne, one["id"])["entries"] if entry["message"]]
    assert [each["channel"] for each in told] == ["mail", "sms"]
    changed(hanne, one, title="Iets anders")
    assert alerts(store) == 1
    changed(hanne, one, urgency="normal")
    changed(hanne, one, urgency="dangerous")
    assert alerts(store) == 2


def test_one_who_saw_an_older_version_changes_nothing(hanne: Client) -> None:
    one = file_of(hanne, registered(hanne)["report"]["id"])["report"]
    body = {"seen_version": one["version"], "title": "Een"}
    assert hanne.post(f"/reports/{one['id']}/change", body).status_code == 200
    late = hanne.post(f"/reports/{one['id']}/change", {**body, "title": "Twee"})
    assert late.json()["code"] == "report.stale"
    assert file_of(hanne, one["id"])["report"]["title"] == "Een"


def test_coordinates_in_the_sea_are_refused(hanne: Client) -> None:
    one = registered(hanne)["report"]
    answer = changed(hanne, one, place={"kind": "spot", "lat": 51.0, "lon": None})
    assert answer.status_code == 422
