"""The list of reports: a model that diffs by id, painted rows, a view that asks for more."""

from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from ui.reports.following.state import Line
from ui.theme.look import colour, font
from ui.theme.paint import RIGHT, rule, text_width, write
from ui.widgets.chips import chip_width, draw_chip

_Index = QModelIndex | QPersistentModelIndex
_NOWHERE: Final = QModelIndex()
ROW: Final = 80
_PAD: Final = 19
_NEAR_THE_END: Final = 240
LINE_ROLE: Final = Qt.ItemDataRole.UserRole


class ReportRows(QAbstractListModel):
    """The rows by id: what stays is told as changed, what moves as moved."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lines: list[Line] = []

    def show_lines(self, lines: Sequence[Line]) -> None:
        wanted = {line.id for line in lines}
        for place in range(len(self.lines) - 1, -1, -1):
            if self.lines[place].id not in wanted:
                self.beginRemoveRows(_NOWHERE, place, place)
                del self.lines[place]
                self.endRemoveRows()
        for place, line in enumerate(lines):
            self._put(place, line)

    def _put(self, place: int, line: Line) -> None:
        found = self.place_of(line.id, place)
        if found is None:
            self.beginInsertRows(_NOWHERE, place, place)
            self.lines.insert(place, line)
            self.endInsertRows()
            return
        if found != place:
            self.beginMoveRows(_NOWHERE, found, found, _NOWHERE, place)
            self.lines.insert(place, self.lines.pop(found))
            self.endMoveRows()
        if self.lines[place] != line:
            self.lines[place] = line
            self.dataChanged.emit(self.index(place), self.index(place))

    def place_of(self, ident: str, start: int = 0) -> int | None:
        places = range(start, len(self.lines))
        return next((at for at in places if self.lines[at].id == ident), None)

    def rowCount(self, parent: _Index = _NOWHERE) -> int:  # noqa: N802 - Qt's name
        return 0 if parent.isValid() else len(self.lines)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        line = self.lines[index.row()]
        if role == LINE_ROLE:
            return line
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return f"{line.reference}, {line.badge.text}, {line.title}, {line.detail}, {line.due}"
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"{line.title}\n{line.detail}"
        return None


class RowPainter(QStyledItemDelegate):
    """Reference and badge, title, whose it is and when it is due."""

    def sizeHint(self, option: QStyleOptionViewItem, _index: _Index) -> QSize:  # noqa: N802 - Qt's name
        return QSize(option.rect.width(), ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        line: Line = index.data(LINE_ROLE)
        state = option.state
        area = QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        if chosen or state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(area, colour("accent_tint" if chosen else "hover"))
        if chosen:
            painter.fillRect(QRectF(area.left(), area.top(), 4, area.height()), colour("accent"))
        _draw(painter, area, line)
        edge = area.bottom() - 0.5
        rule(painter, QPointF(area.left(), edge), QPointF(area.right(), edge))
        painter.restore()


def _draw(painter: QPainter, area: QRectF, line: Line) -> None:
    left, right, top = area.left() + _PAD, area.right() - _PAD, area.top()
    badge = line.badge
    chip = right - chip_width(badge.text, badge.icon)
    room = chip - left - 8
    reference = QRectF(left, top + 8, room, 20)
    write(painter, reference, line.reference, font(13, 500), tone="text2")
    draw_chip(
        painter, text=badge.text, icon=badge.icon, tone=badge.tone, left=chip, middle=top + 20
    )
    write(painter, QRectF(left, top + 32, right - left, 20), line.title, font(14, 600))
    strong = line.due_tone != "text2"
    face = font(13, 600 if strong else 400)
    due = text_width(line.due, face) + 2
    detail = QRectF(left, top + 53, right - left - due - 10, 20)
    write(painter, detail, line.detail, font(13), tone="text2")
    when = QRectF(right - due, top + 53, due, 20)
    write(painter, when, line.due, face, tone=line.due_tone, align=RIGHT)


class ReportList(QListView):
    """Arrows choose; near the end it asks for more."""

    chosen = Signal(str)
    more_wished = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.rows = ReportRows(self)
        self.setModel(self.rows)
        self.setItemDelegate(RowPainter(self))
        self.setMouseTracking(True)
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.selectionModel().currentChanged.connect(self._on_current)
        self.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        self._showing = False

    def show_lines(self, lines: Sequence[Line], current: str) -> None:
        self._showing = True
        self.rows.show_lines(lines)
        place = self.rows.place_of(current)
        if place is None:
            self.selectionModel().clear()
        elif self.currentIndex().row() != place or not self.selectionModel().hasSelection():
            self.setCurrentIndex(self.rows.index(place))
        self._showing = False

    def _on_current(self, index: _Index) -> None:
        if index.isValid() and not self._showing:
            self.chosen.emit(self.rows.lines[index.row()].id)

    def _on_scrolled(self, value: int) -> None:
        if value >= self.verticalScrollBar().maximum() - _NEAR_THE_END:
            self.more_wished.emit()
