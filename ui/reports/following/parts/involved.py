"""Everybody involved in a list: how many by which way, and the text that they get."""

from datetime import date, time

from PySide6.QtCore import QDate, QSignalBlocker, QTime, Signal
from PySide6.QtWidgets import QWidget

from loket.kit.i18n import Words
from loket.reports.rules.replies import OWN_FIELDS
from ui.reports.following.inform_state import InformState, WayCount
from ui.reports.following.parts.reply import Marks, ReplyEdit
from ui.widgets.buttons import KeyButton
from ui.widgets.cards import Card
from ui.widgets.choices import DayField
from ui.widgets.labels import Label, TextBlock
from ui.widgets.layouts import STRETCH, column, row
from ui.widgets.numbers import TimeField

_FIELDS = tuple(f"{{{name}}}" for name in sorted(OWN_FIELDS))


class _WayCard(Card):
    """A way with how many it is."""

    def __init__(self) -> None:
        super().__init__()
        self._many = Label("", "page")
        self._name = Label("", "small", tone="text2")
        self.setLayout(column(self._many, self._name, margins=(16, 10, 16, 10)))

    def show_way(self, way: WayCount) -> None:
        self._many.setText(str(way.many))
        self._many.set_tone("text" if way.many else "text2")
        self._name.setText(way.name)
        self.setAccessibleName(f"{way.name}: {way.many}")


class InvolvedPage(QWidget):
    """State in, wishes out."""

    left = Signal()
    typed = Signal(str)
    call_by_set = Signal(object, object)
    informed = Signal()

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self._revision = -1
        self._build()
        self._bind()

    def _build(self) -> None:
        words = self._words
        self.back = KeyButton(words("Back to the report"), kind="ghost", key="Esc", height=32)
        head = row(Label(words("Tell everybody involved"), "page"), STRETCH, self.back)
        self._what = TextBlock("", tone="text2")
        self._ways = [_WayCard() for _each in range(4)]
        self._notes = TextBlock("", "small", tone="text2")
        self._last = TextBlock("", "small", tone="wait_fg")
        self._wrong = TextBlock("", "small", tone="late_fg")
        self.send = KeyButton("", kind="primary", icon="ph.paper-plane-tilt-bold", key="Ctrl+Enter")
        ways = row(*self._ways, gap=12)
        parts = (head, 4, self._what, 12, ways, 10, self._notes, 6, self._last)
        text = self._text_part()
        whole = column(*parts, 10, text, 8, self._call_part(), self._wrong, 8)
        whole.addLayout(row(STRETCH, self.send))
        whole.setStretchFactor(text, 1)
        whole.setContentsMargins(24, 16, 24, 16)
        self.setLayout(whole)

    def _text_part(self) -> QWidget:
        words, card = self._words, Card(kind="over")
        self.edit = ReplyEdit(words("What they read"))
        self._marks = Marks(self.edit)
        self._marks.mark(_FIELDS)
        self.fields = [KeyButton(name, kind="ghost", height=32) for name in _FIELDS]
        hint = Label(words("Each one's own:"), "small", tone="text2")
        card.setLayout(
            column(row(hint, *self.fields, STRETCH, gap=4), self.edit, margins=(8, 6, 8, 6))
        )
        return card

    def _call_part(self) -> QWidget:
        words = self._words
        self.day, self.time = DayField(words("Day")), TimeField(words("Time"))
        self._calls = QWidget()
        label = Label(words("Call before"), "small", weight=600, tone="text2")
        self._calls.setLayout(row(label, self.day, self.time, STRETCH, gap=8))
        return self._calls

    def _bind(self) -> None:
        self.back.clicked.connect(self.left)
        self.edit.textChanged.connect(self._on_text)
        self.edit.sent.connect(self.informed)
        self.send.clicked.connect(self.informed)
        self.day.dateChanged.connect(self._on_call_by)
        self.time.timeChanged.connect(self._on_call_by)
        for key in self.fields:
            key.clicked.connect(self._on_field)

    def _on_text(self) -> None:
        if self._revision >= 0:
            self.typed.emit(self.edit.toPlainText())

    def _on_field(self) -> None:
        key = self.sender()
        if isinstance(key, KeyButton):
            self.edit.insertPlainText(_FIELDS[self.fields.index(key)])
            self.edit.setFocus()

    def _on_call_by(self, *_changed: object) -> None:
        day, at = self.day.date(), self.time.time()
        self.call_by_set.emit(
            date(day.year(), day.month(), day.day()), time(at.hour(), at.minute())
        )

    # rendering

    def show_inform(self, state: InformState) -> None:
        self._what.set_text(state.what or self._words("One moment"))
        for place, card in enumerate(self._ways):
            card.setVisible(place < len(state.ways))
            if place < len(state.ways):
                card.show_way(state.ways[place])
        for block, text in (
            (self._notes, "\n".join(state.notes)),
            (self._last, state.last),
            (self._wrong, state.wrong),
        ):
            block.set_text(text)
            block.setVisible(bool(text))
        self._show_text(state)
        self._show_call_by(state)
        self.send.set_words(state.send)
        self.send.set_kind("danger" if state.armed else "primary")
        self.send.setEnabled(state.can_send and not state.busy)
        self.send.set_busy(self._words("One moment") if state.busy else "")

    def _show_text(self, state: InformState) -> None:
        if state.revision != self._revision:
            self._revision = -1  # what is put here was not typed
            self.edit.setPlainText(state.text)
            self._revision = state.revision

    def _show_call_by(self, state: InformState) -> None:
        self._calls.setVisible(state.day is not None)
        if state.day is not None and state.time is not None:
            with QSignalBlocker(self.day), QSignalBlocker(self.time):
                self.day.setDate(QDate(state.day.year, state.day.month, state.day.day))
                self.time.setTime(QTime(state.time.hour, state.time.minute))
