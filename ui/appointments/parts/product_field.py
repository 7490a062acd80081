"""The field that finds a product among more than a thousand: letters, arrows, Enter."""

from PySide6.QtCore import QEvent, QObject, QPoint, QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from loket.kit.i18n import Words
from ui.appointments.state import SearchState
from ui.theme.icons import draw_icon
from ui.theme.look import font
from ui.widgets.cards import Card
from ui.widgets.labels import Label
from ui.widgets.layouts import column
from ui.widgets.pools import RowPool
from ui.widgets.results import ROW, Result, ResultRow

WIDEST = 420


class HitList(Card):
    """What was found, over the panel and as wide as names need."""

    chosen = Signal(str)

    def __init__(self, words: Words, parent: QWidget) -> None:
        super().__init__(kind="over")
        self.setParent(parent)
        self.setAccessibleName(words("Products found"))
        rows = column()
        self._pool: RowPool[Result] = RowPool(rows, self._make)
        none = words("No product found that is by appointment.")
        self._none = Label(none, tone="text2")
        self.setLayout(column(rows, self._none, margins=(6, 6, 6, 6)))
        self.hide()

    def show_hits(self, state: SearchState, under: QWidget) -> None:
        if state.query is None:
            self.hide()
            return
        hits = [
            Result(hit.id, hit.name, hit.detail, hit.icon, chosen=place == state.hit)
            for place, hit in enumerate(state.hits)
        ]
        self._pool.show(hits)
        self._none.setVisible(not hits)
        over = self.parentWidget()
        corner = under.mapTo(over, QPoint(0, under.height() + 4)) if over else QPoint()
        height = len(hits) * ROW + 12 if hits else 44
        self.setGeometry(corner.x(), corner.y(), WIDEST, height)
        self.show()
        self.raise_()

    def _make(self) -> ResultRow:
        made = ResultRow()
        made.pressed.connect(self.chosen)
        return made


class ProductField(QLineEdit):
    """Shows the product; typing looks for another."""

    typed = Signal(str)
    moved = Signal(int)
    entered = Signal()
    left = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setFixedHeight(40)
        self.setTextMargins(0, 0, 22, 0)
        self.textEdited.connect(self.typed)
        self._name = ""
        self.installEventFilter(self)

    def show_name(self, name: str) -> None:
        """The product that is chosen, cut with … where it must; whole in the tooltip."""
        room = self.width() - 54
        cut = QFontMetricsF(font(14)).elidedText(name, Qt.TextElideMode.ElideRight, room)
        if self.text() != cut:
            self.setText(cut)
            self.setCursorPosition(0)
        if name != self._name:
            self._name = name
            self.setToolTip(name)
            self.setAccessibleDescription(name)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        super().focusInEvent(event)
        self.selectAll()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        super().focusOutEvent(event)
        if event.reason() not in (
            Qt.FocusReason.PopupFocusReason,
            Qt.FocusReason.ActiveWindowFocusReason,
        ):
            self.left.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if watched is self and event.type() == QEvent.Type.KeyPress:
            return isinstance(event, QKeyEvent) and self._is_ours(event)
        return super().eventFilter(watched, event)

    def _is_ours(self, event: QKeyEvent) -> bool:
        key = event.key()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            return False
        if key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.moved.emit(1 if key == Qt.Key.Key_Down else -1)
            return True
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
            return True
        return False

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        super().mousePressEvent(event)
        self.selectAll()
        self.moved.emit(0)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        super().paintEvent(event)
        painter = QPainter(self)
        spot = QRectF(self.width() - 28, self.height() / 2 - 8, 16, 16)
        draw_icon(painter, "ph.magnifying-glass-bold", spot, tone="text2")
        painter.end()
