"""The counter: who is here, what to do next, who comes after."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from loket.kit.i18n import Words
from ui.core.actions import ActionId
from ui.counter.dock import CounterDock
from ui.counter.parts.action_row import ActionRow
from ui.counter.parts.picker import PickerCard
from ui.counter.parts.product_help import HelpCard
from ui.counter.parts.visit import VisitCard
from ui.counter.parts.visitor import VisitorCard
from ui.counter.state import CounterState, Phase
from ui.counter.view_model import CounterViewModel
from ui.widgets.layouts import column, row


class CounterScreen(QWidget):
    """State in, intents out."""

    def __init__(self, model: CounterViewModel, words: Words) -> None:
        super().__init__()
        self._model = model
        self._words = words
        self._build()
        self._bind()
        self._render(model.state)

    def _build(self) -> None:
        self.setObjectName("page")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("ring", "own")
        self.setAccessibleName(self._words("Counter"))
        words = self._words
        self.card = VisitorCard(words)
        self.actions_row = ActionRow(words)
        self.help = HelpCard(words)
        self.visit = VisitCard(words)
        self.dock = CounterDock(words)
        below = row(self.help, self.visit, gap=16)
        below.setStretch(0, 527)
        below.setStretch(1, 400)
        main = column(self.card, 16, self.actions_row, 16, below, margins=(24, 24, 24, 16))
        main.setStretch(4, 1)
        whole = row(main, self.dock)
        whole.setStretch(0, 1)
        self.setLayout(whole)
        self.picker = PickerCard(words, self)

    def _bind(self) -> None:
        self.actions_row.main_pressed.connect(self._model.press_main)
        self.actions_row.pressed.connect(self.do)
        self.dock.resume_wished.connect(self._model.resume)
        self.dock.pause_wished.connect(self._model.pause)
        self.picker.typed.connect(self._model.search_picker)
        self.picker.moved.connect(self._model.move_picker)
        self.picker.entered.connect(self._model.choose)
        self.picker.chosen.connect(self._model.choose)
        self.picker.left.connect(self._model.leave_picker)
        self._model.focus_wished.connect(self.take_focus)
        self._model.state_changed.connect(self._on_state)

    def take_focus(self) -> None:
        """Nothing has the ring: a second Enter must not press the button that comes next."""
        if self.isVisible():
            self.setFocus()

    def do(self, action: ActionId) -> None:
        """One of this screen's actions, by key or button."""
        model = self._model
        acts = {
            ActionId.CALL_NEXT: model.call_next,
            ActionId.RECALL: model.recall,
            ActionId.NO_SHOW: model.no_show,
            ActionId.FINISH: model.finish,
            ActionId.START: model.start,
            ActionId.PUT_BACK: model.put_back,
            ActionId.UNDO_LAST: model.undo,
            ActionId.PARK: model.park,
            ActionId.TRANSFER: model.transfer,
            ActionId.PRODUCTS: model.change_products,
            ActionId.PAUSE: model.pause,
            ActionId.CLEAR_SEARCH: model.leave_picker,
        }
        if action in acts:
            acts[action]()

    def do_digit(self, digit: int) -> None:
        """No quick products at a counter."""

    def _on_state(self, state: CounterState) -> None:
        """A screen that nobody sees is shown its state when somebody does."""
        if self.isVisible():
            self._render(state)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        self._render(self._model.state)
        super().showEvent(event)

    def _render(self, state: CounterState) -> None:
        free = state.phase in {Phase.FREE, Phase.CALLING} and not state.visitor.number
        self.card.render_visitor(state.band, state.visitor)
        self.actions_row.render_state(state)
        self.help.render_help(state.help, free=free)
        self.visit.render_acts(state.acts, free=free)
        self.dock.render_dock(state)
        self.picker.render_picker(state.picker)
