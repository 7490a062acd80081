import threading

import pytest

from loket.kit.clock import SystemClock
from loket.link.address import FixedAddress
from loket.link.clock import ServerClock
from loket.link.delivery import Delivery
from loket.link.disk import Disk
from loket.link.http import ServerLink
from loket.link.live import LiveActs
from loket.link.outbox import Outbox
from loket.link.session import Credential, Session
from tests.unit.link.fake_server import serving


@pytest.fixture
def server():
    with serving() as fake:
        yield fake


@pytest.fixture
def link(server):
    link = ServerLink(FixedAddress(server.url), ServerClock(SystemClock()))
    yield link
    link.close()


@pytest.fixture
def session():
    session = Session()
    session.begin(Credential("token", "user-1", "desk-token"))
    return session


@pytest.fixture
def closing():
    event = threading.Event()
    yield event
    event.set()


@pytest.fixture
def live(link, session, closing):
    return LiveActs(link, session, closing)


@pytest.fixture
def disk(tmp_path):
    disk = Disk(tmp_path / "desk.sqlite3")
    yield disk
    disk.close()


@pytest.fixture
def outbox(disk):
    return Outbox(disk, SystemClock())


@pytest.fixture
def delivery(outbox, link, session, closing):
    return Delivery(outbox, link, session, closing=closing)


@pytest.fixture(autouse=True)
def no_dangling_threads():
    before = set(threading.enumerate())
    yield
    left = [thread for thread in set(threading.enumerate()) - before if thread.is_alive()]
    assert not left, left
