"""Who says it, and over which way the answer goes."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from loket.kit.i18n import Words
from loket.reports.rules.kinds import AnswerBy
from loket.visits.messages import Channel
from ui.core.actions import ActionId, key_of
from ui.reports.taking.naming import CHANNELS, WAYS
from ui.reports.taking.state import ReporterState
from ui.widgets.buttons import KeyButton
from ui.widgets.choices import Segmented, ToggleChip
from ui.widgets.eid_field import EidField, eid_of
from ui.widgets.fields import TextField
from ui.widgets.labels import Label
from ui.widgets.layouts import STRETCH, column, row

_CHANNEL_ICONS = {
    Channel.DESK.value: "ph.desktop",
    Channel.PHONE.value: "ph.phone",
    Channel.MAIL.value: "ph.envelope-simple",
}


class ReporterPart(QWidget):
    """State in, what is typed out."""

    typed = Signal(str, str)
    field_left = Signal(str)
    answer_chosen = Signal(object)
    language_chosen = Signal(str)
    channel_chosen = Signal(str)
    card_wished = Signal()

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self._languages: tuple[str, ...] = ()
        self._wants_behalf = False
        self.language: Segmented | None = None
        self._build()
        self._bind()

    def _build(self) -> None:
        words = self._words
        self.channel = Segmented(
            words("Comes in over"),
            tuple((way.value, words(text)) for way, text in CHANNELS.items()),
            value=Channel.DESK.value,
        )
        self.channel.setFixedHeight(32)
        self.name = EidField(
            words("Name"),
            read=words("Read eID"),
            key=key_of(ActionId.READ_EID),
            hint=words("empty = anonymous"),
        )
        self.on_behalf_of = TextField(words("On behalf of"))
        self.behalf = KeyButton(words("On behalf of…"), kind="ghost", height=24)
        self.email = TextField(words("E-mail"), limit=254)
        self.phone = TextField(words("Telephone"), limit=40)
        self.address = TextField(words("Address of the reporter"), limit=160)
        self.fields: dict[str, TextField] = {
            "name": self.name,
            "on_behalf_of": self.on_behalf_of,
            "email": self.email,
            "phone": self.phone,
            "address": self.address,
        }
        self.ways = {way: ToggleChip(words(text), icon=icon) for way, (text, icon) in WAYS.items()}
        self._language_box = column(gap=4)
        self.setLayout(self._laid_out())

    def _laid_out(self) -> QVBoxLayout:
        words = self._words
        grid = QGridLayout()
        grid.setSpacing(8)
        for place, made in enumerate(self.ways.values()):
            grid.addWidget(made, place // 2, place % 2)
        answer = Label(words("Answer by"), "small", weight=600, tone="text2")
        return column(
            row(Label(words("Reporter"), "title"), STRETCH, self.behalf),
            10,
            self.channel,
            10,
            self.name,
            self._gapped(self.on_behalf_of),
            10,
            answer,
            4,
            grid,
            self._gapped(self.email),
            self._gapped(self.phone),
            self._gapped(self.address),
            10,
            self._language_box,
        )

    @staticmethod
    def _gapped(field: TextField) -> TextField:
        """Its gap goes with it when it is hidden."""
        layout = field.layout()
        if layout is not None:
            layout.setContentsMargins(0, 10, 0, 0)
        return field

    def _bind(self) -> None:
        for name, field in self.fields.items():
            field.setProperty("field", name)
            field.edited.connect(self._on_typed)
            field.committed.connect(self._on_left)
        for way, made in self.ways.items():
            made.setProperty("way", way.value)
            made.clicked.connect(self._on_way)
        self.channel.chosen.connect(self.channel_chosen)
        self.behalf.clicked.connect(self._on_behalf)
        self.name.eid_wished.connect(self.card_wished)

    def take_focus(self, field: str) -> None:
        edit = self.fields.get(field, self.name).edit
        edit.setFocus()
        edit.selectAll()

    # the way in

    def _on_typed(self, text: str) -> None:
        self.typed.emit(str(self.sender().property("field")), text)

    def _on_left(self) -> None:
        self.field_left.emit(str(self.sender().property("field")))

    def _on_way(self) -> None:
        self.answer_chosen.emit(AnswerBy(str(self.sender().property("way"))))

    def _on_behalf(self) -> None:
        self._wants_behalf = True
        self._show_behalf("")
        self.on_behalf_of.edit.setFocus()

    # the way out

    def show_reporter(self, state: ReporterState, *, anew: bool) -> None:
        """``anew``: another report; what was opened for the last one is closed."""
        if anew:
            self._wants_behalf = False
        for name, field in self.fields.items():
            self._show_field(field, getattr(state, name), state.wrongs.get(name, ""))
        for name in ("email", "phone", "address"):
            self.fields[name].setVisible(name in state.shown)
        self.name.show_eid(eid_of(read=state.from_card, reading=state.reading_card))
        self.phone.set_label(state.phone_label)
        self._show_behalf(state.on_behalf_of)
        for way, made in self.ways.items():
            made.setChecked(way is state.answer_by)
        self.channel.set_value(state.channel.value)
        self._show_languages(state)

    @staticmethod
    def _show_field(field: TextField, text: str, wrong: str) -> None:
        if field.edit.text() != text:
            field.edit.setText(text)
            field.edit.setCursorPosition(0)
            field.edit.setToolTip(text)
        if wrong != (field.property("said") or ""):
            field.setProperty("said", wrong)
            field.show_wrong(wrong)

    def _show_behalf(self, text: str) -> None:
        shown = self._wants_behalf or bool(text)
        self.on_behalf_of.setVisible(shown)
        self.behalf.setVisible(not shown)

    def _show_languages(self, state: ReporterState) -> None:
        if self._languages != state.languages:
            self._languages = state.languages
            self._make_languages(state)
        if self.language is not None:
            self.language.set_value(state.language)

    def _make_languages(self, state: ReporterState) -> None:
        text = self._words("Language of the answer")
        if self.language is None:
            self._language_box.addWidget(Label(text, "small", weight=600, tone="text2"))
        else:
            self._language_box.removeWidget(self.language)
            self.language.deleteLater()
        options = tuple((code, code.upper()) for code in state.languages)
        self.language = Segmented(text, options, value=state.language)
        self.language.chosen.connect(self.language_chosen)
        self._language_box.addWidget(self.language)
        # Made after the rest of the screen, but reached before its buttons.
        QWidget.setTabOrder(self.address.edit, self.language)
