"""What can be done with the ticket: one solid button, the others beside it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from loket.kit.i18n import Words
from ui.core.actions import BY_ID, ActionId, key_of
from ui.counter.state import CounterState
from ui.widgets.buttons import BigAction, CounterAction
from ui.widgets.layouts import row


class ActionRow(QWidget):
    """What can be done with the ticket: one solid button, the others beside it."""

    main_pressed = Signal()
    pressed = Signal(object)
    OTHERS = (
        ActionId.RECALL,
        ActionId.NO_SHOW,
        ActionId.TRANSFER,
        ActionId.PARK,
        ActionId.FINISH,
        ActionId.PUT_BACK,
        ActionId.UNDO_LAST,
    )
    LAST_PLACE = (ActionId.PUT_BACK, ActionId.UNDO_LAST, ActionId.FINISH)
    """They share one place: only one of them can matter, and keys keep their places."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self.main = BigAction(words("Next"), icon=BY_ID[ActionId.CALL_NEXT].icon, key="F9")
        self.main.clicked.connect(self.main_pressed)
        self.actions_by_id: dict[ActionId, CounterAction] = {}
        layout = row(self.main, gap=8)
        for action in self.OTHERS:
            spec = BY_ID[action]
            button = CounterAction(
                words(spec.text),
                icon=spec.icon,
                key=_cap(spec.shortcut),
                short=words(spec.short) if spec.short else "",
            )
            button.setProperty("action", str(action))
            button.clicked.connect(self._on_clicked)
            layout.addWidget(button)
            self.actions_by_id[action] = button
        layout.setStretch(0, 1)
        self.setLayout(layout)

    def render_state(self, state: CounterState) -> None:
        big = state.big
        action = ActionId.START if big.act == "start" else ActionId.CALL_NEXT
        icon = BY_ID[action].icon
        self.main.show_next(big.text, detail=big.detail, icon=icon, key=key_of(action))
        self.main.setToolTip(big.why)
        possible = {
            each: bool(getattr(state, BY_ID[each].enabled_by)) for each in self.actions_by_id
        }
        last = next((each for each in self.LAST_PLACE if possible[each]), ActionId.FINISH)
        for each, button in self.actions_by_id.items():
            button.setEnabled(possible[each])
            button.setVisible(each not in self.LAST_PLACE or each is last)

    def _on_clicked(self) -> None:
        sender = self.sender()
        if isinstance(sender, CounterAction):
            self.pressed.emit(ActionId(str(sender.property("action"))))


def _cap(shortcut: str) -> str:
    return shortcut.replace("Backspace", "⌫")
