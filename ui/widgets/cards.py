"""Surfaces: the card, the note, a line between things, and the calm sentence of an empty list."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from ui.theme.icons import draw_icon
from ui.theme.paint import CENTRE
from ui.widgets.labels import Label
from ui.widgets.layouts import STRETCH, column


class Card(QFrame):
    """A white surface with a thin line and a radius of 10."""

    def __init__(self, *, kind: str = "plain") -> None:
        super().__init__()
        self.setProperty("card", kind)


class Edged(QFrame):
    """A surface with one line: the dock at its left, the strip on top, the bar below."""

    def __init__(self, side: str) -> None:
        super().__init__()
        self.setProperty("edge", side)


class Rule(QFrame):
    """A line of one pixel."""

    def __init__(self, *, upright: bool = False) -> None:
        super().__init__()
        self.setProperty("rule", "true")
        if upright:
            self.setFixedWidth(1)
        else:
            self.setFixedHeight(1)


class Glyph(QWidget):
    """An icon on its own; decoration, so it has no name."""

    def __init__(self, name: str, *, size: int, tone: str = "text2") -> None:
        super().__init__()
        self._name, self._tone = name, tone
        self.setFixedSize(QSize(size, size))

    def show_icon(self, name: str, *, tone: str) -> None:
        if (name, tone) != (self._name, self._tone):
            self._name, self._tone = name, tone
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        painter = QPainter(self)
        draw_icon(painter, self._name, QRectF(self.rect()), tone=self._tone)
        painter.end()


class EmptyState(QWidget):
    """What an empty list says: an icon, a word, and what will come."""

    def __init__(self, *, icon: str, title: str, sentence: str = "") -> None:
        super().__init__()
        self._glyph = Glyph(icon, size=32)
        self._title = Label(title, weight=600, align=CENTRE)
        self._sentence = Label(sentence, "small", tone="text2", align=CENTRE)
        layout = column(STRETCH, gap=4)
        layout.addWidget(self._glyph, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addSpacing(4)
        layout.addWidget(self._title)
        layout.addWidget(self._sentence)
        layout.addStretch(1)
        self.setLayout(layout)
        self._sentence.setVisible(bool(sentence))

    def say(self, title: str, sentence: str = "") -> None:
        self._title.setText(title)
        self._sentence.setText(sentence)
        self._sentence.setVisible(bool(sentence))


class Scrolled(QScrollArea):
    """Lists scroll, pages never."""

    def __init__(self, layout: QVBoxLayout) -> None:
        super().__init__()
        inner = QWidget()
        inner.setObjectName("scrolled")
        inner.setLayout(layout)
        self.setWidget(inner)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
