"""The list of messages: who, what, when; the chosen one stays chosen when the list changes."""

from typing import Any

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
)

from ui.admin.messages.state import Row
from ui.theme.look import colour, font
from ui.theme.paint import RIGHT, draw_icon_box, rule, text_width, write

HEIGHT = 64
_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_ROW = Qt.ItemDataRole.UserRole


class MessageRows(QAbstractListModel):
    """Rows by key; rows that stay are not taken away and put back."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: tuple[Row, ...] = ()

    def show_rows(self, rows: tuple[Row, ...]) -> None:
        if [row.key for row in rows] == [row.key for row in self.rows]:
            self.rows = rows
            if rows:
                self.dataChanged.emit(self.index(0), self.index(len(rows) - 1))
            return
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def place(self, key: str) -> int:
        return next((nr for nr, row in enumerate(self.rows) if row.key == key), -1)

    def rowCount(self, parent: _Index = _NOWHERE) -> int:  # noqa: N802 - Qt's name
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.rows[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{row.title}. {row.detail}. {row.time}"
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"{row.title}\n{row.detail}"
        return row if role == _ROW else None


class _Painted(QStyledItemDelegate):
    def sizeHint(self, _option: QStyleOptionViewItem, _index: _Index) -> QSize:  # noqa: N802
        return QSize(240, HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        row: Row = index.data(_ROW)
        area = QRectF(option.rect)
        state = option.state
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if chosen:
            painter.fillRect(area, colour("accent_tint"))
            painter.fillRect(QRectF(area.left(), area.top(), 4, area.height()), colour("accent"))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(area, colour("hover"))
        rule(painter, area.bottomLeft() - QPointF(0, 0.5), area.bottomRight() - QPointF(0, 0.5))
        draw_icon_box(painter, row.icon, left=area.left() + 16, top=area.top() + 12, chosen=chosen)
        self._write(painter, area, row)
        painter.restore()

    def _write(self, painter: QPainter, area: QRectF, row: Row) -> None:
        left, right = area.left() + 68, area.right() - 16
        time = text_width(row.time, font(13)) + 12
        upper = QRectF(left, area.top() + 10, right - left - time, 24)
        write(painter, upper, row.title, font(14, 600))
        spot = QRectF(right - time, area.top() + 10, time, 24)
        write(painter, spot, row.time, font(13), tone="text2", align=RIGHT)
        lower = QRectF(left, area.top() + 34, right - left, 20)
        write(painter, lower, row.detail, font(13), tone="text2")


class MessageList(QListView):
    """The list itself; arrows choose."""

    chosen = Signal(str)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.messages = MessageRows()
        self.setModel(self.messages)
        self.setItemDelegate(_Painted(self))
        self.setMouseTracking(True)
        self.setUniformItemSizes(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.selectionModel().currentChanged.connect(self._on_current)
        self._showing = False

    def show_rows(self, rows: tuple[Row, ...], chosen: str) -> None:
        self._showing = True
        self.messages.show_rows(rows)
        place = self.messages.place(chosen)
        if place >= 0 and self.currentIndex().row() != place:
            self.setCurrentIndex(self.messages.index(place))
        self._showing = False

    def _on_current(self, current: QModelIndex, _before: QModelIndex) -> None:
        if current.isValid() and not self._showing:
            self.chosen.emit(self.messages.rows[current.row()].key)
