"""Making a calendar address, and the one that was just made."""

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit, QStackedWidget, QWidget

from loket.appointments.messages import FeedKind
from loket.kit.i18n import Words
from ui.admin.feeds.state import FeedsState
from ui.widgets.buttons import KeyButton
from ui.widgets.cards import Card
from ui.widgets.choices import Choice, Segmented, ToggleChip
from ui.widgets.fields import TextField
from ui.widgets.labels import Label, TextBlock
from ui.widgets.layouts import STRETCH, column, row

WIDTH = 380


class FeedPanel(Card):
    """A form, and after it the address; never both."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self._targets: tuple[tuple[str, str], ...] = ()
        self.setFixedWidth(WIDTH)
        self._pages = QStackedWidget()
        self._pages.addWidget(self._form())
        self._pages.addWidget(self._told())
        self.setLayout(column(self._pages, margins=(20, 16, 20, 16)))

    def _form(self) -> QWidget:
        words = self._words
        kinds = (
            (str(FeedKind.DEPARTMENT), words("Department")),
            (str(FeedKind.COUNTER), words("Counter")),
        )
        self.kind = Segmented(words("Calendar of"), kinds, value=str(FeedKind.DEPARTMENT))
        self.target = Choice(words("Which one"))
        self.target.setSizeAdjustPolicy(
            Choice.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.name = TextField(words("Name"), hint=words("for whom or what it is"))
        self.names = ToggleChip(words("Give names of citizens along"), icon="ph.users-three")
        meaning = words(
            "Without: only the moment, the product and the reference leave Loket. With: whoever"
            " knows the address also reads who comes, never of a confidential department."
        )
        self.make = KeyButton(words("Make address"), kind="primary", icon="ph.calendar-plus-bold")
        form = QWidget()
        form.setLayout(
            column(
                Label(words("New address"), "strong", weight=600),
                12,
                self.kind,
                12,
                self.target,
                12,
                self.name,
                16,
                self.names,
                8,
                TextBlock(meaning, "small"),
                16,
                row(STRETCH, self.make),
                STRETCH,
            )
        )
        return form

    def _told(self) -> QWidget:
        words = self._words
        self._made = Label("", "strong", weight=600)
        self.address = QLineEdit()
        self.address.setReadOnly(True)
        self.address.setFixedHeight(40)
        self.address.setAccessibleName(words("Calendar address"))
        self.copy = KeyButton(words("Copy"), kind="primary", icon="ph.copy")
        self.done = KeyButton(words("Ready"), icon="ph.check-bold")
        self._copied = Label("", "small", tone="text2")
        once = words(
            "This address is shown only now. Whoever knows it reads the calendar: paste it in the"
            " calendar program and do not pass it on."
        )
        told = QWidget()
        told.setLayout(
            column(
                self._made,
                8,
                TextBlock(once),
                12,
                self.address,
                4,
                self._copied,
                12,
                row(STRETCH, self.done, 8, self.copy),
                STRETCH,
            )
        )
        self.copy.clicked.connect(self._on_copy)
        return told

    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self.address.text())
        self._copied.setText(self._words("Copied."))

    def show_state(self, state: FeedsState) -> None:
        draft = state.draft
        self.kind.set_value(str(draft.kind))
        if state.targets != self._targets:
            self._targets = state.targets
            self.target.clear()
            for ident, name in state.targets:
                self.target.addItem(name, ident)
        self.target.setCurrentIndex(self.target.findData(draft.target))
        if self.name.edit.text() != draft.name:
            self.name.edit.setText(draft.name)
        self.name.show_wrong(state.wrong)
        self.names.setChecked(draft.with_names)
        self.make.setEnabled(bool(draft.target) and not state.busy)
        self.make.set_busy(self._words("One moment") if state.busy else "")
        if self.address.text() != state.address:
            self._copied.setText("")
            self.address.setText(state.address)
            self.address.setCursorPosition(0)
        self._made.setText(state.made)
        self._pages.setCurrentIndex(1 if state.address else 0)
