"""Chips and tags: a state as colour, icon and word."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme.icons import draw_icon
from ui.theme.look import font
from ui.theme.paint import LEFT, box, text_width, write

TONES: dict[str, tuple[str, str, str]] = {
    "wait": ("wait_bg", "wait_line", "wait_fg"),
    "call": ("call_bg", "call_line", "call_fg"),
    "serve": ("serve_bg", "serve_line", "serve_fg"),
    "late": ("late_bg", "late_line", "late_fg"),
    "done": ("done_bg", "done_line", "done_fg"),
    "tint": ("accent_tint", "accent_line", "accent"),
    "tint2": ("accent_tint2", "accent_line", "accent"),
    "plain": ("surface", "border_strong", "text2"),
}
"""Fill, line and text of each tone."""
_HEIGHTS = {24: (13, 16, 8), 20: (12, 14, 8)}


def chip_width(text: str, icon: str, *, height: int = 24) -> float:
    size, icon_size, padding = _HEIGHTS[height]
    width = text_width(text, font(size, 600)) + 2 * padding
    return round(width + (icon_size + 4 if icon else 0))


def draw_chip(  # noqa: PLR0913 - what a chip is
    painter: QPainter,
    *,
    text: str,
    icon: str,
    tone: str,
    left: float,
    middle: float,
    height: int = 24,
) -> None:
    fill, line, ink = TONES[tone]
    size, icon_size, padding = _HEIGHTS[height]
    width = chip_width(text, icon, height=height)
    rect = QRectF(left, middle - height / 2, width, height)
    box(painter, rect, fill=fill, line=line, radius=6)
    inner = left + padding
    if icon:
        spot = QRectF(inner - 1, middle - icon_size / 2, icon_size, icon_size)
        draw_icon(painter, icon, spot, tone=ink)
        inner += icon_size + 4
    room = QRectF(inner, rect.top(), rect.right() - inner, height)
    write(painter, room, text, font(size, 600), tone=ink, align=LEFT)


class Chip(QWidget):
    """A chip of its own, 24 px high, or a tag of 20."""

    def __init__(
        self, text: str = "", *, icon: str = "", tone: str = "plain", height: int = 24
    ) -> None:
        super().__init__()
        self._shown = (text, icon, tone)
        self._height = height
        self.setAccessibleName(text)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_state(self, text: str, *, icon: str, tone: str) -> None:
        if self._shown != (text, icon, tone):
            self._shown = (text, icon, tone)
            self.setAccessibleName(text)
            self.updateGeometry()
            self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        text, icon, _tone = self._shown
        return QSize(round(chip_width(text, icon, height=self._height)), self._height)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        painter = QPainter(self)
        text, icon, tone = self._shown
        middle = self._height / 2
        draw_chip(
            painter, text=text, icon=icon, tone=tone, left=0, middle=middle, height=self._height
        )
        painter.end()
