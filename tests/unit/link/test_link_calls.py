from datetime import UTC, datetime, timedelta

import pytest
from pydantic import BaseModel

from loket.kit.clock import FixedClock, SystemClock
from loket.link.address import Address, FixedAddress
from loket.link.clock import ServerClock
from loket.link.errors import (
    BadAnswer,
    Busy,
    NotSignedIn,
    Rejected,
    ServerFailed,
    TimedOut,
    Unreachable,
    WrongVersion,
)
from loket.link.http import Limits, Request, ServerLink
from tests.unit.link.fake_server import BROKEN, Reply, problem, serving


class Thing(BaseModel):
    name: str


THING = Request.get("/thing", Thing)


def test_an_answer_comes_as_its_message(server, link):
    server.answer = lambda call: Reply(body={"name": "bank", "newer_field": 1})
    assert link.call(THING) == Thing(name="bank")
    assert server.calls[0].headers["loket-protocol"] == "1"


@pytest.mark.parametrize(
    ("reply", "error"),
    [
        (problem(401, "staff.session_ended"), NotSignedIn),
        (problem(403, "not_allowed"), Rejected),
        (problem(409, "queue.wrong_state", number="A014"), Rejected),
        (problem(422, "request.malformed"), Rejected),
        (problem(426, "server.desk_outdated"), WrongVersion),
        (problem(429, "staff.too_many_attempts"), Busy),
        (problem(500, "server.failed"), ServerFailed),
        (problem(503, "unavailable"), Busy),
        (Reply(502, b"<html>", media_type="text/html"), ServerFailed),
        (Reply(404, b"<html>", media_type="text/html"), BadAnswer),
        (Reply(302, headers={"Location": "http://login.example/"}), BadAnswer),
        (Reply(200, b"<html>portal</html>", media_type="text/html"), BadAnswer),
        (Reply(200, {"other": "thing"}), BadAnswer),
    ],
)
def test_each_refusal_has_its_error(server, link, reply, error):
    server.answer = lambda call: reply
    with pytest.raises(error):
        link.call(THING)


def test_a_refusal_keeps_code_and_params(server, link):
    server.answer = lambda call: problem(409, "queue.wrong_state", number="A014", code="x")
    with pytest.raises(Rejected) as refused:
        link.call(THING)
    assert refused.value.code == "queue.wrong_state"
    assert refused.value.params == {"number": "A014", "code": "x"}


def test_busy_says_when_to_come_back(server, link):
    busy = problem(409, "idempotency.in_progress")
    busy.headers["Retry-After"] = "7"
    server.answer = lambda call: busy
    with pytest.raises(Busy) as refused:
        link.call(THING)
    assert refused.value.retry_after == 7
    assert refused.value.code == "idempotency.in_progress"


def test_nobody_listening_means_never_sent():
    with serving() as gone:
        url = gone.url
    link = ServerLink(FixedAddress(url), ServerClock(SystemClock()))
    with pytest.raises(Unreachable) as failed:
        link.call(THING)
    assert not failed.value.sent
    link.close()


def test_a_broken_connection_may_have_been_an_act(server, link):
    server.answer = lambda call: BROKEN
    with pytest.raises(Unreachable) as failed:
        link.call(Request.post("/thing", Thing, Thing(name="bank")))
    assert failed.value.sent


def test_silence_times_out(server, link, closing):
    server.answer = lambda call: closing.wait(5) or BROKEN
    with pytest.raises(TimedOut) as failed:
        link.call(THING, limits=Limits(connect=1, read=0.05))
    assert failed.value.sent
    closing.set()


def test_an_environment_credential_does_not_replace_ours(server, link, tmp_path, monkeypatch):
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login x password y\n", encoding="ascii")
    monkeypatch.setenv("NETRC", str(netrc))
    server.answer = lambda call: Reply(body={"name": "bank"})
    link.call(THING.with_headers({"Authorization": "Bearer token"}))
    assert server.calls[0].headers["authorization"] == "Bearer token"


class _MovingServer:
    """A server that comes back elsewhere."""

    def __init__(self, first, second):
        self.addresses = [Address(first, 0), Address(second, 1)]

    def current(self, limit):
        return self.addresses[0]

    def lost(self, address):
        self.addresses.pop(0)
        return True


def test_what_was_never_sent_goes_to_the_server_that_came_back(server):
    with serving() as gone:
        url = gone.url
    server.answer = lambda call: Reply(body={"name": "bank"})
    link = ServerLink(_MovingServer(url, server.url), ServerClock(SystemClock()))
    assert link.call(THING).name == "bank"
    link.close()


def test_what_was_sent_is_not_sent_again_by_itself(server):
    server.answer = lambda call: BROKEN
    link = ServerLink(_MovingServer(server.url, server.url), ServerClock(SystemClock()))
    with pytest.raises(Unreachable):
        link.call(THING)
    assert len(server.calls) == 1
    link.close()


def test_the_servers_time_is_learnt_from_answers(server):
    server.now = lambda: SystemClock().now() + timedelta(days=30)
    server.answer = lambda call: Reply(body={"name": "bank"})
    clock = ServerClock(SystemClock())
    link = ServerLink(FixedAddress(server.url), clock)
    link.call(THING)
    assert abs(clock.difference - timedelta(days=30)) < timedelta(seconds=1)
    link.close()


NOON = datetime(2026, 3, 16, 12, tzinfo=UTC)


def _measure(clock, *, way, ahead):
    asked = NOON
    server = asked + timedelta(seconds=way / 2 + ahead)
    clock.observe(server=server, asked=asked, received=asked + timedelta(seconds=way))


def test_half_the_way_is_taken_off():
    clock = ServerClock(FixedClock(NOON))
    _measure(clock, way=4, ahead=10)
    assert clock.now() == NOON + timedelta(seconds=10)


def test_a_slow_answer_does_not_replace_a_quick_one():
    clock = ServerClock(FixedClock(NOON))
    _measure(clock, way=0.1, ahead=10)
    _measure(clock, way=3, ahead=11)
    assert clock.difference == timedelta(seconds=10)
    clock.forget()
    _measure(clock, way=3, ahead=11)
    assert clock.difference == timedelta(seconds=11)


def test_a_clock_set_back_during_a_call_teaches_nothing():
    clock = ServerClock(FixedClock(NOON))
    _measure(clock, way=-60, ahead=10)
    assert clock.difference == timedelta(0)
