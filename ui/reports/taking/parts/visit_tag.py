"""In whose visit it is taken down."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme.icons import draw_icon
from ui.theme.look import font
from ui.theme.paint import box, text_width, write

_HEIGHT, _LEFT, _RIGHT = 32, 34, 12


class VisitTag(QWidget):
    """An icon and a name, cut with … where others need the room; whole in the tooltip."""

    def __init__(self) -> None:
        super().__init__()
        self._text = ""
        self.setFixedHeight(_HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def show_visit(self, text: str) -> None:
        self.setVisible(bool(text))
        if text != self._text:
            self._text = text
            self.setAccessibleName(text)
            self.setToolTip(text)
            self.updateGeometry()
            self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(round(text_width(self._text, font(13, 600)) + _LEFT + _RIGHT + 1), _HEIGHT)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(120, _HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        painter = QPainter(self)
        area = QRectF(self.rect())
        box(painter, area, fill="surface", line="border_strong")
        draw_icon(painter, "ph.user", QRectF(11, 7, 18, 18), tone="text2")
        room = area.adjusted(_LEFT, 0, -_RIGHT, 0)
        write(painter, room, self._text, font(13, 600), tone="text2")
        painter.end()
