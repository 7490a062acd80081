"""The way of the desk's facts to the screens: from any thread to one queued Qt signal."""

from collections.abc import Callable
from threading import Lock
from typing import Protocol

from PySide6.QtCore import QObject, Qt, Signal, Slot

from loket.desk.facts import Fact, Hears, PictureChanged


class FactSource(Protocol):
    """Who tells facts; the desk."""

    def subscribe(self, listener: Hears) -> Callable[[], None]: ...


class FactBridge(QObject):
    """Passes each fact on, on the GUI thread; lives as long as the program.

    Of pictures that came while the screens were busy, only the newest: an act brings several.
    """

    fact = Signal(object)
    _arrived = Signal(object)

    def __init__(self, source: FactSource, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._arrived.connect(self._pass_on, Qt.ConnectionType.QueuedConnection)
        self._lock = Lock()
        self._newest: PictureChanged | None = None
        self._unsubscribe = source.subscribe(self._hear)

    def close(self) -> None:
        """Hear no more facts."""
        self._unsubscribe()

    def _hear(self, fact: Fact) -> None:
        # On any thread.
        if not isinstance(fact, PictureChanged):
            self._arrived.emit(fact)
            return
        with self._lock:
            announced, self._newest = self._newest is not None, fact
        if not announced:
            self._arrived.emit(None)

    @Slot(object)
    def _pass_on(self, fact: object) -> None:
        if fact is None:
            with self._lock:
                fact, self._newest = self._newest, None
        self.fact.emit(fact)
