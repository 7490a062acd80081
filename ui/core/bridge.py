"""The way of the desk's facts to the screens: from any thread to one queued Qt signal."""

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QObject, Qt, Signal, Slot

from loket.desk.facts import Hears


class FactSource(Protocol):
    """Who tells facts; the desk."""

    def subscribe(self, listener: Hears) -> Callable[[], None]: ...


class FactBridge(QObject):
    """Passes each fact on, on the GUI thread; lives as long as the program."""

    fact = Signal(object)
    _arrived = Signal(object)

    def __init__(self, source: FactSource, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._arrived.connect(self._pass_on, Qt.ConnectionType.QueuedConnection)
        self._unsubscribe = source.subscribe(self._arrived.emit)

    def close(self) -> None:
        """Hear no more facts."""
        self._unsubscribe()

    @Slot(object)
    def _pass_on(self, fact: object) -> None:
        self.fact.emit(fact)
