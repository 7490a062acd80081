"""A real server over either database."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from loket.store.work import Store
from tests.serving import Client, running


@pytest.fixture
def server(store: Store, tmp_path: Path) -> Iterator[str]:
    with running(store, tmp_path) as url:
        yield url


@pytest.fixture
def sit(server: str) -> Iterator[Callable[[str, str], Client]]:
    """Sign somebody in at a desk."""
    clients: list[Client] = []

    def sit_down(username: str, desk: str) -> Client:
        clients.append(Client(server).sign_in(username, desk))
        return clients[-1]

    yield sit_down
    for client in clients:
        client.http.close()
