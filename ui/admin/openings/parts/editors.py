"""What is edited: a period that repeats, or an exception on some days."""

from collections.abc import Callable
from datetime import date, time
from functools import partial
from typing import Any

from PySide6.QtCore import QDate, QTime
from PySide6.QtWidgets import QWidget

from loket.appointments.messages import ScheduleException, SchedulePeriod
from loket.appointments.rules.schedule import MOST_PLACES, ExceptionKind
from loket.kit.i18n import Words
from ui.admin.openings.parts.repeater import Repeater
from ui.widgets.choices import Choice, DayField, Segmented, ToggleChip
from ui.widgets.fields import TextField
from ui.widgets.layouts import STRETCH, column, row
from ui.widgets.numbers import NumberField, TimeField, labelled

GRIDS = (5, 10, 15, 20, 30, 40, 45, 60, 90, 120)
Change = Callable[..., None]


class Times(QWidget):
    """From when to when."""

    def __init__(self, words: Words, change: Change) -> None:
        super().__init__()
        self.opens, self.closes = TimeField(words("Opens")), TimeField(words("Closes"))
        self.setLayout(
            row(
                labelled(words("From"), self.opens),
                labelled(words("Up to"), self.closes),
                STRETCH,
                gap=12,
            )
        )
        self.opens.timeChanged.connect(lambda at: change(opens=_time(at)))
        self.closes.timeChanged.connect(lambda at: change(closes=_time(at)))

    def show_times(self, opens: time, closes: time) -> None:
        _quietly(self.opens, partial(self.opens.show_time, QTime(opens.hour, opens.minute)))
        _quietly(self.closes, partial(self.closes.show_time, QTime(closes.hour, closes.minute)))


class Places(QWidget):
    """For how many at once, and how often one may begin."""

    def __init__(self, words: Words, change: Change) -> None:
        super().__init__()
        self.public = NumberField(words("Public places"), least=0, most=MOST_PLACES)
        self.desk = NumberField(words("Desk-only places"), least=0, most=MOST_PLACES)
        self.grid = Choice(words("Begins every"))
        for minutes in GRIDS:
            self.grid.addItem(words("{minutes} min", minutes=minutes), minutes)
        self.setLayout(
            row(
                labelled(words("Public"), self.public),
                labelled(words("Desk only"), self.desk),
                labelled(words("Begins every"), self.grid),
                STRETCH,
                gap=12,
            )
        )
        self.public.valueChanged.connect(lambda many: change(public_places=many))
        self.desk.valueChanged.connect(lambda many: change(desk_places=many))
        self.grid.activated.connect(lambda _at: change(grid_minutes=self.grid.currentData()))

    def show_places(self, part: SchedulePeriod | ScheduleException) -> None:
        _quietly(self.public, lambda: self.public.show_number(part.public_places))
        _quietly(self.desk, lambda: self.desk.show_number(part.desk_places))
        if self.grid.findData(part.grid_minutes) < 0:
            self.grid.addItem(f"{part.grid_minutes} min", part.grid_minutes)
        self.grid.setCurrentIndex(self.grid.findData(part.grid_minutes))


class PeriodEditor(QWidget):
    """A period that repeats."""

    def __init__(self, words: Words, change: Change) -> None:
        super().__init__()
        self._change = change
        self._shown: SchedulePeriod | None = None
        self.name = TextField(words("Name"), hint=words("if it needs one"))
        self.repeater = Repeater(words, lambda rule: change(rule=rule))
        self.times, self.places = Times(words, change), Places(words, change)
        self.first, self.last = DayField(words("Valid from")), DayField(words("Valid to"))
        self.ends = ToggleChip(words("Ends"), icon="ph.flag")
        self.setLayout(
            column(
                self.repeater,
                self.times,
                self.places,
                row(
                    labelled(words("Valid from"), self.first),
                    labelled(" ", self.ends),
                    labelled(words("Valid to"), self.last),
                    STRETCH,
                    gap=12,
                ),
                self.name,
                gap=16,
            )
        )
        self.name.edited.connect(lambda text: change(name=text.strip()))
        self.first.dateChanged.connect(lambda day: change(valid_from=_day(day)))
        self.last.dateChanged.connect(lambda day: change(valid_to=_day(day)))
        self.ends.clicked.connect(self._on_ends)

    def take_focus(self) -> None:
        self.repeater.take_focus()

    def show_period(self, period: SchedulePeriod) -> None:
        fresh = self._shown is None or self._shown.id != period.id
        self._shown = period
        if fresh:
            self.name.edit.setText(period.name)
        self.repeater.show_rule(period.rule)
        self.times.show_times(period.opens, period.closes)
        self.places.show_places(period)
        _show_day(self.first, period.valid_from)
        self.ends.setChecked(period.valid_to is not None)
        self.last.setEnabled(period.valid_to is not None)
        _show_day(self.last, period.valid_to or period.valid_from)

    def _on_ends(self) -> None:
        if self._shown is None:
            return
        end = self._shown.valid_from.replace(month=12, day=31) if self.ends.isChecked() else None
        self._change(valid_to=end)


class ExceptionEditor(QWidget):
    """Closed, or open besides, on some days."""

    def __init__(self, words: Words, change: Change) -> None:
        super().__init__()
        self._change = change
        self._shown: ScheduleException | None = None
        kinds = (
            (str(ExceptionKind.CLOSED), words("Closed")),
            (str(ExceptionKind.OPEN), words("Open besides")),
        )
        self.kind = Segmented(words("Kind"), kinds, value=str(ExceptionKind.CLOSED))
        self.first, self.last = DayField(words("First day")), DayField(words("Last day"))
        self.whole = ToggleChip(words("The whole day"), icon="ph.sun")
        self.times, self.places = Times(words, change), Places(words, change)
        self.reason = TextField(words("Reason"), hint=words("colleagues read it in the calendar"))
        days = row(
            labelled(words("First day"), self.first),
            labelled(words("Last day"), self.last),
            STRETCH,
            gap=12,
        )
        self.setLayout(
            column(self.kind, days, self.whole, self.times, self.places, self.reason, gap=16)
        )
        self.kind.chosen.connect(self._on_kind)
        self.whole.clicked.connect(self._on_whole)
        self.first.dateChanged.connect(self._on_first)
        self.last.dateChanged.connect(lambda day: change(last_day=_day(day)))
        self.reason.edited.connect(lambda text: change(reason=text.strip()))

    def take_focus(self) -> None:
        self.kind.setFocus()

    def show_exception(self, exception: ScheduleException) -> None:
        fresh = self._shown is None or self._shown.id != exception.id
        self._shown = exception
        if fresh:
            self.reason.edit.setText(exception.reason)
        is_open = exception.kind is ExceptionKind.OPEN
        self.kind.set_value(str(exception.kind))
        _show_day(self.first, exception.first_day)
        _show_day(self.last, exception.last_day)
        self.whole.setChecked(exception.opens is None)
        self.whole.setVisible(not is_open)
        self.times.setVisible(exception.opens is not None)
        self.places.setVisible(is_open)
        if exception.opens is not None and exception.closes is not None:
            self.times.show_times(exception.opens, exception.closes)
        self.places.show_places(exception)

    def _on_kind(self, kind: str) -> None:
        if self._shown is None:
            return
        values: dict[str, Any] = {"kind": ExceptionKind(kind)}
        if kind == ExceptionKind.OPEN:
            has_places = self._shown.public_places + self._shown.desk_places
            values["public_places"] = self._shown.public_places if has_places else 1
            values["opens"] = self._shown.opens or time(9)
            values["closes"] = self._shown.closes or time(12)
        self._change(**values)

    def _on_whole(self) -> None:
        hours = (None, None) if self.whole.isChecked() else (time(12), time(17))
        self._change(opens=hours[0], closes=hours[1])

    def _on_first(self, day: QDate) -> None:
        """The last day goes along: nobody closes backwards."""
        if self._shown is not None:
            first = _day(day)
            self._change(first_day=first, last_day=max(first, self._shown.last_day))


def _quietly(field: QWidget, show: Callable[[], object]) -> None:
    """Show a value without telling it back as a wish."""
    before = field.blockSignals(True)  # noqa: FBT003 - Qt's parameter
    show()
    field.blockSignals(before)


def _show_day(field: DayField, day: date) -> None:
    shown = QDate(day.year, day.month, day.day)
    if field.date() != shown and not field.hasFocus():
        _quietly(field, lambda: field.setDate(shown))


def _day(day: QDate) -> date:
    return date(day.year(), day.month(), day.day())


def _time(at: QTime) -> time:
    return time(at.hour(), at.minute())
