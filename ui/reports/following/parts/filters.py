"""What lets fewer reports through, and filters kept under a name."""

from datetime import date
from typing import Any

from PySide6.QtCore import QDate, Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QSizePolicy, QWidget

from loket.kit.i18n import Words, mark
from ui.reports.following.form_state import Option
from ui.reports.following.naming import place_key
from ui.reports.following.state import FilterFace
from ui.widgets.buttons import KeyButton
from ui.widgets.cards import Edged
from ui.widgets.choices import Choice, DayField, ToggleChip
from ui.widgets.labels import Label
from ui.widgets.layouts import column, row

FIELDS = ("view", "kind", "place", "category", "quarter")
NAMES = (mark("State"), mark("Kind"), mark("Department"), mark("Category"), mark("Quarter"))


class FilterBox(Edged):
    """One choice per field; the first of each lets everything through."""

    narrowed = Signal(str, str)
    days_set = Signal(object, object)
    kept = Signal(str)
    forgotten = Signal(str)
    used = Signal(str)
    cleared = Signal()

    def __init__(self, words: Words) -> None:
        super().__init__("top")
        self._words = words
        self._shown: dict[str, tuple[Option, ...]] = {}
        self._build()
        self._bind()

    def _build(self) -> None:
        words = self._words
        names = map(words, NAMES)
        self._all = {
            "kind": words("All kinds"),
            "place": words("All departments"),
            "category": words("All categories"),
            "quarter": words("All quarters"),
        }
        self.choices = {field: _choice(name) for field, name in zip(FIELDS, names, strict=True)}
        self.between = ToggleChip(words("Between"), icon="ph.calendar")
        self.since, self.until = DayField(words("From")), DayField(words("Up to"))
        self.saved = _choice(words("Kept filters"))
        self.use = KeyButton(words("Use"), height=32)
        self.forget = KeyButton(words("Forget"), kind="ghost", height=32)
        self.name = QLineEdit()
        self.name.setAccessibleName(words("Name of the filter"))
        self.name.setPlaceholderText(words("Keep this filter as …"))
        self.name.setFixedHeight(32)
        self.name.setMaxLength(40)
        self.keep = KeyButton(words("Keep"), height=32)
        self.clear = KeyButton(words("Clear all"), kind="ghost", height=32)
        self._days = QWidget()
        self._days.setLayout(row(self.since, self.until, gap=8))
        self._own = QWidget()
        self._own.setLayout(row(self.saved, self.use, self.forget, gap=6))
        head = Label(words("Show fewer"), "small", weight=600, tone="text2")
        fields = [self.choices[field] for field in FIELDS]
        keeping = row(self.name, self.keep, gap=6)
        whole = column(row(head, self.clear), *fields, self.between, self._days, gap=6)
        whole.addWidget(self._own)
        whole.addLayout(keeping)
        whole.setContentsMargins(19, 8, 19, 12)
        self.setLayout(whole)

    def _bind(self) -> None:
        for field, choice in self.choices.items():
            choice.activated.connect(
                lambda _place, field=field, choice=choice: self.narrowed.emit(
                    field, choice.currentData() or ""
                )
            )
        self.between.clicked.connect(self._on_days)
        self.since.dateChanged.connect(self._on_days)
        self.until.dateChanged.connect(self._on_days)
        self.clear.clicked.connect(self.cleared)
        self.use.clicked.connect(lambda: self.used.emit(self.saved.currentData() or ""))
        self.forget.clicked.connect(lambda: self.forgotten.emit(self.saved.currentData() or ""))
        self.keep.clicked.connect(self._on_keep)
        self.name.returnPressed.connect(self._on_keep)

    def _on_days(self, _changed: Any = None) -> None:
        self._days.setVisible(self.between.isChecked())
        if self.between.isChecked():
            self.days_set.emit(_day(self.since.date()), _day(self.until.date()))
        else:
            self.days_set.emit(None, None)

    def _on_keep(self) -> None:
        if self.name.text().strip():
            self.kept.emit(self.name.text())
            self.name.clear()

    def show_filter(self, face: FilterFace, today: date) -> None:
        self.setVisible(face.shown)
        chosen = face.chosen
        whose = place_key(
            next(iter(chosen.department_ids), None), next(iter(chosen.party_ids), None)
        )
        self._fill("view", face.views, str(chosen.view))
        self._fill("kind", face.kinds, str(next(iter(chosen.kinds), "")))
        self._fill("place", face.places, whose)
        self._fill("category", face.categories, next(iter(chosen.category_ids), ""))
        self._fill("quarter", face.quarters, next(iter(chosen.quarters), ""))
        self._show_days(chosen.since, chosen.until, today)
        self._own.setVisible(bool(face.saved))
        options = tuple((name, name) for name in face.saved)
        _options(self.saved, options, self._shown, "saved")

    def _fill(self, field: str, options: tuple[Option, ...], chosen: str) -> None:
        choice = self.choices[field]
        everything = (("", self._all[field]),) if field in self._all else ()
        _options(choice, (*everything, *options), self._shown, field)
        choice.setCurrentIndex(max(0, choice.findData(chosen)))

    def _show_days(self, since: date | None, until: date | None, today: date) -> None:
        on = since is not None or until is not None
        self.between.setChecked(on)
        self._days.setVisible(on)
        for field, day in ((self.since, since), (self.until, until)):
            wanted = day or today
            if not field.hasFocus() and _day(field.date()) != wanted:
                field.blockSignals(True)  # noqa: FBT003 - Qt's signature
                field.setDate(QDate(wanted.year, wanted.month, wanted.day))
                field.blockSignals(False)  # noqa: FBT003 - Qt's signature


def _choice(name: str) -> Choice:
    made = Choice(name)
    made.setFixedHeight(36)
    made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    made.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    return made


def _options(
    choice: Choice,
    options: tuple[Option, ...],
    shown: dict[str, tuple[Option, ...]],
    field: str,
) -> None:
    if shown.get(field) != options:
        shown[field] = options
        choice.clear()
        for value, text in options:
            choice.addItem(text, value)


def _day(day: QDate) -> date:
    return date(day.year(), day.month(), day.day())
