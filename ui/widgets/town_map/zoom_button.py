"""One of the two buttons in the corner of the map."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ui.theme.icons import draw_icon
from ui.theme.paint import box
from ui.widgets.buttons import Pressable

BUTTON = QSize(32, 32)


class ZoomButton(Pressable):
    """Larger, or smaller."""

    def __init__(self, name: str, icon: str, parent: QWidget) -> None:
        super().__init__(name, parent)
        self._icon = icon
        self.setFixedSize(BUTTON)
        self.setToolTip(name)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return BUTTON

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        painter = QPainter(self)
        fill = {"hover": "hover", "pressed": "surface3"}.get(self.state(), "surface")
        area = QRectF(self.rect())
        box(painter, area, fill=fill, line="border_strong")
        draw_icon(painter, self._icon, area.adjusted(8, 8, -8, -8), tone="text")
        painter.end()
