"""The column *Verwacht*: who is late, who comes in the next hour, who is here."""

from dataclasses import dataclass, replace

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from loket.kit.i18n import Words
from ui.theme.icons import draw_icon
from ui.theme.look import colour, font
from ui.theme.paint import cornered, rule, write
from ui.welcome.expected import ArrivalsState, ExpectedGroup, ExpectedLine
from ui.widgets.buttons import KeyButton
from ui.widgets.cards import Card, EmptyState, Scrolled
from ui.widgets.chips import chip_width, draw_chip
from ui.widgets.labels import Label
from ui.widgets.layouts import STRETCH, column, row
from ui.widgets.pools import RowPool, RowWidget

HEAD, LINE = 32, 60
_TIME = 58
"""Room for the time, and for how late below it."""


@dataclass(frozen=True)
class Entry:
    """A heading, or somebody, in the flat list."""

    group: ExpectedGroup
    line: ExpectedLine | None
    first: bool = False
    last: bool = False


class ExpectedRow(RowWidget[Entry]):
    """A heading of 32 px, or a person of 60 with a button or the state of their ticket."""

    wished = Signal(str)
    """Check this appointment in."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.button = KeyButton(words("Check in"), kind="linked", height=32)
        self.button.setParent(self)
        self.button.clicked.connect(self._on_clicked)

    def spoken(self, item: Entry) -> str:
        line = item.line
        if line is None:
            return item.group.title
        parts = (line.time, line.late, line.name, line.detail, line.chip)
        return ", ".join(part for part in parts if part)

    def adapt(self, item: Entry) -> None:
        line = item.line
        self.setFixedHeight(HEAD if line is None else LINE)
        self.setToolTip(line.tip if line else "")
        self.button.setVisible(line is not None and line.can_check_in)
        if line is not None:
            name = self._words("Check in {name}, {time}", name=line.name, time=line.time)
            self.button.setAccessibleName(name)
        self._place_button()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self._place_button()

    def _place_button(self) -> None:
        width = self.button.sizeHint().width()
        self.button.setGeometry(self.width() - width - 12, (LINE - 32) // 2, width, 32)

    def _on_clicked(self) -> None:
        if self.item is not None and self.item.line is not None:
            self.wished.emit(self.item.line.appointment_id)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        item = self.item
        if item is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect())
        if item.line is None:
            self._heading(painter, area, item)
        else:
            if item.group.key == "just":
                below = cornered(area, 9, above=False, below=item.last)
                painter.fillPath(below, colour("accent_tint"))
            self._person(painter, area, item.line, last=item.last)
        if self.y():
            rule(painter, area.topLeft(), area.topRight())
        painter.end()

    def _heading(self, painter: QPainter, area: QRectF, item: Entry) -> None:
        painter.fillPath(cornered(area, 9, above=item.first, below=False), colour("surface2"))
        draw_icon(painter, item.group.icon, QRectF(13, 8, 16, 16), tone=item.group.tone)
        room = QRectF(37, 0, area.width() - 49, HEAD - 1)
        write(painter, room, item.group.title, font(13, 600), tone=item.group.tone)

    def _person(self, painter: QPainter, area: QRectF, line: ExpectedLine, *, last: bool) -> None:
        if line.is_late:
            painter.fillPath(cornered(area, 9, above=False, below=last), colour("late_bg"))
            painter.fillRect(QRectF(0, 0, 4, area.height()), colour("late_fg"))
        tone = "text" if line.can_check_in else "text2"
        top = 9 if line.late else 0
        height = 22 if line.late else LINE - 1
        write(painter, QRectF(13, top, _TIME, height), line.time, font(16, 700), tone=tone)
        if line.late:
            late = QRectF(13, 31, _TIME, 20)
            write(painter, late, line.late, font(12, 600), tone="late_fg")
        right = self._right(painter, area, line)
        width = area.width() - _TIME - 17 - right
        write(painter, QRectF(_TIME + 15, 9, width, 20), line.name, font(14, 600), tone=tone)
        write(painter, QRectF(_TIME + 15, 31, width, 20), line.detail, font(13), tone="text2")

    def _right(self, painter: QPainter, area: QRectF, line: ExpectedLine) -> float:
        """What stands at the right, and how much room it takes."""
        if line.can_check_in:
            return self.button.width() + 20.0
        if not line.chip:
            return 12.0
        width = chip_width(line.chip, line.chip_icon)
        draw_chip(
            painter,
            text=line.chip,
            icon=line.chip_icon,
            tone=line.chip_tone,
            left=area.width() - width - 12,
            middle=LINE / 2,
        )
        return width + 20.0


class ExpectedPanel(QWidget):
    """Everybody with an appointment today, the late ones first."""

    check_in_wished = Signal(str)

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self._just = ""
        self._summary = Label("", "small", tone="text2")
        head = row(Label(words("Expected"), "title"), STRETCH, self._summary)
        self._inner = column(STRETCH)
        self._pool: RowPool[Entry] = RowPool(self._inner, self._make_row)
        self._card = Card()
        self._scrolled = Scrolled(self._inner)
        self._card.setLayout(column(self._scrolled))
        self._card.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._empty = EmptyState(icon="ph.calendar-check", title="")
        layout = column(2, head, 14, self._card, self._empty)
        layout.setStretchFactor(self._card, 1)
        layout.addStretch(0)
        self.setLayout(layout)
        self.setMinimumWidth(280)

    def _make_row(self) -> ExpectedRow:
        made = ExpectedRow(self._words)
        made.wished.connect(self.check_in_wished)
        return made

    def show_arrivals(self, state: ArrivalsState) -> None:
        entries: list[Entry] = []
        for group in state.groups:
            entries.append(Entry(group, None, first=not entries))
            entries += [Entry(group, line) for line in group.lines]
        if entries:
            entries[-1] = replace(entries[-1], last=True)
        self._pool.show(entries)
        self._show_just(state)
        height = sum(HEAD if entry.line is None else LINE for entry in entries)
        self._card.setMaximumHeight(height + 2)
        self._card.setVisible(bool(entries))
        self._empty.setVisible(not entries and bool(state.empty or state.wrong))
        self._empty.say(state.wrong or state.empty, "")
        self._summary.setText(state.summary)

    def _show_just(self, state: ArrivalsState) -> None:
        """Who was checked in from far below is shown on top."""
        just = next((g.lines[0].appointment_id for g in state.groups if g.key == "just"), "")
        if just and just != self._just:
            self._scrolled.verticalScrollBar().setValue(0)
        self._just = just

    @property
    def rows(self) -> list[RowWidget[Entry]]:
        return self._pool.rows
