"""What an act asks before it is done, in the place of the dock."""

from datetime import date, time

from PySide6.QtCore import QDate, QSignalBlocker, Qt, QTime, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit, QSizePolicy, QWidget

from loket.kit.i18n import Words
from ui.reports.following.form_state import FormState, Option
from ui.reports.following.parts.finding import FindPart, SpotPart
from ui.reports.following.parts.reply import Marks
from ui.widgets.buttons import KeyButton
from ui.widgets.choices import Choice, DayField
from ui.widgets.labels import Label, TextBlock
from ui.widgets.layouts import STRETCH, column, row
from ui.widgets.numbers import TimeField

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class _Chosen(QWidget):
    """A choice with its label above."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._label = Label("", "small", weight=600, tone="text2")
        self.choice = Choice("")
        self.choice.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.choice.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._options: tuple[Option, ...] = ()
        self.setLayout(column(self._label, 4, self.choice))
        self.choice.activated.connect(lambda _at: self.chosen.emit(self.choice.currentData()))

    def show_options(self, label: str, options: tuple[Option, ...], chosen: str) -> None:
        self.setVisible(bool(label))
        self._label.setText(label)
        self.choice.setAccessibleName(label)
        if options != self._options:
            self._options = options
            self.choice.clear()
            for value, text in options:
                self.choice.addItem(text, value)
        self.choice.setCurrentIndex(self.choice.findData(chosen))


class FormPanel(QWidget):
    """The fields that an act has; the others are not there."""

    filled = Signal(str, object)
    confirmed = Signal()
    left = Signal()
    found_moved = Signal(int)
    found_taken = Signal(str)
    """Empty: the one that is pointed at."""
    searched = Signal(str)
    pointed = Signal(object)
    nowhere_toggled = Signal()

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self._revision = -1
        self._build()
        self._bind()

    def _build(self) -> None:
        words = self._words
        self._title = Label("", "strong")
        self.keep_out = KeyButton(words("Cancel"), kind="ghost", key="Esc", height=32)
        self._hint = TextBlock("", tone="text2")
        self.first, self.second = _Chosen(), _Chosen()
        self.line = QLineEdit()
        self.line.setMaxLength(120)
        self.line.setFixedHeight(40)
        self._line_label = Label("", "small", weight=600, tone="text2")
        self._line = QWidget()
        self._line.setLayout(column(self._line_label, 4, self.line))
        self._text = self._text_part()
        self._moment = self._moment_part()
        self.finder, self.spot = FindPart(), SpotPart(words)
        self.finder.hide()
        self.spot.hide()
        self._wrong = TextBlock("", "small", tone="late_fg")
        self.confirm = KeyButton("", kind="primary", key="Ctrl+Enter", height=48)
        fields = (self._hint, self.first, self.second, self._moment, self._line)
        wide = (self._text, self.finder)
        head = row(self._title, STRETCH, self.keep_out)
        whole = column(head, 4, *fields, *wide, self.spot, gap=8)
        for part in wide:
            whole.setStretchFactor(part, 1)
        whole.addWidget(self._wrong)
        whole.addStretch(0)
        whole.addWidget(self.confirm)
        self.setLayout(whole)

    def _text_part(self) -> QWidget:
        part = QWidget()
        self._text_label = Label("", "small", weight=600, tone="text2")
        self.text = QPlainTextEdit()
        self.text.setTabChangesFocus(True)
        self._marks = Marks(self.text)
        part.setLayout(column(self._text_label, 4, self.text))
        return part

    def _moment_part(self) -> QWidget:
        words, part = self._words, QWidget()
        self.day, self.time = DayField(words("Day")), TimeField(words("Time"))
        label = Label(words("Before"), "small", weight=600, tone="text2")
        part.setLayout(column(label, 4, row(self.day, self.time, STRETCH, gap=8)))
        return part

    def _bind(self) -> None:
        self.first.chosen.connect(lambda value: self.filled.emit("first", value))
        self.second.chosen.connect(lambda value: self.filled.emit("second", value))
        self.line.textEdited.connect(lambda text: self.filled.emit("line", text))
        self.text.textChanged.connect(self._on_text)
        self.day.dateChanged.connect(
            lambda day: self.filled.emit("day", date(day.year(), day.month(), day.day()))
        )
        self.time.timeChanged.connect(
            lambda at: self.filled.emit("time_of_day", time(at.hour(), at.minute()))
        )
        self.finder.typed.connect(self.searched)
        self.finder.moved.connect(self.found_moved)
        self.finder.entered.connect(lambda: self.found_taken.emit(""))
        self.finder.taken.connect(self.found_taken)
        self.spot.pointed.connect(self.pointed)
        self.spot.nowhere_toggled.connect(self.nowhere_toggled)
        self.confirm.clicked.connect(self.confirmed)
        self.keep_out.clicked.connect(self.left)

    def _on_text(self) -> None:
        if self._revision >= 0:
            self.filled.emit("text", self.text.toPlainText())

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() in _ENTER and control:
            self.confirmed.emit()
        else:
            super().keyPressEvent(event)

    def show_form(self, state: FormState) -> None:
        self._title.setText(state.title)
        self._hint.set_text(state.hint)
        self._hint.setVisible(bool(state.hint))
        self.first.show_options(state.first_label, state.first, state.first_chosen)
        self.second.show_options(state.second_label, state.second, state.second_chosen)
        self._line.setVisible(bool(state.line_label))
        self._line_label.setText(state.line_label)
        self.line.setAccessibleName(state.line_label)
        self._text.setVisible(bool(state.text_label))
        self._text_label.setText(state.text_label)
        self.text.setAccessibleName(state.text_label)
        self._show_found(state)
        self._show_typed(state)
        self._wrong.set_text(state.wrong)
        self._wrong.setVisible(bool(state.wrong))
        self.confirm.set_words(state.confirm)
        self.confirm.setEnabled(not state.busy)
        self.confirm.set_busy(self._words("One moment") if state.busy else "")

    def _show_found(self, state: FormState) -> None:
        self.finder.setVisible(state.find is not None)
        self.spot.setVisible(state.place is not None)
        if state.find is not None:
            self.finder.show_find(state.find, few=state.place is not None)
            self.finder.field.setEnabled(not (state.place and state.place.nowhere))
        if state.place is not None:
            self.spot.show_place(state.place, state.find.text if state.find else "")

    def _show_typed(self, state: FormState) -> None:
        self._moment.setVisible(state.day is not None)
        if state.revision == self._revision:
            return
        self._revision = -1  # what is put here was not typed
        self.line.setText(state.line)
        self.text.setPlainText(state.text)
        if state.day is not None and state.time is not None:
            with QSignalBlocker(self.day), QSignalBlocker(self.time):
                self.day.setDate(QDate(state.day.year, state.day.month, state.day.day))
                self.time.setTime(QTime(state.time.hour, state.time.minute))
        self._revision = state.revision

    def take_focus(self) -> None:
        fields = (self.first.choice, self.finder.field, self.line, self.text, self.confirm)
        for field in fields:
            if field.isVisible():
                field.setFocus()
                return
