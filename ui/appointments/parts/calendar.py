"""The middle of the screen: which days, the calendar, and what its signs mean."""

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from loket.kit.i18n import Words
from ui.appointments.parts.days import DaysHead, Legend
from ui.appointments.parts.grid import GUTTER, CalendarGrid
from ui.appointments.state import CalendarState
from ui.core.actions import ActionId, key_of
from ui.widgets.buttons import KeyButton
from ui.widgets.cards import Card, EmptyState
from ui.widgets.choices import Segmented
from ui.widgets.labels import Label
from ui.widgets.layouts import column, row

FIVE_FROM = 640
"""Pixels from which on a whole week stands beside each other; else three days."""
_FEW, _WEEK = 3, 7


class MovingBanner(Card):
    """An appointment is being moved: what Esc means, and which one it is."""

    left = Signal()

    def __init__(self, words: Words) -> None:
        super().__init__(kind="advice")
        self._text = Label("", weight=600, tone="accent")
        self.leave = KeyButton(words("Leave as it was"), kind="linked", key="Esc", height=32)
        self.leave.clicked.connect(self.left)
        inner = row(self._text, self.leave, gap=12, margins=(12, 8, 8, 8))
        inner.setStretch(0, 1)
        self.setLayout(inner)
        self.hide()

    def say(self, text: str) -> None:
        self._text.setText(text)
        self.setAccessibleName(text)
        self.setVisible(bool(text))


class CalendarView(QWidget):
    """Dag or Week, earlier and later, and the grid under it."""

    page_wished = Signal(int)
    today_wished = Signal()
    by_day_wished = Signal(bool)
    day_wished = Signal(object)
    room_told = Signal(int)

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self._build()
        self._bind()

    def _build(self) -> None:
        words = self._words
        self.earlier = _page_button(words("Earlier"), "ph.caret-left")
        self.later = _page_button(words("Later"), "ph.caret-right")
        self.today = KeyButton(words("Today"), key=key_of(ActionId.SHOW_TODAY))
        self.title = Label("", "title")
        self.week = Label("", tone="text2")
        self.span = Segmented(
            words("Days shown"), (("day", words("Day")), ("week", words("Week"))), value="week"
        )
        self.span.setFixedWidth(168)
        tools = row(self.earlier, 8, self.later, 8, self.today, 14, self.title, 10, self.week)
        tools.addStretch(1)
        tools.addWidget(self.span)
        self.banner = MovingBanner(words)
        self.head = DaysHead()
        self.grid = CalendarGrid(words)
        self.scrolled = QScrollArea()
        self.scrolled.setWidget(self.grid)
        self.scrolled.setWidgetResizable(True)
        self.scrolled.setFrameShape(QFrame.Shape.NoFrame)
        self.scrolled.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.scrolled.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.grid.setObjectName("scrolled")
        self.none = EmptyState(icon="ph.calendar-x", title="")
        self.none.hide()
        self.legend = Legend(words)
        below = row(self.legend, margins=(GUTTER, 0, 0, 0))
        inner = column(
            tools,
            12,
            self.banner,
            self.head,
            self.scrolled,
            self.none,
            8,
            below,
            margins=(16, 20, 16, 12),
        )
        inner.setStretch(4, 1)
        inner.setStretch(5, 1)
        self.setLayout(inner)

    def _bind(self) -> None:
        self.earlier.clicked.connect(lambda: self.page_wished.emit(-1))
        self.later.clicked.connect(lambda: self.page_wished.emit(1))
        self.today.clicked.connect(self.today_wished)
        self.span.chosen.connect(lambda value: self.by_day_wished.emit(value == "day"))
        self.head.day_wished.connect(self.day_wished)
        self.grid.day_wished.connect(self.day_wished)
        self.grid.page_wished.connect(self.page_wished)
        self.grid.cursor_moved.connect(self._show_cursor)

    def show_calendar(self, state: CalendarState) -> None:
        self.title.setText(state.title)
        self.week.setText(state.week)
        self.span.set_value("day" if state.by_day else "week")
        self.banner.say(state.banner)
        empty = bool(state.problem) and not state.columns
        self.none.say(self._words("No calendar"), state.problem)
        self.none.setVisible(empty)
        self.scrolled.setVisible(not empty)
        self.head.setVisible(not empty)
        self.grid.show_calendar(state)
        self.head.show_days(self.grid.shown)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self.room_told.emit(_WEEK if self.width() >= FIVE_FROM else _FEW)
        wide = self.width() >= FIVE_FROM
        self.week.setVisible(wide)
        self.span.setFixedWidth(168 if wide else 128)
        self._fit()

    def _fit(self) -> None:
        layout = self.layout()
        if layout is not None:
            layout.activate()
        self.grid.fit(self.scrolled.viewport().height())
        self.head.show_days(self.grid.shown)

    def _show_cursor(self, where: QRectF) -> None:
        spot = where.center().toPoint()
        self.scrolled.ensureVisible(
            spot.x(), spot.y(), round(where.width() / 2) + 8, round(where.height() / 2) + 8
        )


def _page_button(name: str, icon: str) -> KeyButton:
    """A square with an arrow; its name is for who does not see it."""
    made = KeyButton("", icon=icon)
    made.setAccessibleName(name)
    made.setToolTip(name)
    made.setFixedWidth(40)
    return made
