"""The list of rules: each in words, with what it would have done; moved by Alt and the arrows."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.admin.reports.dispatch.state import RuleLine
from ui.theme.icons import draw_icon
from ui.theme.look import font
from ui.theme.paint import box, write
from ui.widgets.buttons import Pressable
from ui.widgets.chips import chip_width, draw_chip
from ui.widgets.layouts import column

HEIGHT = 84
_ARROWS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class RuleRow(Pressable):
    """One rule; Delete takes it out of the list."""

    moved = Signal(int)
    left = Signal(int)
    """To the rule above (-1) or below (1)."""
    removed = Signal()

    def __init__(self, changed_word: str) -> None:
        super().__init__("")
        self._changed_word = changed_word
        self.line: RuleLine | None = None
        self.setCheckable(True)
        self.setFixedHeight(HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_line(self, line: RuleLine) -> None:
        if line != self.line:
            self.line = line
            changed = self._changed_word if line.changed else ""
            said = [f"{line.place}. {line.title}", f"→ {line.goal}", line.effect, line.warning]
            self.setAccessibleName(". ".join(part for part in (*said, changed) if part))
            self.setToolTip("\n".join(part for part in said if part))
            self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(280, HEIGHT)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        step = _ARROWS.get(Qt.Key(event.key()))
        if step and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.moved.emit(step)
        elif step:
            self.left.emit(step)
        elif event.key() == Qt.Key.Key_Delete:
            self.removed.emit()
        else:
            super().keyPressEvent(event)

    def nextCheckState(self) -> None:  # noqa: N802 - Qt's name
        """Pressing the chosen one leaves it chosen."""
        self.setChecked(True)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        if self.line is None:
            return
        painter, line, area = QPainter(self), self.line, QRectF(self.rect())
        self._ground(painter, area)
        write(painter, QRectF(14, 10, 26, 20), str(line.place), font(14, 700), tone="text2")
        wide = area.width() - 56
        right = wide - self._chip(painter, area) if line.changed else wide
        write(painter, QRectF(42, 10, wide, 20), line.title, font(14, 600))
        write(painter, QRectF(42, 32, wide, 20), f"→ {line.goal}", font(13))
        if line.warning:
            draw_icon(painter, "ph.warning-circle-bold", QRectF(42, 56, 16, 16), tone="late_fg")
            room = QRectF(62, 54, right - 20, 20)
            write(painter, room, line.warning, font(13, 600), tone="late_fg")
        else:
            write(painter, QRectF(42, 54, right, 20), line.effect, font(13), tone="text2")
        painter.end()

    def _ground(self, painter: QPainter, area: QRectF) -> None:
        if self.isChecked():
            box(painter, area, fill="accent_tint", line="accent", width=2)
            return
        fill = {"pressed": "surface3", "hover": "hover"}.get(self.state(), "surface")
        changed = self.line is not None and self.line.changed
        box(painter, area, fill=fill, line="accent_line" if changed else "border")

    def _chip(self, painter: QPainter, area: QRectF) -> float:
        width = chip_width(self._changed_word, "", height=20)
        draw_chip(
            painter,
            text=self._changed_word,
            icon="",
            tone="tint",
            left=area.width() - 12 - width,
            middle=area.height() - 20,
            height=20,
        )
        return width + 8


class RuleRows(QWidget):
    """Rows that are made once and shown again."""

    chosen = Signal(str)
    moved = Signal(int)
    removed = Signal()

    def __init__(self, changed_word: str) -> None:
        super().__init__()
        self._changed_word = changed_word
        self.rows: list[RuleRow] = []
        self._layout = column(gap=8)
        self.setLayout(self._layout)

    def show_lines(self, lines: tuple[RuleLine, ...], chosen: str) -> None:
        while len(self.rows) < len(lines):
            self._add()
        had_focus = any(row.hasFocus() for row in self.rows)
        for place, row in enumerate(self.rows):
            row.setVisible(place < len(lines))
        for row, line in zip(self.rows, lines, strict=False):
            row.show_line(line)
            row.setChecked(line.id == chosen)
            if had_focus and line.id == chosen:
                row.setFocus()

    def take_focus(self) -> bool:
        """To the chosen one, or the first; whether there is any."""
        shown = [row for row in self.rows if not row.isHidden()]
        wanted = next((row for row in shown if row.isChecked()), shown[0] if shown else None)
        if wanted is not None:
            wanted.setFocus()
        return wanted is not None

    def _add(self) -> None:
        row = RuleRow(self._changed_word)
        row.clicked.connect(lambda: self.chosen.emit(row.line.id if row.line else ""))
        row.moved.connect(lambda step: self._on_moved(row, step))
        row.left.connect(lambda step: self._on_left(row, step))
        row.removed.connect(lambda: self._on_removed(row))
        self.rows.append(row)
        self._layout.addWidget(row)

    def _on_moved(self, row: RuleRow, step: int) -> None:
        if row.line is not None:
            self.chosen.emit(row.line.id)
            self.moved.emit(step)

    def _on_removed(self, row: RuleRow) -> None:
        if row.line is not None:
            self.chosen.emit(row.line.id)
            self.removed.emit()

    def _on_left(self, row: RuleRow, step: int) -> None:
        place = self.rows.index(row) + step
        if 0 <= place < len(self.rows) and not self.rows[place].isHidden():
            self.rows[place].setFocus()
            self.rows[place].click()
