"""The form in the dock: a new appointment, a move, a place on the waiting list, other details."""

from PySide6.QtCore import QDate, Signal
from PySide6.QtWidgets import QWidget

from loket.appointments.messages import ConfirmBy
from loket.appointments.rules.life import PartOfDay
from loket.kit.i18n import Words
from ui.appointments.parts.boxes import ConfirmBox, MomentCard, TroubleBox
from ui.appointments.state import ContactFace, FormState
from ui.core.actions import ActionId, key_of
from ui.widgets.buttons import KeyButton
from ui.widgets.cards import Card, Scrolled
from ui.widgets.choices import DayField, Segmented
from ui.widgets.eid_field import EidField, eid_of
from ui.widgets.fields import TextField
from ui.widgets.labels import Label, TextBlock
from ui.widgets.layouts import STRETCH, column, row

_DAY = 124
"""Two of them stand beside each other in the dock."""


class FormPanel(QWidget):
    """Fields, ways to confirm, and the one solid button."""

    typed = Signal(str, str)
    field_left = Signal(str)
    language_chosen = Signal(str)
    confirm_toggled = Signal(object)
    near_chosen = Signal(object)
    request_wished = Signal()
    wish_days_set = Signal(object, object)
    part_chosen = Signal(str)
    confirmed = Signal()
    left = Signal()
    card_wished = Signal()

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self._languages: tuple[str, ...] = ()
        self._build()
        self._bind()

    def _build(self) -> None:
        words = self._words
        self._title = Label("", "title")
        self.leave = KeyButton(words("Close"), kind="ghost", key="Esc", height=32)
        self.moment = MomentCard()
        self.trouble = TroubleBox(words)
        self.name = EidField(
            words("Name"), read=words("Read eID"), key=key_of(ActionId.READ_EID_TO_BOOK)
        )
        self.phone = TextField(words("Mobile or telephone"), limit=40)
        self.email = TextField(words("E-mail"), limit=120)
        self.note = TextField(words("Note"), hint=words("optional"))
        self.fields: dict[str, TextField] = {
            "name": self.name,
            "phone": self.phone,
            "email": self.email,
            "note": self.note,
        }
        self.language: Segmented | None = None
        self._language_column = column(gap=4)
        self.ways = {
            ConfirmBy.MAIL: ConfirmBox(
                words("E-mail, with calendar item"), icon="ph.envelope-simple"
            ),
            ConfirmBy.SMS: ConfirmBox(
                words("Text message, and a reminder"), icon="ph.device-mobile"
            ),
            ConfirmBy.PAPER: ConfirmBox(words("Print at the desk"), icon="ph.printer"),
        }
        self._build_boxes()
        self._bring = TextBlock("", "small")
        self._bring_card = Card(kind="note")
        bring = Label(words("To bring"), "small", weight=600)
        self._bring_card.setLayout(column(bring, 2, self._bring, margins=(12, 10, 12, 10)))
        self._main_key = key_of(ActionId.CONFIRM)
        self.main = KeyButton(
            words("Book appointment"),
            kind="primary",
            icon="ph.calendar-check-bold",
            key=self._main_key,
            height=48,
        )
        inner = column(
            self.moment,
            10,
            self.trouble,
            self._wish_box,
            self._person_box,
            self._confirm_box,
            self._bring_card,
            STRETCH,
        )
        inner.setContentsMargins(0, 0, 3, 0)
        self.scrolled = Scrolled(inner)
        head = row(self._title, STRETCH, self.leave)
        self.setLayout(column(head, 8, self.scrolled, 10, self.main))

    def _build_boxes(self) -> None:
        words = self._words
        self._person_box, self._confirm_box, self._wish_box = QWidget(), QWidget(), QWidget()
        self._person_box.setLayout(
            column(
                self.name, 8, self.phone, 8, self.email, 8, self._language_column, 8, self.note, 10
            )
        )
        heading = Label(words("Confirm by"), "small", weight=600, tone="text2")
        self._confirm_box.setLayout(column(heading, 2, *self.ways.values(), 8))
        self.first_day, self.last_day = DayField(words("From")), DayField(words("Until"))
        self.part = Segmented(
            words("Part of the day"),
            (
                (PartOfDay.ANY.value, words("All")),
                (PartOfDay.MORNING.value, words("Morning")),
                (PartOfDay.AFTERNOON.value, words("Afternoon")),
            ),
            value=PartOfDay.ANY.value,
        )
        self.part.setFixedHeight(32)
        for field in (self.first_day, self.last_day):
            field.setFixedWidth(_DAY)
        days = row(self.first_day, STRETCH, Label("–", tone="text2"), STRETCH, self.last_day)
        period = Label(words("Period"), "small", weight=600, tone="text2")
        self._wish_box.setLayout(column(period, 4, days, 8, self.part, 12))

    def _bind(self) -> None:
        for name, field in self.fields.items():
            field.setProperty("field", name)
            field.edited.connect(self._on_typed)
            field.committed.connect(self._on_left)
        for way, made in self.ways.items():
            made.setProperty("way", str(way))
            made.clicked.connect(self._on_toggled)
        self.trouble.near_chosen.connect(self.near_chosen)
        self.trouble.request_wished.connect(self.request_wished)
        self.first_day.userDateChanged.connect(self._on_days)
        self.last_day.userDateChanged.connect(self._on_days)
        self.part.chosen.connect(self.part_chosen)
        self.main.clicked.connect(self.confirmed)
        self.leave.clicked.connect(self.left)
        self.name.eid_wished.connect(self.card_wished)

    def take_focus(self, field: str) -> None:
        self.fields.get(field, self.name).edit.setFocus()
        self.fields.get(field, self.name).edit.selectAll()

    def focus_trouble(self) -> None:
        """The first moment that is offered instead."""
        if not self.trouble.buttons[0].isHidden():
            self.trouble.buttons[0].setFocus()

    # the way in

    def _on_typed(self, text: str) -> None:
        self.typed.emit(str(self.sender().property("field")), text)

    def _on_left(self) -> None:
        self.field_left.emit(str(self.sender().property("field")))

    def _on_toggled(self) -> None:
        self.confirm_toggled.emit(ConfirmBy(str(self.sender().property("way"))))

    def _on_days(self) -> None:
        self.wish_days_set.emit(_day(self.first_day), _day(self.last_day))

    # the way out

    def show_form(self, state: FormState) -> None:
        self._title.setText(state.title)
        self.moment.show_moment(state.moment, state.held, lapsed=state.held_wrong)
        self.trouble.show_trouble(state)
        self._person_box.setVisible(state.anyone)
        self._confirm_box.setVisible(state.confirms)
        self._wish_box.setVisible(state.wishes)
        self._show_contact(state.contact)
        self._show_languages(state)
        self._show_days(state)
        self._bring.set_text(state.bring)
        self._bring_card.setVisible(bool(state.bring))
        icon = "ph.calendar-check-bold" if state.confirms else ""
        self.main.set_words(state.main, icon=icon)
        self.main.set_busy(self._words("One moment") if state.busy else "")
        self.main.setEnabled(not state.busy)

    def _show_contact(self, contact: ContactFace) -> None:
        wrongs = {
            "name": contact.name_wrong,
            "phone": contact.phone_wrong,
            "email": contact.email_wrong,
        }
        for name, field in self.fields.items():
            text = getattr(contact, name)
            if field.edit.text() != text:
                field.edit.setText(text)
            if name in wrongs and wrongs[name] != field.property("said"):
                field.setProperty("said", wrongs[name])
                field.show_wrong(wrongs[name])
        self.name.show_eid(eid_of(read=contact.from_card, reading=contact.reading_card))
        self.phone.show_right(right=contact.phone_right)
        self.email.show_right(right=contact.email_right)
        self.ways[ConfirmBy.MAIL].show_way(on=contact.mail, why_not=contact.no_mail)
        self.ways[ConfirmBy.SMS].show_way(on=contact.sms, why_not=contact.no_sms)
        self.ways[ConfirmBy.PAPER].show_way(on=contact.paper, why_not="")

    def _show_languages(self, state: FormState) -> None:
        if self._languages != state.languages:
            self._languages = state.languages
            options = tuple((code, code.upper()) for code in state.languages)
            if self.language is None:
                text = self._words("Language")
                self._language_column.addWidget(Label(text, "small", weight=600, tone="text2"))
            else:
                self._language_column.removeWidget(self.language)
                self.language.deleteLater()
            value = state.contact.language
            self.language = Segmented(self._words("Language"), options, value=value)
            self.language.chosen.connect(self.language_chosen)
            self._language_column.addWidget(self.language)
        if self.language is not None:
            self.language.set_value(state.contact.language)

    def _show_days(self, state: FormState) -> None:
        self.part.set_value(state.part.value)
        for field, day in ((self.first_day, state.first_day), (self.last_day, state.last_day)):
            if day is not None:
                shown = QDate(day.year, day.month, day.day)
                if field.date() != shown:
                    field.blockSignals(True)  # noqa: FBT003 - Qt's own
                    field.setDate(shown)
                    field.blockSignals(False)  # noqa: FBT003 - Qt's own


def _day(field: DayField) -> object:
    return field.date().toPython()
