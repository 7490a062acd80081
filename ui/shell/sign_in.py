"""Signing in: the people of the demonstration with one press, else name and password."""

from functools import partial

from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QLineEdit, QSizePolicy, QWidget

from loket.kit.i18n import Words
from ui.shell.rail import draw_logo
from ui.shell.state import Person, ShellState, Stage
from ui.theme.look import font
from ui.theme.paint import CENTRE, box, write
from ui.widgets.buttons import KeyButton, Pressable
from ui.widgets.cards import Card, Rule
from ui.widgets.fields import TextField
from ui.widgets.labels import Label, TextBlock
from ui.widgets.layouts import STRETCH, column, row

COLUMNS = 2


class Logo(QWidget):
    """The waves of the house."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(QSize(40, 40))

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        painter = QPainter(self)
        draw_logo(painter, QRectF(0, 0, 40, 40))
        painter.end()


class PersonButton(Pressable):
    """Somebody of the demonstration town: one press signs in."""

    def __init__(self, person: Person) -> None:
        super().__init__(f"{person.name}, {person.role}")
        self._person = person
        self.setFixedHeight(56)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        painter = QPainter(self)
        area = QRectF(self.rect())
        fill = {"pressed": "surface3", "hover": "hover"}.get(self.state(), "surface")
        box(painter, area, fill=fill, line="border_strong")
        badge = QRectF(12, 10, 36, 36)
        box(painter, badge, fill="accent_tint2")
        write(painter, badge, self._person.initials, font(13, 600), tone="accent", align=CENTRE)
        room = area.width() - 72
        name_tone = "text" if self.isEnabled() else "disabled_fg"
        write(painter, QRectF(60, 8, room, 22), self._person.name, font(14, 600), tone=name_tone)
        write(painter, QRectF(60, 29, room, 18), self._person.role, font(13), tone="text2")
        painter.end()


class SignInView(QWidget):
    """One card in the middle of the window."""

    person_chosen = Signal(str)
    signed = Signal(str, str)

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self.setObjectName("sign_in")
        self._people: tuple[Person, ...] = ()
        self.person_buttons: list[PersonButton] = []
        self._build()

    def _build(self) -> None:
        words = self._words
        self._desk = Label("", tone="text2")
        self._hint = Label(words("Demonstration: choose who you are"), "small", tone="text2")
        self._buttons = QGridLayout()
        self._buttons.setSpacing(8)
        self._rule = Rule()
        self._starting = Label(words("Loket is starting…"), "strong")
        self._wrong = TextBlock("", tone="late_fg")
        self.name = TextField(words("User name"), limit=60)
        self.password = TextField(words("Password"), limit=200)
        self.password.edit.setEchoMode(QLineEdit.EchoMode.Password)
        self.enter = KeyButton(words("Sign in"), kind="primary", key="Enter", height=48)
        self._form = QWidget()
        self._form.setLayout(column(self.name, self.password, 4, self.enter, gap=12))
        title = column(Label(words("Sign in"), "page"), self._desk)
        self.card = Card()
        self.card.setFixedWidth(560)
        self.card.setLayout(
            column(
                row(Logo(), 16, title, STRETCH),
                20,
                self._starting,
                self._hint,
                8,
                self._buttons,
                16,
                self._rule,
                16,
                self._form,
                12,
                self._wrong,
                margins=(28, 28, 28, 24),
            )
        )
        outer = column(STRETCH)
        outer.addWidget(self.card, 0, Qt.AlignmentFlag.AlignHCenter)
        outer.addStretch(1)
        self.setLayout(outer)
        self.name.edit.returnPressed.connect(self.password.edit.setFocus)
        self.password.edit.returnPressed.connect(self._on_entered)
        self.enter.clicked.connect(self._on_entered)

    def take_focus(self) -> None:
        first = self.person_buttons[0] if self.person_buttons else self.name.edit
        # Buttons made in this same moment are not shown yet, and cannot have the focus before.
        QTimer.singleShot(0, first, partial(_focus_if_shown, first))

    def render_shell(self, state: ShellState) -> None:
        shown, starting = state.sign_in, state.stage is Stage.STARTING
        if shown.people != self._people:
            self._people = shown.people
            self._make_people()
        self._desk.setText(shown.desk)
        self._starting.setVisible(starting and not shown.wrong)
        self._form.setVisible(not starting)
        self._hint.setVisible(bool(shown.people))
        self._rule.setVisible(bool(shown.people) and not starting)
        self._wrong.set_text(shown.wrong)
        self._wrong.setVisible(bool(shown.wrong))
        self.enter.set_busy(self._words("One moment") if shown.busy else "")
        for button in (*self.person_buttons, self.enter):
            button.setEnabled(not shown.busy)
        if state.stage is Stage.WORKING:
            self.password.clear_text()

    def _make_people(self) -> None:
        for button in self.person_buttons:
            button.hide()
            button.deleteLater()
        self.person_buttons = []
        for place, person in enumerate(self._people):
            button = PersonButton(person)
            button.clicked.connect(partial(self._on_person, person.username))
            self._buttons.addWidget(button, place // COLUMNS, place % COLUMNS)
            self.person_buttons.append(button)
        before: QWidget | None = None
        for each in (*self.person_buttons, self.name.edit, self.password.edit, self.enter):
            if before is not None:
                QWidget.setTabOrder(before, each)
            before = each

    def _on_person(self, username: str, _checked: object = None) -> None:
        self.person_chosen.emit(username)

    def _on_entered(self) -> None:
        self.signed.emit(self.name.edit.text(), self.password.edit.text())


def _focus_if_shown(widget: QWidget) -> None:
    if widget.isVisible():
        widget.setFocus()
