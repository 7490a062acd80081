"""Termijnen: four kinds at the left, the terms of one with an example at the right."""

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QBoxLayout, QWidget

from loket.kit.i18n import Words, mark
from loket.reports.rules.terms import Counting, StartsWith
from ui.admin.reports.parts import headed, quietly
from ui.admin.reports.screen import EditingScreen
from ui.admin.reports.state import EditingState
from ui.admin.reports.terms.view_model import TermsDraft, TermsViewModel
from ui.widgets.cards import Card
from ui.widgets.choices import Segmented, ToggleChip
from ui.widgets.labels import Label, TextBlock
from ui.widgets.layouts import column, row
from ui.widgets.numbers import NumberField, labelled

HEADS = (mark("Kind"), mark("Receipt"), mark("Answer"), mark("Extension"), mark("Set by"))
WIDTHS = (90, 124, 124, 124, 86)
MOST = 366
FIELDS = (
    ("receipt_days", mark("Receipt within"), 1),
    ("answer_days", mark("Answer within"), 1),
    ("extension_days", mark("Extend once (0: never)"), 0),
    ("reaction_days", mark("React within"), 1),
)
"""Field of the draft, its text, and its least."""


class TermsForm(QWidget):
    """Days, how they are counted, and what they come to."""

    def __init__(self, words: Words, change: Callable[..., None]) -> None:
        super().__init__()
        self.fields = {
            name: NumberField(words(text), least=least, most=MOST) for name, text, least in FIELDS
        }
        countings = (
            (str(Counting.CALENDAR), words("Calendar days")),
            (str(Counting.WORKING), words("Working days")),
        )
        starts = (
            (str(StartsWith.REGISTRATION), words("Registration")),
            (str(StartsWith.CLARIFICATION), words("Clarification")),
        )
        self.counting = Segmented(words("Days"), countings, value=str(Counting.CALENDAR))
        self.starts = Segmented(words("Begins at"), starts, value=str(StartsWith.REGISTRATION))
        self.pauses = ToggleChip(
            words("Stands still while waiting for the citizen"), icon="ph.pause-circle"
        )
        self._example = TextBlock("", tone="text")
        self._build(words)
        for name, field in self.fields.items():
            field.valueChanged.connect(lambda days, name=name: change(**{name: days}))
        self.counting.chosen.connect(lambda value: change(counting=Counting(value)))
        self.starts.chosen.connect(lambda value: change(starts_with=StartsWith(value)))
        self.pauses.clicked.connect(lambda on: change(pauses=on))

    def _build(self, words: Words) -> None:
        fields = [labelled(words(text), self.fields[name]) for name, text, _least in FIELDS]
        lines = [_beside(*fields[:2]), _beside(*fields[2:])]
        example = Card(kind="note")
        head = Label(words("A report of today"), "small", weight=600, tone="text2")
        example.setLayout(column(head, 4, self._example, margins=(12, 10, 12, 10)))
        self.setLayout(
            column(
                headed(words("Counted in"), self.counting),
                *lines,
                headed(words("The answer counts from"), self.starts),
                self.pauses,
                example,
                gap=10,
            )
        )

    def take_focus(self) -> None:
        self.fields["receipt_days"].setFocus()

    def show_state(self, state: EditingState) -> None:
        draft: TermsDraft = state.draft
        for name, field in self.fields.items():
            quietly(field, partial(_show_days, field, getattr(draft, name)))
        self.counting.set_value(str(draft.counting))
        self.starts.set_value(str(draft.starts_with))
        self.pauses.setChecked(draft.pauses)
        self._example.set_text("\n".join(state.shown or ("–",)))


def _beside(left: QWidget, right: QWidget) -> QBoxLayout:
    both = row(left, right, gap=12)
    both.setStretch(0, 1)
    both.setStretch(1, 1)
    return both


def _show_days(field: NumberField, days: int) -> None:
    if field.value() != days:
        field.setValue(days)


def terms_screen(model: TermsViewModel, words: Words) -> EditingScreen:
    return EditingScreen(
        model,
        words,
        title=words("Terms of reports"),
        heads=[words(head) for head in HEADS],
        widths=WIDTHS,
        form=TermsForm(words, model.change),
        icon="ph.calendar-check",
    )
