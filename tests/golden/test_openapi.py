"""A change of the wire is visible in review."""

import json
from collections.abc import Callable
from pathlib import Path

from loket.kit.clock import SystemClock
from loket.server.app import create_app
from loket.server.settings import ServerSettings
from loket.store.engine import open_database, sqlite_url
from loket.store.work import Store
from tests.builders import QUICK_HASHER

OPERATIONS = [
    "sign_in",
    "start_visit",
    "add_act",
    "end_encounter",
    "issue_ticket",
    "call_next",
    "put_back_ticket",
    "recall_ticket",
    "start_ticket",
    "finish_ticket",
    "mark_no_show",
    "withdraw_ticket",
    "undo",
    "queue_board",
    "catalogue",
    "follow_events",
    "health",
]


def test_openapi(golden: Callable[[str, str], None], tmp_path: Path) -> None:
    database = open_database(sqlite_url(tmp_path / "x.sqlite3"))
    settings = ServerSettings("", tmp_path, hasher=QUICK_HASHER)
    app = create_app(settings, Store(database, SystemClock()), SystemClock())
    described = app.openapi()
    database.dispose()
    operations = {
        operation["operationId"]
        for path in described["paths"].values()
        for operation in path.values()
    }
    assert operations >= set(OPERATIONS)
    golden("openapi.json", json.dumps(described, indent=1, sort_keys=True) + "\n")
