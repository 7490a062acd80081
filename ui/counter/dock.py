"""The dock of the counter: who is next, and the clerk's own day."""

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy

from loket.kit.i18n import Words
from ui.core.actions import BY_ID, ActionId
from ui.counter.parts.parked import ParkedList
from ui.counter.state import CounterState, NextLine
from ui.theme.icons import draw_icon
from ui.theme.look import colour, font
from ui.theme.paint import cornered, rule, write
from ui.widgets.buttons import KeyButton
from ui.widgets.cards import Card, Edged, EmptyState, Scrolled
from ui.widgets.chips import chip_width, draw_chip
from ui.widgets.labels import Label
from ui.widgets.layouts import STRETCH, column, row
from ui.widgets.pools import RowPool, RowWidget
from ui.widgets.tiles import FigureTile

ROW = 56


class NextRow(RowWidget[NextLine]):
    """A ticket that waits, 56 px; the first is tinted."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(ROW)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def spoken(self, item: NextLine) -> str:
        return f"{item.number}, {item.product}, {item.name}, {item.chip}"

    def adapt(self, item: NextLine) -> None:
        self.setToolTip(f"{item.product}\n{item.name}")

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        item = self.item
        if item is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect())
        if item.first:
            painter.fillPath(cornered(area, 9), colour("accent_tint"))
        booked = item.icon.startswith("ph.calendar")
        tone = "accent" if booked else "text2"
        draw_icon(painter, item.icon, QRectF(11, 18, 20, 20), tone=tone)
        write(painter, QRectF(43, 14, 78, 28), item.number, font(20, 700))
        chip = chip_width(item.chip, item.chip_icon)
        left = area.width() - 12 - chip
        room = left - 123 - 6
        write(painter, QRectF(123, 9, room, 20), item.product, font(14, 600))
        write(painter, QRectF(123, 28, room, 20), item.name, font(13), tone="text2")
        draw_chip(
            painter,
            text=item.chip,
            icon=item.chip_icon,
            tone=item.chip_tone,
            left=left,
            middle=28,
        )
        if self.y():
            rule(painter, area.topLeft(), area.topRight())
        painter.end()


class CounterDock(Edged):
    """Who is next, who is parked, and how the day goes."""

    resume_wished = Signal(str)
    pause_wished = Signal()

    def __init__(self, words: Words) -> None:
        super().__init__("left")
        self._words = words
        self.setFixedWidth(360)
        self._waiting = Label("", "small", tone="text2")
        inner = column(STRETCH)
        self._pool: RowPool[NextLine] = RowPool(inner, NextRow)
        self._list = Card()
        self._list.setLayout(column(Scrolled(inner)))
        self._list.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._empty = EmptyState(
            icon="ph.check-circle",
            title=words("Nobody waits"),
            sentence=words("New tickets come here by themselves."),
        )
        head = row(Label(words("Next up"), "title"), STRETCH, self._waiting)
        layout = column(22, head, 10, margins=(19, 0, 20, 16))
        layout.addWidget(self._list, 1)
        layout.addWidget(self._empty, 1)
        self.parked = ParkedList(words)
        self.parked.wished.connect(self.resume_wished)
        layout.addWidget(self.parked)
        layout.addStretch(0)
        layout.addSpacing(20)
        self._since = Label("", "small", tone="text2")
        spec = BY_ID[ActionId.PAUSE]
        self.pause = KeyButton(words(spec.text), icon=spec.icon, key=spec.shortcut, height=32)
        self.pause.clicked.connect(self.pause_wished)
        day = row(Label(words("My day"), "strong"), 8, self._since, STRETCH, self.pause)
        layout.addLayout(day)
        layout.addSpacing(8)
        layout.addLayout(self._build_figures(words))
        self.setLayout(layout)

    def _build_figures(self, words: Words) -> QGridLayout:
        self.figures = {
            "served": FigureTile(words("Served")),
            "mean_service": FigureTile(words("Mean service")),
            "mean_wait": FigureTile(words("Mean wait")),
            "no_shows": FigureTile(words("Not present")),
        }
        grid = QGridLayout()
        grid.setSpacing(8)
        for place, tile in enumerate(self.figures.values()):
            grid.addWidget(tile, place // 2, place % 2)
        return grid

    def render_dock(self, state: CounterState) -> None:
        queue, day = state.queue, state.day
        self._pool.show(queue)
        self._list.setVisible(bool(queue))
        self._list.setMaximumHeight(len(queue) * ROW + 2)
        self._empty.setVisible(not queue)
        self._waiting.setText(state.waiting)
        self.parked.render_parked(state.parked)
        self.pause.set_words(
            self._words("End pause") if state.paused else self._words(BY_ID[ActionId.PAUSE].text)
        )
        self.pause.setEnabled(state.can_pause)
        self._since.setText(day.since)
        for name, tile in self.figures.items():
            tile.show_figure(getattr(day, name) or "–")

    @property
    def rows(self) -> list[RowWidget[NextLine]]:
        return self._pool.rows
