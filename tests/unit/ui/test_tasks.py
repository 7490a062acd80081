"""The task runner: order, newest answer, dead owners, the GUI thread."""

import threading

import pytest
from PySide6.QtCore import QObject

from ui.core.tasks import Lane, ThreadTaskRunner


@pytest.fixture
def runner(qapp):
    made = ThreadTaskRunner()
    yield made
    made.close()


def test_answers_arrive_on_the_gui_thread(runner, qtbot):
    owner, seen = QObject(), []
    runner.run(
        threading.get_ident,
        owner=owner,
        done=lambda worker: seen.append((worker, threading.get_ident())),
    )
    qtbot.waitUntil(lambda: bool(seen))
    worker, gui = seen[0]
    assert gui == threading.get_ident()
    assert worker != gui


def test_writes_keep_their_order(runner, qtbot):
    owner, seen = QObject(), []
    for number in range(200):
        runner.run(lambda number=number: number, owner=owner, done=seen.append, lane=Lane.WRITE)
    qtbot.waitUntil(lambda: len(seen) == 200)
    assert seen == list(range(200))


def test_only_the_newest_answer_counts(runner, qtbot):
    owner, seen, gate = QObject(), [], threading.Event()
    runner.run(lambda: gate.wait(5) and "old", owner=owner, done=seen.append, latest="search")
    runner.run(lambda: "new", owner=owner, done=seen.append, latest="search")
    gate.set()
    runner.run(lambda: "last", owner=owner, done=seen.append)
    qtbot.waitUntil(lambda: "last" in seen and "new" in seen)
    assert "old" not in seen


def test_an_answer_for_a_dead_owner_is_dropped(runner, qtbot):
    import shiboken6

    owner, other, seen, gate = QObject(), QObject(), [], threading.Event()
    runner.run(lambda: gate.wait(5), owner=owner, done=seen.append, lane=Lane.WRITE)
    shiboken6.delete(owner)
    gate.set()
    runner.run(lambda: "alive", owner=other, done=seen.append, lane=Lane.WRITE)
    qtbot.waitUntil(lambda: bool(seen))
    assert seen == ["alive"]


def test_a_failure_travels_to_its_handler_or_to_unhandled(runner, qtbot):
    owner, seen = QObject(), []
    runner.unhandled.connect(seen.append)

    def fail():
        raise ValueError("here")

    runner.run(fail, owner=owner, done=seen.append, failed=lambda error: seen.append(str(error)))
    qtbot.waitUntil(lambda: seen == ["here"])
    runner.run(fail, owner=owner, done=seen.append)
    qtbot.waitUntil(lambda: len(seen) == 2)
    assert isinstance(seen[1], ValueError)


def test_nothing_runs_after_closing(runner):
    runner.close()
    task = runner.run(lambda: 1, owner=QObject(), done=lambda _answer: None)
    assert not task.wanted
