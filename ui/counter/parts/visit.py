"""What else was done, or is to be done, in the same visit."""

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter, QPaintEvent

from loket.kit.i18n import Words
from ui.counter.state import VisitAct
from ui.theme.look import font
from ui.theme.paint import draw_icon_box, rule, write
from ui.widgets.cards import Card, EmptyState, Rule, Scrolled
from ui.widgets.chips import chip_width, draw_chip
from ui.widgets.labels import Label
from ui.widgets.layouts import STRETCH, column, row
from ui.widgets.pools import RowPool, RowWidget

ACT = 60


class ActRow(RowWidget[VisitAct]):
    """Another act of the same visit."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(ACT)

    def spoken(self, item: VisitAct) -> str:
        return ", ".join(part for part in (item.title, item.detail, item.chip) if part)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        item = self.item
        if item is None:
            return
        painter = QPainter(self)
        width = self.width()
        draw_icon_box(painter, item.icon, left=0, top=10)
        room = chip_width(item.chip, item.chip_icon) + 8 if item.chip else 0
        write(painter, QRectF(52, 9, width - 52 - room, 22), item.title, font(16, 600))
        write(painter, QRectF(52, 31, width - 52, 20), item.detail, font(13), tone="text2")
        if item.chip:
            draw_chip(
                painter,
                text=item.chip,
                icon=item.chip_icon,
                tone=item.chip_tone,
                left=width - room + 8,
                middle=20,
            )
        rule(painter, QPointF(0, ACT - 0.5), QPointF(width, ACT - 0.5))
        painter.end()


class VisitCard(Card):
    """What else this visitor came for."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self._count = Label("", "small", tone="text2")
        inner = column(STRETCH)
        self._pool: RowPool[VisitAct] = RowPool(inner, ActRow)
        self._scroll = Scrolled(inner)
        self._empty = EmptyState(icon="ph.ticket", title=words("Nothing else"))
        head = row(Label(words("Also in this visit"), "strong"), STRETCH, self._count)
        self.setLayout(
            column(head, 12, Rule(), self._scroll, self._empty, margins=(19, 19, 19, 15))
        )

    def render_acts(self, acts: tuple[VisitAct, ...], *, free: bool) -> None:
        words = self._words
        self._pool.show(acts)
        self._scroll.setVisible(bool(acts))
        self._empty.setVisible(not acts)
        later = words("Other tickets of the visitor come here")
        self._empty.say(later if free else words("Nothing else in this visit"))
        self._count.setText(words.plural("{n} part", "{n} parts", len(acts)) if acts else "")
