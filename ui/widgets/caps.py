"""A key cap on its own."""

from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ui.theme.paint import CAP_HEIGHT, cap_width, draw_cap


class KeyCap(QWidget):
    """The picture of a key, beside what it does."""

    def __init__(self, key: str) -> None:
        super().__init__()
        self._key = key
        self.setFixedSize(round(cap_width(key)), CAP_HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        painter = QPainter(self)
        draw_cap(painter, self._key, right=self.width(), middle=CAP_HEIGHT / 2)
        painter.end()
