"""The calendar itself: hours down, days across; painted, and walked through with the arrows."""

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from loket.kit.i18n import Words
from ui.appointments.layout import HOUR, NARROWEST_ROW, Axis, Span, axis
from ui.appointments.parts.blocks import draw_block, draw_count, draw_strip
from ui.appointments.parts.places import (
    LANES_LEFT,
    LANES_RIGHT,
    Geometry,
    Target,
    busiest,
    sideways,
    stepped,
    targets,
)
from ui.appointments.state import CalendarState, DayColumn
from ui.theme.look import colour, font
from ui.theme.paint import CENTRE, RIGHT, box, rule, write

GUTTER = 50
_TOP = 10
"""So that the first hour is not cut."""
_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
_SIDES = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
_PAGES = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}


class CalendarGrid(QWidget):
    """Paints only what is in sight; the cursor is a block or a free place."""

    opened = Signal(str)
    slot_chosen = Signal(object)
    page_wished = Signal(int)
    day_wished = Signal(object)
    cursor_moved = Signal(QRectF)

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self._state = CalendarState()
        self._geometry = Geometry(Axis(9 * HOUR, 17 * HOUR), GUTTER, 1.0, ())
        self._targets: tuple[Target, ...] = ()
        self._cursor = ""
        self._edge = 0
        """The page was turned: the cursor comes in at this side."""
        self._room = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("ring", "own")
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(words("Calendar"))

    @property
    def shown(self) -> Geometry:
        return self._geometry

    @property
    def cursor_target(self) -> Target | None:
        return next((each for each in self._targets if each.key == self._cursor), None)

    @property
    def targets(self) -> tuple[Target, ...]:
        return self._targets

    # what is shown

    def show_calendar(self, state: CalendarState) -> None:
        before, self._state = self._state, state
        if before.columns != state.columns or before.by_day != state.by_day:
            self._place()
        elif before != state:
            self.update()

    def fit(self, height: int) -> None:
        """So much height there is without scrolling."""
        if height != self._room:
            self._room = height
            self._place()

    def _place(self) -> None:
        columns = self._state.columns
        spans = [Span(each.start, each.end) for day in columns for each in day.openings]
        spans += [Span(each.start, each.end) for day in columns for each in day.blocks]
        grid = min((day.grid for day in columns if day.openings), default=HOUR // 2)
        made = axis(spans, grid=grid, room=self._room - 2 * _TOP)
        lanes = columns[0].lanes if self._state.by_day and columns else 1
        needed = lanes * NARROWEST_ROW + LANES_LEFT + LANES_RIGHT if self._state.by_day else 0
        self.setMinimumWidth(round(GUTTER + needed))
        width = max(1.0, self.width() - GUTTER - 1.0)
        self._geometry = Geometry(made, GUTTER, width, columns, by_day=self._state.by_day)
        self._targets = targets(self._geometry)
        self.setFixedHeight(round(made.height) + 2 * _TOP)
        self._keep_cursor()
        self.update()

    def _keep_cursor(self) -> None:
        """It stays where it was; after a page it comes in at the side it left."""
        if self._edge and self._targets:
            column = 0 if self._edge > 0 else max(each.column for each in self._targets)
            self._go(next(each for each in self._targets if each.column == column))
            self._edge = 0
        elif self.cursor_target is None and self.hasFocus() and self._targets:
            self._go(self._targets[0])

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(600, self.height())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self._place()

    # pointing

    def _go(self, target: Target | None) -> None:
        if target is None:
            return
        self._cursor = target.key
        self.setAccessibleName(f"{self._words('Calendar')}: {target.spoken}")
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.NameChanged))
        self.cursor_moved.emit(target.rect.translated(0, _TOP))
        self.update()

    def focusInEvent(self, event: object) -> None:  # noqa: N802 - Qt's name
        super().focusInEvent(event)  # type: ignore[arg-type]  # Qt's own event
        if self.cursor_target is None:
            self._go(self._nearest_to_now())
        self.update()

    def focusOutEvent(self, event: object) -> None:  # noqa: N802 - Qt's name
        super().focusOutEvent(event)  # type: ignore[arg-type]  # Qt's own event
        self.update()

    def _nearest_to_now(self) -> Target | None:
        """The first free place that is to come, else whatever is first."""
        return next((each for each in self._targets if each.slot), next(iter(self._targets), None))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        key = Qt.Key(event.key())
        if key in _STEPS:
            self._go(stepped(self._targets, self._cursor, _STEPS[key]))
        elif key in _SIDES:
            self._go_sideways(_SIDES[key])
        elif key in _PAGES:
            self._edge = _PAGES[key]
            self.page_wished.emit(_PAGES[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and not (
            event.modifiers() & Qt.KeyboardModifier.ControlModifier
        ):
            self._take(self.cursor_target)
        else:
            super().keyPressEvent(event)

    def _go_sideways(self, step: int) -> None:
        beside = sideways(self._targets, self._cursor, step)
        if beside is None:
            self._edge = step
            self.page_wished.emit(step)
        else:
            self._go(beside)

    def _take(self, target: Target | None) -> None:
        """Open what stands there, or talk about the moment that is free."""
        if target is None:
            return
        if target.block is not None:
            if target.block.look.value not in {"held", "own"}:
                self.opened.emit(target.block.key)
        elif target.slot is not None and target.slot.left and not target.slot.past:
            self.slot_chosen.emit(target.slot.starts_at)
        else:
            self.day_wished.emit(self._geometry.columns[target.column].day)

    def target_at(self, point: QPointF) -> Target | None:
        """What is under the pointer; anywhere in a row that is not taken is its free place."""
        at = point - QPointF(0, _TOP)
        for each in self._targets:
            if each.block is not None and each.rect.contains(at):
                return each
        place = int((at.x() - GUTTER) // self._geometry.column_width)
        if at.x() < GUTTER or not 0 <= place < len(self._geometry.columns):
            return None
        minute = self._geometry.axis.minute(at.y())
        rows = [each for each in self._targets if each.slot and each.column == place]
        return next((each for each in rows if each.slot and _in(each.slot, minute)), None)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        target = self.target_at(event.position())
        self._go(target)
        self._take(target)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        there = self.target_at(event.position()) is not None
        shape = Qt.CursorShape.PointingHandCursor if there else Qt.CursorShape.ArrowCursor
        self.setCursor(shape)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            target = self.target_at(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), target.spoken if target else "", self)
            return True
        return super().event(event)

    # painting

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(0, _TOP)
        seen = QRectF(event.rect()).translated(0, -_TOP)
        self._draw_ground(painter)
        for place, column in enumerate(self._geometry.columns):
            self._draw_openings(painter, place, column)
            if self._geometry.counted(place):
                self._draw_counts(painter, place, column, seen)
            else:
                self._draw_blocks(painter, place, column, seen)
            self._draw_strips(painter, place, column, seen)
        self._draw_hours(painter)
        self._draw_now(painter)
        self._draw_cursor(painter)
        painter.end()

    def _draw_ground(self, painter: QPainter) -> None:
        geometry = self._geometry
        whole = QRectF(GUTTER, 0, geometry.width, geometry.axis.height)
        box(painter, whole, fill="surface3", line="border")

    def _draw_openings(self, painter: QPainter, place: int, column: DayColumn) -> None:
        geometry = self._geometry
        for opening in column.openings:
            rect = geometry.lane_rect(place, (opening.start, opening.end), 0, opening.places)
            painter.fillRect(rect.adjusted(-LANES_LEFT + 2, 0, 1, 1), colour("surface"))
            step = HOUR // 2
            for minute in range(opening.start + step, opening.end, step):
                y = geometry.axis.y(minute) - 1
                ends = QPointF(rect.right(), y)
                rule(painter, QPointF(rect.left(), y), ends, tone="chart_grid")
        if place:
            x = geometry.column_left(place)
            rule(painter, QPointF(x, 1), QPointF(x, geometry.axis.height - 2))
        if not column.openings and column.reason:
            spot = QRectF(geometry.column_left(place) + 6, 8, geometry.column_width - 12, 20)
            write(painter, spot, column.reason, font(12, 600), tone="text2", align=CENTRE)

    def _draw_strips(self, painter: QPainter, place: int, column: DayColumn, seen: QRectF) -> None:
        for slot in column.slots:
            rect = self._geometry.strip_rect(place, slot)
            if rect.intersects(seen):
                draw_strip(painter, rect, slot)

    def _draw_blocks(self, painter: QPainter, place: int, column: DayColumn, seen: QRectF) -> None:
        for block in column.blocks:
            rect = self._geometry.block_rect(place, block)
            if rect.intersects(seen):
                draw_block(painter, rect, block)
                if block.key == self._state.chosen:
                    box(painter, rect, line="accent", width=2, radius=6)

    def _draw_counts(self, painter: QPainter, place: int, column: DayColumn, seen: QRectF) -> None:
        for slot in column.slots:
            rect = self._geometry.row_rect(place, slot)
            if rect.intersects(seen):
                draw_count(painter, rect, slot, busiest(column, slot))

    def _draw_hours(self, painter: QPainter) -> None:
        shown = self._geometry.axis
        for minute in shown.hours():
            y = shown.y(minute)
            spot = QRectF(0, y - 10, GUTTER - 8, 20)
            hour = f"{minute // HOUR:02d}:00"
            write(painter, spot, hour, font(12, 500), tone="text2", align=RIGHT)

    def _draw_now(self, painter: QPainter) -> None:
        state, geometry = self._state, self._geometry
        days = [column.day for column in geometry.columns]
        if state.now_day not in days or not self._in_hours(state.now_minute):
            return
        place, y = days.index(state.now_day), geometry.axis.y(state.now_minute)
        left = geometry.column_left(place)
        painter.setPen(QPen(colour("text"), 2))
        painter.drawLine(QPointF(left, y), QPointF(left + geometry.column_width, y))
        label = QRectF(2, y - 11, GUTTER - 6, 22)
        box(painter, label, fill="text", radius=6)
        write(painter, label, state.now, font(12, 600), tone="surface", align=CENTRE)

    def _in_hours(self, minute: int) -> bool:
        return self._geometry.axis.first <= minute <= self._geometry.axis.last

    def _draw_cursor(self, painter: QPainter) -> None:
        target = self.cursor_target
        if target is not None and self.hasFocus():
            box(painter, target.rect.adjusted(-2, -2, 2, 2), line="focus", width=2, radius=7)


def _in(slot: object, minute: int) -> bool:
    return bool(slot.start <= minute < slot.end)  # type: ignore[attr-defined]  # a slot
