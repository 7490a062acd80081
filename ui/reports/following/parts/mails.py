"""The pile of mail that found no file: a table above, the mail below, and what to do with it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QVBoxLayout, QWidget

from loket.kit.i18n import Words
from ui.reports.following.mails import MailFace, MailsState
from ui.reports.following.parts.pile import Pile
from ui.reports.following.piles import MAIL_HEADS
from ui.reports.following.state import PileState
from ui.widgets.buttons import KeyButton
from ui.widgets.cards import Card
from ui.widgets.fields import TextField
from ui.widgets.labels import Label, TextBlock
from ui.widgets.layouts import STRETCH, column, row

_REASON_LENGTH = 200


class MailsPile(Pile):
    """One is read at a time; the others stand above it."""

    chosen = Signal(str)
    reference_typed = Signal(str)
    reason_typed = Signal(str)
    linked = Signal()
    registered = Signal()
    put_aside = Signal()

    def __init__(self, words: Words) -> None:
        super().__init__(
            words,
            words("Loose mails"),
            MAIL_HEADS,
            (180, 280, 120),
            words("Every mail found its file"),
        )
        self.table.widths(180, 280, 150, stretched=1)
        self._mail = ""
        self.page = self._page(words)
        whole = self.layout()
        if isinstance(whole, QVBoxLayout):
            whole.insertSpacing(3, 12)
            whole.insertWidget(4, self.page, 2)
            whole.setStretch(2, 1)
        self.add_acts(self.aside, self.new)
        self.table.selected.connect(self._on_selected)
        self.link.clicked.connect(self.linked)
        self.reference.edit.returnPressed.connect(self.linked)
        self.reference.edited.connect(self.reference_typed)
        self.new.clicked.connect(self.registered)
        self.aside.clicked.connect(self.put_aside)
        self.reason.edit.returnPressed.connect(self.put_aside)
        self.reason.edited.connect(self.reason_typed)

    def _page(self, words: Words) -> QWidget:
        self._subject = Label("", "strong")
        self._sender = Label("", "small", tone="text2")
        self._why = TextBlock("", "small", tone="wait_fg")
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setAccessibleName(words("Text of the mail"))
        self._files = TextBlock("", "small")
        self.reference = TextField(words("Belongs with report"), limit=16)
        self.reference.edit.setPlaceholderText("M-2026-00000")
        self._found = Label("", "small", tone="text2")
        self.link = KeyButton(words("Link"), icon="ph.link", key="Enter")
        self.reason = TextField(words("Why nothing is done with it"), limit=_REASON_LENGTH)
        self.aside = KeyButton(words("Put aside"), icon="ph.archive")
        self.new = KeyButton(words("New report"), kind="primary", icon="ph.plus-bold")
        page = Card()
        linking = row(self.reference, column(24, self.link, STRETCH), gap=8)
        why = column(self.reason, STRETCH)
        fields = row(column(linking, self._found, STRETCH), why, gap=16)
        fields.setStretch(0, 1)
        fields.setStretch(1, 1)
        whole = column(
            self._subject,
            2,
            self._sender,
            6,
            self._why,
            8,
            self.text,
            self._files,
            10,
            fields,
            margins=(16, 12, 16, 12),
        )
        whole.setStretch(whole.indexOf(self.text), 1)
        page.setLayout(whole)
        return page

    def _on_selected(self, mail_id: str) -> None:
        if mail_id:
            self.chosen.emit(mail_id)

    def show_mails(self, state: MailsState) -> None:
        self.show_pile(PileState(rows=state.rows, problem=state.problem))
        focus = QApplication.focusWidget()
        if not state.mail.id and focus is not None and self.isAncestorOf(focus):
            self.back.setFocus()  # what has it goes away
        self.page.setVisible(bool(state.mail.id))
        self._show_mail(state.mail)
        _keep(self.reference, state.reference)
        _keep(self.reason, state.reason)
        self._found.setText(state.found)
        # Also while one is on its way: a key that goes grey gives its focus away.
        self.link.setEnabled(state.can_link)
        self.new.setEnabled(bool(state.mail.id))
        self.aside.setEnabled(state.can_put_aside)

    def _show_mail(self, mail: MailFace) -> None:
        places = {one.id: place for place, one in enumerate(self.table.texts.rows)}
        if mail.id in places and self.table.current() != mail.id:
            self.table.setCurrentIndex(self.table.texts.index(places[mail.id], 0))
        if mail.id != self._mail:
            self._mail = mail.id
            self.reference.clear_text()
            self.reason.clear_text()
        self._subject.setText(mail.subject)
        self._sender.setText(mail.sender)
        self._why.set_text(mail.why)
        if self.text.toPlainText() != mail.text:
            self.text.setPlainText(mail.text)
        self._files.set_text(mail.files)
        self._files.setVisible(bool(mail.files))


def _keep(field: TextField, text: str) -> None:
    """Show it, also where the cursor stands: the mail below it may be another one by now."""
    if field.edit.text() != text:
        field.edit.setText(text)
