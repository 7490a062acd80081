"""Bands over the full width: the state of the counter, and messages."""

from PySide6.QtCore import QPointF, QRectF, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from ui.theme.icons import draw_icon
from ui.theme.look import colour, font
from ui.theme.paint import RIGHT, box, cap_width, cornered, draw_cap, rule, text_width, write
from ui.widgets.buttons import Pressable
from ui.widgets.chips import TONES

_HALF = QPointF(0, 0.5)


class StateBand(QWidget):
    """The top of a card, 48 px: colour, icon and word of a state, readable from 1.5 m."""

    def __init__(self) -> None:
        super().__init__()
        self._shown = ("", "", "done", "")
        self.setFixedHeight(48)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def text(self) -> str:
        return self._shown[0]

    def show_state(self, text: str, *, icon: str, tone: str, detail: str = "") -> None:
        if self._shown != (text, icon, tone, detail):
            self._shown = (text, icon, tone, detail)
            self.setAccessibleName(f"{text}. {detail}" if detail else text)
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        text, icon, tone, detail = self._shown
        fill, line, ink = TONES[tone]
        area = QRectF(self.rect())
        painter.fillPath(cornered(area, 9), colour(fill))
        rule(painter, area.bottomLeft() - _HALF, area.bottomRight() - _HALF, tone=line)
        draw_icon(painter, icon, QRectF(20, 11, 26, 26), tone=ink)
        room = QRectF(59, 0, area.width() - 79, 47)
        free = room.width() - (text_width(detail, font(14, 500)) + 24 if detail else 0)
        write(painter, QRectF(59, 0, free, 47), text, font(20, 600), tone=ink)
        write(painter, room, detail, font(14, 500), tone=ink, align=RIGHT)
        painter.end()


class BandButton(Pressable):
    """The remedy inside a message: undo, or what to do."""

    def __init__(self, text: str, *, key: str, dark: bool) -> None:
        super().__init__(text)
        self._key, self._dark = key, dark
        self._ground = "dark" if dark else "surface"
        key_room = cap_width(key) + 8 if key else 0
        self.setFixedSize(round(text_width(text, font(13, 600)) + 24 + key_room), 32)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        painter = QPainter(self)
        area = QRectF(self.rect())
        if self._dark:
            box(painter, area, line="surface")
        else:
            box(painter, area, fill="surface", line="border_strong")
        tone = "surface" if self._dark else "text"
        write(painter, area.adjusted(12, 0, 0, 0), self.text(), font(13, 600), tone=tone)
        if self._key:
            draw_cap(painter, self._key, right=area.width() - 8, middle=16, on=self._ground)
        painter.end()


class Toast(QWidget):
    """A short message of 48 px; done things on dark, trouble on the colour of late."""

    acted = Signal()
    second_acted = Signal()

    def __init__(  # noqa: PLR0913 - a message has so many parts
        self,
        text: str,
        *,
        icon: str,
        wrong: bool,
        button: str = "",
        key: str = "",
        close: str = "",
        second: str = "",
    ) -> None:
        super().__init__()
        self._text, self._icon, self._wrong = text, icon, wrong
        self.setFixedHeight(48)
        self.setAccessibleName(text)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 8, 0)
        layout.addStretch(1)
        self.second: BandButton | None = None
        if second:
            self.second = BandButton(second, key="", dark=not wrong)
            self.second.clicked.connect(self.second_acted)
            layout.addWidget(self.second)
            layout.addSpacing(8)
        self.button: BandButton | None = None
        caption = button or close
        if caption:
            self.button = BandButton(caption, key=key if button else "", dark=not wrong)
            self.button.clicked.connect(self.acted)
            layout.addWidget(self.button)
        self._buttons = sum(one.width() + 8 for one in (self.second, self.button) if one)
        self._needs = round(text_width(text, font(14, 600)) + 48 + 24 + self._buttons)

    @property
    def text(self) -> str:
        return self._text

    @property
    def needs(self) -> int:
        """How wide it would be to show everything."""
        return self._needs

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        painter = QPainter(self)
        area = QRectF(self.rect())
        if self._wrong:
            box(painter, area, fill="late_bg", line="late_line")
        else:
            box(painter, area, fill="text")
        tone = "late_fg" if self._wrong else "surface"
        draw_icon(painter, self._icon, QRectF(16, 14, 20, 20), tone=tone)
        room = area.width() - 64 - self._buttons
        if write(painter, QRectF(48, 0, room, 48), self._text, font(14, 600), tone=tone):
            self.setToolTip(self._text)
        painter.end()
