"""The messages: a list with filters at the left, the chosen one at the right."""

from PySide6.QtWidgets import QGridLayout, QSizePolicy, QStackedWidget, QWidget

from loket.kit.i18n import Words
from ui.admin.messages.faces import EMPTY, FILTERS
from ui.admin.messages.rows import MessageList
from ui.admin.messages.state import MessagesState, Phase, Shown
from ui.admin.messages.view_model import MessagesViewModel
from ui.widgets.bands import StateBand
from ui.widgets.buttons import KeyButton
from ui.widgets.cards import Card, EmptyState, Rule, Scrolled
from ui.widgets.choices import ToggleChip
from ui.widgets.fields import TextField
from ui.widgets.labels import Label, TextBlock
from ui.widgets.layouts import STRETCH, column, row

LIST_WIDTH = 440


class PostPage(QWidget):
    """State in, intents out."""

    def __init__(self, model: MessagesViewModel, words: Words) -> None:
        super().__init__()
        self._model, self._words = model, words
        self._build()
        self._bind()
        self._render(model.state)

    def _build(self) -> None:
        words = self._words
        self.filters = {state: ToggleChip(words(name), icon=icon) for state, name, icon in FILTERS}
        self.list = MessageList(words("Messages"))
        self.more = KeyButton(words("Show more"), kind="ghost", height=32)
        self._empty = EmptyState(icon="ph.paper-plane-tilt", title="")
        listed = QWidget()
        listed.setLayout(column(self.list, self.more))
        self._lists = QStackedWidget()
        self._lists.addWidget(listed)
        self._lists.addWidget(self._empty)
        card = Card()
        card.setFixedWidth(LIST_WIDTH)
        card.setLayout(column(self._filter_rows(), Rule(), self._lists, margins=(1, 1, 1, 1)))
        self.detail = MessageCard(words)
        shown = row(card, self.detail, gap=16)
        shown.setStretch(1, 1)
        self.setLayout(shown)

    def _filter_rows(self) -> QWidget:
        chips = list(self.filters.values())
        rows = QWidget()
        rows.setLayout(
            column(row(*chips[:3], gap=8), row(*chips[3:], gap=8), gap=8, margins=(12, 12, 12, 12))
        )
        return rows

    def _bind(self) -> None:
        model = self._model
        for state, chip in self.filters.items():
            chip.clicked.connect(lambda _on, state=state: self._on_filter(state))
        self.list.chosen.connect(model.choose)
        self.more.clicked.connect(model.show_more)
        self.detail.send.clicked.connect(self._on_send)
        self.detail.to.edit.returnPressed.connect(self._on_send)
        self.detail.withdraw.clicked.connect(model.withdraw)
        self.detail.keep.clicked.connect(model.keep)
        model.state_changed.connect(self._render)

    def _on_filter(self, state: object) -> None:
        self._model.choose_filter(state)  # type: ignore[arg-type]  # a key of filters
        self._render(self._model.state)  # a chip that was pressed again stays on

    def _on_send(self) -> None:
        self._model.send_again(self.detail.to.edit.text())

    def _render(self, state: MessagesState) -> None:
        counts = dict(state.counts)
        for key, name, _icon in FILTERS:
            chip, many = self.filters[key], counts.get(key, 0)
            text = f"{self._words(name)} {self._words.number(many)}" if many else self._words(name)
            chip.setText(text)
            chip.setAccessibleName(text)
            chip.setChecked(key is state.filter)
        self.list.show_rows(state.rows, state.chosen)
        self.more.setVisible(state.more)
        self._lists.setCurrentIndex(0 if state.rows else 1)
        self._empty.say(*self._nothing(state))
        self.detail.show_message(state)

    def _nothing(self, state: MessagesState) -> tuple[str, str]:
        if state.phase is Phase.FAILED:
            return self._words("No messages now"), state.problem
        if state.phase is Phase.LOADING:
            return self._words("One moment"), ""
        title, sentence = EMPTY[state.filter]
        return self._words(title), self._words(sentence)


class MessageCard(Card):
    """One message as it will look, where it stands, and what can be done about it."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self._key = ""
        self.band = StateBand()
        self._reason = TextBlock("", tone="late_fg")
        self._facts = QGridLayout()
        self._facts.setHorizontalSpacing(16)
        self._facts.setVerticalSpacing(4)
        self._facts.setColumnStretch(1, 1)
        self._values: list[tuple[Label, Label]] = []
        self._title = TextBlock("", "strong", tone="text")
        self._text = TextBlock("", tone="text")
        self.to = TextField(words("Send to"), limit=254)
        self.send = KeyButton(words("Send again"), kind="primary", icon="ph.paper-plane-tilt")
        self.withdraw = KeyButton(words("Withdraw"), kind="danger", icon="ph.x-circle")
        self.keep = KeyButton(words("Leave it"), kind="ghost")
        self._wrong = TextBlock("", "small", tone="late_fg")
        self._pages = QStackedWidget()
        self._pages.addWidget(self._message())
        self._pages.addWidget(
            EmptyState(
                icon="ph.envelope-simple-open",
                title=words("No message chosen"),
                sentence=words("Choose one from the list to read it."),
            )
        )
        self.setLayout(column(self._pages, margins=(1, 1, 1, 1)))

    def _message(self) -> QWidget:
        letter = Card(kind="note")
        letter.setLayout(column(self._title, self._text, gap=12, margins=(20, 16, 20, 16)))
        scrolled = Scrolled(
            column(self._reason, 8, self._facts, 16, letter, STRETCH, margins=(24, 16, 24, 16))
        )
        buttons = row(self.keep, self.withdraw, self.send, gap=8)
        acts = row(self.to, 16)
        acts.addStretch(0)
        acts.addLayout(column(STRETCH, buttons))
        acts.setStretch(0, 1)
        foot = QWidget()
        foot.setLayout(column(self._wrong, acts, gap=8, margins=(24, 12, 24, 16)))
        foot.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        whole = QWidget()
        whole.setLayout(column(self.band, scrolled, Rule(), foot))
        return whole

    def show_message(self, state: MessagesState) -> None:
        shown = state.shown
        self._pages.setCurrentIndex(1 if shown is None else 0)
        if shown is None:
            return
        self.band.show_state(shown.state, icon=shown.icon, tone=shown.tone, detail=shown.when)
        self._reason.set_text(shown.reason)
        self._reason.setVisible(bool(shown.reason))
        self._show_facts(shown)
        self._title.set_text(shown.title)
        self._title.setVisible(bool(shown.title))
        self._text.set_text(shown.text)
        self._show_acts(state, shown)

    def _show_facts(self, shown: Shown) -> None:
        while len(self._values) < len(shown.facts):
            name, value = Label("", tone="text2"), Label("")
            self._facts.addWidget(name, len(self._values), 0)
            self._facts.addWidget(value, len(self._values), 1)
            self._values.append((name, value))
        for (name, value), (called, text) in zip(self._values, shown.facts, strict=True):
            name.setText(called)
            value.setText(text)

    def _show_acts(self, state: MessagesState, shown: Shown) -> None:
        words = self._words
        if shown.key != self._key:
            self._key = shown.key
            self.to.edit.setText(shown.recipient)
        self.to.setVisible(shown.may_redirect)
        self.send.setVisible(shown.may_send and not state.confirming)
        self.send.set_words(shown.send)
        self.send.set_busy(words("Sending") if state.busy and not state.confirming else "")
        self.withdraw.setVisible(shown.may_withdraw)
        sure = words("Yes, withdraw for good") if state.confirming else words("Withdraw")
        self.withdraw.set_words(sure)
        self.keep.setVisible(state.confirming)
        for button in (self.send, self.withdraw):
            button.setEnabled(not state.busy)
        self._wrong.set_text(state.wrong)
        self._wrong.setVisible(bool(state.wrong))
