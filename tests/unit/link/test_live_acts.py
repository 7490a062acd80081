from datetime import datetime

import pytest
from pydantic import BaseModel

from loket.link.errors import NotSignedIn, Rejected, TimedOut, Unreachable
from loket.link.http import Request
from tests.unit.link.fake_server import BROKEN, Reply, problem


class Called(BaseModel):
    number: str


CALL = Request.post("/counters/c/call-next", Called)


def _told(server, key):
    kept = server.kept.get(key)
    if kept is None:
        return problem(404, "idempotency.unknown_key")
    return Reply(body={"key": key, "status": kept.status, "body": kept.body})


def _calls(server, method="POST"):
    return [call for call in server.calls if call.method == method]


def test_a_live_act_carries_key_person_and_deadline(server, live, link):
    server.answer = lambda call: Reply(body={"number": "A014"})
    assert live.perform(CALL).number == "A014"
    call = server.calls[0]
    assert call.headers["authorization"] == "Bearer token"
    ahead = datetime.fromisoformat(call.headers["loket-deadline"]) - link.clock.now()
    assert 3 < ahead.total_seconds() <= 5


def test_an_act_whose_answer_was_lost_is_learnt_and_done_once(server, live):
    def answer(call):
        if call.method == "GET":
            return _told(server, call.path.rpartition("/")[2])
        server.once(call, lambda: Reply(body={"number": "A014"}))
        return BROKEN

    server.answer = answer
    assert live.perform(CALL).number == "A014"
    assert len(_calls(server)) == 1
    assert len(server.effects) == 1


def test_a_refusal_whose_answer_was_lost_is_learnt(server, live):
    def answer(call):
        if call.method == "GET":
            return _told(server, call.path.rpartition("/")[2])
        server.once(call, lambda: problem(409, "queue.stale_picture"))
        return BROKEN

    server.answer = answer
    with pytest.raises(Rejected) as refused:
        live.perform(CALL)
    assert refused.value.code == "queue.stale_picture"


def test_what_never_happened_is_certain_after_the_deadline(server, live):
    server.answer = lambda call: BROKEN if call.method == "POST" else _told(server, "nothing")
    with pytest.raises(TimedOut) as late:
        live.perform(CALL, seconds=0.3)
    assert late.value.params == {"certain": True}
    assert len(_calls(server)) == 1


def test_a_server_that_stays_away_leaves_doubt(server, live, monkeypatch):
    monkeypatch.setattr("loket.link.live.GRACE_SECONDS", 0.1)
    server.answer = lambda call: BROKEN
    with pytest.raises(TimedOut) as late:
        live.perform(CALL, seconds=0.2)
    assert late.value.params == {"certain": False}
    assert len(_calls(server)) == 1


def test_an_act_that_never_left_is_refused_at_once(server, live):
    server.close()
    with pytest.raises(Unreachable) as failed:
        live.perform(CALL)
    assert not failed.value.sent


def test_nobody_acts_without_signing_in(server, live, session):
    session.end()
    with pytest.raises(NotSignedIn):
        live.perform(CALL)
    assert not server.calls
