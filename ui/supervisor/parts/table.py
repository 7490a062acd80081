"""The table of queues: one row each, its last hour as a line, the chosen one in the chart."""

from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QMenu, QSizePolicy, QWidget

from loket.kit.i18n import Words
from ui.supervisor.state import QueueLine
from ui.theme.icons import draw_icon
from ui.theme.look import colour, font
from ui.theme.paint import cornered, rule, write
from ui.widgets.cards import Card, EmptyState, Scrolled
from ui.widgets.layouts import STRETCH, column
from ui.widgets.pools import RowPool, RowWidget

HEAD, ROW = 36, 44
COLUMNS = (74, 86, 96, 118, 92, 70)
"""Widths from the second column on; the first takes what is left."""
_FULL_TREND = 40 * 60
"""Seconds that fill the height of a trend; a longer wait fills it too."""


def lefts(width: int) -> list[float]:
    """Where each column begins."""
    found = [16.0, float(width - sum(COLUMNS))]
    for each in COLUMNS[:-1]:
        found.append(found[-1] + each)
    return found


class QueueRow(RowWidget[QueueLine]):
    """One queue."""

    chosen = Signal(str)
    menu_wished = Signal(str, QPoint)

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(ROW)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def spoken(self, item: QueueLine) -> str:
        parts = (item.name, item.waiting, item.longest, item.shut or item.wait, item.within)
        return ", ".join((*parts, item.open))

    def adapt(self, item: QueueLine) -> None:
        self.setToolTip(f"{item.name}: {item.shut}" if item.shut else item.name)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        if self.item is not None and event.button() is Qt.MouseButton.LeftButton:
            self.chosen.emit(self.item.queue_id)
        super().mousePressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802 - Qt's name
        if self.item is not None:
            self.menu_wished.emit(self.item.queue_id, event.globalPos())

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        item = self.item
        if item is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if item.selected or self.underMouse():
            ground = "accent_tint" if item.selected else "hover"
            painter.fillRect(self.rect(), colour(ground))
        if item.selected:
            painter.fillRect(QRectF(0, 0, 4, ROW), colour("accent"))
        self._draw_cells(painter, item)
        rule(painter, QPointF(0, ROW - 0.5), QPointF(self.width(), ROW - 0.5))
        painter.end()

    def _draw_cells(self, painter: QPainter, item: QueueLine) -> None:
        name, waiting, longest, wait, trend, within, counters = lefts(self.width())
        ink = "text2" if item.closed else "text"
        draw_icon(painter, item.icon, QRectF(name, 12, 20, 20), tone="text2")
        write(painter, self._cell(name + 28, waiting), item.name, font(14, 600), tone=ink)
        write(painter, self._cell(waiting, longest), item.waiting, font(16, 700), tone=ink)
        self._draw_longest(painter, item, longest, wait)
        if item.shut:
            write(painter, self._cell(wait, within), item.shut, font(14), tone="text2")
        else:
            write(painter, self._cell(wait, trend), item.wait, font(14, 600), tone=ink)
            draw_trend(painter, item.trend, QRectF(trend, 11, 106, 22))
        share = font(14, 700 if item.under_target else 400)
        tone = "late_fg" if item.under_target else ink
        write(painter, self._cell(within, counters), item.within, share, tone=tone)
        self._draw_open(painter, item, counters)

    def _draw_longest(self, painter: QPainter, item: QueueLine, left: float, end: float) -> None:
        if not item.late:
            write(painter, self._cell(left, end), item.longest, font(14), tone="text2")
            return
        draw_icon(painter, "ph.warning-bold", QRectF(left, 14, 16, 16), tone="late_fg")
        room = self._cell(left + 20, end)
        write(painter, room, item.longest, font(14, 700), tone="late_fg")

    def _draw_open(self, painter: QPainter, item: QueueLine, left: float) -> None:
        room = self._cell(left, self.width())
        if item.unattended:
            draw_icon(painter, "ph.warning-bold", QRectF(left, 14, 16, 16), tone="late_fg")
            room.setLeft(left + 20)
        tone = "late_fg" if item.unattended else "text2"
        write(painter, room, item.open, font(14, 700 if item.unattended else 400), tone=tone)

    def _cell(self, left: float, end: float) -> QRectF:
        return QRectF(left, 0, end - left - 8, ROW)


def draw_trend(painter: QPainter, points: tuple[int, ...], area: QRectF) -> None:
    """A line with a dot where it is now; nothing is drawn where nobody waited."""
    if len(points) < 2 or not any(points):  # noqa: PLR2004 - a line has two ends
        return
    top = max(_FULL_TREND / 2, *points)
    step = area.width() / (len(points) - 1)
    spots = [
        QPointF(area.left() + place * step, area.bottom() - area.height() * seconds / top)
        for place, seconds in enumerate(points)
    ]
    line = QPainterPath(spots[0])
    for spot in spots[1:]:
        line.lineTo(spot)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(colour("chart1"), 2))
    painter.drawPath(line)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour("chart1"))
    painter.drawEllipse(spots[-1], 3, 3)


class _Head(QWidget):
    """The names of the columns."""

    def __init__(self, names: tuple[str, ...]) -> None:
        super().__init__()
        self._names = names
        self.rows_width = 0
        """Of the rows below: a scroll bar takes some of theirs."""
        self.setFixedHeight(HEAD)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        painter = QPainter(self)
        area = QRectF(self.rect())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillPath(cornered(area.adjusted(1, 1, -1, 0), 9), colour("surface2"))
        begins = [*lefts(self.rows_width or self.width()), float(self.width())]
        for place, name in enumerate(self._names):
            left = begins[place]
            room = QRectF(left, 0, begins[place + 1] - left - 4, HEAD)
            write(painter, room, name, font(13, 600), tone="text2")
        rule(painter, QPointF(0, HEAD - 0.5), QPointF(area.width(), HEAD - 0.5))
        painter.end()


class QueueTable(Card):
    """All queues; arrows choose one, Enter opens its menu."""

    chosen = Signal(str)
    open_wished = Signal(str)
    close_wished = Signal(str)

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self._lines: tuple[QueueLine, ...] = ()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._head = _Head(
            (
                words("Service or queue"),
                words("Now waiting"),
                words("Longest"),
                words("New ticket"),
                words("Last hour"),
                words("Within norm"),
                words("Open"),
            )
        )
        inner = column(STRETCH)
        self._pool: RowPool[QueueLine] = RowPool(inner, self._new_row)
        self.scrolled = Scrolled(inner)
        self._empty = EmptyState(
            icon="ph.users-three",
            title=words("No queues at this site"),
            sentence=words("They come with the catalogue."),
        )
        self.setLayout(column(self._head, self.scrolled, self._empty))
        self.scrolled.viewport().installEventFilter(self)

    @property
    def rows(self) -> list[RowWidget[QueueLine]]:
        return self._pool.rows

    def show_lines(self, lines: tuple[QueueLine, ...]) -> None:
        self._lines = lines
        self._pool.show(lines)
        self.scrolled.setVisible(bool(lines))
        self._empty.setVisible(not lines)
        chosen = next((one for one in self._pool.rows if one.item and one.item.selected), None)
        said = f": {chosen.accessibleName()}" if chosen else ""
        self.setAccessibleName(self._words("Queues") + said)

    def menu(self, queue_id: str) -> QMenu | None:
        """What can be done with a queue; None for one that is not here."""
        line = next((one for one in self._lines if one.queue_id == queue_id), None)
        if line is None:
            return None
        menu = QMenu(self)
        name = line.name.replace("&", "&&")
        opens = menu.addAction(self._words("Take tickets for {name}", name=name))
        shuts = menu.addAction(self._words("No more tickets for {name} today", name=name))
        opens.setEnabled(bool(line.shut))
        shuts.setEnabled(not line.shut)
        opens.triggered.connect(lambda: self.open_wished.emit(queue_id))
        shuts.triggered.connect(lambda: self.close_wished.emit(queue_id))
        menu.aboutToHide.connect(menu.deleteLater)
        return menu

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() is QEvent.Type.Resize:
            self._head.rows_width = self.scrolled.viewport().width()
            self._head.update()
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        key = event.key()
        if key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._step(1 if key == Qt.Key.Key_Down else -1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Menu):
            self._open_menu()
        else:
            super().keyPressEvent(event)

    def _place(self) -> int:
        return next((place for place, one in enumerate(self._lines) if one.selected), 0)

    def _step(self, by: int) -> None:
        if self._lines:
            place = min(max(self._place() + by, 0), len(self._lines) - 1)
            self.scrolled.ensureWidgetVisible(self._pool.rows[place], 0, 0)
            self.chosen.emit(self._lines[place].queue_id)

    def _open_menu(self) -> None:
        if self._lines:
            shown = self._pool.rows[self._place()]
            corner = shown.mapToGlobal(QPoint(44, ROW))
            self._pop(self._lines[self._place()].queue_id, corner)

    def _pop(self, queue_id: str, at: QPoint) -> None:
        menu = self.menu(queue_id)
        if menu is not None:
            menu.popup(at)

    def _new_row(self) -> QueueRow:
        made = QueueRow()
        made.chosen.connect(self.chosen)
        made.menu_wished.connect(self._pop)
        return made
