"""The box in which a reply is written: what stands ready, by which way, and what it does."""

import re
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QSyntaxHighlighter, QTextCharFormat
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QPlainTextEdit,
    QSizePolicy,
    QWidget,
)

from loket.kit.i18n import Words
from loket.reports.rules.attachments import USUAL_NAMES
from ui.reports.following.form_state import Option
from ui.reports.following.state import ReplyState
from ui.theme.look import colour, font
from ui.theme.paint import text_width
from ui.widgets.buttons import KeyButton
from ui.widgets.cards import Card, Rule
from ui.widgets.choices import Choice, Segmented, ToggleChip
from ui.widgets.labels import Label, TextBlock
from ui.widgets.layouts import STRETCH, column, row

_FIELD = re.compile(r"\{[^{}\n]{0,40}\}")
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_WAY_PAD = 20


class Marks(QSyntaxHighlighter):
    """What the town's facts put in, and what a person must still fill in."""

    def __init__(self, edit: QPlainTextEdit) -> None:
        super().__init__(edit.document())
        self._filled: tuple[str, ...] = ()

    def mark(self, filled: tuple[str, ...]) -> None:
        if filled != self._filled:
            self._filled = filled
            self.rehighlight()

    def highlightBlock(self, text: str) -> None:  # noqa: N802 - Qt's name
        known = QTextCharFormat()
        known.setBackground(colour("accent_tint2"))
        for words in self._filled:
            at = text.find(words)
            while words and at >= 0:
                self.setFormat(at, len(words), known)
                at = text.find(words, at + len(words))
        open_field = QTextCharFormat()
        open_field.setBackground(colour("wait_bg"))
        open_field.setForeground(colour("wait_fg"))
        open_field.setFontWeight(600)
        for found in _FIELD.finditer(text):
            if found[0] in self._filled:
                continue  # each reader's own
            self.setFormat(found.start(), found.end() - found.start(), open_field)


class ReplyEdit(QPlainTextEdit):
    """Ctrl+Enter sends; Tab goes on to the buttons."""

    sent = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setTabChangesFocus(True)
        self.setProperty("form", "bare")

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if event.key() in _ENTER and control:
            self.sent.emit()
            return
        super().keyPressEvent(event)


class ReplyBox(Card):
    """State in, wishes out."""

    typed = Signal(str)
    way_chosen = Signal(str)
    template_chosen = Signal(str)
    all_chosen = Signal(bool)
    sent = Signal()
    closed = Signal()
    asked = Signal()
    not_reached = Signal()
    attached = Signal(object)

    def __init__(self, words: Words) -> None:
        super().__init__(kind="over")
        self._words = words
        self._revision = -1
        self._ident = ""
        self._templates: tuple[Option, ...] | None = None
        self._ways: Segmented | None = None
        self._ways_shown: tuple[Option, ...] = ()
        self._build()
        self._bind()

    def _build(self) -> None:
        words = self._words
        self.template = Choice(words("Answer with"))
        self.template.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.template.setMinimumContentsLength(1)
        self.template.setMinimumWidth(140)
        self.template.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.template.setMaximumWidth(240)
        self.template.setFixedHeight(32)
        self._way_place = row()
        line = row(self.template, STRETCH, self._way_place, gap=8, margins=(7, 7, 7, 7))
        self._head = QWidget()
        self._head.setLayout(column(line, Rule()))
        self.edit = ReplyEdit(words("Reply"))
        self._marks = Marks(self.edit)
        self._wrong = TextBlock("", "small", tone="late_fg")
        self._wronged = QWidget()
        self._wronged.setLayout(column(self._wrong, margins=(15, 0, 15, 6)))
        whom, acts = self._whom(), self._acts()
        whole = column(self._head, self.edit, self._wronged, Rule(), whom, 4, acts)
        whole.setStretch(1, 1)
        whole.setContentsMargins(1, 1, 1, 1)
        self.setLayout(whole)
        self.setFixedHeight(268)

    def _whom(self) -> QHBoxLayout:
        name = self._words("Add a photo or PDF")
        self.clip = KeyButton("", kind="ghost", icon="ph.paperclip-bold", height=40)
        self.clip.setAccessibleName(name)
        self.clip.setToolTip(name)
        self.clip.setFixedWidth(44)
        self.to = Label("", "small", tone="text2")
        self.all = ToggleChip("", icon="ph.users")
        self.all.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.ask = KeyButton(self._words("Ask reporter"), height=40)
        self.missed = KeyButton(self._words("Not reached"), icon="ph.phone-x")
        parts = (self.clip, self.to, self.all, self.ask, self.missed)
        whom = row(*parts, gap=8, margins=(7, 4, 7, 0))
        whom.setStretch(1, 1)
        return whom

    def _acts(self) -> QHBoxLayout:
        words = self._words
        self.close_too = KeyButton(words("Send and close"))
        self.send = KeyButton(
            words("Send"), kind="primary", icon="ph.paper-plane-tilt-bold", key="Ctrl+Enter"
        )
        return row(STRETCH, self.close_too, self.send, gap=8, margins=(7, 0, 7, 7))

    def _bind(self) -> None:
        self.edit.textChanged.connect(self._on_typed)
        self.edit.sent.connect(self.sent)
        self.template.activated.connect(self._on_template)
        self.send.clicked.connect(self.sent)
        self.close_too.clicked.connect(self.closed)
        self.ask.clicked.connect(self.asked)
        self.missed.clicked.connect(self.not_reached)
        self.all.clicked.connect(lambda: self.all_chosen.emit(self.all.isChecked()))
        self.clip.clicked.connect(self._on_clip)

    def _on_typed(self) -> None:
        if self._revision >= 0:
            self.typed.emit(self.edit.toPlainText())

    def _on_template(self, _place: int) -> None:
        chosen = self.template.currentData()
        self.template.setCurrentIndex(0)
        if chosen:
            self.template_chosen.emit(chosen)

    def _on_clip(self) -> None:
        kinds = self._words("Photos and PDF files ({endings})", endings=USUAL_NAMES)
        path, _kind = QFileDialog.getOpenFileName(
            self, self._words("Add a photo or PDF"), "", kinds
        )
        if path:
            self.attached.emit(Path(path))

    # rendering

    def show_reply(self, ident: str, state: ReplyState, *, aside: bool = False) -> None:
        """``aside``: something else is asked first, and has the one solid button."""
        self.send.set_kind("outlined" if aside else "primary")
        self._show_text(ident, state)
        self._marks.mark(state.filled)
        self._show_ways(state)
        self._show_templates(state.templates)
        # Of an ended report only a note can be written: there is nothing to choose.
        self._head.setVisible(bool(state.templates) or len(state.ways) > 1)
        self._wrong.set_text(state.wrong)
        self._wronged.setVisible(bool(state.wrong))
        self.to.setText(state.to)
        self.all.setVisible(bool(state.can_all))
        self.all.setText(state.can_all)
        self.all.setAccessibleName(state.can_all)
        self.all.setChecked(state.to_all)
        spoken = state.not_reached
        self.ask.setVisible(state.can_ask and not spoken)
        self.missed.setVisible(spoken)
        self.close_too.setVisible(state.can_close)
        words = self._words
        self.close_too.set_words(words("Note and close") if spoken else words("Send and close"))
        self.send.set_words(state.send)
        self.send.setEnabled(state.can_send)
        self.send.set_busy(words("One moment") if state.busy else "")

    def _show_text(self, ident: str, state: ReplyState) -> None:
        if (ident, state.revision) == (self._ident, self._revision):
            return
        self._revision = -1  # what is put here was not typed
        if self.edit.toPlainText() != state.text:
            self.edit.setPlainText(state.text)
            self._place_cursor(state.text)
        self._ident, self._revision = ident, state.revision

    def _place_cursor(self, text: str) -> None:
        """On the first field that is still to be filled in, or else at the end."""
        cursor = self.edit.textCursor()
        found = _FIELD.search(text)
        if found is None:
            cursor.movePosition(cursor.MoveOperation.End)
        else:
            cursor.setPosition(found.start())
            cursor.setPosition(found.end(), cursor.MoveMode.KeepAnchor)
        self.edit.setTextCursor(cursor)

    def _show_ways(self, state: ReplyState) -> None:
        if state.ways != self._ways_shown:
            self._ways_shown = state.ways
            if self._ways is not None:
                self._way_place.removeWidget(self._ways)
                self._ways.deleteLater()
            self._ways = Segmented(self._words("By"), state.ways, value=state.way)
            face = font(13, 600)
            wide = sum(text_width(text, face) + _WAY_PAD for _way, text in state.ways)
            self._ways.setFixedSize(round(wide), 32)
            self._ways.setVisible(len(state.ways) > 1)
            self._ways.chosen.connect(self.way_chosen)
            self._way_place.addWidget(self._ways)
        if self._ways is not None:
            self._ways.set_value(state.way)

    @property
    def ways(self) -> Segmented | None:
        return self._ways

    def _show_templates(self, templates: tuple[Option, ...]) -> None:
        self.template.setVisible(bool(templates))
        if templates != self._templates:
            self._templates = templates
            self.template.clear()
            self.template.addItem(self._words("Answer with"), "")
            for ident, name in templates:
                self.template.addItem(name, ident)
