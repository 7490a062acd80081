"""How the mails of a report fare stands beside the line of the history that sent them."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import text

from loket.store.work import Store
from tests.reporting import GRID, arrange, file_of, registered
from tests.serving import Client

Sit = Callable[[str, str], Client]


@pytest.fixture
def hanne(sit: Sit, store: Store) -> Client:
    arrange(store)
    return sit("hanne", "loket-1")


def fails(store: Store, kind: str) -> None:
    with store.database.writers.begin() as connection:
        connection.execute(
            text(
                "UPDATE outgoing_message SET state = 'failed', fault = 'recipient', sent_at = NULL"
                " WHERE kind = :kind"
            ),
            {"kind": kind},
        )


def messages(client: Client, report_id: str) -> dict[str, dict[str, Any]]:
    entries = file_of(client, report_id)["entries"]
    return {entry["act"]: entry["message"] for entry in entries if entry["message"]}


def test_each_line_has_the_message_that_it_sent(hanne: Client, store: Store) -> None:
    one = file_of(hanne, registered(hanne, urgency="dangerous")["report"]["id"])["report"]
    body = {"seen_version": one["version"], "party_id": GRID}
    one = hanne.post(f"/reports/{one['id']}/assign", body).json()
    body = {"seen_version": one["version"], "text": "Dag {naam}, het is hersteld."}
    hanne.post(f"/reports/{one['id']}/reply", body)
    found = messages(hanne, one["id"])
    assert {act: (each["channel"], each["recipient"]) for act, each in found.items()} == {
        "register": ("sms", "+32470123450"),
        "confirm": ("mail", "m.desmedt@example.be"),
        "assign": ("mail", "net@example.be"),
        "reply": ("mail", "m.desmedt@example.be"),
    }
    fails(store, "report_replied")
    failed = messages(hanne, one["id"])["reply"]
    assert (failed["state"], failed["fault"]) == ("failed", "recipient")
    again = hanne.post(f"/messages/{failed['id']}/send-again", {})
    assert again.status_code == 200, again.text
    assert messages(hanne, one["id"])["reply"]["state"] in {"waiting", "sending", "sent"}
