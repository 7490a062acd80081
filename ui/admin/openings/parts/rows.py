"""The list of periods and exceptions: one row each, opened by Enter."""

from collections.abc import Callable

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.admin.openings.state import Line
from ui.theme.icons import draw_icon
from ui.theme.look import font
from ui.theme.paint import box, write
from ui.widgets.buttons import Pressable
from ui.widgets.chips import chip_width, draw_chip
from ui.widgets.layouts import column

HEIGHT = 84


class PartRow(Pressable):
    """A period or an exception in words."""

    def __init__(self, changed_word: str) -> None:
        super().__init__("")
        self._changed_word = changed_word
        self._line: Line | None = None
        self.setFixedHeight(HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def line(self) -> Line | None:
        return self._line

    def show_line(self, line: Line) -> None:
        if line != self._line:
            self._line = line
            said = [line.title, line.detail, line.more, self._changed_word if line.changed else ""]
            self.setAccessibleName(". ".join(part for part in said if part))
            self.setToolTip("\n".join(part for part in said if part))
            self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(280, HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        if self._line is None:
            return
        painter, line = QPainter(self), self._line
        area = QRectF(self.rect())
        fill = {"pressed": "surface3", "hover": "hover"}.get(self.state(), "surface")
        box(painter, area, fill=fill, line="accent_line" if line.changed else "border")
        draw_icon(painter, line.icon, QRectF(12, 10, 20, 20), tone="text2")
        right = area.width() - 12
        if line.changed:
            right -= chip_width(self._changed_word, "", height=20) + 8
            draw_chip(
                painter,
                text=self._changed_word,
                icon="",
                tone="tint",
                left=right + 8,
                middle=area.height() - 18,
                height=20,
            )
        write(painter, QRectF(42, 10, area.width() - 50, 20), line.title, font(14, 600))
        write(painter, QRectF(42, 32, area.width() - 50, 20), line.detail, font(13))
        room = QRectF(42, 54, right - 42, 20)
        write(painter, room, line.more, font(13), tone="text2")
        painter.end()


class PartList(QWidget):
    """Rows that are made once and shown again."""

    def __init__(self, changed_word: str, choose: Callable[[str], None]) -> None:
        super().__init__()
        self._changed_word, self._choose = changed_word, choose
        self.rows: list[PartRow] = []
        self._layout = column(gap=8)
        self.setLayout(self._layout)

    def show_lines(self, lines: tuple[Line, ...]) -> None:
        while len(self.rows) < len(lines):
            self._add()
        for row, line in zip(self.rows, lines, strict=False):
            row.show_line(line)
        for place, row in enumerate(self.rows):
            row.setVisible(place < len(lines))

    def _add(self) -> None:
        row = PartRow(self._changed_word)
        row.clicked.connect(lambda: self._choose(row.line.id if row.line else ""))
        self.rows.append(row)
        self._layout.addWidget(row)
