"""A line over a screen that says what is the matter, with what can be done about it."""

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ui.theme.icons import draw_icon
from ui.theme.paint import box
from ui.widgets.buttons import KeyButton
from ui.widgets.chips import TONES
from ui.widgets.labels import Label
from ui.widgets.layouts import row

ICONS = {"late": "ph.warning-circle-bold", "wait": "ph.warning-bold", "tint": "ph.info-bold"}


class Notice(QWidget):
    """Colour, icon and sentence; hidden while there is nothing to say."""

    pressed = Signal()

    def __init__(self, remedy: str = "") -> None:
        super().__init__()
        self._tone = "tint"
        self._label = Label("", weight=600)
        self.button = KeyButton(remedy, height=32)
        self.button.setVisible(False)
        self.button.clicked.connect(self.pressed)
        layout = row(self._label, self.button, gap=12, margins=(44, 4, 8, 16))
        layout.setStretch(0, 1)
        self.setLayout(layout)
        self.setFixedHeight(56)
        self.hide()

    def text(self) -> str:
        return self._label.text()

    def say(self, text: str, *, tone: str = "tint", remedy: bool = False) -> None:
        self._tone = tone
        self._label.setText(text)
        self._label.set_tone(TONES[tone][2])
        self.setAccessibleName(text)
        self.button.setVisible(remedy)
        self.setVisible(bool(text))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        painter = QPainter(self)
        fill, line, ink = TONES[self._tone]
        area = QRectF(self.rect()).adjusted(0, 0, 0, -12)
        box(painter, area, fill=fill, line=line)
        draw_icon(painter, ICONS[self._tone], QRectF(14, 12, 20, 20), tone=ink)
        painter.end()
