"""A heartbeat on the GUI thread: how long was it ever kept from answering."""

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QObject, Qt, QTimer

from ui.story.seconds import own_work, precise

BEAT_MS = 5
WORKING = "working"


class Heart(QObject):
    """Measures the gaps between its beats, by part of the story.

    What only the story does (grabbing and writing pictures) is left out.
    """

    def __init__(self) -> None:
        super().__init__()
        self.longest: dict[str, float] = {}
        """Milliseconds by part."""
        self.where: dict[str, str] = {}
        """In which step the longest of a part was."""
        self.work: dict[str, float] = {}
        """Of the longest of a part, the milliseconds in which the GUI thread itself worked."""
        self.step = ""
        self._part = WORKING
        self._last, self._worked = precise(), own_work()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(BEAT_MS)
        self._timer.timeout.connect(self._beat)

    def start(self) -> None:
        self._last, self._worked = precise(), own_work()
        self._timer.start()

    def stop(self) -> None:
        self._timer.stop()

    @contextmanager
    def during(self, part: str) -> Iterator[None]:
        """Count what happens inside apart, such as the opening of a window."""
        self._beat()
        former, self._part = self._part, part
        try:
            yield
        finally:
            self._beat()
            self._part = former

    @contextmanager
    def resting(self) -> Iterator[None]:
        """Count nothing of what happens inside."""
        self._beat()
        try:
            yield
        finally:
            self._last, self._worked = precise(), own_work()

    def _beat(self) -> None:
        now, worked = precise(), own_work()
        blocked = (now - self._last) * 1000 - BEAT_MS
        if blocked > self.longest.get(self._part, 0.0):
            self.longest[self._part], self.where[self._part] = blocked, self.step
            self.work[self._part] = (worked - self._worked) * 1000
        self._last, self._worked = now, worked
