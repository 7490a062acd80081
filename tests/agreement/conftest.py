import threading

import pytest

from loket.link.address import Address
from tests.desks import Listening, a_desk
from tests.serving import running


class Route:
    """Where the server is, for a test that takes it away and brings it back."""

    def __init__(self, url):
        self.address = Address(url)

    def current(self, limit):
        return self.address

    def lost(self, address):
        return False

    def go(self, url):
        self.address = Address(url, self.address.generation + 1)


@pytest.fixture
def url(store, tmp_path):
    with running(store, tmp_path) as address:
        yield address


@pytest.fixture
def route(url):
    return Route(url)


@pytest.fixture
def open_desk(route, tmp_path):
    """Opens desks by code and signs somebody in; closes them all."""
    opened = []

    def open_one(code, username=None, *, folder="pc", **more):
        context = a_desk(code, tmp_path / folder, whereabouts=route, **more)
        desk = context.__enter__()
        opened.append(context)
        listening = Listening(desk)
        if username:
            desk.sign_in(username, "heidebeek")
            listening.until(lambda fact: desk.picture().connection.state == "connected")
        return desk, listening

    yield open_one
    for context in reversed(opened):
        context.__exit__(None, None, None)


@pytest.fixture(autouse=True)
def no_dangling_threads():
    before = set(threading.enumerate())
    yield
    left = [thread for thread in set(threading.enumerate()) - before if thread.is_alive()]
    assert not [thread for thread in left if thread.name.startswith("loket-")]
