"""Fields for a number and for a time of day, with their label above."""

from PySide6.QtCore import QSize, Qt, QTime
from PySide6.QtWidgets import QSpinBox, QTimeEdit, QWidget

from ui.widgets.labels import Label
from ui.widgets.layouts import column

STEP_MINUTES = 5


class NumberField(QSpinBox):
    """A whole number, typed or changed by the arrow keys."""

    def __init__(self, name: str, *, least: int, most: int, step: int = 1) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setRange(least, most)
        self.setSingleStep(step)
        self.setKeyboardTracking(True)
        self.lineEdit().setTextMargins(11, 0, 4, 0)
        self.setFixedSize(QSize(72, 40))

    def show_number(self, number: int) -> None:
        """Show what is known; never while it is being typed."""
        if self.value() != number and not self.hasFocus():
            self.setValue(number)


class TimeField(QTimeEdit):
    """A time of day in steps of five minutes."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setDisplayFormat("HH:mm")
        self.setKeyboardTracking(False)
        self.lineEdit().setTextMargins(11, 0, 4, 0)
        self.setFixedSize(QSize(84, 40))

    def stepBy(self, steps: int) -> None:  # noqa: N802 - Qt's name
        """The minutes go by fives, over the hour."""
        if self.currentSection() is not QTimeEdit.Section.MinuteSection:
            super().stepBy(steps)
            return
        minutes = self.time().msecsSinceStartOfDay() // 60_000 + steps * STEP_MINUTES
        self.setTime(QTime.fromMSecsSinceStartOfDay(max(0, min(minutes, 1435)) * 60_000))

    def show_time(self, at: QTime) -> None:
        if self.time() != at and not self.hasFocus():
            self.setTime(at)


def labelled(text: str, field: QWidget) -> QWidget:
    """A field with its label above."""
    whole = QWidget()
    label = Label(text, "small", weight=600, tone="text2")
    layout = column(label, 4, field)
    layout.setAlignment(field, Qt.AlignmentFlag.AlignLeft)
    whole.setLayout(layout)
    return whole
