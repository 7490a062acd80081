"""The overlay in which something is chosen: letters find it, arrows move, Enter does it."""

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from loket.kit.i18n import Words
from ui.counter.state import Choice, Picker
from ui.theme.look import font
from ui.theme.paint import box, draw_icon_box, write
from ui.widgets.cards import Card, Scrolled
from ui.widgets.fields import SearchField
from ui.widgets.labels import Label
from ui.widgets.layouts import STRETCH, column, row
from ui.widgets.pools import RowPool, RowWidget

ROW, MOST_ROWS, WIDTH = 56, 7, 560


class ChoiceRow(RowWidget[tuple[Choice, bool]]):
    """One thing to choose; the one that Enter takes is tinted."""

    pressed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(ROW)

    def spoken(self, item: tuple[Choice, bool]) -> str:
        return ", ".join(part for part in (item[0].title, item[0].detail) if part)

    def mousePressEvent(self, _event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        if self.item is not None:
            self.pressed.emit(self.item[0].key)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        if self.item is None:
            return
        choice, chosen = self.item
        painter = QPainter(self)
        area = QRectF(self.rect())
        if chosen:
            box(painter, area, fill="accent_tint")
        draw_icon_box(painter, choice.icon, left=8, top=8, chosen=chosen)
        width = area.width() - 72
        if choice.detail:
            write(painter, QRectF(60, 7, width, 22), choice.title, font(14, 600))
            write(painter, QRectF(60, 28, width, 20), choice.detail, font(13), tone="text2")
        else:
            write(painter, QRectF(60, 0, width, ROW), choice.title, font(14, 600))
        painter.end()


class PickerCard(Card):
    """A card over the screen; Esc closes it and nothing has happened."""

    typed = Signal(str)
    moved = Signal(int)
    entered = Signal()
    chosen = Signal(str)
    left = Signal()

    def __init__(self, words: Words, parent: QWidget) -> None:
        super().__init__()
        self.setProperty("card", "over")
        self.setParent(parent)
        self._title = Label("", "title")
        self._hint = Label("", "small", tone="text2")
        self.field = SearchField(words("Choose"), placeholder="", clear_name=words("Clear search"))
        self._none = Label("", tone="text2")
        inner = column(STRETCH)
        self._pool: RowPool[tuple[Choice, bool]] = RowPool(inner, self._make_row)
        self._scroll = Scrolled(inner)
        self.setLayout(
            column(
                row(self._title, STRETCH, self._hint),
                12,
                self.field,
                8,
                self._scroll,
                self._none,
                STRETCH,
                margins=(20, 16, 20, 16),
            )
        )
        self.field.textChanged.connect(self.typed)
        self.field.moved.connect(self.moved)
        self.field.entered.connect(self.entered)
        self.field.cleared.connect(self.left)
        self.hide()

    def render_picker(self, picker: Picker | None) -> None:
        """Show what can be chosen; None: nothing is being chosen."""
        if picker is None:
            self.hide()
            return
        opened = self.isHidden()
        self.setAccessibleName(picker.title)
        self._title.setText(picker.title)
        self._hint.setText(picker.hint)
        self.field.setPlaceholderText(picker.placeholder)
        if self.field.text() != picker.query:
            self.field.setText(picker.query)
        places = [(one, place == picker.chosen) for place, one in enumerate(picker.choices)]
        self._pool.show(places)
        self._none.setText(picker.none)
        self._none.setVisible(not picker.choices)
        self._scroll.setVisible(bool(picker.choices))
        self._scroll.setFixedHeight(min(len(places), MOST_ROWS) * ROW)
        self._stand_in()
        self.show()
        self.raise_()
        if 0 <= picker.chosen < len(self._pool.rows):
            self._scroll.ensureWidgetVisible(self._pool.rows[picker.chosen], 0, 0)
        if opened:
            self.field.setFocus()

    def _stand_in(self) -> None:
        over = self.parentWidget()
        if over is None:
            return
        height = self.sizeHint().height()
        width = min(WIDTH, over.width() - 48)
        self.setGeometry((over.width() - width) // 2, 72, width, height)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _make_row(self) -> ChoiceRow:
        made = ChoiceRow()
        made.pressed.connect(self.chosen)
        return made
