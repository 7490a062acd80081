"""Who is parked: where they are, and the button that brings them back."""

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from loket.kit.i18n import Words
from ui.counter.state import ParkedLine
from ui.theme.icons import draw_icon
from ui.theme.look import font
from ui.theme.paint import rule, write
from ui.widgets.buttons import KeyButton
from ui.widgets.cards import Card, Scrolled
from ui.widgets.labels import Label
from ui.widgets.layouts import STRETCH, column, row
from ui.widgets.pools import RowPool, RowWidget

ROW, MOST_ROWS = 56, 3


class ParkedRow(RowWidget[ParkedLine]):
    """A parked ticket, 56 px: number, where they are, and back."""

    wished = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(ROW)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.button = KeyButton("", height=32)
        self.button.clicked.connect(self._on_clicked)
        self.setLayout(row(STRETCH, self.button, margins=(0, 0, 12, 0)))

    def spoken(self, item: ParkedLine) -> str:
        return ", ".join(part for part in (item.number, item.remark, item.detail) if part)

    def adapt(self, item: ParkedLine) -> None:
        self.setToolTip(f"{item.remark}\n{item.detail}".strip())
        self.button.set_words(item.button)
        self.button.setAccessibleName(f"{item.button}: {item.number}")

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        item = self.item
        if item is None:
            return
        painter = QPainter(self)
        draw_icon(painter, "ph.pause-circle", QRectF(11, 18, 20, 20), tone="text2")
        write(painter, QRectF(43, 14, 78, 28), item.number, font(20, 700))
        room = self.button.x() - 8 - 108
        if item.remark:
            write(painter, QRectF(108, 9, room, 20), item.remark, font(14))
            write(painter, QRectF(108, 28, room, 20), item.detail, font(13), tone="text2")
        else:
            write(painter, QRectF(108, 0, room, ROW), item.detail, font(13), tone="text2")
        if self.y():
            area = QRectF(self.rect())
            rule(painter, area.topLeft(), area.topRight())
        painter.end()

    def _on_clicked(self) -> None:
        if self.item is not None:
            self.wished.emit(self.item.ticket_id)


class ParkedList(QWidget):
    """The parked tickets under their heading; nothing at all while there are none."""

    wished = Signal(str)

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self._count = Label("", "small", tone="text2")
        inner = column(STRETCH)
        self._pool: RowPool[ParkedLine] = RowPool(inner, self._make_row)
        self._list = Card()
        self._list.setLayout(column(Scrolled(inner)))
        head = row(Label(words("Parked"), "strong"), STRETCH, self._count)
        self.setLayout(column(18, head, 8, self._list))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def render_parked(self, parked: tuple[ParkedLine, ...]) -> None:
        self._pool.show(parked)
        self.setVisible(bool(parked))
        self._list.setFixedHeight(min(len(parked), MOST_ROWS) * ROW + 2)
        self._count.setText(self._words.plural("{n} ticket", "{n} tickets", len(parked)))

    @property
    def rows(self) -> list[RowWidget[ParkedLine]]:
        return self._pool.rows

    def _make_row(self) -> ParkedRow:
        made = ParkedRow()
        made.wished.connect(self.wished)
        return made
