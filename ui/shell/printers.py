"""Where papers of this desk go: the folder of PDFs, or a printer that the machine knows."""

from dataclasses import dataclass, replace
from functools import partial
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from loket.kit.i18n import Words
from ui.core.sentences import UserMessage, describe
from ui.core.tasks import Lane, TaskRunner

FOLDER = ""
"""In the place of a printer's name: papers are kept as PDF and go nowhere else."""


@dataclass(frozen=True)
class PrintersState:
    """What may be chosen, and what is."""

    names: tuple[str, ...] = ()
    chosen: str = FOLDER

    @property
    def offered(self) -> tuple[str, ...]:
        """The folder first; a chosen printer stays on offer while the machine misses it."""
        gone = {self.chosen} - {FOLDER, *self.names}
        return (FOLDER, *sorted({*self.names, *gone}))


class PrinterDesk(Protocol):
    """What choosing a printer needs of the desk."""

    @property
    def printer(self) -> str: ...
    def printers(self) -> tuple[str, ...]: ...
    def choose_printer(self, name: str) -> None: ...


class PrinterChoice(QObject):
    """Asks the machine for its printers off the GUI thread, and keeps the choice at the desk."""

    state_changed = Signal(object)
    said = Signal(object)
    print_again_wished = Signal(str)
    """A paper that failed has another printer now."""

    def __init__(self, tasks: TaskRunner, words: Words) -> None:
        super().__init__()
        self._tasks = tasks
        self._words = words
        self._desk: PrinterDesk | None = None
        self.state = PrintersState()

    def attach(self, desk: PrinterDesk) -> None:
        self._desk = desk
        self._show(replace(self.state, chosen=desk.printer))

    def speak(self, words: Words) -> None:
        self._words = words

    def refresh(self) -> None:
        """A printer may have come or gone."""
        if self._desk is not None:
            self._tasks.run(
                self._desk.printers,
                owner=self,
                done=lambda names: self._show(replace(self.state, names=names)),
                failed=self._on_failed,
                latest="printers",
            )

    def choose(self, name: str, *, failed_job: str = "") -> None:
        """Print there from now on; and what has just failed elsewhere, too."""
        if self._desk is not None:
            self._tasks.run(
                partial(self._desk.choose_printer, name),
                owner=self,
                done=lambda _nothing: self._on_chosen(name, failed_job),
                failed=self._on_failed,
                lane=Lane.PRINT,
            )

    def _on_chosen(self, name: str, failed_job: str) -> None:
        self._show(replace(self.state, chosen=name))
        if failed_job:
            self.print_again_wished.emit(failed_job)
            return
        words = self._words
        text = (
            words("This desk prints on {printer}", printer=name)
            if name
            else words("This desk keeps its papers as PDF")
        )
        self.said.emit(UserMessage(text, icon="ph.printer-bold"))

    def _on_failed(self, error: Exception) -> None:
        self.said.emit(describe(error, self._words))

    def _show(self, state: PrintersState) -> None:
        if state != self.state:
            self.state = state
            self.state_changed.emit(state)
