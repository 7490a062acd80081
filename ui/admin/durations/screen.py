"""Producten en duur: all products in a table, one in the panel beside it."""

from PySide6.QtWidgets import QSizePolicy, QStackedWidget, QWidget

from loket.kit.i18n import Words
from ui.admin.durations.faces import HEADS
from ui.admin.durations.parts import TermsPanel
from ui.admin.durations.state import DurationsState, Phase
from ui.admin.durations.view_model import DurationsViewModel
from ui.core.actions import ActionId
from ui.widgets.cards import Card, EmptyState
from ui.widgets.fields import SearchField
from ui.widgets.labels import Label
from ui.widgets.layouts import STRETCH, column, row
from ui.widgets.tables import TextRow, TextTable

WIDTHS = (200, 76, 88, 68, 72)


class DurationsScreen(QWidget):
    """State in, intents out."""

    def __init__(self, model: DurationsViewModel, words: Words) -> None:
        super().__init__()
        self._model = model
        self._words = words
        self._build()
        self._bind()
        self._render(model.state)

    def _build(self) -> None:
        words = self._words
        self.setAccessibleName(words("Products and duration"))
        self.search = SearchField(
            words("Search a product"),
            placeholder=words("Product, word or code"),
            clear_name=words("Clear search"),
        )
        self.table = TextTable(words("Products and duration"), [words(head) for head in HEADS])
        self.table.widths(*WIDTHS, stretched=0)
        card = Card()
        card.setLayout(column(self.table, margins=(1, 1, 1, 1)))
        self._summary = Label("", tone="text2")
        self.panel = TermsPanel(words, self._model.change)
        self._empty = EmptyState(
            icon="ph.magnifying-glass",
            title=words("No product found"),
            sentence=words("Type another word."),
        )
        self._loading = EmptyState(icon="ph.spinner-gap-bold", title=words("One moment"))
        self._failed = EmptyState(icon="ph.wifi-slash-bold", title=words("No durations now"))
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
        left = column(self.search, 12, self._pages)
        left.setStretch(2, 1)
        both = row(gap=16)
        both.addLayout(left, 1)
        both.addWidget(self.panel)
        head = row(Label(words("Products and duration"), "page"), 16, self._summary, STRETCH)
        whole = column(head, 16, both)
        whole.setStretch(2, 1)
        self.setLayout(whole)

    def _bind(self) -> None:
        model = self._model
        self.search.textEdited.connect(model.search)
        self.search.cleared.connect(self._on_cleared)
        self.search.entered.connect(self._on_entered)
        self.search.moved.connect(lambda _step: self.table.setFocus())
        self.table.selected.connect(self._on_selected)
        self.table.opened.connect(lambda _id: self.panel.take_focus())
        self.panel.save.clicked.connect(model.save)
        self.panel.put_back.clicked.connect(model.put_back)
        self.panel.reset.clicked.connect(model.reset)
        model.state_changed.connect(self._render)

    def take_focus(self) -> None:
        self.search.setFocus()

    def do(self, action: ActionId) -> None:
        if action is ActionId.KEEP:
            self._model.save()
        elif action is ActionId.CLEAR_SEARCH:
            self._on_cleared()

    def _on_cleared(self) -> None:
        self.search.clear()
        self._model.search("")

    def _on_entered(self) -> None:
        """The first that was found, ready to be changed."""
        if self._model.state.lines:
            self._model.choose(self._model.state.lines[0].id)
            self.panel.take_focus()

    def _on_selected(self, product_id: str) -> None:
        if product_id:
            self._model.choose(product_id)

    def _render(self, state: DurationsState) -> None:
        self._pages.setCurrentWidget(self._by_phase[state.phase])
        self._failed.say(self._words("No durations now"), state.problem)
        self._summary.setText(state.summary)
        self.table.show_rows(tuple(TextRow(line.id, line.cells) for line in state.lines))
        self.panel.show_terms(state)
