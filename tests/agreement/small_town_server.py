"""The embedded server over the small town of the tests, on Monday morning; it can be made to die.

``python small_town_server.py DATA_FOLDER LINGER_SECONDS``. A file ``die-after`` in the server's
folder names the end of a path: the process ends like a pulled plug when the answer to such a
request is ready, before a byte of it was sent. ``die-before`` ends it before the work is done.
"""

import os
import sys
from pathlib import Path
from typing import Any

from argon2 import PasswordHasher

from loket.kit import logs
from loket.kit.clock import ShiftedClock, SystemClock
from loket.kit.errors import LoketError
from loket.kit.paths import DataFolder
from loket.server import serving
from loket.server.app import create_app
from loket.server.opening import held_folder, opened
from loket.server.serve import leave_word
from loket.server.settings import ServerSettings
from loket.store.engine import sqlite_url
from loket.store.work import Store
from tests import builders


class Mortal:
    """Dies when a test wishes it."""

    def __init__(self, app: Any, folder: Path) -> None:
        self._app = app
        self._folder = folder

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        path = scope.get("path", "")
        if self._wished("die-before", path):
            os._exit(9)
        if self._wished("die-after", path):
            await self._app(scope, receive, self._into_the_void)
            os._exit(9)
        await self._app(scope, receive, send)

    async def _into_the_void(self, message: Any) -> None:
        pass

    def _wished(self, name: str, path: str) -> bool:
        file = self._folder / name
        if not file.exists() or not path.endswith(file.read_text(encoding="utf-8")):
            return False
        file.unlink()
        return True


def serve(folder: DataFolder, linger: float) -> int:
    logs.set_up()
    try:
        with held_folder(folder.server):
            _serve(folder, linger)
    except LoketError as error:
        leave_word(folder.server / "error.json", error)
        return 1
    return 0


def _serve(folder: DataFolder, linger: float) -> None:
    fresh = not folder.database.exists()
    database = opened(sqlite_url(folder.database))
    clock = ShiftedClock.starting_at(builders.MONDAY_NINE, SystemClock())
    store = Store(database, clock)
    if fresh:
        builders.settle(store)
    hasher: PasswordHasher = builders.QUICK_HASHER
    settings = ServerSettings(sqlite_url(folder.database), folder.server, hasher=hasher)
    app = create_app(settings, store, clock)
    app.add_middleware(Mortal, folder=folder.server)
    listener = serving.listening_socket("127.0.0.1", 0)
    serving.run(app, listener, folder.run_file, linger)
    listener.close()
    database.dispose()


if __name__ == "__main__":
    sys.exit(serve(DataFolder(Path(sys.argv[1])), float(sys.argv[2])))
