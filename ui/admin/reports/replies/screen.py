"""Antwoordsjablonen: the list at the left; text, fields and example at the right."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from loket.kit.i18n import Words, mark
from loket.reports.messages.arranging import REPLY_LENGTH
from ui.admin.reports.naming import ACTS, LANGUAGES
from ui.admin.reports.parts import OneOf, TextArea, headed, show_text
from ui.admin.reports.replies.faces import field_options
from ui.admin.reports.replies.view_model import RepliesViewModel, ReplyDraft, ReplyFaces
from ui.admin.reports.screen import EditingScreen
from ui.admin.reports.state import NEW, EditingState
from ui.widgets.buttons import KeyButton
from ui.widgets.cards import Card, Scrolled
from ui.widgets.choices import Segmented
from ui.widgets.fields import TextField
from ui.widgets.labels import Label, TextBlock
from ui.widgets.layouts import STRETCH, column, row

HEADS = (mark("Reply"), mark("Language"), mark("With"), mark("Category"), mark("Check"))
WIDTHS = (150, 56, 132, 90, 80)


class ReplyForm(QWidget):
    """What it is called, when it is offered, what it says, and how that will look."""

    def __init__(self, words: Words, model: RepliesViewModel) -> None:
        super().__init__()
        self._words = words
        self.name = TextField(words("Name"), limit=60)
        languages = tuple((code, code.upper()) for code in LANGUAGES)
        self.language = Segmented(words("Language"), languages, value="nl")
        self.act = OneOf(words("With"))
        self.category = OneOf(words("Category"))
        self.text = TextArea(words("Text"), height=170)
        self.field = OneOf(words("Put a field in the text"))
        self._fault = TextBlock("", "small", tone="late_fg")
        self._build()
        self._bind(model.change)

    def _build(self) -> None:
        words = self._words
        both = row(headed(words("With"), self.act), 12, headed(words("Category"), self.category))
        both.setStretch(0, 1)
        both.setStretch(2, 1)
        self.setLayout(
            column(
                self.name,
                headed(words("Language"), self.language),
                both,
                headed(words("Text"), self.field),
                self._fault,
                self.text,
                gap=10,
            )
        )

    def _bind(self, change: Callable[..., None]) -> None:
        self.name.edited.connect(lambda text: change(name=text))
        self.language.chosen.connect(lambda code: change(language=code))
        self.act.picked.connect(lambda act: change(act=act))
        self.category.picked.connect(lambda ident: change(category_id=ident))
        self.text.typed.connect(lambda text: change(text=text[:REPLY_LENGTH]))
        self.field.picked.connect(self._on_field)

    def _on_field(self, field: str) -> None:
        """Put it where the cursor stands."""
        self.field.show_options(self._field_options(), "")
        if field:
            self.text.insertPlainText(f"{{{field}}}")
            self.text.setFocus()

    def _field_options(self) -> dict[str, str]:
        return {"": self._words("Put a field in the text…"), **field_options(self._words)}

    def take_focus(self) -> None:
        self.name.edit.setFocus()

    def show_state(self, state: EditingState) -> None:
        draft: ReplyDraft = state.draft
        faces: ReplyFaces = state.shown
        show_text(self.name, draft.name)
        self.language.set_value(draft.language)
        acts = {act: self._words(name) for act, name in ACTS.items()}
        self.act.show_options(acts, draft.act, draft.act)
        self.category.show_options(dict(faces.categories), draft.category_id, faces.lost)
        self.text.show_text(draft.text)
        self.text.show_wrong(wrong=bool(faces.fault))
        self.field.show_options(self._field_options(), "")
        self._fault.set_text(faces.fault)
        self._fault.setVisible(bool(faces.fault))


class ReplyExample(Card):
    """How the reply will look, for somebody who does not exist."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._text = TextBlock("", tone="text")
        self._by_hand = TextBlock("", "small")
        letter = Card(kind="note")
        letter.setLayout(column(self._text, margins=(14, 10, 14, 10)))
        head = Label(words("How it will look"), "small", weight=600, tone="text2")
        body = Scrolled(column(letter, 6, self._by_hand, STRETCH))
        self.setLayout(column(head, 6, body, margins=(16, 12, 12, 12)))
        self.setFixedHeight(236)
        self.hide()

    def show_state(self, state: EditingState) -> None:
        faces: ReplyFaces | None = state.shown
        self.setVisible(state.draft is not None and faces is not None)
        if faces is not None:
            self._text.set_text(faces.example or "–")
            self._by_hand.set_text(faces.by_hand)


class RepliesScreen(EditingScreen):
    """The same as the other lists; a reply is taken away after a question."""

    def __init__(self, model: RepliesViewModel, words: Words) -> None:
        self._replies = model
        self.example = ReplyExample(words)
        self.leave = KeyButton(words("Leave it"), kind="ghost")
        self.copy = KeyButton(words("Duplicate"), kind="ghost", icon="ph.copy")
        super().__init__(
            model,
            words,
            title=words("Ready replies"),
            heads=[words(head) for head in HEADS],
            widths=WIDTHS,
            form=ReplyForm(words, model),
            width=400,
            search=words("Search a reply, a language or a category"),
            add=words("Add reply"),
            nothing=words("A ready reply spares typing and says the same to everybody."),
            icon="ph.text-aa",
        )

    def _bind(self) -> None:
        super()._bind()
        self.left.addSpacing(12)
        self.left.addWidget(self.example)
        self.end.clicked.connect(self._replies.remove)
        self.leave.clicked.connect(self._replies.leave_it)
        self.copy.clicked.connect(self._replies.duplicate)
        self.bar.addWidget(self.copy)
        self.bar.addWidget(self.leave)

    def _render_panel(self, state: EditingState) -> None:
        super()._render_panel(state)
        self.example.show_state(state)
        known = state.draft is not None and state.chosen != NEW
        words = self._words
        self.end.set_words(
            words("Yes, remove") if state.confirming else words("Remove"), icon="ph.trash-simple"
        )
        self.end.setVisible(known)
        self.leave.setVisible(known and state.confirming)
        self.copy.setVisible(known and not state.confirming)
        self.end.setEnabled(not state.busy)
