"""Choices: one of a few (segmented), and on or off (toggle chip)."""

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QComboBox, QDateEdit, QSizePolicy, QToolTip, QWidget

from ui.theme.icons import draw_icon
from ui.theme.look import colour, font
from ui.theme.paint import CENTRE, box, rule, text_width, write
from ui.widgets.buttons import Pressable

_DOWN = QPointF(0, 1)
_LOW = 32


class Segmented(QWidget):
    """One of a few; arrows move, the ring goes round the whole."""

    chosen = Signal(str)

    def __init__(self, name: str, options: tuple[tuple[str, str], ...], *, value: str) -> None:
        super().__init__()
        self._name = name
        self._options = options
        self._value = value
        self.setFixedHeight(40)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._tell()

    def value(self) -> str:
        return self._value

    def set_value(self, value: str) -> None:
        if value != self._value:
            self._value = value
            self._tell()
            self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(70 * len(self._options), 40)

    def event(self, event: QEvent) -> bool:
        """A name that is cut is whole in the tooltip."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            cell = self.width() / len(self._options)
            text = self._options[min(int(event.pos().x() // cell), len(self._options) - 1)][1]
            cut = text_width(text, font(14, 600)) > cell
            QToolTip.showText(event.globalPos(), text if cut else "", self)
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        place = (self._place() + step) % len(self._options)
        self._choose(self._options[place][0])

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        place = int(event.position().x() // (self.width() / len(self._options)))
        self._choose(self._options[min(place, len(self._options) - 1)][0])

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        painter = QPainter(self)
        area = QRectF(self.rect())
        box(painter, area, fill="surface", line="border_strong")
        cell = area.width() / len(self._options)
        face = font(13 if area.height() <= _LOW else 14, 600)
        for place, (value, text) in enumerate(self._options):
            spot = QRectF(place * cell, 0, cell, area.height())
            on = value == self._value
            if on:
                self._fill(painter, spot)
            elif place:
                rule(painter, spot.topLeft() + _DOWN, spot.bottomLeft() - _DOWN)
            tone = "on_accent" if on else "text2"
            write(painter, spot, text, face, tone=tone, align=CENTRE)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        box(painter, area, line="border_strong")
        painter.end()

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
