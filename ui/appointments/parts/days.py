"""The head of the calendar: which days they are and how full; and what the signs mean."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from loket.kit.i18n import Words
from ui.appointments.parts.blocks import INKS
from ui.appointments.parts.places import Geometry
from ui.appointments.state import Look
from ui.theme.look import colour, font
from ui.theme.paint import RIGHT, box, text_width, write

HEAD = 52


class DaysHead(QWidget):
    """A title over each day, how much is free, and a bar of how full it is."""

    day_wished = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._geometry: Geometry | None = None
        self.setFixedHeight(HEAD)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_days(self, geometry: Geometry) -> None:
        self._geometry = geometry
        self.setAccessibleName("; ".join(column.spoken for column in geometry.columns))
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        geometry = self._geometry
        if geometry is None or event.position().x() < geometry.left:
            return
        place = int((event.position().x() - geometry.left) // geometry.column_width)
        if place < len(geometry.columns):
            self.day_wished.emit(geometry.columns[place].day)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        geometry = self._geometry
        if geometry is None:
            return
        painter = QPainter(self)
        for place, column in enumerate(geometry.columns):
            area = QRectF(geometry.column_left(place) + 8, 8, geometry.column_width - 16, 24)
            said = column.free
            if said and text_width(column.title, font(16, 600)) + 48 > area.width():
                said = ""
            room = text_width(said, font(13)) + 8 if said else 0
            tone = "accent" if column.today else "text"
            title = area.adjusted(0, 0, -room, 0)
            write(painter, title, column.title, font(16, 600), tone=tone)
            write(painter, area, said, font(13), tone="text2", align=RIGHT)
            if column.filled >= 0:
                self._bar(painter, area, column.filled)
        painter.end()

    def _bar(self, painter: QPainter, area: QRectF, filled: float) -> None:
        bar = QRectF(area.left(), 36, area.width(), 8)
        box(painter, bar, fill="surface3", radius=4)
        width = bar.width() * filled
        if width >= 1:
            box(painter, QRectF(bar.left(), 36, max(8.0, width), 8), fill="accent", radius=4)


class Legend(QWidget):
    """What the signs of the calendar mean; as many as there is room for."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._items: tuple[tuple[str, str], ...] = (
            ("free", words("free")),
            ("half", words("1 place")),
            ("full", words("full")),
            ("closed", words("closed")),
            (Look.BOOKED.value, words("booked")),
            (Look.LATE.value, words("late")),
            (Look.CALLED.value, words("called")),
            (Look.ARRIVED.value, words("checked in")),
            (Look.SERVING.value, words("being served")),
            (Look.HELD.value, words("busy at another desk")),
        )
        self.setFixedHeight(24)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(", ".join(text for _sign, text in self._items))

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(300, 24)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        painter = QPainter(self)
        left = 0.0
        for sign, text in self._items:
            width = text_width(text, font(13)) + 24
            if left + width > self.width():
                break
            self._sign(painter, sign, left)
            spot = QRectF(left + 22, 0, width, 24)
            write(painter, spot, text, font(13), tone="text2")
            left += width + 16
        painter.end()

    def _sign(self, painter: QPainter, sign: str, left: float) -> None:
        strip = QRectF(left + 3, 4, 8, 16)
        square = QRectF(left, 5, 15, 15)
        if sign == "free":
            box(painter, strip, fill="surface", line="accent_line", radius=2)
        elif sign == "half":
            box(painter, strip, fill="surface", line="accent_line", radius=2)
            box(painter, QRectF(strip.left(), 12, 8, 8), fill="accent", radius=2)
        elif sign == "full":
            box(painter, strip, fill="accent", radius=2)
        elif sign == "closed":
            box(painter, square, fill="surface3", line="border", radius=4)
        else:
            ink = INKS[Look(sign)]
            box(painter, square, fill=ink.fill, line=ink.line, radius=4)
            if sign == Look.HELD.value:
                pen = QPen(colour("surface"), 1, Qt.PenStyle.DashLine)
                painter.setPen(pen)
                painter.drawRoundedRect(square.adjusted(0.5, 0.5, -0.5, -0.5), 3.5, 3.5)
