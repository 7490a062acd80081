"""Tiles: a product under a quick key, and a figure of the day."""

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme.icons import draw_icon
from ui.theme.look import font
from ui.theme.paint import box, cap_width, draw_cap, text_width, write
from ui.widgets.buttons import Pressable


@dataclass(frozen=True)
class TileFace:
    """What a product tile shows; ``closed`` replaces the wait and takes the press away."""

    name: str
    icon: str
    key: str
    wait: str = ""
    wait_late: bool = False
    waiting: int = 0
    closed: str = ""
    short: str = ""
    """Shown where the name does not fit."""
    spoken: str = ""


class ProductTile(Pressable):
    """A product under a quick key, 72 px high."""

    def __init__(self, face: TileFace) -> None:
        super().__init__(face.name)
        self._face = TileFace(name="", icon="", key="")
        self.setFixedHeight(72)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.show_face(face)

    @property
    def face(self) -> TileFace:
        return self._face

    def show_face(self, face: TileFace) -> None:
        if face != self._face:
            self._face = face
            self.setText(face.name)
            self.setAccessibleName(face.spoken or face.name)
            self.setToolTip(face.name)
            self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(216, 72)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(150, 72)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        painter = QPainter(self)
        area, face = QRectF(self.rect()), self._face
        fill, line = {
            "hover": ("hover", "border_strong"),
            "pressed": ("surface3", "border_strong"),
        }.get(self.state(), ("surface", "border"))
        if face.closed:
            fill, line = "surface3", "border"
        box(painter, area, fill=fill, line=line, radius=10)
        tone = "text2" if face.closed else "accent"
        draw_icon(painter, face.icon, QRectF(12, 11, 24, 24), tone=tone)
        name = QRectF(44, 13, area.width() - 52, 20)
        name_tone = "text2" if face.closed else "text"
        fits = not face.short or text_width(face.name, font(14, 600)) <= name.width()
        shown = face.name if fits else face.short
        write(painter, name, shown, font(14, 600), tone=name_tone)
        self._second_line(painter, area)
        painter.end()

    def _second_line(self, painter: QPainter, area: QRectF) -> None:
        face, middle = self._face, 49
        if face.closed:
            room = QRectF(12, middle - 10, area.width() - 48, 20)
            write(painter, room, face.closed, font(13, 600), tone="text2")
            spot = QRectF(area.width() - 30, middle - 9, 18, 18)
            draw_icon(painter, "ph.lock-key", spot, tone="text2")
            return
        left = 12.0
        if face.wait_late:
            spot = QRectF(left, middle - 9, 18, 18)
            draw_icon(painter, "ph.warning-bold", spot, tone="wait_fg")
            left += 22
        room = QRectF(left, middle - 10, area.width() - left - cap_width(face.key) - 20, 20)
        tone = "wait_fg" if face.wait_late else "text"
        write(painter, room, face.wait, font(13, 600), tone=tone)
        left += text_width(face.wait, font(13, 600)) + (14 if face.wait else 0)
        cap = draw_cap(painter, face.key, right=area.width() - 12, middle=middle)
        number = str(face.waiting)
        if left + 21 + text_width(number, font(13)) > cap - 4:
            return  # a narrow window: the name speaks the count, the queues list it
        draw_icon(painter, "ph.users-bold", QRectF(left, middle - 8, 16, 16), tone="text2")
        count = QRectF(left + 21, middle - 10, 40, 20)
        write(painter, count, number, font(13), tone="text2")


class FigureTile(QWidget):
    """One figure with its name above it."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name
        self._figure = ""
        self.setFixedHeight(68)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(name)

    def rename(self, name: str) -> None:
        if name != self._name:
            self._name = name
            self.setAccessibleName(f"{name}: {self._figure}")
            self.update()

    def show_figure(self, figure: str) -> None:
        if figure != self._figure:
            self._figure = figure
            self.setAccessibleName(f"{self._name}: {figure}")
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        painter = QPainter(self)
        area = QRectF(self.rect())
        box(painter, area, fill="surface", line="border", radius=10)
        inner = area.width() - 24
        write(painter, QRectF(12, 8, inner, 20), self._name, font(13), tone="text2")
        write(painter, QRectF(12, 28, inner, 32), self._figure, font(24, 700))
        painter.end()
