"""Werklijst: a table to call from, and letters for who cannot be called."""

from PySide6.QtWidgets import QSizePolicy, QStackedWidget, QWidget

from loket.kit.i18n import Words
from ui.admin.worklist.faces import HEADS
from ui.admin.worklist.state import Phase, WorklistState
from ui.admin.worklist.view_model import WorklistViewModel
from ui.core.actions import ActionId
from ui.widgets.buttons import KeyButton
from ui.widgets.cards import Card, EmptyState
from ui.widgets.labels import Label
from ui.widgets.layouts import STRETCH, column, row
from ui.widgets.tables import TextRow, TextTable

WIDTHS = (160, 180, 134, 166, 140)


class WorklistScreen(QWidget):
    """State in, intents out."""

    def __init__(self, model: WorklistViewModel, words: Words) -> None:
        super().__init__()
        self._model = model
        self._words = words
        self._build()
        self._bind()
        self._render(model.state)

    def _build(self) -> None:
        words = self._words
        self.setAccessibleName(words("Worklist"))
        self.table = TextTable(words("Worklist"), [words(head) for head in HEADS], many=True)
        self.table.widths(*WIDTHS)
        card = Card()
        card.setLayout(column(self.table, margins=(1, 1, 1, 1)))
        self._summary = Label("", tone="text2")
        self.letters = KeyButton(words("Print letters"), icon="ph.printer-bold")
        self.write = KeyButton(words("Write to them"), icon="ph.paper-plane-tilt-bold")
        self.open_one = KeyButton(
            words("Open appointment"), kind="primary", icon="ph.calendar-check-bold", key="Enter"
        )
        self._empty = EmptyState(
            icon="ph.check-circle",
            title=words("All booked appointments fit"),
            sentence=words("Who no longer fits after a change of opening times comes here."),
        )
        self._loading = EmptyState(icon="ph.spinner-gap-bold", title=words("One moment"))
        self._failed = EmptyState(icon="ph.wifi-slash-bold", title=words("No worklist now"))
        self._pages = QStackedWidget()
        self._pages.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._by_phase = {
            Phase.SHOWN: card,
            Phase.EMPTY: self._empty,
            Phase.LOADING: self._loading,
            Phase.FAILED: self._failed,
        }
        for page in self._by_phase.values():
            self._pages.addWidget(page)
        title = Label(words("Worklist"), "page")
        head = row(title, 16, self._summary, STRETCH, self.write, 8, self.letters, 8, self.open_one)
        whole = column(head, 16, self._pages)
        whole.setStretch(2, 1)
        self.setLayout(whole)

    def _bind(self) -> None:
        self.table.opened.connect(self._model.open_appointment)
        self.open_one.clicked.connect(self._on_open)
        self.letters.clicked.connect(self._on_letters)
        self.write.clicked.connect(self._on_write)
        self._model.state_changed.connect(self._render)

    def take_focus(self) -> None:
        self.table.setFocus()
        if not self.table.current() and self._model.state.lines:
            self.table.selectRow(0)

    def do(self, action: ActionId) -> None:
        if action is ActionId.PRINT_LETTERS:
            self._on_letters()

    def _on_open(self) -> None:
        current = self.table.current() or next((li.id for li in self._model.state.lines), "")
        if current:
            self._model.open_appointment(current)

    def _on_letters(self) -> None:
        self._model.print_letters(self._meant())

    def _on_write(self) -> None:
        self._model.write_to(self._meant())

    def _meant(self) -> list[str]:
        """Those that are selected; everybody when it is one or none."""
        chosen = self.table.chosen()
        everybody = [line.id for line in self._model.state.lines]
        return list(chosen) if len(chosen) > 1 else everybody

    def _render(self, state: WorklistState) -> None:
        self._pages.setCurrentWidget(self._by_phase[state.phase])
        self._failed.say(self._words("No worklist now"), state.problem)
        self._summary.setText(state.summary)
        self.table.show_rows(tuple(TextRow(li.id, li.cells, li.tip) for li in state.lines))
        shown = state.phase is Phase.SHOWN
        self.open_one.setEnabled(shown)
        self.letters.setEnabled(shown)
        self.write.setEnabled(shown and not state.printing)
        self.letters.set_busy(self._words("One moment") if state.printing else "")
