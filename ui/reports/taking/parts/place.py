"""Where it is: an address that is found while typing, or not about a place."""

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from loket.kit.i18n import Words
from ui.reports.taking.parts.hits import FindField
from ui.reports.taking.state import PlaceState
from ui.widgets.buttons import KeyButton
from ui.widgets.fields import ClearButton
from ui.widgets.labels import Label
from ui.widgets.layouts import STRETCH, column, row


class PlacePart(QWidget):
    """State in, a place out."""

    typed = Signal(str)
    nowhere_toggled = Signal()

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        name = words("Where?")
        self.field = FindField(name, icon="ph.map-pin-fill")
        self.field.setPlaceholderText(words("Street and number, or a place"))
        self.field.setTextMargins(26, 0, 26, 0)
        self._cross = ClearButton(words("Empty the place"), self.field)
        self._cross.setFixedSize(QSize(28, 28))
        self._cross.hide()
        self.nowhere = KeyButton(words("Not about a place"), kind="ghost", height=24)
        self.nowhere.setCheckable(True)
        head = row(Label(name, "small", weight=600, tone="text2"), STRETCH, self.nowhere)
        self._under = column()
        self.setLayout(column(head, 4, self.field, self._under))
        self.field.textEdited.connect(self.typed)
        self._cross.clicked.connect(self._on_cross)
        self.nowhere.clicked.connect(self.nowhere_toggled)

    def show_place(self, state: PlaceState) -> None:
        if self.field.text() != state.text:
            self.field.setText(state.text)
        self._cross.setVisible(bool(state.text))
        self.field.show_tone("accent" if state.known else "text2")
        self.field.setToolTip(state.text)
        self.nowhere.setChecked(state.nowhere)
        text = self._words("It is about a place") if state.nowhere else ""
        self.nowhere.set_words(text or self._words("Not about a place"))
        hint = self._words("Not about a place")
        self.field.setEnabled(not state.nowhere)
        ask = self._words("Street and number, or a place")
        self.field.setPlaceholderText(hint if state.nowhere else ask)
        self._place_cross()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self._place_cross()

    def _place_cross(self) -> None:
        self._cross.move(self.field.width() - 34, 6)

    def _on_cross(self) -> None:
        self.typed.emit("")
        self.field.setFocus()
