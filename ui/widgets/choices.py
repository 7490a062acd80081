"""Choices: one of a few (segmented), and on or off (toggle chip)."""

from collections.abc import Mapping
from itertools import accumulate

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFont,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
)
from PySide6.QtWidgets import QComboBox, QDateEdit, QSizePolicy, QToolTip, QWidget

from ui.theme.icons import draw_icon
from ui.theme.look import colour, font
from ui.theme.paint import CENTRE, box, rule, text_width, write
from ui.widgets.buttons import Pressable
from ui.widgets.cells import cut, halves, shares, widest_half

_DOWN = QPointF(0, 1)
_LOW = 32
_PAD, _LINE, _ICON = 16.0, 17.0, 28.0


class Segmented(QWidget):
    """One of a few; arrows move, the ring goes round the whole."""

    chosen = Signal(str)

    def __init__(
        self,
        name: str,
        options: tuple[tuple[str, str], ...],
        *,
        value: str,
        icons: Mapping[str, str] | None = None,
    ) -> None:
        """``icons``: by value, at the left of the words."""
        super().__init__()
        self._icons = icons or {}
        self._name = name
        self._options = options
        self._value = value
        self.setFixedHeight(40)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._tell()

    def value(self) -> str:
        return self._value

    def set_options(self, options: tuple[tuple[str, str], ...]) -> None:
        """The same choices under other words, such as a count that changed."""
        if options != self._options:
            self._options = options
            self._tell()
            self.update()

    def set_value(self, value: str) -> None:
        if value != self._value:
            self._value = value
            self._tell()
            self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(70 * len(self._options), 40)

    def cells(self) -> tuple[QRectF, ...]:
        """As wide as each other where all words fit; else each as wide as its words."""
        widths = shares(
            [text_width(text, self._face()) + self._beside(it) for it, text in self._options],
            [widest_half(text, _small()) + self._beside(it) for it, text in self._options],
            self.width(),
        )
        lefts = accumulate(widths, initial=0.0)
        return tuple(
            QRectF(left, 0, width, self.height())
            for left, width in zip(lefts, widths, strict=False)
        )

    def _beside(self, value: str) -> float:
        """What a cell needs besides its words."""
        return _PAD + (_ICON if value in self._icons else 0)

    def _face(self) -> QFont:
        return font(13 if self.height() <= _LOW else 14, 600)

    def event(self, event: QEvent) -> bool:
        """A name that is cut is whole in the tooltip."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            place = self._place_at(event.pos().x())
            (value, text), cell = self._options[place], self.cells()[place]
            room = cell.width() - self._beside(value)
            cut = "…" in "".join(self._lines(text, room))
            QToolTip.showText(event.globalPos(), text if cut else "", self)
            return True
        return super().event(event)

    def _place_at(self, x: float) -> int:
        cells = self.cells()
        return next((n for n, cell in enumerate(cells) if x < cell.right()), len(cells) - 1)

    def _lines(self, text: str, room: float) -> tuple[str, ...]:
        """One line, or two where the height allows and one would be cut."""
        room, face = room + 1, self._face()
        if text_width(text, face) <= room or self.height() <= _LOW:
            return (cut(text, face, room),)
        return tuple(cut(half, _small(), room) for half in halves(text, _small()))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        place = (self._place() + step) % len(self._options)
        self._choose(self._options[place][0])

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        self._choose(self._options[self._place_at(event.position().x())][0])

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        painter = QPainter(self)
        area = QRectF(self.rect())
        box(painter, area, fill="surface", line="border_strong")
        for place, (spot, (value, text)) in enumerate(
            zip(self.cells(), self._options, strict=True)
        ):
            on = value == self._value
            if on:
                self._fill(painter, spot)
            elif place:
                rule(painter, spot.topLeft() + _DOWN, spot.bottomLeft() - _DOWN)
            self._words(painter, spot, value, text, tone="on_accent" if on else "text2")
        painter.setBrush(Qt.BrushStyle.NoBrush)
        box(painter, area, line="border_strong")
        painter.end()

    def _words(self, painter: QPainter, spot: QRectF, value: str, text: str, *, tone: str) -> None:
        lines = self._lines(text, spot.width() - self._beside(value))
        face = self._face() if len(lines) == 1 else _small()
        if value in self._icons:
            width = max(text_width(line, face) for line in lines)
            left = spot.center().x() - (width + _ICON) / 2
            where = QRectF(left, spot.center().y() - 10, 20, 20)
            draw_icon(painter, self._icons[value], where, tone=tone)
            spot = spot.adjusted(_ICON, 0, 0, 0)
        top = spot.center().y() - _LINE * len(lines) / 2
        for place, line in enumerate(lines):
            where = QRectF(spot.left(), top + place * _LINE, spot.width(), _LINE)
            write(painter, where, line, face, tone=tone, align=CENTRE)

    def _fill(self, painter: QPainter, spot: QRectF) -> None:
        whole, part = QPainterPath(), QPainterPath()
        whole.addRoundedRect(QRectF(self.rect()), 8, 8)
        part.addRect(spot)
        painter.fillPath(whole.intersected(part), colour("accent"))

    def _place(self) -> int:
        places = (i for i, (value, _text) in enumerate(self._options) if value == self._value)
        return next(places, -1)

    def _choose(self, value: str) -> None:
        if value != self._value:
            self.set_value(value)
            self.chosen.emit(value)

    def _tell(self) -> None:
        text = dict(self._options).get(self._value, "")
        self.setAccessibleName(f"{self._name}: {text}")


def _small() -> QFont:
    """Of words over two lines."""
    return font(13, 600)


class ToggleChip(Pressable):
    """On or off, 40 px high; on has an accent edge of two pixels."""

    def __init__(self, text: str, *, icon: str) -> None:
        super().__init__(text)
        self._icon = icon
        self.setCheckable(True)
        self.setFixedHeight(40)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(round(text_width(self.text(), font(14, 600)) + 49), 40)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(80, 40)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        painter = QPainter(self)
        area = QRectF(self.rect())
        on = self.isChecked()
        if on:
            box(painter, area, fill="accent_tint", line="accent", width=2)
        else:
            fill = {"pressed": "surface3", "hover": "hover"}.get(self.state(), "surface")
            box(painter, area, fill=fill, line="border_strong")
        tone = "accent" if on else "text2"
        draw_icon(painter, self._icon, QRectF(10, 10, 20, 20), tone=tone)
        room = QRectF(37, 0, area.width() - 45, 40)
        write(painter, room, self.text(), font(14, 600), tone=tone)
        painter.end()


class Choice(QComboBox):
    """One of many, from a list that opens."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setFixedHeight(40)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        super().paintEvent(event)
        _draw_caret(self)


class DayField(QDateEdit):
    """A day, typed or chosen from a month."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setCalendarPopup(True)
        self.setDisplayFormat("dd/MM/yyyy")
        self.setFixedSize(QSize(132, 40))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        super().paintEvent(event)
        _draw_caret(self)


def _draw_caret(field: QWidget) -> None:
    """A style sheet can only show a picture from a file, in one colour for both themes."""
    painter = QPainter(field)
    spot = QRectF(field.width() - 26, field.height() / 2 - 8, 16, 16)
    draw_icon(painter, "ph.caret-down", spot, tone="text2")
    painter.end()
