"""The five large figures, and the bar that says what is wrong."""

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from loket.kit.i18n import Words
from ui.core.actions import BY_ID, ActionId
from ui.supervisor.state import AlertBar, Tile
from ui.theme.icons import draw_icon
from ui.theme.look import font
from ui.theme.paint import box, text_width, write
from ui.widgets.buttons import KeyButton, Pressable
from ui.widgets.layouts import STRETCH, row

_TITLE_SHARE = 0.6
"""Of the room in the bar: what is wrong stays readable beside the longest name."""


class LargeTile(QWidget):
    """One figure, readable from afar; 100 px high."""

    def __init__(self) -> None:
        super().__init__()
        self._tile = Tile("", "")
        self.setFixedHeight(100)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def tile(self) -> Tile:
        return self._tile

    def show_tile(self, tile: Tile) -> None:
        if tile != self._tile:
            self._tile = tile
            self.setAccessibleName(f"{tile.name}: {tile.figure}. {tile.detail}")
            self.setToolTip(tile.detail if text_width(tile.detail, font(13)) > 200 else "")  # noqa: PLR2004 - narrower than a tile ever is
            self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(248, 100)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(150, 100)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        painter = QPainter(self)
        area, tile = QRectF(self.rect()), self._tile
        box(painter, area, fill="surface", line="border", radius=8)
        inner = area.width() - 32
        write(painter, QRectF(16, 11, inner - 32, 20), tile.name, font(14, 500), tone="text2")
        spot = QRectF(area.width() - 37, 12, 24, 24)
        draw_icon(painter, tile.icon, spot, tone="text2")
        left = 16.0
        if tile.warns:
            draw_icon(painter, "ph.warning-bold", QRectF(16, 39, 24, 24), tone=tile.tone)
            left += 32
        figure = QRectF(left, 32, area.width() - left - 16, 40)
        write(painter, figure, tile.figure, font(32, 700), tone=tile.tone)
        write(painter, QRectF(16, 72, inner, 20), tile.detail, font(13), tone="text2")
        painter.end()


class TileRow(QWidget):
    """The figures side by side."""

    def __init__(self) -> None:
        super().__init__()
        self.tiles = [LargeTile() for _ in range(5)]
        self.setLayout(row(*self.tiles, gap=16))

    def show_tiles(self, tiles: tuple[Tile, ...]) -> None:
        for widget, tile in zip(self.tiles, tiles, strict=False):
            widget.show_tile(tile)


class Cross(Pressable):
    """Closes what is read."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.setFixedSize(32, 32)
        self.setToolTip(name)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        painter = QPainter(self)
        if self.state() in {"hover", "pressed"}:
            box(painter, QRectF(self.rect()), fill="hover")
        draw_icon(painter, "ph.x-bold", QRectF(7, 7, 18, 18), tone="text")
        painter.end()


class AlertStrip(QWidget):
    """What is wrong, in the colour of late: icon, title, sentence, and what to do."""

    closed = Signal()
    message_wished = Signal()

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self._bar: AlertBar | None = None
        self.setFixedHeight(48)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        spec = BY_ID[ActionId.SAY_IN_ROOM]
        self.say = KeyButton(words(spec.text), icon=spec.icon, key=spec.shortcut, height=32)
        self.cross = Cross(words("Close this alert"))
        self.say.clicked.connect(self.message_wished)
        self.cross.clicked.connect(self.closed)
        self.setLayout(row(STRETCH, self.say, 8, self.cross, margins=(0, 0, 10, 0)))

    def show_alert(self, bar: AlertBar | None) -> None:
        self.setVisible(bar is not None)
        if bar is not None and bar != self._bar:
            self._bar = bar
            self.setAccessibleName(f"{bar.title}. {bar.text}")
            self.setToolTip(bar.text)
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        bar = self._bar
        if bar is None:
            return
        painter = QPainter(self)
        box(painter, QRectF(self.rect()), fill="late_bg", line="late_line")
        draw_icon(painter, "ph.warning-fill", QRectF(16, 12, 24, 24), tone="late_fg")
        ends = self.say.x() - 16.0
        ends = self._draw_more(painter, bar, ends)
        title = min(text_width(bar.title, font(14, 600)) + 2, (ends - 52) * _TITLE_SHARE)
        write(painter, QRectF(52, 0, title, 48), bar.title, font(14, 600), tone="late_fg")
        text = QRectF(52 + title + 10, 0, max(0.0, ends - title - 62), 48)
        write(painter, text, bar.text, font(14))
        painter.end()

    def _draw_more(self, painter: QPainter, bar: AlertBar, ends: float) -> float:
        if not bar.more:
            return ends
        text = self._words.plural("and {n} other", "and {n} others", bar.more)
        width = text_width(text, font(13, 600)) + 2
        spot = QRectF(ends - width, 0, width, 48)
        write(painter, spot, text, font(13, 600), tone="late_fg")
        return ends - width - 16
