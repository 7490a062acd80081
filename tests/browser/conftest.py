"""A real browser before a real server."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from loket.kit.clock import FixedClock
from loket.store.engine import open_database, sqlite_url
from loket.store.work import Store
from tests.browser import chromium
from tests.serving import Client, running


# By module: while it is open an event loop runs in this thread, and other tests run their own.
@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if chromium.executable() is None:
        pytest.skip("no Chromium on this machine: install Debian's package chromium")
    with sync_playwright() as playwright:
        opened = chromium.launch(playwright, chromium.WITH_SOUND)
        yield opened
        opened.close()


class House:
    """A server that a test can take away and bring back at the same address."""

    def __init__(self, store: Store, folder: Path) -> None:
        self.store = store
        self._folder = folder
        self._running: Any = None
        self.url = ""
        self.open()

    def open(self) -> None:
        port = int(self.url.rpartition(":")[2]) if self.url else 0
        self._running = running(self.store, self._folder, port=port)
        self.url = self._running.__enter__()

    def close(self) -> None:
        if self._running is not None:
            self._running.__exit__(None, None, None)
            self._running = None


@pytest.fixture
def house(sqlite_template: Path, clock: FixedClock, tmp_path: Path) -> Iterator[House]:
    file = tmp_path / "loket.sqlite3"
    file.write_bytes(sqlite_template.read_bytes())
    database = open_database(sqlite_url(file))
    house = House(Store(database, clock), tmp_path)
    yield house
    house.close()
    database.dispose()


@pytest.fixture
def sit(house: House) -> Iterator[Callable[[str, str], Client]]:
    clients: list[Client] = []

    def sit_down(username: str, desk: str) -> Client:
        clients.append(Client(house.url).sign_in(username, desk))
        return clients[-1]

    yield sit_down
    for client in clients:
        client.http.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    made = browser.new_context(viewport={"width": 1920, "height": 1080})
    yield made
    made.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A page that may not complain: an error in its script fails the test."""
    made = context.new_page()
    wrong: list[str] = []
    made.on("pageerror", lambda error: wrong.append(str(error)))
    yield made
    assert wrong == []
