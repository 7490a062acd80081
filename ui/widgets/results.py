"""A row of what was found: an icon, what it is, and where or when; the chosen one is tinted."""

from dataclasses import dataclass

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent

from ui.theme.look import font
from ui.theme.paint import box, draw_icon_box, write
from ui.widgets.pools import RowWidget

ROW = 56
_LEFT = 60


@dataclass(frozen=True)
class Result:
    """One that was found."""

    id: str
    title: str
    detail: str
    icon: str
    chosen: bool = False
    """Enter takes this one."""


class ResultRow(RowWidget[Result]):
    """56 px high; the whole title is in the tooltip."""

    pressed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(ROW)

    def spoken(self, item: Result) -> str:
        return f"{item.title}, {item.detail}"

    def adapt(self, item: Result) -> None:
        self.setToolTip(item.title)

    def mousePressEvent(self, _event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        if self.item is not None:
            self.pressed.emit(self.item.id)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        found = self.item
        if found is None:
            return
        painter = QPainter(self)
        area = QRectF(self.rect())
        if found.chosen:
            box(painter, area, fill="accent_tint")
        draw_icon_box(painter, found.icon, left=8, top=8, chosen=found.chosen)
        width = area.width() - _LEFT - 8
        write(painter, QRectF(_LEFT, 7, width, 22), found.title, font(14, 600))
        write(painter, QRectF(_LEFT, 28, width, 20), found.detail, font(13), tone="text2")
        painter.end()
