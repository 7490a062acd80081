"""Rows of the dock: who comes, who waits for a moment, what happened before."""

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy

from loket.kit.i18n import Words
from ui.appointments.naming import CHIPS
from ui.appointments.state import AppointmentLine, Look, StepFace, WishLine
from ui.theme.icons import draw_icon
from ui.theme.look import font
from ui.theme.paint import box, rule, text_width, write
from ui.widgets.buttons import KeyButton
from ui.widgets.chips import chip_width, draw_chip
from ui.widgets.labels import Label
from ui.widgets.layouts import row
from ui.widgets.pools import RowWidget

LINE, WISH, STEP = 56, 52, 44
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


class _Pointed(RowWidget[AppointmentLine]):
    """A row that is opened by a click or Enter."""

    opened = Signal(str)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if event.key() in _ENTER and self.item is not None:
            self.opened.emit(self.item.id)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, _event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        if self.item is not None:
            self.opened.emit(self.item.id)


class AppointmentRow(_Pointed):
    """Time, name, product; a button to check in, or what became of it."""

    check_in_wished = Signal(str)

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self.setFixedHeight(LINE)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.button = KeyButton(words("Check in"), height=32)
        self.button.clicked.connect(self._on_clicked)
        layout = row(margins=(0, 0, 8, 0))
        layout.addStretch(1)
        layout.addWidget(self.button)
        self.setLayout(layout)

    def spoken(self, item: AppointmentLine) -> str:
        word = self._words(CHIPS[item.look][0])
        parts = [item.time, item.title, item.detail, word, item.chip]
        return ", ".join(dict.fromkeys(part for part in parts if part))

    def adapt(self, item: AppointmentLine) -> None:
        self.setToolTip(f"{item.title}, {item.detail}")
        self.button.setVisible(item.can_check_in)
        self.button.setAccessibleName(self._words("Check in {name}", name=item.title))

    def _on_clicked(self) -> None:
        if self.item is not None:
            self.check_in_wished.emit(self.item.id)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        item = self.item
        if item is None:
            return
        painter = QPainter(self)
        area = QRectF(self.rect())
        late = item.look is Look.LATE
        if late:
            box(painter, area.adjusted(0, 1, 0, -1), fill="late_bg", radius=6)
            box(painter, QRectF(0, 1, 4, LINE - 2), fill="late_fg", radius=2)
        rule(painter, QPointF(0, LINE - 0.5), QPointF(area.width(), LINE - 0.5))
        right = area.width() - (self.button.width() + 14 if item.can_check_in else 8)
        below = self._draw_chip(painter, item, right)
        tone = "late_fg" if late else "text"
        write(painter, QRectF(10, 6, 46, 22), item.time, font(14, 600), tone=tone)
        if late:
            write(painter, QRectF(10, 28, 50, 20), item.chip, font(12, 600), tone=tone)
        write(painter, QRectF(64, 6, right - 64, 22), item.title, font(14, 600))
        write(painter, QRectF(64, 28, below - 64, 20), item.detail, font(13), tone="text2")
        painter.end()

    def _draw_chip(self, painter: QPainter, item: AppointmentLine, right: float) -> float:
        """On the second line, so that names keep theirs; gives where it begins."""
        if not item.chip or item.look is Look.LATE:
            return right
        _word, icon, tone = CHIPS[item.look]
        left = right - chip_width(item.chip, icon, height=20)
        draw_chip(painter, text=item.chip, icon=icon, tone=tone, left=left, middle=38, height=20)
        return left - 6


class WishRow(RowWidget[WishLine]):
    """Somebody who waits, or who has an offer."""

    opened = Signal(str)
    withdrawn = Signal(str)

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self.setFixedHeight(WISH)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.button = KeyButton("", icon="ph.x-bold", kind="ghost", height=32)
        self.button.setFixedWidth(32)
        self.button.clicked.connect(self._on_clicked)
        layout = row(margins=(0, 0, 4, 0))
        layout.addStretch(1)
        layout.addWidget(self.button)
        self.setLayout(layout)

    def spoken(self, item: WishLine) -> str:
        return ", ".join(part for part in (item.title, item.detail, item.chip) if part)

    def adapt(self, item: WishLine) -> None:
        self.setToolTip(f"{item.title}, {item.detail}")
        text = self._words("{name} no longer waits", name=item.title)
        self.button.setAccessibleName(text)
        self.button.setToolTip(text)

    def _on_clicked(self) -> None:
        if self.item is not None:
            self.withdrawn.emit(self.item.id)

    def mousePressEvent(self, _event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        if self.item is not None:
            self.opened.emit(self.item.id)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if event.key() in _ENTER and self.item is not None:
            self.opened.emit(self.item.id)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        item = self.item
        if item is None:
            return
        painter = QPainter(self)
        width = self.width() - 40
        rule(painter, QPointF(0, WISH - 0.5), QPointF(self.width(), WISH - 0.5))
        chip = chip_width(item.chip, "", height=20)
        room = width - 10 - chip - 8
        write(painter, QRectF(10, 4, room, 22), item.title, font(14, 600))
        write(painter, QRectF(10, 26, width - 14, 20), item.detail, font(13), tone="text2")
        draw_chip(
            painter,
            text=item.chip,
            icon="",
            tone=item.tone,
            left=width - chip,
            middle=15,
            height=20,
        )
        painter.end()


class StepRow(RowWidget[StepFace]):
    """One step of the history."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(STEP)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def spoken(self, item: StepFace) -> str:
        return f"{item.text}, {item.detail}"

    def adapt(self, item: StepFace) -> None:
        self.setToolTip(f"{item.text}, {item.detail}")

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        if self.item is None:
            return
        painter = QPainter(self)
        draw_icon(painter, self.item.icon, QRectF(2, 4, 20, 20), tone="text2")
        room = self.width() - 32
        write(painter, QRectF(32, 2, room, 20), self.item.text, font(14, 600))
        write(painter, QRectF(32, 21, room, 20), self.item.detail, font(13), tone="text2")
        painter.end()


class Reach(RowWidget[tuple[str, str]]):
    """How somebody is reached: an icon and a text."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(24)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def spoken(self, item: tuple[str, str]) -> str:
        return item[1]

    def adapt(self, item: tuple[str, str]) -> None:
        self.setToolTip(item[1])

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        if self.item is None:
            return
        painter = QPainter(self)
        draw_icon(painter, self.item[0], QRectF(0, 4, 16, 16), tone="text2")
        write(painter, QRectF(24, 0, self.width() - 24, 24), self.item[1], font(14))
        painter.end()


def heading(text: str) -> Label:
    """A small heading over a list."""
    made = Label(text, "strong")
    made.setMinimumWidth(round(text_width(text, font(16, 600))) + 2)
    return made
