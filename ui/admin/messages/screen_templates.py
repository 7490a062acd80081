"""The texts: which one, how it is written, and how it will look."""

from PySide6.QtWidgets import (
    QComboBox,
    QGridLayout,
    QPlainTextEdit,
    QSizePolicy,
    QStackedWidget,
    QWidget,
)

from loket.correspondence.rules import TITLE_LENGTH, MessageChannel
from loket.kit.i18n import Words
from ui.admin.messages.faces import CHANNELS, KINDS, LANGUAGES
from ui.admin.messages.state import Phase, TemplatesState
from ui.admin.messages.templates_view_model import TemplatesViewModel
from ui.widgets.buttons import KeyButton
from ui.widgets.cards import Card, EmptyState, Scrolled
from ui.widgets.chips import Chip
from ui.widgets.choices import Choice, Segmented
from ui.widgets.fields import TextField
from ui.widgets.labels import Label, TextBlock
from ui.widgets.layouts import STRETCH, column, row

_ALL = ""


class TemplatesPage(QWidget):
    """State in, intents out."""

    def __init__(self, model: TemplatesViewModel, words: Words) -> None:
        super().__init__()
        self._model, self._words = model, words
        self._revision = -1
        self._products: tuple[object, ...] = ()
        self._fields: tuple[tuple[str, str], ...] = ()
        self._build()
        self._bind()
        self._render(model.state)

    # building

    def _build(self) -> None:
        words = self._words
        self.kind = Choice(words("Message"))
        for kind, name in KINDS.items():
            self.kind.addItem(words(name), str(kind))
        options = tuple((str(each), words(name)) for each, (name, _icon) in CHANNELS.items())
        self.channel = Segmented(words("By"), options, value=str(MessageChannel.MAIL))
        self.channel.setFixedWidth(208)
        languages = tuple((code, code.upper()) for code in LANGUAGES)
        self.language = Segmented(words("Language"), languages, value="nl")
        self.language.setFixedWidth(208)
        self.product = Choice(words("Product"))
        self.product.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.product.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        choices = row(self.kind, self.channel, self.language, self.product, gap=12)
        self._empty = EmptyState(icon="ph.text-aa", title=words("One moment"))
        both = QWidget()
        shown = row(self._editor(), self._preview(), gap=16)
        shown.setStretch(0, 1)
        shown.setStretch(1, 1)
        both.setLayout(shown)
        self._pages = QStackedWidget()
        self._pages.addWidget(both)
        self._pages.addWidget(self._empty)
        self.setLayout(column(choices, 16, self._pages))

    def _editor(self) -> Card:
        words = self._words
        self.title = TextField(words("Subject"), limit=TITLE_LENGTH)
        self._subject = QWidget()
        self._subject.setLayout(column(self.title, 12))
        self.text = QPlainTextEdit()
        self.text.setAccessibleName(words("Text"))
        self.text.setTabChangesFocus(True)
        self._wrong = TextBlock("", "small", tone="late_fg")
        self.reset = KeyButton(words("Back to the usual text"), kind="outlined")
        self.keep = KeyButton(words("Keep"), kind="primary", icon="ph.check-bold")
        self._standing = Label("", "small", tone="text2")
        card = Card()
        written = column(
            self._subject,
            Label(words("Text"), "small", weight=600, tone="text2"),
            4,
            self.text,
            4,
            self._wrong,
            8,
            self._standing,
            12,
            row(self.reset, STRETCH, self.keep),
            margins=(20, 16, 20, 16),
        )
        card.setLayout(written)
        return card

    def _preview(self) -> QWidget:
        words = self._words
        self._field_list = QGridLayout()
        self._field_list.setSpacing(4)
        fields = Card()
        inner = QWidget()
        inner.setLayout(self._field_list)
        head = Label(words("Fields: press one to put it in the text"), "small", weight=600)
        fields.setLayout(column(head, inner, margins=(16, 12, 16, 4)))
        self._length = Chip("", tone="plain", height=20)
        self._example_title = TextBlock("", "strong", tone="text")
        self._example_text = TextBlock("", tone="text")
        letter = Card(kind="note")
        letter.setLayout(
            column(self._example_title, self._example_text, gap=12, margins=(20, 16, 20, 16))
        )
        seen = Card()
        title = row(Label(words("How it will look"), "small", weight=600), STRETCH, self._length)
        body = Scrolled(column(letter, STRETCH, margins=(0, 0, 0, 0)))
        seen.setLayout(column(title, 8, body, margins=(16, 12, 16, 16)))
        both = QWidget()
        shown = column(seen, fields, gap=16)
        shown.setStretch(0, 1)
        both.setLayout(shown)
        return both

    def _bind(self) -> None:
        model = self._model
        self.kind.activated.connect(lambda _place: model.choose(kind=self.kind.currentData()))
        self.channel.chosen.connect(lambda value: model.choose(channel=value))
        self.language.chosen.connect(lambda value: model.choose(language=value))
        self.product.activated.connect(
            lambda _place: model.choose(product=self.product.currentData())
        )
        self.title.edit.textChanged.connect(self._on_typed)
        self.text.textChanged.connect(self._on_typed)
        self.keep.clicked.connect(model.keep)
        self.reset.clicked.connect(model.reset)
        model.state_changed.connect(self._render)

    # wishes

    def _on_typed(self) -> None:
        if self._revision == self._model.state.revision:
            self._model.type_text(self.title.edit.text(), self.text.toPlainText())

    def _on_field(self, field: str) -> None:
        """Put it where the cursor stands."""
        self.text.insertPlainText(f"{{{field}}}")
        self.text.setFocus()

    # rendering

    def _render(self, state: TemplatesState) -> None:
        self._pages.setCurrentIndex(0 if state.phase is Phase.SHOWN else 1)
        if state.phase is Phase.FAILED:
            self._empty.say(self._words("No texts now"), state.problem)
        self.kind.setCurrentIndex(max(0, self.kind.findData(state.kind)))
        self.channel.set_value(state.channel)
        self.language.set_value(state.language)
        self._render_products(state)
        self._render_text(state)
        self._render_fields(state)
        self._wrong.set_text(state.wrong)
        self._wrong.setVisible(bool(state.wrong))
        self._standing.setText(state.standing)
        self.keep.setEnabled(state.changed and not state.busy)
        self.keep.set_busy(self._words("Keeping") if state.busy else "")
        self.reset.setEnabled((state.changed or not state.usual) and not state.busy)
        self._render_example(state)

    def _render_products(self, state: TemplatesState) -> None:
        wanted = (state.products, state.own)
        if wanted != self._products:
            self._products = wanted
            self.product.clear()
            self.product.addItem(self._words("All products"), _ALL)
            for first in (True, False):  # those with a text of their own come first
                for ident, name in state.products:
                    if (ident in state.own) is first:
                        self.product.addItem(f"{name} *" if first else name, ident)
        self.product.setCurrentIndex(max(0, self.product.findData(state.product)))

    def _render_text(self, state: TemplatesState) -> None:
        self._subject.setVisible(state.channel == MessageChannel.MAIL)
        if state.revision != self._revision:
            self._revision = -1  # what is put here was not typed
            self.title.edit.setText(state.title)
            self.text.setPlainText(state.text)
            self._revision = state.revision

    def _render_fields(self, state: TemplatesState) -> None:
        if state.fields == self._fields:
            return
        self._fields = state.fields
        while (item := self._field_list.takeAt(0)) is not None:
            _forget(item.widget())
        for nr, (field, name) in enumerate(state.fields):
            self._field_list.addWidget(self._field(field, name), nr // 2, nr % 2)

    def _field(self, field: str, name: str) -> KeyButton:
        button = KeyButton(f"{{{field}}}  {name}", kind="ghost", height=32, spread=True)
        button.clicked.connect(lambda _on=False, field=field: self._on_field(field))
        return button

    def _render_example(self, state: TemplatesState) -> None:
        example = state.example
        if example is None:
            return
        self._example_title.set_text(example.title)
        self._example_title.setVisible(bool(example.title))
        self._example_text.set_text(example.text)
        self._length.show_state(example.length, icon="", tone="plain")
        self._length.setVisible(bool(example.length))


def _forget(part: object) -> None:
    if isinstance(part, QWidget):
        part.setParent(None)
        part.deleteLater()
