"""Fields of a form in which one is chosen while typing; a place also on the map."""

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QWidget

from loket.kit.i18n import Words
from ui.reports.following.form_state import FindState, PlaceState
from ui.theme.icons import draw_icon
from ui.widgets.buttons import KeyButton
from ui.widgets.cards import Scrolled
from ui.widgets.labels import Label, TextBlock
from ui.widgets.layouts import STRETCH, column
from ui.widgets.pools import RowPool
from ui.widgets.results import ROW, Result, ResultRow
from ui.widgets.town_map.widget import MapWords, TownMapView

_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_ROWS_OF_PLACE, _MAP = 4, 220


class FindLine(QLineEdit):
    """Arrows move in the list below it, Enter takes."""

    moved = Signal(int)
    entered = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(40)
        self.setTextMargins(26, 0, 0, 0)
        self.setMaxLength(160)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        key, plain = event.key(), not event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if plain and key in _STEPS:
            self.moved.emit(_STEPS[Qt.Key(key)])
        elif plain and key in _ENTER:
            self.entered.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        super().paintEvent(event)
        painter = QPainter(self)
        draw_icon(painter, "ph.magnifying-glass", QRectF(10, 10, 20, 20), tone="text2")
        painter.end()


class FindPart(QWidget):
    """The field, and below it what was found."""

    typed = Signal(str)
    moved = Signal(int)
    entered = Signal()
    taken = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._label = Label("", "small", weight=600, tone="text2")
        self.field = FindLine()
        self._none = TextBlock("", "small", tone="text2")
        rows = column()
        self._pool: RowPool[Result] = RowPool(rows, self._make)
        self._rows = Scrolled(column(rows, STRETCH))
        whole = column(self._label, 4, self.field, 4, self._none, self._rows)
        whole.setStretch(5, 1)
        self.setLayout(whole)
        self.field.textEdited.connect(self.typed)
        self.field.moved.connect(self.moved)
        self.field.entered.connect(self.entered)

    @property
    def rows(self) -> list[QWidget]:
        return list(self._pool.rows)

    def _make(self) -> ResultRow:
        made = ResultRow()
        made.pressed.connect(self.taken)
        return made

    def show_find(self, state: FindState, *, few: bool) -> None:
        """``few``: the list is as high as what was found, for something stands below it."""
        self._label.setText(state.label)
        self.field.setAccessibleName(state.label)
        self.field.setPlaceholderText(state.hint)
        if self.field.text() != state.text:
            self.field.setText(state.text)
        self._none.set_text(state.none)
        self._none.setVisible(bool(state.none) and not state.found)
        self._pool.show(
            tuple(
                Result(one.id, one.title, one.detail, one.icon, chosen=at == state.at)
                for at, one in enumerate(state.found)
            )
        )
        high = min(len(state.found), _ROWS_OF_PLACE) * ROW
        self._rows.setFixedHeight(high) if few else self._rows.setMaximumHeight(16_777_215)
        policy = QSizePolicy.Policy.Fixed if few else QSizePolicy.Policy.Expanding
        self.setSizePolicy(QSizePolicy.Policy.Expanding, policy)
        self._keep_in_sight(state.at)

    def _keep_in_sight(self, at: int) -> None:
        bar = self._rows.verticalScrollBar()
        top, bottom = at * ROW, (at + 1) * ROW - self._rows.viewport().height()
        bar.setValue(min(top, max(bottom, bar.value())))


class SpotPart(QWidget):
    """The map with its pin, and that it is not about a place."""

    pointed = Signal(object)
    nowhere_toggled = Signal()

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self.map = TownMapView(
            MapWords(
                name=words("Map of the town"),
                keys=words("Arrows move it, plus and minus zoom, Enter chooses the middle."),
                zoom_in=words("Zoom in"),
                zoom_out=words("Zoom out"),
            )
        )
        self.map.setMaximumHeight(_MAP)
        self.nowhere = KeyButton(words("Not about a place"), kind="ghost", height=32)
        self.nowhere.setCheckable(True)
        self.setLayout(column(self.map, 4, self.nowhere))
        self.map.spot_chosen.connect(self.pointed)
        self.nowhere.clicked.connect(self.nowhere_toggled)

    def show_place(self, state: PlaceState, address: str) -> None:
        self.nowhere.setChecked(state.nowhere)
        words = self._words
        self.nowhere.set_words(
            words("It is about a place") if state.nowhere else words("Not about a place")
        )
        self.map.setVisible(state.map is not None and not state.nowhere)
        if state.map is not None:
            self.map.show_map(state.map)
            self.map.set_pin(state.spot)
            self.map.describe(address)
