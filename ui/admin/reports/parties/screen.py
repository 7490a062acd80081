"""Partijen: who they are at the left, how they are reached at the right."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from loket.kit.i18n import Words, mark
from loket.wire.contact import LONGEST_ADDRESS
from ui.admin.reports.parties.view_model import PartiesViewModel
from ui.admin.reports.parts import show_text
from ui.admin.reports.screen import ClosingScreen
from ui.admin.reports.state import EditingState
from ui.widgets.fields import TextField
from ui.widgets.layouts import column

HEADS = (mark("Party"), mark("E-mail"), mark("Telephone"), mark("Open"))
WIDTHS = (150, 168, 106, 76)


class PartyForm(QWidget):
    """Name, address and number."""

    def __init__(self, words: Words, change: Callable[..., None]) -> None:
        super().__init__()
        self.name = TextField(words("Name"))
        self.email = TextField(
            words("E-mail"), hint=words("reports go there"), limit=LONGEST_ADDRESS
        )
        self.phone = TextField(words("Telephone"), hint=words("if there is one"), limit=40)
        self.setLayout(column(self.name, self.email, self.phone, gap=12))
        self.name.edited.connect(lambda text: change(name=text))
        self.email.edited.connect(lambda text: change(email=text))
        self.phone.edited.connect(lambda text: change(phone=text))

    def take_focus(self) -> None:
        self.name.edit.setFocus()

    def show_state(self, state: EditingState) -> None:
        for field, text in (
            (self.name, state.draft.name),
            (self.email, state.draft.email),
            (self.phone, state.draft.phone),
        ):
            show_text(field, text)
        email, phone = state.shown or ("", "")
        self.email.show_wrong(email if not self.email.edit.hasFocus() else "")
        self.phone.show_wrong(phone if not self.phone.edit.hasFocus() else "")


def parties_screen(model: PartiesViewModel, words: Words) -> ClosingScreen:
    return ClosingScreen(
        model,
        words,
        title=words("Parties outside"),
        heads=[words(head) for head in HEADS],
        widths=WIDTHS,
        form=PartyForm(words, model.change),
        add=words("Add party"),
        nothing=words("Who handles reports for the town comes here: waste, lighting, roads."),
        icon="ph.buildings",
    )
