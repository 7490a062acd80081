"""A real server on a free port inside the test process, and a plain client to talk to it."""

import asyncio
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import requests

from loket.channels.tiles import TileSettings
from loket.kit.ids import new_id
from loket.server import serving
from loket.server.app import create_app
from loket.server.settings import ServerSettings
from loket.store.work import Store
from tests.builders import PASSWORD, QUICK_HASHER


class _Prompt(serving.Server):
    """Ends when it is told to; uvicorn looks ten times a second, and tests end many servers."""

    _loop: asyncio.AbstractEventLoop
    _told: asyncio.Event

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        self._loop, self._told = asyncio.get_running_loop(), asyncio.Event()
        await super().startup(sockets)

    async def main_loop(self) -> None:
        await self.on_tick(0)  # it sets the headers of every answer
        await self._told.wait()

    def end(self) -> None:
        self.should_exit = True
        self._loop.call_soon_threadsafe(self._told.set)


@contextmanager
def running(
    store: Store, folder: Path, *, port: int = 0, tiles: TileSettings | None = None
) -> Iterator[str]:
    """The address of a server over this store; 0 takes any free port."""
    settings = ServerSettings(
        store.database.url, folder, hasher=QUICK_HASHER, tiles=tiles or TileSettings()
    )
    app = create_app(settings, store, store.clock)
    listener = serving.listening_socket("127.0.0.1", port)
    listening = threading.Event()
    server = _Prompt(serving.configuration(app), app.state.streams, listening.set)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
    thread.start()
    try:
        assert listening.wait(20)
        yield serving.url_of(listener)
    finally:
        server.end()
        thread.join()
        listener.close()


class Client:
    """One desk's plain HTTP: a token, and a new key for each act unless one is given."""

    def __init__(self, url: str) -> None:
        self.url = f"{url}/api/v1"
        self.http = requests.Session()
        self.signed_in: dict[str, Any] = {}

    def sign_in(self, username: str, desk: str, password: str = PASSWORD) -> "Client":
        asked = {"username": username, "password": password, "desk": desk}
        answer = self.http.post(f"{self.url}/sessions", json=asked, timeout=10)
        assert answer.status_code == 201, answer.text
        self.signed_in = answer.json()
        self.http.headers["Authorization"] = f"Bearer {self.signed_in['token']}"
        return self

    @property
    def counter(self) -> str:
        return str(self.signed_in["counter_id"])

    def get(self, path: str, **more: Any) -> requests.Response:
        return self.http.get(self.url + path, timeout=10, **more)

    def put(self, path: str, body: Any, *, key: str | None = None) -> requests.Response:
        sent = {"Idempotency-Key": key or new_id()}
        return self.http.put(self.url + path, json=body, headers=sent, timeout=10)

    def post(
        self, path: str, body: Any = None, *, key: str | None = None, **headers: str
    ) -> requests.Response:
        sent = {"Idempotency-Key": key or new_id(), **headers}
        return self.http.post(self.url + path, json=body or {}, headers=sent, timeout=10)

    def ticket(self, product: str, **more: Any) -> dict[str, Any]:
        body = {"visit": more.pop("visit", {}), "product_id": product, **more}
        answer = self.post("/tickets", body)
        assert answer.status_code == 201, answer.text
        issued: dict[str, Any] = answer.json()["ticket"]
        return issued

    def call_next(self, believes: str | None = None) -> dict[str, Any]:
        answer = self.post(f"/counters/{self.counter}/call-next", {"believes": believes})
        assert answer.status_code == 200, answer.text
        outcome: dict[str, Any] = answer.json()
        return outcome
