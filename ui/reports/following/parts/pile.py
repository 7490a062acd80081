"""A table of letters to post, or of calls that were promised."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from loket.kit.i18n import Words
from ui.reports.following.piles import CALL_HEADS, LETTER_HEADS
from ui.reports.following.state import PileState
from ui.widgets.buttons import KeyButton
from ui.widgets.cards import Card, EmptyState
from ui.widgets.labels import Label, TextBlock
from ui.widgets.layouts import STRETCH, column, row
from ui.widgets.tables import TextRow, TextTable


class Pile(QWidget):
    """Rows that open their report; what can be done with them stands above."""

    opened = Signal(str)
    left = Signal()

    def __init__(
        self, words: Words, title: str, heads: Sequence[str], widths: Sequence[int], empty: str
    ) -> None:
        super().__init__()
        self._words = words
        self._reports: dict[str, str] = {}
        self._title = Label(title, "page")
        self.back = KeyButton(words("Back to the report"), kind="ghost", key="Esc", height=32)
        self.table = TextTable(title, [words(head) for head in heads], many=True)
        self.table.widths(*widths)
        card = Card()
        card.setLayout(column(self.table, margins=(1, 1, 1, 1)))
        self._pages = QStackedWidget()
        self._pages.addWidget(card)
        self._pages.addWidget(EmptyState(icon="ph.check-circle", title=empty))
        self._wrong = TextBlock("", "small", tone="late_fg")
        self._acts = row(gap=8)
        whole = column(
            row(self._title, STRETCH, self.back), 12, self._pages, self._wrong, 12, self._acts
        )
        whole.setStretch(2, 1)
        whole.setContentsMargins(24, 16, 24, 16)
        self.setLayout(whole)
        self.table.opened.connect(self._on_opened)
        self.back.clicked.connect(self.left)

    def add_acts(self, *parts: QWidget) -> None:
        self._acts.addStretch(1)
        for part in parts:
            self._acts.addWidget(part)

    def _on_opened(self, ident: str) -> None:
        self.opened.emit(self._reports.get(ident, ""))

    def meant(self) -> list[str]:
        """Those that are selected; all when it is one or none."""
        chosen = self.table.chosen()
        return chosen if len(chosen) > 1 else list(self._reports)

    def show_pile(self, state: PileState) -> None:
        self._reports = {row.id: row.report_id for row in state.rows}
        self.table.show_rows(tuple(TextRow(r.id, r.cells, r.tip) for r in state.rows))
        self._pages.setCurrentIndex(0 if state.rows else 1)
        self._wrong.set_text(state.problem)
        self._wrong.setVisible(bool(state.problem))


class LettersPile(Pile):
    """Printed all at once, then posted."""

    printed = Signal(list)
    posted = Signal(list)

    def __init__(self, words: Words) -> None:
        super().__init__(
            words,
            words("Letters to post"),
            LETTER_HEADS,
            (130, 160, 200),
            words("No letters wait for the post"),
        )
        self.print_all = KeyButton(words("Print letters"), icon="ph.printer-bold", key="Ctrl+P")
        self.post_all = KeyButton(words("Posted"), icon="ph.check-bold")
        self.add_acts(self.print_all, self.post_all)
        self.print_all.clicked.connect(lambda: self.printed.emit(self.meant()))
        self.post_all.clicked.connect(lambda: self.posted.emit(self.meant()))

    def show_pile(self, state: PileState) -> None:
        super().show_pile(state)
        can = bool(state.rows) and not state.busy
        self.print_all.setEnabled(can)
        self.post_all.setEnabled(can)
        self.print_all.set_kind("outlined" if state.printed else "primary")
        self.post_all.set_kind("primary" if state.printed else "outlined")


class CallsPile(Pile):
    """Who must be called today, what is over its time first."""

    def __init__(self, words: Words) -> None:
        super().__init__(
            words,
            words("Call back today"),
            CALL_HEADS,
            (120, 150, 120, 130),
            words("Nobody is to be called back today"),
        )
        self.open_one = KeyButton(words("Open report"), kind="primary", key="Enter")
        self.add_acts(self.open_one)
        self.open_one.clicked.connect(self._on_open)

    def show_pile(self, state: PileState) -> None:
        super().show_pile(state)
        self.open_one.setEnabled(bool(state.rows))

    def _on_open(self) -> None:
        current = self.table.current() or next(iter(self._reports), "")
        self._on_opened(current)
