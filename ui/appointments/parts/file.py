"""The card of an appointment: what it is, what became of it, and what can be done with it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from loket.appointments.rules.life import CancelReason
from loket.kit.i18n import Words
from ui.appointments.parts.lines import Reach, StepRow, heading
from ui.appointments.state import FileState, StepFace
from ui.core.actions import ActionId, key_of
from ui.widgets.buttons import KeyButton
from ui.widgets.cards import Card, Scrolled
from ui.widgets.chips import Chip
from ui.widgets.labels import Label, TextBlock
from ui.widgets.layouts import STRETCH, column, row
from ui.widgets.pools import RowPool


class CancelBox(Card):
    """Why it does not take place; what cannot be taken back asks first."""

    reason_chosen = Signal(object)
    left = Signal()

    def __init__(self, words: Words) -> None:
        super().__init__(kind="note")
        self._words = words
        self.keep = KeyButton(words("Do not cancel"), kind="linked", key="Esc", height=40)
        self.keep.clicked.connect(self.left)
        self.buttons: dict[CancelReason, KeyButton] = {}
        self._column = column(gap=6)
        title = Label(words("Cancel, because …"), weight=600)
        self.setLayout(column(title, 8, self._column, 10, self.keep, margins=(12, 10, 12, 12)))
        self.hide()

    def show_reasons(self, state: FileState) -> None:
        opened = state.cancelling and self.isHidden()
        for reason, text in state.reasons:
            if reason not in self.buttons:
                made = KeyButton(text, kind="danger", height=40)
                made.setProperty("reason", str(reason))
                made.clicked.connect(self._on_clicked)
                self.buttons[reason] = made
                self._column.addWidget(made)
        self.setVisible(state.cancelling)
        if opened:
            self.keep.setFocus()

    def _on_clicked(self) -> None:
        sender = self.sender()
        if isinstance(sender, KeyButton):
            self.reason_chosen.emit(CancelReason(str(sender.property("reason"))))


class FilePanel(QWidget):
    """The dock while an appointment is open."""

    check_in_wished = Signal(bool)
    undo_wished = Signal()
    move_wished = Signal()
    cancel_wished = Signal()
    cancelled = Signal(object)
    not_cancelled = Signal()
    no_show_wished = Signal()
    change_wished = Signal()
    print_wished = Signal()
    closed = Signal()

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self._build()
        self._bind()

    def _build(self) -> None:
        words = self._words
        self._reference = Label("", "title")
        self.close_button = KeyButton(words("Close"), kind="ghost", key="Esc", height=32)
        self._chip = Chip()
        self._name = TextBlock("", "strong", tone="text")
        self._when = Label("", "strong")
        self._product = TextBlock("", tone="text")
        self._detail = Label("", "small", tone="text2")
        card = Card(kind="advice")
        card.setLayout(
            column(self._when, 2, self._product, 2, self._detail, margins=(14, 12, 14, 12))
        )
        reach, steps = column(), column()
        self._reach: RowPool[tuple[str, str]] = RowPool(reach, Reach)
        self._steps: RowPool[StepFace] = RowPool(steps, StepRow)
        self._anyway = TextBlock("", "small", tone="late_fg")
        self.cancel_box = CancelBox(words)
        self._history = heading(words("History"))
        inner = column(
            row(self._chip, STRETCH),
            8,
            self._name,
            10,
            card,
            10,
            reach,
            8,
            self._anyway,
            self.cancel_box,
            10,
            self._history,
            6,
            steps,
            STRETCH,
        )
        inner.setContentsMargins(0, 0, 3, 0)
        self._build_buttons()
        self.scrolled = Scrolled(inner)
        head = row(self._reference, STRETCH, self.close_button)
        self.setLayout(column(head, 8, self.scrolled, 8, self._buttons()))

    def _build_buttons(self) -> None:
        words = self._words
        self.check_in = KeyButton(
            words("Check in"), kind="primary", icon="ph.sign-in-bold", key="Enter", height=48
        )
        self.undo = KeyButton(
            words("Take check-in back"), key=key_of(ActionId.UNDO_CHECK_IN), spread=True
        )
        self.move_button = KeyButton(
            words("Move"), icon="ph.arrows-left-right", key=key_of(ActionId.MOVE_APPOINTMENT)
        )
        self.no_show = KeyButton(
            words("Did not come"), icon="ph.user-minus", key=key_of(ActionId.NOT_COME)
        )
        self.change = KeyButton(words("Change details"), icon="ph.pencil-simple")
        self.print_button = KeyButton(
            words("Print confirmation"), icon="ph.printer", key=key_of(ActionId.PRINT_PAPER)
        )
        self.cancel = KeyButton(words("Cancel appointment"), kind="danger", icon="ph.x-bold")

    def _buttons(self) -> QWidget:
        held = QWidget()
        held.setLayout(
            column(
                self.cancel,
                self.change,
                self.print_button,
                self.no_show,
                self.move_button,
                self.undo,
                self.check_in,
                gap=6,
            )
        )
        return held

    def _bind(self) -> None:
        self.close_button.clicked.connect(self.closed)
        self.check_in.clicked.connect(self._on_check_in)
        self.undo.clicked.connect(self.undo_wished)
        self.move_button.clicked.connect(self.move_wished)
        self.no_show.clicked.connect(self.no_show_wished)
        self.change.clicked.connect(self.change_wished)
        self.print_button.clicked.connect(self.print_wished)
        self.cancel.clicked.connect(self.cancel_wished)
        self.cancel_box.reason_chosen.connect(self.cancelled)
        self.cancel_box.left.connect(self.not_cancelled)

    def take_focus(self) -> None:
        """The next act; while asking why it is cancelled, the safe one."""
        if not self.cancel_box.isHidden():
            self.cancel_box.keep.setFocus()
            return
        first = (self.check_in, self.move_button, self.close_button)
        next(button for button in first if not button.isHidden()).setFocus()

    def _on_check_in(self) -> None:
        self.check_in_wished.emit(bool(self._anyway.text()))

    def show_file(self, state: FileState) -> None:
        self._reference.setText(state.reference)
        self._reference.setMinimumWidth(self._reference.sizeHint().width())
        self._chip.show_state(state.chip, icon=state.chip_icon, tone=state.chip_tone)
        self._name.set_text(state.name)
        self._when.setText(state.when)
        self._product.set_text(state.product)
        self._detail.setText(state.detail)
        self._reach.show(state.reach)
        self._steps.show(state.steps)
        self._history.setVisible(bool(state.steps))
        self._anyway.set_text(state.anyway)
        self._anyway.setVisible(bool(state.anyway))
        self._show_buttons(state)
        self.cancel_box.show_reasons(state)

    def _show_buttons(self, state: FileState) -> None:
        words = self._words
        self.check_in.set_words(
            words("Check in all the same") if state.anyway else words("Check in")
        )
        self.check_in.set_busy(words("One moment") if state.busy else "")
        shown = {
            self.check_in: state.can_check_in,
            self.undo: state.can_undo,
            self.move_button: state.can_move,
            self.no_show: state.can_no_show,
            self.change: state.can_change,
            self.cancel: state.can_cancel and not state.cancelling,
            self.print_button: state.can_cancel or state.can_undo,
        }
        for button, visible in shown.items():
            button.setVisible(visible)
