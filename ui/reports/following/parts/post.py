"""How the message fares that an item of the history sent, and the keys to send it after all."""

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from loket.kit.i18n import Words
from ui.reports.following.state import PostFace
from ui.theme.icons import draw_icon
from ui.widgets.buttons import KeyButton
from ui.widgets.labels import TextBlock
from ui.widgets.layouts import STRETCH, column, row


class _Mark(QWidget):
    """A small icon before a line."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(QSize(16, 20))
        self._icon, self._tone = "", "text2"

    def show_icon(self, icon: str, tone: str) -> None:
        self._icon, self._tone = icon, tone
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        painter = QPainter(self)
        draw_icon(painter, self._icon, QRectF(0, 2, 16, 16), tone=self._tone)
        painter.end()


class PostRow(QWidget):
    """How a message fares, and what can be done about it."""

    again_wished = Signal(str)
    other_wished = Signal(int)

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._face: PostFace | None = None
        self._icon = _Mark()
        self._text = TextBlock("", "small")
        self.again = KeyButton(words("Send again"), height=32)
        self.other = KeyButton("", height=32)
        acts = row(self.again, self.other, STRETCH, gap=8)
        line = row(column(self._icon, STRETCH), self._text, gap=6)
        line.setStretch(1, 1)
        self._acts = QWidget()
        self._acts.setLayout(acts)
        self.setLayout(column(line, self._acts, gap=4, margins=(0, 4, 0, 0)))
        self.again.clicked.connect(self._on_again)
        self.other.clicked.connect(self._on_other)

    def show_post(self, face: PostFace | None) -> None:
        self._face = face
        self.setVisible(face is not None)
        if face is None:
            return
        tone = f"{face.tone}_fg" if face.tone != "done" else "text2"
        self._icon.show_icon(face.icon, tone)
        self._text.set_text(face.text)
        self._text.set_tone(tone)
        self.setToolTip(face.tip)
        self.again.setVisible(face.can_again)
        self.other.setVisible(bool(face.other))
        self.other.set_words(face.other)
        self._acts.setVisible(face.can_again or bool(face.other))

    def _on_again(self) -> None:
        if self._face is not None:
            self.again_wished.emit(self._face.message_id)

    def _on_other(self) -> None:
        if self._face is not None:
            self.other_wished.emit(self._face.seq)
