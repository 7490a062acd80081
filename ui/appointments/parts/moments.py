"""The first free moments: a heading for each day, and its moments as buttons."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from loket.kit.i18n import Words
from ui.appointments.state import FreeDayFace, MomentFace
from ui.theme.look import font
from ui.theme.paint import CENTRE, box, write
from ui.widgets.buttons import Pressable
from ui.widgets.labels import Label
from ui.widgets.layouts import STRETCH, column, row

_ACROSS = 3
_HEIGHT = 40
_ARROWS = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Up: -_ACROSS,
    Qt.Key.Key_Down: _ACROSS,
}


class MomentButton(Pressable):
    """One free moment, or how many more there are."""

    arrow_pressed = Signal(int)

    def __init__(self) -> None:
        super().__init__("")
        self.face: MomentFace | None = None
        self.day_key = ""
        self.setFixedHeight(_HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_moment(self, face: MomentFace) -> None:
        self.face = face
        self.setText(face.text)
        self.setAccessibleName(face.spoken)
        self.update()

    def show_more(self, day_key: str, more: int, spoken: str) -> None:
        self.face, self.day_key = None, day_key
        self.setText(f"+{more}")
        self.setAccessibleName(spoken)
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(60, _HEIGHT)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Arrows go among the moments as they stand."""
        step = _ARROWS.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            self.arrow_pressed.emit(step)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        painter = QPainter(self)
        area = QRectF(self.rect())
        if self.face is not None and self.face.chosen:
            box(painter, area, fill="accent")
            tone = "on_accent"
        else:
            fill = {"pressed": "surface3", "hover": "hover"}.get(self.state(), "surface")
            box(painter, area, fill=fill, line="border_strong")
            tone = "text" if self.face else "accent"
        write(painter, area, self.text(), font(16, 600), tone=tone, align=CENTRE)
        painter.end()


class DayOfMoments(QWidget):
    """A day and its moments, three beside each other."""

    def __init__(self) -> None:
        super().__init__()
        self.title = Label("", weight=600)
        self.hint = Label("", "small", tone="text2")
        self.buttons: list[MomentButton] = []
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(4)
        for each in range(_ACROSS):
            self._grid.setColumnStretch(each, 1)
        head = row(self.title, STRETCH, 8, self.hint)
        self.setLayout(column(head, 4, self._grid, 10))

    def show_day(self, day: FreeDayFace, words: Words) -> list[MomentButton]:
        """Fill in a day; gives its buttons that are new."""
        self.title.setText(day.title)
        self.title.setMinimumWidth(self.title.sizeHint().width())
        self.hint.setText(day.hint)
        wanted = len(day.moments) + bool(day.more)
        new = [self._add() for _each in range(wanted - len(self.buttons))]
        for place, button in enumerate(self.buttons):
            button.setVisible(place < wanted)
            if place < len(day.moments):
                button.show_moment(day.moments[place])
            elif place < wanted:
                said = words.plural(
                    "{n} more on {day}", "{n} more on {day}", day.more, day=day.title
                )
                button.show_more(day.key, day.more, said)
        return new

    def _add(self) -> MomentButton:
        made = MomentButton()
        place = len(self.buttons)
        self.buttons.append(made)
        self._grid.addWidget(made, place // _ACROSS, place % _ACROSS)
        return made


class MomentList(QWidget):
    """All days; arrows walk through them."""

    chosen = Signal(str, object)
    more_wished = Signal(str)

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self._days: list[DayOfMoments] = []
        self._shown: tuple[FreeDayFace, ...] = ()
        self._column = column(STRETCH)
        self.setLayout(self._column)

    @property
    def buttons(self) -> list[MomentButton]:
        return [
            button
            for day in self._days[: len(self._shown)]
            for button in day.buttons
            if not button.isHidden()
        ]

    def show_days(self, days: tuple[FreeDayFace, ...]) -> None:
        if days == self._shown:
            return
        while len(self._days) < len(days):
            made = DayOfMoments()
            self._column.insertWidget(len(self._days), made)
            self._days.append(made)
        for place, widget in enumerate(self._days):
            widget.setVisible(place < len(days))
            if place < len(days):
                for button in widget.show_day(days[place], self._words):
                    button.clicked.connect(self._on_clicked)
                    button.arrow_pressed.connect(self._go)
        self._shown = days

    def _on_clicked(self) -> None:
        button = self.sender()
        if not isinstance(button, MomentButton):
            return
        if button.face is None:
            self.more_wished.emit(button.day_key)
        else:
            self.chosen.emit(button.face.site_id, button.face.starts_at)

    def _go(self, step: int) -> None:
        buttons = self.buttons
        focused = next((n for n, one in enumerate(buttons) if one.hasFocus()), 0)
        buttons[min(max(0, focused + step), len(buttons) - 1)].setFocus()
