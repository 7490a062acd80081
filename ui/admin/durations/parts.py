"""The terms of one product, edited beside the table."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from loket.kit.i18n import Words, mark
from ui.admin.durations.state import DurationsState, Values
from ui.widgets.buttons import KeyButton
from ui.widgets.cards import Card, EmptyState, Scrolled
from ui.widgets.labels import Label, TextBlock
from ui.widgets.layouts import STRETCH, column, row
from ui.widgets.numbers import NumberField

WIDTH = 340
FIELDS = (
    ("minutes", mark("Minutes for one person"), 5, 480, 5),
    ("extra_person_minutes", mark("Minutes for each further person"), 0, 480, 5),
    ("buffer_minutes", mark("Minutes to write up afterwards"), 0, 120, 5),
    ("notice_hours", mark("At least so many hours before"), 0, 2160, 1),
    ("horizon_days", mark("At most so many days ahead"), 1, 730, 7),
    ("early_minutes", mark("Minutes one may be early"), 0, 480, 5),
    ("late_minutes", mark("Minutes one may be late"), 0, 480, 5),
    ("most_persons", mark("At most so many persons"), 1, 50, 1),
)
"""Field of the terms, its text, and from, to and by how much it goes."""


class TermsPanel(Card):
    """Eight numbers, and what to do with them."""

    def __init__(self, words: Words, change: Callable[..., None]) -> None:
        super().__init__()
        self._words = words
        self._name, self._place = (
            TextBlock("", "strong", tone="text"),
            Label("", "small", tone="text2"),
        )
        self._usual = Label("", "small", tone="text2")
        self.fields = {
            name: NumberField(words(text), least=least, most=most, step=step)
            for name, text, least, most, step in FIELDS
        }
        self.save = KeyButton(words("Keep"), kind="primary", icon="ph.check-bold", key="Ctrl+Enter")
        self.put_back = KeyButton(words("Put back"), kind="ghost")
        self.reset = KeyButton(words("Usual values"), icon="ph.arrow-counter-clockwise-bold")
        for name, field in self.fields.items():
            field.valueChanged.connect(lambda number, name=name: change(**{name: number}))
        self._empty = EmptyState(
            icon="ph.timer",
            title=words("No product chosen"),
            sentence=words("Choose one in the table."),
        )
        self._edit = self._build()
        self.setLayout(column(self._empty, self._edit, margins=(16, 16, 8, 12)))
        self.setFixedWidth(WIDTH)

    def _build(self) -> QWidget:
        words = self._words
        lines = [
            row(Label(words(text)), STRETCH, self.fields[name], gap=12, margins=(2, 0, 10, 0))
            for name, text, _least, _most, _step in FIELDS
        ]
        edit = QWidget()
        edit.setLayout(
            column(
                self._name,
                4,
                self._place,
                self._usual,
                12,
                Scrolled(column(*lines, STRETCH, gap=8, margins=(0, 4, 0, 4))),
                12,
                row(self.reset, STRETCH),
                8,
                row(self.save, 8, self.put_back, STRETCH),
            )
        )
        return edit

    def take_focus(self) -> None:
        self.fields["minutes"].setFocus()

    def show_terms(self, state: DurationsState) -> None:
        self._empty.setVisible(not state.chosen)
        self._edit.setVisible(bool(state.chosen))
        self._name.set_text(state.name)
        self._place.setText(state.place)
        usual = self._words("Usual values, from the catalogue")
        self._usual.setText(usual if state.usual else self._words("Set by the town"))
        self._show_values(state.values)
        self.save.setEnabled(state.changed)
        self.put_back.setEnabled(state.changed)
        self.reset.setEnabled(not state.usual)
        self.save.set_busy(self._words("One moment") if state.saving else "")

    def _show_values(self, values: Values) -> None:
        for name, field in self.fields.items():
            number = getattr(values, name)
            if field.value() != number:
                before = field.blockSignals(True)  # noqa: FBT003 - Qt's parameter
                field.setValue(number)
                field.blockSignals(before)
