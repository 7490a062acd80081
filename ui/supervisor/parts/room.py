"""What the screens in the waiting room say, and pairing another one; over the page."""

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from loket.kit.i18n import Words, mark
from ui.supervisor.state import ScreenMessage
from ui.supervisor.waiting_room import WaitingRoomModel
from ui.widgets.buttons import KeyButton
from ui.widgets.cards import Card, Rule, Scrolled
from ui.widgets.fields import TextField
from ui.widgets.labels import Label, TextBlock
from ui.widgets.layouts import STRETCH, column, row

LANGUAGES = {"nl": mark("Dutch"), "fr": mark("French"), "en": mark("English"), "de": mark("German")}
_LONGEST = 120
_WIDTH, _HEIGHT = 600, 780


class RoomPanel(Card):
    """One site's waiting room; what was typed stays until it stands on the screens."""

    closed = Signal()

    def __init__(self, model: WaitingRoomModel, words: Words, parent: QWidget) -> None:
        super().__init__(kind="over")
        self.setParent(parent)
        self._model, self._words = model, words
        self._site = ""
        self.setAccessibleName(words("Message on screen"))
        self._build()
        self._bind()
        self.hide()

    def _build(self) -> None:
        words = self._words
        self._title = Label("", "title")
        self._now = TextBlock()
        self.texts = {
            code: TextField(words(name), limit=_LONGEST) for code, name in LANGUAGES.items()
        }
        self.until = TextField(words("Until"), hint=words("such as 11:30, or empty"), limit=5)
        self.say = KeyButton(words("Put on the screens"), kind="primary", key="Ctrl+Enter")
        self.clear = KeyButton(words("Clear"))
        self.wrong = TextBlock(tone="late_fg")
        self._displays = TextBlock()
        self.code = TextField(words("Code on the screen"), limit=20)
        self.name = TextField(words("Name of the screen"), limit=40)
        self.pair = KeyButton(words("Pair screen"), kind="tonal")
        self.close_button = KeyButton(words("Close"), key="Esc")
        inner = column(self._now, 12, *self.texts.values(), gap=8)
        inner.addWidget(self.until)
        inner.addWidget(self.wrong)
        inner.addLayout(row(self.clear, STRETCH, self.say))
        inner.addSpacing(8)
        inner.addWidget(Rule())
        inner.addWidget(Label(words("Screens in this waiting room"), "strong"))
        inner.addWidget(self._displays)
        pairing = row(self.code, self.name, gap=12)
        inner.addLayout(pairing)
        inner.addLayout(row(self.pair, STRETCH))
        inner.addStretch(1)
        inner.setContentsMargins(2, 2, 12, 2)
        head = row(self._title, STRETCH, self.close_button)
        self.setLayout(column(head, 12, Scrolled(inner), margins=(24, 20, 24, 20)))

    def _bind(self) -> None:
        model = self._model
        self.say.clicked.connect(self._on_say)
        self.clear.clicked.connect(model.clear)
        self.pair.clicked.connect(self._on_pair)
        self.close_button.clicked.connect(self.dismiss)
        self.texts["nl"].edit.returnPressed.connect(self._on_say)
        self.code.edit.returnPressed.connect(self._on_pair)
        model.state_changed.connect(self._render)
        model.opened.connect(self._on_opened)
        model.done.connect(self.dismiss)
        model.paired.connect(self._on_paired)

    def stand_in(self, area: QRect) -> None:
        """Stand in the middle of an area of the screen."""
        width, height = min(_WIDTH, area.width()), min(_HEIGHT, area.height())
        left = area.left() + (area.width() - width) // 2
        self.setGeometry(left, area.top() + (area.height() - height) // 2, width, height)

    def names_screen(self, name: str) -> bool:
        """Whether a screen of this name is in its list."""
        return any(name in shown for shown in self._model.state.displays)

    def dismiss(self) -> None:
        """Close; the screen behind it gets the focus back."""
        self.hide()
        self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
        elif enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._on_say()
        elif not enter:
            super().keyPressEvent(event)

    def _on_opened(self) -> None:
        state = self._model.state
        if state.site_id != self._site:
            self._site = state.site_id
            for field in (*self.texts.values(), self.until, self.code, self.name):
                field.clear_text()
        self._render(state)
        self.show()
        self.raise_()
        self.texts["nl"].edit.setFocus()

    def _render(self, state: ScreenMessage) -> None:
        words = self._words
        self._title.setText(words("Waiting room {site}", site=state.site))
        usual = words("The screens show their usual sentence now.")
        self._now.set_text(words("Now: {text}", text=state.now) if state.now else usual)
        for code, field in self.texts.items():
            field.setVisible(code in state.languages)
        self.wrong.set_text(state.wrong)
        self.wrong.setVisible(bool(state.wrong))
        none = words("No screen yet. Open the address of the server with /scherm on a screen.")
        self._displays.set_text("\n".join(state.displays) or none)
        self.clear.setEnabled(bool(state.now) and not state.busy)
        for button in (self.say, self.pair):
            button.set_busy(words("One moment") if state.busy else "")

    def _on_say(self) -> None:
        shown = self._model.state.languages
        texts = {code: field.edit.text() for code, field in self.texts.items() if code in shown}
        self._model.say(texts, self.until.edit.text())

    def _on_pair(self) -> None:
        self._model.pair(self.code.edit.text(), self.name.edit.text())

    def _on_paired(self) -> None:
        self.code.clear_text()
        self.name.clear_text()
