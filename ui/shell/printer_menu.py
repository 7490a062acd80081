"""The menu of printers: in the user menu, and beside a paper that did not come out."""

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QMenu, QWidget

from loket.kit.i18n import Words
from ui.shell.printers import FOLDER, PrinterChoice, PrintersState


class PrinterMenu(QMenu):
    """Shows what is known at once, and what the machine answers as soon as it does."""

    def __init__(
        self,
        words: Words,
        choice: PrinterChoice,
        wish: Callable[[str], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(words("Printer"), parent)
        self._words = words
        self._wish = wish
        choice.state_changed.connect(self._render)
        self._render(choice.state)
        choice.refresh()

    def _render(self, state: PrintersState) -> None:
        self.clear()
        for name in state.offered:
            text = self._words("PDF folder") if name == FOLDER else name.replace("&", "&&")
            action = self.addAction(text)
            action.setCheckable(True)
            action.setChecked(name == state.chosen)
            action.triggered.connect(partial(self._on_triggered, name))

    def _on_triggered(self, name: str, _checked: object = None) -> None:
        self._wish(name)
