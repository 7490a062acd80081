"""Agenda-adressen: who follows which calendar, at the left; a new address, at the right."""

from PySide6.QtWidgets import QSizePolicy, QStackedWidget, QWidget

from loket.appointments.messages import FeedKind
from loket.kit.i18n import Words
from ui.admin.feeds.faces import HEADS
from ui.admin.feeds.parts import FeedPanel
from ui.admin.feeds.state import FeedsState, Phase
from ui.admin.feeds.view_model import FeedsViewModel
from ui.core.actions import ActionId
from ui.widgets.buttons import KeyButton
from ui.widgets.cards import Card, EmptyState
from ui.widgets.labels import Label
from ui.widgets.layouts import STRETCH, column, row
from ui.widgets.tables import TextRow, TextTable

WIDTHS = (120, 122, 70, 186)


class FeedsScreen(QWidget):
    """State in, intents out."""

    def __init__(self, model: FeedsViewModel, words: Words) -> None:
        super().__init__()
        self._model = model
        self._words = words
        self._build()
        self._bind()
        self._render(model.state)

    def _build(self) -> None:
        words = self._words
        self.setAccessibleName(words("Calendar addresses"))
        self.table = TextTable(words("Calendar addresses"), [words(head) for head in HEADS])
        self.table.widths(*WIDTHS, stretched=0)
        card = Card()
        card.setLayout(column(self.table, margins=(1, 1, 1, 1)))
        self._empty = EmptyState(
            icon="ph.calendar",
            title=words("No addresses yet"),
            sentence=words("With an address a calendar program shows the appointments too."),
        )
        self._loading = EmptyState(icon="ph.spinner-gap-bold", title=words("One moment"))
        self._failed = EmptyState(icon="ph.wifi-slash-bold", title=words("No addresses now"))
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
        self.revoke = KeyButton(words("Revoke"), kind="danger", icon="ph.x-circle")
        self.keep = KeyButton(words("Leave it"), kind="ghost")
        self.question = Label("", tone="late_fg")
        self.panel = FeedPanel(words)
        both = row(gap=16)
        both.addWidget(self._pages, 1)
        both.addWidget(self.panel)
        title = Label(words("Calendar addresses"), "page")
        head = row(title, STRETCH, self.question, 8, self.keep, 8, self.revoke)
        whole = column(head, 16, both)
        whole.setStretch(2, 1)
        self.setLayout(whole)

    def _bind(self) -> None:
        model, panel = self._model, self.panel
        self.table.selected.connect(model.choose)
        self.revoke.clicked.connect(model.revoke)
        self.keep.clicked.connect(model.keep)
        panel.kind.chosen.connect(lambda value: model.choose_kind(FeedKind(value)))
        panel.target.activated.connect(
            lambda _place: model.choose_target(panel.target.currentData())
        )
        panel.name.edited.connect(model.name)
        panel.names.clicked.connect(model.give_names)
        panel.make.clicked.connect(model.make)
        panel.done.clicked.connect(model.forget_address)
        model.state_changed.connect(self._render)

    def take_focus(self) -> None:
        self.panel.name.edit.setFocus()

    def do(self, action: ActionId) -> None:
        if action is ActionId.KEEP:
            self._model.make()

    def _render(self, state: FeedsState) -> None:
        words = self._words
        self._pages.setCurrentWidget(self._by_phase[state.phase])
        self._failed.say(words("No addresses now"), state.problem)
        self.table.show_rows(tuple(TextRow(line.id, line.cells, line.tip) for line in state.lines))
        self.revoke.setEnabled(state.may_revoke)
        self.revoke.set_words(words("Yes, revoke") if state.confirming else words("Revoke"))
        self.keep.setVisible(state.confirming)
        asked = words("Who follows it sees nothing any more. Sure?") if state.confirming else ""
        self.question.setText(asked)
        self.panel.show_state(state)
