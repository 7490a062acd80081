"""A table of texts that keeps what is selected while its rows change."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHeaderView, QTableView

from ui.theme.look import font

_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True)
class TextRow:
    """One row: its id, its cells, and what its tooltip says."""

    id: str
    cells: tuple[str, ...]
    tip: str = ""


class TextRows(QAbstractTableModel):
    """Rows of texts by id."""

    def __init__(self, heads: Sequence[str]) -> None:
        super().__init__()
        self._heads = list(heads)
        self.rows: tuple[TextRow, ...] = ()

    def show_rows(self, rows: tuple[TextRow, ...]) -> None:
        """Cells that changed are told one by one; other rows begin anew."""
        before, same = self.rows, [r.id for r in rows] == [r.id for r in self.rows]
        if not same:
            self.beginResetModel()
        self.rows = rows
        if not same:
            self.endResetModel()
            return
        for place, (old, new) in enumerate(zip(before, rows, strict=True)):
            if old != new:
                end = self.index(place, len(self._heads) - 1)
                self.dataChanged.emit(self.index(place, 0), end)

    def rowCount(self, parent: _Index = _NOWHERE) -> int:  # noqa: N802 - Qt's name
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: _Index = _NOWHERE) -> int:  # noqa: N802 - Qt's name
        return 0 if parent.isValid() else len(self._heads)

    def headerData(  # noqa: N802 - Qt's name
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._heads[section]
        return _LEFT if role == Qt.ItemDataRole.TextAlignmentRole else None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return row.cells[index.column()]
        if role == Qt.ItemDataRole.ToolTipRole:
            return row.tip or row.cells[index.column()]
        if role == Qt.ItemDataRole.FontRole:
            return font(14, 600 if not index.column() else 400)
        return None


class TextTable(QTableView):
    """Rows of 44 px; Enter and a double click open one."""

    opened = Signal(str)
    selected = Signal(str)

    def __init__(self, name: str, heads: Sequence[str], *, many: bool = False) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.texts = TextRows(heads)
        self.setModel(self.texts)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        mode = QTableView.SelectionMode
        self.setSelectionMode(mode.ExtendedSelection if many else mode.SingleSelection)
        self.setEditTriggers(QTableView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(44)
        head = self.horizontalHeader()
        head.setFixedHeight(36)
        head.setFont(font(13, 600))
        head.setHighlightSections(False)
        head.setStretchLastSection(True)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.doubleClicked.connect(lambda index: self.opened.emit(self.texts.rows[index.row()].id))
        self.selectionModel().currentRowChanged.connect(self._on_current)

    def show_rows(self, rows: tuple[TextRow, ...]) -> None:
        """Show these; what was selected stays selected where it still is there."""
        kept, current = set(self.chosen()), self.current()
        self.texts.show_rows(rows)
        places = {row.id: place for place, row in enumerate(rows)}
        if current in places and self.current() != current:
            self.setCurrentIndex(self.texts.index(places[current], 0))
        model = self.selectionModel()
        flag = model.SelectionFlag
        for ident in kept - {current}:
            if ident in places:
                model.select(self.texts.index(places[ident], 0), flag.Select | flag.Rows)

    def widths(self, *widths: int, stretched: int = -1) -> None:
        """Of the columns; the stretched one, or else the last, takes the room that is left."""
        head = self.horizontalHeader()
        for column, width in enumerate(widths):
            self.setColumnWidth(column, width)
        if stretched >= 0:
            head.setStretchLastSection(False)
            head.setSectionResizeMode(stretched, QHeaderView.ResizeMode.Stretch)

    def current(self) -> str:
        """The id of the row with the focus; empty: none."""
        index = self.currentIndex()
        return self.texts.rows[index.row()].id if index.isValid() else ""

    def chosen(self) -> list[str]:
        rows = sorted(index.row() for index in self.selectionModel().selectedRows())
        return [self.texts.rows[row].id for row in rows]

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        plain = event.modifiers() in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.KeypadModifier,
        )
        if plain and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.current():
            self.opened.emit(self.current())
            return
        super().keyPressEvent(event)

    def _on_current(self, index: _Index) -> None:
        self.selected.emit(self.texts.rows[index.row()].id if index.isValid() else "")
