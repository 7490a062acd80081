"""Texts: one line that never clips, and a block that wraps."""

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QHelpEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QToolTip, QWidget

from ui.theme.look import colour, font
from ui.theme.paint import LEFT, text_width, write

STYLES: dict[str, tuple[int, int, int]] = {
    "micro": (12, 16, 500),
    "small": (13, 20, 400),
    "base": (14, 20, 400),
    "strong": (16, 24, 600),
    "title": (20, 28, 600),
    "page": (24, 32, 600),
    "figure": (32, 40, 700),
    "timer": (64, 72, 700),
    "ticket": (144, 128, 700),
}
"""Pixels, line height and weight of each style of DESIGN.md."""


class Label(QLabel):
    """One line in a style of the house; cut with … where it must, whole in its tooltip."""

    def __init__(  # noqa: PLR0913 - what a line of text is
        self,
        text: str = "",
        style: str = "base",
        *,
        weight: int | None = None,
        tone: str = "text",
        align: Qt.AlignmentFlag = LEFT,
        tracking: float = 0,
        shrink: bool = False,
        whole: bool = False,
    ) -> None:
        """``shrink``: rather smaller than cut; ``whole``: others make room."""
        super().__init__(text)
        size, self._line, own = STYLES[style]
        self._whole = whole
        self._shrink, self._cut = shrink, (size, weight or own, tracking)
        self._face = font(size, weight or own, tracking)
        self._tone = tone
        self._align = align
        self.setFixedHeight(self._line)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def set_tone(self, tone: str) -> None:
        if tone != self._tone:
            self._tone = tone
            self.update()

    def setText(self, text: str) -> None:  # noqa: N802 - Qt's name
        if text != self.text():
            super().setText(text)
            self.updateGeometry()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(round(text_width(self.text(), self._face) + 1.5), self._line)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        hint = self.sizeHint()
        return hint if self._whole else QSize(min(24, hint.width()), self._line)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
        write(
            painter,
            QRectF(self.rect()),
            self.text(),
            self._fitting() if self._shrink else self._face,
            tone=self._tone,
            align=self._align,
        )
        painter.end()

    def _fitting(self) -> QFont:
        needed, (size, weight, tracking) = text_width(self.text(), self._face), self._cut
        if needed <= self.width():
            return self._face
        return font(int(size * self.width() / needed), weight, tracking)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            cut = self.sizeHint().width() > self.width()
            QToolTip.showText(event.globalPos(), self.text() if cut else "", self)
            return True
        return super().event(event)


class TextBlock(QWidget):
    """Some lines of wrapping text on a fixed line height."""

    def __init__(self, text: str = "", style: str = "base", *, tone: str = "text2") -> None:
        super().__init__()
        size, self._line, weight = STYLES[style]
        self._face = font(size, weight)
        self._tone = tone
        self._text = ""
        self._lines: list[str] = []
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.set_text(text)

    def text(self) -> str:
        return self._text

    def set_tone(self, tone: str) -> None:
        if tone != self._tone:
            self._tone = tone
            self.update()

    @property
    def needs(self) -> int:
        """How wide it would be to break no line."""
        return round(max(text_width(line, self._face) for line in self._text.split("\n")) + 1.5)

    def set_text(self, text: str) -> None:
        if text == self._text and self._lines:
            return
        self._text = text
        self.setAccessibleName(text)
        self._lines = _wrapped(text, QFontMetricsF(self._face), max(self.width(), 1))
        self.updateGeometry()
        self.update()

    def hasHeightForWidth(self) -> bool:  # noqa: N802 - Qt's name
        return True

    def heightForWidth(self, width: int) -> int:  # noqa: N802 - Qt's name
        return len(_wrapped(self._text, QFontMetricsF(self._face), width)) * self._line

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(240, self.heightForWidth(max(self.width(), 240)))

    def resizeEvent(self, _event: object) -> None:  # noqa: N802 - Qt's name
        before = len(self._lines)
        self._lines = _wrapped(self._text, QFontMetricsF(self._face), self.width())
        if len(self._lines) != before:
            # A scroll area does not ask for the height that goes with a width.
            self.updateGeometry()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        painter = QPainter(self)
        painter.setPen(colour(self._tone))
        for place, line in enumerate(self._lines):
            line_box = QRectF(0, place * self._line, self.width(), self._line)
            write(painter, line_box, line, self._face, tone=self._tone)
        painter.end()


def _wrapped(text: str, metrics: QFontMetricsF, width: int) -> list[str]:
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line = ""
        for word in paragraph.split(" "):
            longer = f"{line} {word}" if line else word
            if line and metrics.horizontalAdvance(longer) > width:
                lines.append(line)
                line = word
            else:
                line = longer
        lines.append(line)
    return lines
