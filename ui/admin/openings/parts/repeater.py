"""Which days: weekdays every so many weeks, a weekday of the month, or a date of the month."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from loket.kit.i18n import Words
from ui.admin.openings.repeating import (
    DAY_NAMES,
    DAY_SHORT,
    LAST_DAY,
    PLACES_IN_MONTH,
    Form,
    Repeat,
    in_words,
    repeat_of,
    rule_of,
)
from ui.theme.look import font
from ui.theme.paint import CENTRE, box, write
from ui.widgets.buttons import Pressable
from ui.widgets.choices import Choice, Segmented
from ui.widgets.labels import Label, TextBlock
from ui.widgets.layouts import STRETCH, column, row
from ui.widgets.numbers import NumberField

MOST_WEEKS = 52


class DayToggle(Pressable):
    """One weekday, on or off."""

    def __init__(self, name: str, short: str) -> None:
        super().__init__(name)
        self._short = short
        self.setCheckable(True)
        self.setFixedSize(QSize(44, 40))

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        painter, area = QPainter(self), QRectF(self.rect())
        on = self.isChecked()
        if on:
            box(painter, area, fill="accent_tint", line="accent", width=2)
        else:
            fill = {"pressed": "surface3", "hover": "hover"}.get(self.state(), "surface")
            box(painter, area, fill=fill, line="border_strong")
        tone = "accent" if on else "text2"
        write(painter, area, self._short, font(14, 600), tone=tone, align=CENTRE)
        painter.end()


class Repeater(QWidget):
    """Shows a rule, and makes one."""

    def __init__(self, words: Words, wish: Callable[[str], None]) -> None:
        super().__init__()
        self._words, self._wish = words, wish
        self._repeat = Repeat(Form.OTHER)
        forms = (
            (str(Form.WEEKS), words("Weekdays")),
            (str(Form.MONTH_WEEKDAY), words("Day of the month")),
            (str(Form.MONTH_DATE), words("Date")),
        )
        self.form = Segmented(words("Repeats by"), forms, value=str(Form.WEEKS))
        self.every = NumberField(words("Every so many"), least=1, most=MOST_WEEKS)
        self._unit = Label("", tone="text2")
        self._pages = QStackedWidget()
        self._other = TextBlock("", tone="text2")
        for page in (self._build_days(), self._build_nth(), self._build_date()):
            self._pages.addWidget(page)
        self._pages.setFixedHeight(40)
        every = row(Label(words("Every"), tone="text2"), self.every, self._unit, STRETCH, gap=8)
        self.setLayout(column(self.form, self._pages, self._other, every, gap=12))
        self.form.chosen.connect(self._on_form)
        self.every.valueChanged.connect(lambda many: self._change(every=many))

    def _build_days(self) -> QWidget:
        self.days = {
            day: DayToggle(self._words(DAY_NAMES[day]), self._words(DAY_SHORT[day]))
            for day in DAY_NAMES
        }
        for toggle in self.days.values():
            toggle.clicked.connect(self._on_days)
        return _page(*self.days.values(), gap=4)

    def _build_nth(self) -> QWidget:
        words = self._words
        self.place, self.weekday = Choice(words("Which one")), Choice(words("Weekday"))
        for place, name in PLACES_IN_MONTH.items():
            self.place.addItem(words(name), place)
        for day, name in DAY_NAMES.items():
            self.weekday.addItem(words(name), day)
        self.place.activated.connect(lambda _at: self._change(place=self.place.currentData()))
        self.weekday.activated.connect(
            lambda _at: self._change(weekdays=(self.weekday.currentData(),))
        )
        return _page(self.place, self.weekday, gap=8)

    def _build_date(self) -> QWidget:
        self.date = Choice(self._words("Date of the month"))
        for date in range(1, 32):
            self.date.addItem(str(date), date)
        self.date.addItem(self._words("last day"), LAST_DAY)
        self.date.activated.connect(lambda _at: self._change(date=self.date.currentData()))
        return _page(self.date)

    def take_focus(self) -> None:
        self.form.setFocus()

    def show_rule(self, rule: str) -> None:
        repeat = self._repeat = repeat_of(rule)
        self.form.set_value(str(repeat.form))
        weeks = repeat.form is Form.WEEKS
        self._unit.setText(self._words("weeks") if weeks else self._words("months"))
        self._pages.setVisible(repeat.form is not Form.OTHER)
        self._pages.setCurrentIndex(list(Form).index(repeat.form) % 3)
        self._other.setVisible(repeat.form is Form.OTHER)
        self._other.set_text(in_words(repeat, self._words))
        for day, toggle in self.days.items():
            toggle.setChecked(day in repeat.weekdays)
        self.place.setCurrentIndex(self.place.findData(repeat.place))
        self.weekday.setCurrentIndex(self.weekday.findData((repeat.weekdays or ("MO",))[0]))
        self.date.setCurrentIndex(self.date.findData(repeat.date))
        before = self.every.blockSignals(True)  # noqa: FBT003 - Qt's parameter
        self.every.setEnabled(repeat.form is not Form.OTHER)
        self.every.show_number(repeat.every)
        self.every.blockSignals(before)

    def _on_form(self, form: str) -> None:
        usual = ("MO", "TU", "WE", "TH", "FR") if form == Form.WEEKS else ("MO",)
        self._change(form=Form(form), weekdays=usual, every=1)

    def _on_days(self) -> None:
        """At least one stays: a period on no day is none."""
        days = tuple(day for day, toggle in self.days.items() if toggle.isChecked())
        self._change(weekdays=days or self._repeat.weekdays)

    def _change(self, **values: object) -> None:
        changed = replace(self._repeat, **values)  # type: ignore[arg-type]
        self._wish(rule_of(changed))
        self.show_rule(rule_of(changed))


def _page(*fields: QWidget, gap: int = 0) -> QWidget:
    page = QWidget()
    page.setLayout(row(*fields, STRETCH, gap=gap))
    return page
