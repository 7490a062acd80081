"""The table of figures: sorted by any column, everything together always at its foot."""

from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    QSortFilterProxyModel,
    Qt,
)
from PySide6.QtWidgets import QHeaderView, QTableView

from loket.kit.i18n import Words
from ui.insight.state import Face, Line
from ui.theme.look import font

_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_ORDER = Qt.ItemDataRole.UserRole
NAME_WIDTH, WIDE_NAME = 220, 300
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class FigureTable(QAbstractTableModel):
    """Rows of figures, the sum last."""

    def __init__(self) -> None:
        super().__init__()
        self._heads: list[str] = []
        self._lines: tuple[Line, ...] = ()

    def show_lines(self, lines: tuple[Line, ...], together: Line | None, face: Face) -> None:
        self.beginResetModel()
        self._heads = [face.rows, *face.heads]
        self._lines = (*lines, together) if together is not None else lines
        self.endResetModel()

    def _is_text(self, column: int) -> bool:
        return bool(self._lines) and isinstance(self._lines[0].order[column - 1], str)

    def place_of(self, key: str) -> int | None:
        """The row of a line."""
        return next((at for at, line in enumerate(self._lines) if line.key == key), None)

    def is_together(self, row: int) -> bool:
        return row == len(self._lines) - 1

    def rowCount(self, parent: _Index = _NOWHERE) -> int:  # noqa: N802 - Qt's name
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: _Index = _NOWHERE) -> int:  # noqa: N802 - Qt's name
        return 0 if parent.isValid() else len(self._heads)

    def headerData(  # noqa: N802 - Qt's name
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._heads[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if section and not self._is_text(section) else _LEFT
        return None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        line, column = self._lines[index.row()], index.column()
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.ToolTipRole:
                return line.cells[column - 1] if column else line.name
            case Qt.ItemDataRole.TextAlignmentRole if column:
                return _LEFT if self._is_text(column) else _RIGHT
            case Qt.ItemDataRole.FontRole:
                return font(14, 700 if self.is_together(index.row()) else 600 - 200 * bool(column))
            case _ if role == _ORDER:
                return line.order[column - 1] if column else line.name.casefold()
            case _:
                return None


class _Sorted(QSortFilterProxyModel):
    def lessThan(self, left: _Index, right: _Index) -> bool:  # noqa: N802 - Qt's name
        table: Any = self.sourceModel()
        upwards = self.sortOrder() is Qt.SortOrder.AscendingOrder
        if table.is_together(left.row()):
            return not upwards
        if table.is_together(right.row()):
            return upwards
        return bool(table.data(left, _ORDER) < table.data(right, _ORDER))


class FigureView(QTableView):
    """The table with its heads as buttons."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self.setAccessibleName(words("Figures"))
        self.figures = FigureTable()
        self._sorted = _Sorted(self)
        self._sorted.setSourceModel(self.figures)
        self.setModel(self._sorted)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.setEditTriggers(QTableView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(44)
        head = self.horizontalHeader()
        head.setFixedHeight(36)
        head.setFont(font(13, 600))
        head.setHighlightSections(False)
        head.setSectionsClickable(True)
        head.setSortIndicatorShown(True)
        head.setSortIndicatorClearable(True)

    def show_lines(self, lines: tuple[Line, ...], together: Line | None, face: Face) -> None:
        self.setSortingEnabled(False)
        self._sorted.sort(-1)
        self.figures.show_lines(lines, together, face)
        head = self.horizontalHeader()
        head.setSortIndicator(-1, Qt.SortOrder.DescendingOrder)
        self.setSortingEnabled(True)
        self._sorted.sort(-1)  # as the server put them, until a head is pressed
        head.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        head.setSectionResizeMode(0, QHeaderView.ResizeMode.Interactive)
        head.setStretchLastSection(face.on_map)
        self.setColumnWidth(0, WIDE_NAME if face.wide else NAME_WIDTH)

    def point_at(self, key: str) -> None:
        """Choose a row and bring it into view."""
        place = self.figures.place_of(key)
        if place is not None:
            there = self._sorted.mapFromSource(self.figures.index(place, 0))
            self.setCurrentIndex(there)
            self.scrollTo(there)
