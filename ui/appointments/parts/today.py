"""The dock while nothing is chosen: find somebody, who comes next today, who waits for a moment."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from loket.kit.i18n import Words
from ui.appointments.parts.lines import AppointmentRow, WishRow
from ui.appointments.state import AppointmentLine, TodayState, WishLine
from ui.core.actions import ActionId, key_of
from ui.widgets.buttons import KeyButton
from ui.widgets.cards import Scrolled
from ui.widgets.labels import Label, TextBlock
from ui.widgets.layouts import STRETCH, column, row
from ui.widgets.pools import RowPool, RowWidget


class TodayPanel(QWidget):
    """Lists; the newest truth of today."""

    searched = Signal(str)
    opened = Signal(str)
    check_in_wished = Signal(str)
    wish_opened = Signal(str)
    wish_withdrawn = Signal(str)
    day_list_wished = Signal()

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self.search = QLineEdit()
        self.search.setFixedHeight(40)
        self.search.setMaxLength(80)
        self.search.setAccessibleName(words("Find an appointment that was booked"))
        self.search.setPlaceholderText(words("Name, reference or telephone"))
        self.search.textEdited.connect(self.searched)
        self._title = Label("", "title")
        self._place = Label("", "small", tone="text2")
        self._none = TextBlock("", tone="text2")
        self._more = Label("", "small", tone="text2")
        rows, waits = column(), column()
        self._lines: RowPool[AppointmentLine] = RowPool(rows, self._make_line)
        self._wishes: RowPool[WishLine] = RowPool(waits, self._make_wish)
        self._waiting = Label("", "strong")
        self._waiting_gap = QWidget()
        self._waiting_gap.setFixedHeight(16)
        inner = column(
            self._none, rows, self._more, self._waiting_gap, self._waiting, waits, STRETCH
        )
        inner.setContentsMargins(3, 3, 3, 0)
        self.scrolled = Scrolled(inner)
        key = key_of(ActionId.PRINT_PAPER)
        self.day_list = KeyButton(words("Print list of the day"), icon="ph.printer", key=key)
        self.day_list.clicked.connect(self.day_list_wished)
        head = row(self._title, 10, self._place, STRETCH)
        self.setLayout(column(self.search, 14, head, 6, self.scrolled, 8, self.day_list))

    @property
    def rows(self) -> list[RowWidget[AppointmentLine]]:
        return self._lines.rows

    @property
    def wish_rows(self) -> list[RowWidget[WishLine]]:
        return self._wishes.rows

    def show_today(self, state: TodayState) -> None:
        if self.search.text() != state.query:
            self.search.setText(state.query)
        self._title.setText(state.title)
        self._title.setMinimumWidth(self._title.sizeHint().width())
        self._place.setText(state.place)
        self._lines.show(state.lines)
        self._none.set_text(state.none)
        self._none.setVisible(not state.lines)
        self._more.setText(state.more)
        self._more.setVisible(bool(state.more))
        self._wishes.show(state.wishes)
        self._waiting.setText(state.waiting)
        for widget in (self._waiting, self._waiting_gap):
            widget.setVisible(bool(state.wishes))

    def _make_line(self) -> AppointmentRow:
        made = AppointmentRow(self._words)
        made.opened.connect(self.opened)
        made.check_in_wished.connect(self.check_in_wished)
        return made

    def _make_wish(self) -> WishRow:
        made = WishRow(self._words)
        made.opened.connect(self.wish_opened)
        made.withdrawn.connect(self.wish_withdrawn)
        return made
