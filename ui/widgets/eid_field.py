"""The name of somebody, typed or read from their eID; the button stands in the field."""

from enum import StrEnum

from PySide6.QtCore import QEvent, QObject, QRectF, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from ui.theme.icons import draw_icon
from ui.theme.look import font
from ui.theme.paint import box, draw_cap, text_width, write
from ui.widgets.buttons import KINDS, Pressable
from ui.widgets.fields import TextField

_HEIGHT, _INSET = 30, 5
_TEXT, _SIZE = "eID", 13


class Eid(StrEnum):
    """How a name stands to a card."""

    NOT_READ = "not_read"
    READING = "reading"
    READ = "read"


_FACES = {
    Eid.NOT_READ: ("ph.identification-card", "accent"),
    Eid.READING: ("ph.spinner-gap-bold", "accent"),
    Eid.READ: ("ph.check-circle-bold", "serve_fg"),
}


def eid_of(*, read: bool, reading: bool) -> Eid:
    if reading:
        return Eid.READING
    return Eid.READ if read else Eid.NOT_READ


class EidButton(Pressable):
    """Reads; and says once it has."""

    def __init__(self, name: str, key: str, parent: QWidget) -> None:
        super().__init__(name, parent)
        self._key = key
        self._eid = Eid.NOT_READ
        self._face = font(_SIZE, 600)
        self.setToolTip(f"{name} ({key})")
        self.setFixedSize(round(8 + 20 + 6 + 8 + text_width(_TEXT, self._face) + 2), _HEIGHT)

    @property
    def eid(self) -> Eid:
        return self._eid

    def show_eid(self, eid: Eid) -> None:
        if eid is not self._eid:
            self._eid = eid
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        painter = QPainter(self)
        icon, tone = _FACES[self._eid]
        paint = KINDS["ghost"].get(self.state())
        if paint is not None and paint.fill:
            box(painter, QRectF(self.rect()), fill=paint.fill, radius=6)
        draw_icon(painter, icon, QRectF(8, 5, 20, 20), tone=tone)
        if self._eid is Eid.NOT_READ:
            draw_cap(painter, self._key, right=self.width() - 4, middle=_HEIGHT / 2)
        else:
            room = QRectF(34, 0, self.width() - 34, _HEIGHT)
            write(painter, room, _TEXT, self._face, tone=tone)
        painter.end()


class EidField(TextField):
    """A name with its button."""

    eid_wished = Signal()

    def __init__(self, label: str, *, read: str, key: str, hint: str = "") -> None:
        """``read``: what the button is called."""
        super().__init__(label, hint=hint)
        self.button = EidButton(read, key, self)
        self.button.clicked.connect(self.eid_wished)
        self.edit.setTextMargins(0, 0, self.button.width(), 0)
        self.edit.setProperty("furnished", "true")
        self.edit.installEventFilter(self)

    def show_eid(self, eid: Eid) -> None:
        self.button.show_eid(eid)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """The button comes before the field: whoever types is at the next one with one Tab."""
        # Here: Qt takes this for done already while there is nothing else in the circle.
        QWidget.setTabOrder(self.button, self.edit)
        super().showEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if watched is self.edit and event.type() in {QEvent.Type.Resize, QEvent.Type.Move}:
            room = self.edit.geometry()
            left = room.left() + room.width() - self.button.width() - _INSET
            self.button.move(left, room.top() + _INSET)
            self.button.raise_()
        return super().eventFilter(watched, event)
