"""What the top bar tells: the connection, and who sits here."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme.icons import draw_icon
from ui.theme.look import font
from ui.theme.paint import CENTRE, box, text_width, write
from ui.widgets.buttons import Pressable
from ui.widgets.chips import TONES


class ConnectionPill(QWidget):
    """Connected, offline or sending: colour, icon and word, 32 px."""

    def __init__(self) -> None:
        super().__init__()
        self._shown = ("", "ph.wifi-high-bold", "serve")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    @property
    def text(self) -> str:
        return self._shown[0]

    def show_state(self, text: str, *, icon: str, tone: str) -> None:
        if self._shown != (text, icon, tone):
            self._shown = (text, icon, tone)
            self.setAccessibleName(text)
            self.updateGeometry()
            self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(round(text_width(self._shown[0], font(14, 600)) + 49), 32)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        painter = QPainter(self)
        text, icon, tone = self._shown
        fill, line, ink = TONES[tone]
        area = QRectF(self.rect())
        box(painter, area, fill=fill, line=line)
        draw_icon(painter, icon, QRectF(12, 8, 16, 16), tone=ink)
        write(painter, QRectF(36, 0, area.width() - 44, 32), text, font(14, 600), tone=ink)
        painter.end()


class UserButton(Pressable):
    """Initials and short name; opens the menu of the person."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self._initials = ""
        self.setFixedHeight(40)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_person(self, *, initials: str, name: str, spoken: str) -> None:
        if (initials, name) != (self._initials, self.text()):
            self._initials = initials
            self.setText(name)
            self.setAccessibleName(spoken)
            self.updateGeometry()
            self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(round(text_width(self.text(), font(14, 600)) + 32 + 8 + 32), 40)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        painter = QPainter(self)
        area = QRectF(self.rect())
        if self.state() in {"hover", "pressed"}:
            box(painter, area, fill="hover")
        badge = QRectF(0, 4, 32, 32)
        box(painter, badge, fill="accent_tint2")
        write(painter, badge, self._initials, font(13, 600), tone="accent", align=CENTRE)
        room = QRectF(40, 0, area.width() - 68, 40)
        write(painter, room, self.text(), font(14, 600))
        spot = QRectF(area.width() - 22, 11, 18, 18)
        draw_icon(painter, "ph.caret-down", spot, tone="text2")
        painter.end()
