import subprocess
import sys
import textwrap
import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pydantic import BaseModel

from loket.desk.errors import NoLeasedNumber
from loket.kit.clock import FixedClock, SystemClock
from loket.link import delivery as delivering
from loket.link.courier import MOST_FAILURES, Courier
from loket.link.delivery import Delivered, InDoubt, Kept, Queued
from loket.link.disk import Disk, FolderNotWritable, StoreDamaged
from loket.link.errors import Rejected
from loket.link.http import Request
from loket.link.outbox import CLAIM_SECONDS, Letter, Outbox
from tests.unit.link.fake_server import BROKEN, Reply, problem

NOON = datetime(2026, 3, 16, 12, tzinfo=UTC)


class Note(BaseModel):
    text: str


def note(text):
    return Request.post("/visits/v/acts", Note, Note(text=text))


class Heard:
    def __init__(self):
        self.delivered_ids, self.parked_ids = [], []
        self.something = threading.Event()

    def outbox_changed(self):
        pass

    def delivered(self, entry, answer):
        self.delivered_ids.append((entry.letter.thread, entry.id, answer))
        self.something.set()

    def parked(self, entry, code, params):
        self.parked_ids.append((entry.id, code, params))


@pytest.fixture
def heard():
    return Heard()


@pytest.fixture
def courier(delivery, heard):
    return Courier(delivery, heard)


def echo(server):
    return lambda call: server.once(call, lambda: Reply(201, {"text": call.body}))


def test_what_is_delivered_at_once_leaves_the_outbox(server, delivery, outbox):
    server.answer = echo(server)
    outcome = delivery.deliver(note("hello"), thread="v", kind="add_act")
    assert isinstance(outcome, Delivered)
    assert outbox.entries() == ()


def test_who_saw_it_standing_there_hears_that_it_left(server, delivery, outbox):
    seen = []
    delivery.on_erased = lambda: seen.append(outbox.counts().waiting)
    server.answer = echo(server)
    delivery.deliver(note("hello"), thread="v", kind="add_act")
    server.answer = lambda call: problem(409, "visits.closed")
    with pytest.raises(Rejected):
        delivery.deliver(note("hello"), thread="v", kind="add_act")
    assert seen == [0, 0]


def test_it_stands_on_disk_before_it_is_tried(server, delivery, outbox):
    seen = []

    def answer(call):
        seen.append([entry.id for entry in outbox.entries()])
        return Reply(201, {"text": ""})

    server.answer = answer
    delivery.deliver(note("hello"), thread="v", kind="add_act")
    assert seen == [[server.calls[0].key]]


def test_delivery_speaks_for_the_author_with_the_desks_credential(server, delivery, link):
    server.answer = echo(server)
    before = link.clock.now()
    delivery.deliver(note("hello"), thread="v", kind="add_act")
    headers = server.calls[0].headers
    assert headers["authorization"] == "Desk desk-token"
    assert headers["loket-author"] == "user-1"
    assert "loket-deadline" not in headers
    assert before <= datetime.fromisoformat(headers["loket-occurred-at"]) <= link.clock.now()


def test_a_refusal_is_an_answer_to_who_stands_there(server, delivery, outbox):
    server.answer = lambda call: problem(409, "visits.closed")
    with pytest.raises(Rejected):
        delivery.deliver(note("hello"), thread="v", kind="add_act")
    assert outbox.entries() == ()


@pytest.mark.parametrize(
    "reply",
    [BROKEN, problem(500, "server.failed"), problem(503, "unavailable"), problem(401, "ended")],
)
def test_no_answer_leaves_it_waiting(server, delivery, outbox, reply):
    server.answer = lambda call: reply
    outcome = delivery.deliver(note("hello"), thread="v", kind="add_act")
    assert isinstance(outcome, Queued)
    assert [entry.id for entry in outbox.entries()] == [outcome.entry_id]


def test_a_page_of_a_captive_portal_is_not_taken_for_delivery(server, delivery, outbox):
    server.answer = lambda call: Reply(200, b"<html>", media_type="text/html")
    assert isinstance(delivery.deliver(note("x"), thread="v", kind="add_act"), Queued)
    assert outbox.counts().waiting == 1


def test_the_courier_brings_it_with_the_same_key_and_it_takes_effect_once(
    server, delivery, outbox, courier, heard
):
    def lost(call):
        server.once(call, lambda: Reply(201, {"text": "first"}))
        return BROKEN

    server.answer = lost
    queued = delivery.deliver(note("hello"), thread="v", kind="add_act")
    server.answer = echo(server)
    outbox.hurry()
    courier.deliver_due()
    assert server.effects == [queued.entry_id]
    assert [(thread, key) for thread, key, _ in heard.delivered_ids] == [("v", queued.entry_id)]
    assert "first" in heard.delivered_ids[0][2]
    first, second = server.calls
    assert (first.body, first.headers["loket-occurred-at"]) == (
        second.body,
        second.headers["loket-occurred-at"],
    )


def test_what_was_refused_later_is_parked_and_holds_its_own_visit_only(
    server, delivery, outbox, courier, heard
):
    delivery.server_is_away = True
    for thread, text in (("v1", "bad"), ("v1", "after"), ("v2", "other")):
        delivery.deliver(note(text), thread=thread, kind="add_act")
    server.answer = lambda call: (
        problem(403, "not_allowed", why="x") if "bad" in call.body else Reply(201, {"text": ""})
    )
    courier.deliver_due()
    assert [thread for thread, _, _ in heard.delivered_ids] == ["v2"]
    assert heard.parked_ids[0][1:] == ("not_allowed", {"why": "x"})
    assert (outbox.counts().parked, outbox.counts().waiting) == (1, 1)
    outbox.erase(heard.parked_ids[0][0])
    courier.deliver_due()
    assert [thread for thread, _, _ in heard.delivered_ids] == ["v2", "v1"]


def test_a_parked_entry_tried_again_has_a_new_key(server, delivery, outbox, courier, heard):
    delivery.server_is_away = True
    delivery.deliver(note("bad"), thread="v1", kind="add_act")
    server.answer = lambda call: server.once(call, lambda: problem(403, "not_allowed"))
    courier.deliver_due()
    refused = heard.parked_ids[0][0]
    server.answer = echo(server)
    outbox.try_again(refused)
    courier.deliver_due()
    assert outbox.entries() == ()
    assert heard.delivered_ids[0][1] != refused


def test_a_later_act_of_a_visit_waits_for_the_earlier_one(server, delivery, outbox, courier):
    server.answer = lambda call: BROKEN
    delivery.deliver(note("first"), thread="v", kind="add_act")
    server.answer = echo(server)
    assert isinstance(delivery.deliver(note("second"), thread="v", kind="add_act"), Queued)
    assert isinstance(delivery.deliver(note("else"), thread="w", kind="add_act"), Delivered)
    outbox.hurry()
    courier.deliver_due()
    bodies = [call.body for call in server.calls]
    assert [("first" in body, "second" in body) for body in bodies[-2:]] == [
        (True, False),
        (False, True),
    ]


def test_a_pass_ends_when_the_server_is_away(server, delivery, courier):
    delivery.server_is_away = True
    for visit in "abcd":
        delivery.deliver(note(visit), thread=visit, kind="add_act")
    server.answer = lambda call: BROKEN
    courier.deliver_due()
    assert len(server.calls) == 1


def test_the_couriers_thread_delivers_when_woken_and_stops(server, delivery, courier, heard):
    server.answer = echo(server)
    delivery.on_kept = courier.wake
    courier.start()
    delivery.server_is_away = True
    delivery.deliver(note("hello"), thread="v", kind="add_act")
    assert heard.something.wait(10)
    courier.close()
    assert len(heard.delivered_ids) == 1


def _letter(text, request_of=note):
    request = request_of(text)
    return Letter("v", "issue_ticket", request.method, request.path, request.body, "u", NOON, text)


def test_a_ticket_in_doubt_is_asked_about_with_its_own_key_first(server, delivery, outbox):
    answers = iter([BROKEN, BROKEN])

    def answer(call):
        kept = server.once(call, lambda: Reply(201, {"text": "A014"}))
        return next(answers, kept)

    server.answer = answer
    assert "A014" in delivery.hand_in(_letter("numberless"), spare=lambda: _letter("with-lease"))
    assert server.effects == ["numberless"]
    assert outbox.entries() == ()


def test_a_ticket_that_never_left_takes_the_spare_letter_at_once(server, delivery, outbox):
    server.close()
    kept = delivery.hand_in(_letter("numberless"), spare=lambda: _letter("with-lease"))
    assert kept == Kept("with-lease", NOON)
    assert [entry.letter for entry in outbox.entries()] == [_letter("with-lease")]


def no_lease():
    raise NoLeasedNumber(prefix="A")


def test_a_ticket_in_doubt_stays_when_no_spare_letter_can_be_made(
    server, delivery, outbox, courier, heard, monkeypatch
):
    monkeypatch.setattr(delivering, "INSIST_SECONDS", 0.0)
    server.answer = lambda call: server.once(call, lambda: Reply(201, {"text": "A014"})) and BROKEN
    with pytest.raises(InDoubt):
        delivery.hand_in(_letter("numberless"), spare=no_lease)
    assert [entry.id for entry in outbox.entries()] == ["numberless"]
    assert outbox.counts().waiting == 1
    server.answer = echo(server)
    outbox.hurry()
    courier.deliver_due()
    assert server.effects == ["numberless"]
    assert "A014" in heard.delivered_ids[0][2]
    assert outbox.entries() == ()


@pytest.mark.parametrize("reply", [problem(503, "unavailable"), problem(401, "ended")])
def test_a_ticket_that_surely_was_not_given_leaves_nothing_behind(server, delivery, outbox, reply):
    server.answer = lambda call: reply
    with pytest.raises(NoLeasedNumber):
        delivery.hand_in(_letter("numberless"), spare=no_lease)
    assert outbox.entries() == ()


def test_an_entry_that_the_server_fails_on_for_long_is_parked(
    server, delivery, outbox, courier, heard
):
    delivery.server_is_away = True
    delivery.deliver(note("bad"), thread="v1", kind="add_act")
    server.answer = lambda call: Reply(502, "proxy", media_type="text/html")
    for _ in range(3 * MOST_FAILURES):
        outbox.hurry()
        courier.deliver_due()
    server.answer = lambda call: problem(500, "server.failed")
    for _ in range(MOST_FAILURES):
        assert heard.parked_ids == [], "what a proxy says does not count"
        outbox.hurry()
        courier.deliver_due()
    assert [code for _id, code, _params in heard.parked_ids] == ["link.server_failed"]
    assert outbox.counts().parked == 1


def test_a_dead_windows_claim_runs_out(disk):
    clock = FixedClock(NOON)
    dead, living = Outbox(disk, clock), Outbox(disk, clock)
    assert dead.put(_letter("k"), claim=True)
    assert living.claim_next() is None
    clock.advance(seconds=CLAIM_SECONDS + 1)
    assert living.claim_next().id == "k"
    dead.put_back("k", delay=0)  # it was only slow: the claim is another's now
    assert living.entries()[0].state == "sending"


def test_a_clock_set_back_does_not_hold_an_entry_for_hours(disk):
    clock = FixedClock(NOON)
    outbox = Outbox(disk, clock)
    outbox.put(_letter("k"), claim=True)
    outbox.put_back("k", delay=10)
    clock.advance(hours=-3)
    assert outbox.claim_next().id == "k"


_WORKER = textwrap.dedent(
    """
    import sys
    from pathlib import Path
    from loket.kit.clock import SystemClock
    from loket.link.disk import Disk
    from loket.link.outbox import Outbox
    outbox = Outbox(Disk(Path(sys.argv[1])), SystemClock())
    sys.stdin.readline()
    while (entry := outbox.claim_next()) is not None:
        print(entry.id)
        outbox.erase(entry.id)
    """
)


def test_two_processes_on_one_folder_never_take_the_same_entry(disk, outbox):
    wanted = set()
    for number in range(60):
        letter = Letter(f"v{number % 20}", "k", "POST", "/", "{}", "u", NOON, f"key-{number}")
        outbox.put(letter, claim=False)
        wanted.add(letter.id)
    command = [sys.executable, "-c", _WORKER, str(disk.path)]
    root = Path(__file__).parents[3]
    workers = [
        subprocess.Popen(command, stdin=-1, stdout=-1, text=True, cwd=root) for _ in range(2)
    ]
    for worker in workers:
        worker.stdin.write("go\n")
        worker.stdin.flush()
    taken = [worker.communicate(timeout=60)[0].split() for worker in workers]
    assert [worker.returncode for worker in workers] == [0, 0]
    assert sorted(taken[0] + taken[1]) == sorted(wanted)


def test_a_folder_that_cannot_be_is_refused_by_name(tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(FolderNotWritable):
        Disk(tmp_path / "file" / "desk.sqlite3")


def test_a_damaged_file_is_refused_by_name(tmp_path):
    (tmp_path / "desk.sqlite3").write_bytes(b"no database at all" * 100)
    with pytest.raises(StoreDamaged):
        Disk(tmp_path / "desk.sqlite3")


def test_commits_are_fully_synchronised(disk):
    with disk.read() as db:
        assert db.execute("PRAGMA synchronous").fetchone()[0] == 2


def test_a_failed_transaction_leaves_nothing(disk, outbox):
    outbox.put(_letter("k"), claim=False)
    with pytest.raises(ZeroDivisionError), disk.write() as db:
        1 / db.execute("DELETE FROM outbox").rowcount - 1 / 0
    assert Outbox(disk, SystemClock()).counts().waiting == 1


def test_a_window_whose_clock_is_a_moment_behind_does_not_take_what_is_claimed(disk):
    ahead, behind = FixedClock(NOON), FixedClock(NOON)
    behind.advance(seconds=-0.5)
    assert Outbox(disk, ahead).put(_letter("k"), claim=True)
    assert Outbox(disk, behind).claim_next() is None
