"""Work off the GUI thread: pools in lanes, every answer delivered by one queued signal."""

import sys
from collections.abc import Callable, Hashable
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from enum import Enum
from functools import partial
from typing import Any, Protocol, TypeVar
from weakref import WeakKeyDictionary

from PySide6.QtCore import QObject, Qt, Signal, Slot
from shiboken6 import isValid

T = TypeVar("T")
OnError = Callable[[Exception], object]


class Lane(Enum):
    """Where work waits its turn."""

    READ = "read"
    WRITE = "write"
    LIVE = "live"
    PRINT = "print"


THREADS = {Lane.READ: 4, Lane.WRITE: 1, Lane.LIVE: 1, Lane.PRINT: 1}


GIVE_WAY_SECONDS = 0.0005
"""So soon a busy worker lets the GUI thread go on. Painting asks for the interpreter hundreds of
times per frame: at Python's own 5 ms a catalogue read beside it made a frame take 250 ms."""


class Task:
    """One piece of work that was asked for, and whether its answer still counts."""

    def __init__(self, owner: QObject) -> None:
        self._owner = owner
        self._dropped = False

    def drop(self) -> None:
        """The answer no longer matters."""
        self._dropped = True

    @property
    def wanted(self) -> bool:
        return not self._dropped and isValid(self._owner)


class TaskRunner(Protocol):
    """Does work elsewhere; ``done`` and ``failed`` are called on the GUI thread."""

    def run(
        self,
        work: Callable[[], T],
        *,
        owner: QObject,
        done: Callable[[T], object],
        failed: OnError | None = None,
        lane: Lane = Lane.READ,
        latest: Hashable | None = None,
    ) -> Task: ...


class ThreadTaskRunner(QObject):
    """The real runner: one pool per lane; lives as long as the program."""

    unhandled = Signal(object)
    _answered = Signal(object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        sys.setswitchinterval(GIVE_WAY_SECONDS)
        self._pools = {
            lane: ThreadPoolExecutor(count, thread_name_prefix=f"loket-{lane.value}")
            for lane, count in THREADS.items()
        }
        self._latest: WeakKeyDictionary[QObject, dict[Hashable, Task]] = WeakKeyDictionary()
        self._closed = False
        self._answered.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def run(
        self,
        work: Callable[[], T],
        *,
        owner: QObject,
        done: Callable[[T], object],
        failed: OnError | None = None,
        lane: Lane = Lane.READ,
        latest: Hashable | None = None,
    ) -> Task:
        """Do ``work`` in ``lane``; with ``latest`` only the newest answer of its owner counts."""
        task = Task(owner)
        if self._closed:
            task.drop()
            return task
        if latest is not None:
            self._supersede(owner, latest, task)
        on_error: OnError = failed or self.unhandled.emit
        future = self._pools[lane].submit(work)
        future.add_done_callback(partial(self._answer, task, done, on_error))
        return task

    def close(self) -> None:
        """Start nothing more, and wait for what is under way; all work has a time limit."""
        self._closed = True
        for pool in self._pools.values():
            pool.shutdown(wait=False, cancel_futures=True)
        for pool in self._pools.values():
            pool.shutdown(wait=True)

    def _supersede(self, owner: QObject, latest: Hashable, task: Task) -> None:
        asked = self._latest.setdefault(owner, {})
        if latest in asked:
            asked[latest].drop()
        asked[latest] = task

    def _answer(
        self, task: Task, done: Callable[[Any], object], failed: OnError, future: "Future[Any]"
    ) -> None:
        # On a worker thread: emitting the queued signal is the only thing allowed here.
        try:
            answer = partial(done, future.result())
        except CancelledError:
            return
        except Exception as error:  # noqa: BLE001 - the border: every failure must travel
            answer = partial(failed, error)
        if not self._closed:
            self._answered.emit(task, answer)

    @Slot(object, object)
    def _deliver(self, task: Task, answer: Callable[[], object]) -> None:
        if task.wanted:
            answer()
