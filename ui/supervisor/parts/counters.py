"""The counters: who serves whom for how long, open and close."""

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPainterPath, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QMenu, QSizePolicy

from loket.kit.i18n import Words
from ui.supervisor.state import CounterCell, Place
from ui.theme.icons import draw_icon
from ui.theme.look import colour, font
from ui.theme.paint import LEFT, RIGHT, box, text_width, write
from ui.widgets.buttons import Pressable
from ui.widgets.cards import Card, EmptyState, Scrolled
from ui.widgets.labels import Label
from ui.widgets.layouts import STRETCH, column, row

CELL = 76
NARROWEST = 156
_BARS = {
    Place.SERVING: "serve_fg",
    Place.CALLED: "call_fg",
    Place.FREE: "done_line",
    Place.PAUSE: "done_line",
    Place.CLOSED: "done_line",
    Place.EMPTY: "done_line",
}
_ICONS = {
    Place.FREE: "ph.circle-bold",
    Place.PAUSE: "ph.coffee",
    Place.CLOSED: "ph.lock-key",
    Place.EMPTY: "ph.lock-key",
}


_ARROWS = (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down)


class CounterButton(Pressable):
    """One counter, 76 px high: a bar of its state at the left; pressing offers what can be done."""

    arrow_pressed = Signal(object)

    def __init__(self) -> None:
        super().__init__("")
        self.cell: CounterCell | None = None
        self.setFixedHeight(CELL)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_cell(self, cell: CounterCell) -> None:
        if cell != self.cell:
            self.cell = cell
            parts = (cell.name, cell.clerk, cell.number, cell.timer, cell.detail, cell.word)
            self.setAccessibleName(", ".join(part for part in parts if part))
            self.setToolTip(f"{cell.name}, {cell.clerk}" if cell.clerk else cell.name)
            self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(160, CELL)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(120, CELL)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Arrows go among the counters as they stand, not in the order Qt's buttons take."""
        if event.key() in _ARROWS:
            self.arrow_pressed.emit(Qt.Key(event.key()))
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        cell = self.cell
        if cell is None:
            return
        painter = QPainter(self)
        area = QRectF(self.rect())
        idle = cell.place in {Place.PAUSE, Place.CLOSED, Place.EMPTY}
        ground = "surface3" if idle else "surface"
        if self.state() in {"hover", "pressed"} and not idle:
            ground = "hover"
        line = "border_strong" if self.state() == "hover" else "border"
        box(painter, area, fill=ground, line=line)
        bar = "late_fg" if cell.over else _BARS[cell.place]
        _draw_bar(painter, area, bar)
        self._draw_head(painter, cell)
        if cell.number:
            self._draw_ticket(painter, cell)
        else:
            draw_icon(painter, _ICONS[cell.place], QRectF(16, 37, 20, 20), tone="text2")
            room = QRectF(42, 37, area.width() - 50, 20)
            write(painter, room, cell.detail, font(14, 600), tone="text2")
        painter.end()

    def _draw_head(self, painter: QPainter, cell: CounterCell) -> None:
        width = self.width()
        clerk = min(text_width(cell.clerk, font(13)) + 2, width * 0.5)
        name = QRectF(16, 5, width - 30 - clerk - 4, 20)
        write(painter, name, cell.name, font(13, 600))
        who = QRectF(width - 12 - clerk, 5, clerk, 20)
        write(painter, who, cell.clerk, font(13), tone="text2", align=RIGHT)

    def _draw_ticket(self, painter: QPainter, cell: CounterCell) -> None:
        width = self.width()
        write(painter, QRectF(16, 25, width - 90, 26), cell.number, font(20, 700))
        tone = "late_fg" if cell.over else "text"
        timer = QRectF(width - 82, 26, 70, 24)
        write(painter, timer, cell.timer, font(16, 600), tone=tone, align=RIGHT)
        room = float(width - 28)
        if cell.word:
            room = self._draw_word(painter, cell) - 22
        write(painter, QRectF(16, 50, room, 20), cell.detail, font(13), tone="text2")

    def _draw_word(self, painter: QPainter, cell: CounterCell) -> float:
        tone = "late_fg" if cell.over else "call_fg"
        icon = "ph.warning-bold" if cell.over else "ph.megaphone-simple-bold"
        wide = text_width(cell.word, font(13, 600)) + 1
        left = self.width() - 12 - wide
        write(painter, QRectF(left, 50, wide, 20), cell.word, font(13, 600), tone=tone, align=LEFT)
        draw_icon(painter, icon, QRectF(left - 19, 52, 16, 16), tone=tone)
        return left - 19


def _draw_bar(painter: QPainter, area: QRectF, tone: str) -> None:
    """Four pixels at the left, round where the cell is."""
    whole, part = QPainterPath(), QPainterPath()
    whole.addRoundedRect(area, 8, 8)
    part.addRect(QRectF(0, 0, 4, area.height()))
    painter.fillPath(whole.intersected(part), colour(tone))


class CounterGrid(Card):
    """All counters that call; as many beside each other as fit, arrows go among them."""

    toggle_wished = Signal(str)

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self._counted = Label("", "small", tone="text2")
        self.buttons: list[CounterButton] = []
        self._shown = 0
        self._columns = 3
        self._grid = QGridLayout()
        self._grid.setSpacing(8)
        inner = column(STRETCH, margins=(16, 0, 12, 12))
        inner.insertLayout(0, self._grid)
        self.scrolled = Scrolled(inner)
        self._empty = EmptyState(icon="ph.desktop", title=words("No counters at this site"))
        head = row(Label(words("Counters"), "strong"), STRETCH, self._counted)
        head.setContentsMargins(16, 10, 16, 10)
        self.setLayout(column(head, self.scrolled, self._empty))

    def show_cells(self, cells: tuple[CounterCell, ...], counted: str) -> None:
        self._counted.setText(counted)
        while len(self.buttons) < len(cells):
            self._add()
        for place, button in enumerate(self.buttons):
            button.setVisible(place < len(cells))
            if place < len(cells):
                button.show_cell(cells[place])
        self._shown = len(cells)
        self.scrolled.setVisible(bool(cells))
        self._empty.setVisible(not cells)

    def menu(self, cell: CounterCell) -> QMenu:
        """What can be done with a counter."""
        words, menu = self._words, QMenu(self)
        name = cell.name.replace("&", "&&")
        text = (
            words("Close {name}", name=name) if cell.can_close else words("Open {name}", name=name)
        )
        action = menu.addAction(text)
        action.triggered.connect(lambda: self.toggle_wished.emit(cell.counter_id))
        menu.aboutToHide.connect(menu.deleteLater)
        return menu

    def _go(self, arrow: Qt.Key) -> None:
        steps = dict(zip(_ARROWS, (-1, 1, -self._columns, self._columns), strict=True))
        focused = next((n for n, one in enumerate(self.buttons) if one.hasFocus()), 0)
        place = focused + steps[arrow]
        if 0 <= place < self._shown:
            self.buttons[place].setFocus()
            self.scrolled.ensureWidgetVisible(self.buttons[place], 0, 8)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        columns = max(1, (self.width() - 28 + 8) // (NARROWEST + 8))
        if columns != self._columns:
            self._columns = columns
            self._place()

    def _add(self) -> None:
        made = CounterButton()
        made.clicked.connect(self._on_clicked)
        made.arrow_pressed.connect(self._go)
        self.buttons.append(made)
        self._place()  # before it is shown: without a parent it would be a window

    def _place(self) -> None:
        for place, button in enumerate(self.buttons):
            self._grid.addWidget(button, place // self._columns, place % self._columns)
        for each in range(12):
            self._grid.setColumnStretch(each, 1 if each < self._columns else 0)

    def _on_clicked(self) -> None:
        sender = self.sender()
        if isinstance(sender, CounterButton) and sender.cell is not None:
            corner = sender.mapToGlobal(QPoint(8, CELL))
            self.menu(sender.cell).popup(corner)
