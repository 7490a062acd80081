"""The embedded server as a process of its own: found, started, shared, killed, started again."""

import json
import os
import signal
import sys
import threading
from contextlib import ExitStack
from pathlib import Path

import pytest

from loket.desk.embedded import EmbeddedServer, RunFile
from loket.desk.errors import ServerDidNotStart, ServerRefusedToStart
from loket.kit.errors import LoketError
from loket.kit.paths import DataFolder
from loket.link.delivery import Delivered
from loket.link.disk import FolderNotWritable
from loket.link.errors import TimedOut
from loket.queue.rules.life import TicketState
from loket.visits.messages import StartVisit
from tests.agreement.test_desk_and_server import leased, shows
from tests.builders import EID
from tests.desks import Listening, a_desk

ROOT = Path(__file__).parents[2]


@pytest.fixture
def folder(tmp_path):
    return DataFolder(tmp_path / "data")


def town_server(folder, linger="2"):
    """How a test starts the small town for a data folder."""
    script = "tests.agreement.small_town_server"
    return [sys.executable, "-m", script, str(folder.root), linger]


@pytest.fixture
def embedded(folder):
    """Makes what a desk has to find its server; all of them are closed, and the server awaited."""
    made = []

    def make(command=None):
        server = EmbeddedServer(folder, command or town_server(folder))
        server.start()
        made.append(server)
        return server

    yield make
    for server in made:
        server.close()
    for server in made:
        if server._child is not None:
            server._child.wait(30)


def pid_of(folder):
    return RunFile.model_validate_json(folder.run_file.read_bytes()).pid


def kill(folder):
    pid = pid_of(folder)
    os.kill(pid, signal.SIGKILL if hasattr(signal, "SIGKILL") else signal.SIGTERM)
    return pid


def test_a_desk_starts_a_server_and_a_second_one_shares_it(embedded, folder):
    first = embedded().current(60)
    second = embedded()
    assert second.current(60).url == first.url
    assert second._child is None


def test_two_desks_at_the_same_moment_have_one_server(embedded, folder):
    found = {}

    def look(name):
        found[name] = embedded().current(60).url

    threads = [threading.Thread(target=look, args=(name,)) for name in "ab"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found["a"] == found["b"]


def test_a_server_that_was_killed_is_started_anew(embedded, folder):
    server = embedded()
    before = server.current(60)
    pid = kill(folder)
    server._child.wait(10)
    assert server.lost(before)
    after = server.current(60)
    assert after.generation > before.generation
    assert pid_of(folder) != pid


def test_it_ends_some_seconds_after_the_last_desk(embedded, folder):
    server = embedded(town_server(folder, "0.3"))
    server.current(60)
    assert server._child.wait(30) == 0
    assert not folder.run_file.exists()


def words(folder, code, **params):
    """A server that leaves word and ends."""
    folder.server.mkdir(parents=True, exist_ok=True)
    text = json.dumps({"code": code, "params": params})
    program = (
        f"open({str(folder.server / 'error.json')!r}, 'w').write({text!r}); raise SystemExit(1)"
    )
    return [sys.executable, "-c", program]


def test_what_a_server_says_as_it_ends_is_raised_by_its_code(embedded, folder):
    server = embedded(words(folder, "store.too_new", found="0009"))
    with pytest.raises(ServerRefusedToStart) as refused:
        server.current(60)
    assert refused.value.code == "store.too_new"
    assert refused.value.params == {"found": "0009"}
    assert isinstance(refused.value, LoketError)


def test_a_server_that_ends_without_a_word_points_to_its_log(embedded, folder):
    server = embedded([sys.executable, "-c", "import sys; print('boom', flush=True); sys.exit(3)"])
    with pytest.raises(ServerDidNotStart) as refused:
        server.current(60)
    assert "boom" in Path(refused.value.params["log"]).read_text(encoding="utf-8")


def test_words_of_an_earlier_server_are_not_taken_for_those_of_this_one(embedded, folder):
    folder.server.mkdir(parents=True)
    (folder.server / "error.json").write_text('{"code": "old"}', encoding="utf-8")
    with pytest.raises(ServerDidNotStart):
        embedded([sys.executable, "-c", "raise SystemExit(1)"]).current(60)


def test_a_folder_that_cannot_be_made_is_refused_by_name(tmp_path):
    (tmp_path / "data").write_text("in the way", encoding="utf-8")
    server = EmbeddedServer(DataFolder(tmp_path / "data"), ["nothing"])
    server.start()
    with pytest.raises(FolderNotWritable):
        server.current(60)
    server.close()


def test_closing_does_not_wait_for_a_server_that_never_comes(embedded, folder):
    server = embedded([sys.executable, "-c", "import sys; sys.stdin.read(); input()"])
    server.close()


@pytest.fixture
def signed_in(embedded, folder):
    """Makes desks with somebody at work; they are closed whatever becomes of the test."""
    with ExitStack() as desks:

        def make(code="onthaal-1", username="sofie"):
            desk = desks.enter_context(a_desk(code, folder.root, whereabouts=embedded()))
            listening = Listening(desk)
            desk.sign_in(username, "heidebeek")
            listening.until(lambda fact: desk.picture().connection.state == "connected")
            return desk, listening

        yield make


def wish(folder, when, path):
    (folder.server / f"die-{when}").write_text(path, encoding="utf-8")


@pytest.mark.parametrize("when", ["before", "after"])
def test_a_ticket_in_flight_when_the_server_dies_is_given_once(signed_in, folder, when):
    desk, listening = signed_in()
    leased(desk)
    first_pid = pid_of(folder)
    wish(folder, when, "/tickets")
    number = desk.issue_ticket(StartVisit(), EID).result.ticket.number
    listening.until(lambda fact: desk.picture().connection.waiting == 0)
    listening.until(shows(number, TicketState.WAITING))
    assert pid_of(folder) != first_pid
    waiting = [card.ticket.number for card in desk.picture().cards.values()]
    assert waiting == [number]


def test_a_call_in_flight_when_the_server_dies_is_learnt_or_said_to_be_in_doubt(signed_in, folder):
    desk, listening = signed_in("loket-1", "tom")
    given = desk.issue_ticket(StartVisit(), EID)
    assert isinstance(given, Delivered)
    wish(folder, "after", "/call-next")
    try:
        called = desk.call_next(None).called.ticket
    except TimedOut:  # the server takes longer to come back than a clerk is let wait
        listening.until(shows(given.result.ticket.number, TicketState.CALLED))
        called = desk.card(given.result.ticket.id).ticket
    assert called.id == given.result.ticket.id
    assert desk.card(called.id).ticket.calls == 1


def test_the_follower_brings_a_killed_server_back_by_itself(signed_in, folder):
    desk, listening = signed_in()
    kill(folder)
    listening.until(lambda fact: desk.picture().connection.state == "offline")
    listening.until(lambda fact: desk.picture().connection.state == "connected", seconds=60)
    issued = desk.issue_ticket(StartVisit(), EID)
    assert issued.result.ticket.number in {"A001", "A900"}
