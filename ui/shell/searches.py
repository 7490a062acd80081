"""What the omnibox asks of the server while somebody types, and what a scanned code stands for."""

from collections.abc import Sequence
from functools import partial
from typing import Any, ClassVar

from PySide6.QtCore import QObject, Signal

from loket.kit.i18n import Words
from ui.core.directory import Directory
from ui.core.sentences import describe
from ui.core.tasks import TaskRunner
from ui.shell.state import Found

MOST = 5


class ServerSearch(QObject):
    """Asks while somebody types, and looks a scanned code of its kind up."""

    kind: ClassVar[str]
    """Of what it finds."""
    least: ClassVar[int]
    """Signs typed before it asks."""
    code_kind: ClassVar[str]
    """The kind letter of its barcodes."""

    found = Signal(str, str, object)
    """Which kind, for which text, and what was found."""
    opened = Signal(str)
    """Show this one."""
    said = Signal(object)

    def __init__(self, tasks: TaskRunner, words: Words) -> None:
        super().__init__()
        self._tasks, self._words = tasks, words
        self._desk: Any = None
        self._directory: Directory | None = None

    def attach(self, desk: Any) -> None:
        self._desk = desk

    def speak(self, words: Words) -> None:
        self._words = words

    def show_catalogue(self, directory: Directory) -> None:
        self._directory = directory

    def search(self, text: str) -> None:
        wanted = text.strip()
        if self._desk is None or len(wanted) < self.least:
            return
        self._tasks.run(
            partial(self.ask, wanted),
            owner=self,
            done=lambda answer: self.found.emit(self.kind, text, tuple(self.results(answer))),
            failed=lambda _error: None,  # what is found here already stays; the pill says why
            latest=self.kind,
        )

    def scan(self, codes: Sequence[str]) -> bool:
        """Look for what a scanned code stands for; tells whether it can be one of this kind."""
        own = [code for code in codes if code.startswith(self.code_kind)]
        if self._desk is None or not own:
            return False
        self._tasks.run(
            partial(self.look_up, own[0]),
            owner=self,
            done=self.on_scanned,
            failed=lambda error: self.said.emit(describe(error, self._words)),
            latest="scan",
        )
        return True

    # what each kind knows of itself

    def ask(self, text: str) -> Any:
        """What answers a text; blocks."""
        raise NotImplementedError

    def look_up(self, code: str) -> Any:
        """What a code stands for; blocks."""
        raise NotImplementedError

    def results(self, answer: Any) -> list[Found]:
        """As the omnibox shows it."""
        raise NotImplementedError

    def on_scanned(self, one: Any) -> None:
        """What a scan does; opens it unless there is more to do."""
        self.opened.emit(one.id)
