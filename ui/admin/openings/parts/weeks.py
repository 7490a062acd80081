"""The preview: six weeks as a compact calendar that follows what is edited."""

from PySide6.QtCore import QEvent, QPoint, QRectF, QSize
from PySide6.QtGui import QHelpEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from loket.kit.i18n import Words
from ui.admin.openings.repeating import DAY_SHORT
from ui.admin.openings.state import DayFace, Stretch
from ui.theme.icons import draw_icon
from ui.theme.look import font
from ui.theme.paint import RIGHT, box, text_width, write

HEAD = 24
WEEKEND, WEEKEND_CLOSED = 0.8, 0.36
"""How wide a day of the weekend is beside another; hours need their room on the others."""
LINES_FROM, LINE = 22, 16


class WeeksView(QWidget):
    """Days with their hours and places; what changed has an edge, an icon and a word."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self._days: tuple[DayFace, ...] = ()
        self.setAccessibleName(words("Preview of six weeks"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(420, 320)

    def show_days(self, days: tuple[DayFace, ...]) -> None:
        if days != self._days:
            self._days = days
            self.setAccessibleDescription("\n".join(d.tip for d in days if d.changed)[:2000])
            self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(640, 560)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), self.tip_at(event.pos()), self)
            return True
        return super().event(event)

    def tip_at(self, at: QPoint) -> str:
        """Every moment of the day under the pointer."""
        found = (d.tip for place, d in enumerate(self._days) if self._cell(place).contains(at))
        return next(found, "")

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        painter = QPainter(self)
        for place, name in enumerate(DAY_SHORT.values()):
            cell = self._cell(place)
            spot = QRectF(cell.left() + 6, 0, cell.width() - 6, HEAD - 4)
            write(painter, spot, self._words(name), font(12, 600), tone="text2")
        for place, day in enumerate(self._days):
            self._draw(painter, self._cell(place), day)
        painter.end()

    def _cell(self, place: int) -> QRectF:
        week, weekday = divmod(place, 7)
        narrow = self._weekend()
        part = self.width() / (5 + 2 * narrow)
        left = min(weekday, 5) * part + max(0, weekday - 5) * part * narrow
        width = part if weekday < 5 else part * narrow  # noqa: PLR2004 - Saturday and Sunday
        height = (self.height() - HEAD) / 6
        whole = QRectF(left, HEAD + week * height, width, height)
        return whole.adjusted(0, 0, -4, -4)

    def _weekend(self) -> float:
        is_open = any(day.stretches for place, day in enumerate(self._days) if place % 7 > 4)  # noqa: PLR2004 - as above
        return WEEKEND if is_open else WEEKEND_CLOSED

    def _draw(self, painter: QPainter, cell: QRectF, day: DayFace) -> None:
        closed = not day.stretches
        fill = "surface3" if closed or day.past else "surface"
        line, width = ("accent", 2.0) if day.changed else ("border", 1.0)
        box(painter, cell, fill=fill, line=line, width=width, radius=6)
        ink = "text3" if day.past else "text"
        head = cell.adjusted(6, 3, -5, 0)
        head.setHeight(18)
        taken = self._draw_changed(painter, head) if day.changed else 0
        write(painter, head.adjusted(0, 0, -taken, 0), day.number, font(12, 600), tone=ink)
        room = cell.adjusted(5, LINES_FROM, -1, -3)
        if day.reason:
            reason = QRectF(room.left(), room.top(), room.width(), LINE)
            write(painter, reason, day.reason, font(12, 500), tone="text2")
            room.setTop(room.top() + LINE)
        self._draw_stretches(painter, room, day, ink)

    def _draw_changed(self, painter: QPainter, head: QRectF) -> float:
        """A word, or a sign where there is no room; how much it took."""
        word = self._words("changed")
        needed = text_width(word, font(12, 600))
        if needed + 60 < head.width():
            write(painter, head, word, font(12, 600), tone="accent", align=RIGHT)
            return needed + 4
        spot = QRectF(head.right() - 14, head.top() + 2, 14, 14)
        draw_icon(painter, "ph.pencil-simple-bold", spot, tone="accent")
        return 18

    def _draw_stretches(self, painter: QPainter, room: QRectF, day: DayFace, ink: str) -> None:
        # Hours never break: where there is no room beside them, the places stand below.
        narrow = any(self._needs(stretch) > room.width() for stretch in day.stretches)
        high = 2 * LINE if narrow else LINE
        fits = max(1, int(room.height() // high))
        shown = day.stretches if len(day.stretches) <= fits else day.stretches[: fits - 1]
        for place, stretch in enumerate(shown):
            line = QRectF(room.left(), room.top() + place * high, room.width(), LINE)
            below = line.adjusted(0, high - LINE, -3, high - LINE)
            write(painter, line, stretch.hours, font(12), tone=ink)
            tone = "late_fg" if stretch.taken > stretch.places else ink
            write(painter, below, _places(stretch), font(12, 600), tone=tone, align=RIGHT)
        if len(shown) < len(day.stretches):
            line = QRectF(room.left(), room.top() + len(shown) * high, room.width(), LINE)
            more = self._words("{n} more", n=len(day.stretches) - len(shown))
            write(painter, line, more, font(12, 500), tone="text2")

    @staticmethod
    def _needs(stretch: Stretch) -> float:
        return text_width(stretch.hours, font(12)) + text_width(_places(stretch), font(12, 600)) + 6


def _places(stretch: Stretch) -> str:
    """``×3``; with what is taken where that is more."""
    over = stretch.taken > stretch.places
    return f"{stretch.taken}/{stretch.places}" if over else f"×{stretch.places}"
