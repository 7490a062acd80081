"""A field that finds something while it is typed, and the list that opens below it."""

from PySide6.QtCore import QEvent, QObject, QPoint, QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from ui.theme.icons import draw_icon
from ui.widgets.cards import Card
from ui.widgets.labels import Label
from ui.widgets.layouts import column
from ui.widgets.pools import RowPool
from ui.widgets.results import ROW, Result, ResultRow

_OTHER_FOCUS = (
    Qt.FocusReason.PopupFocusReason,
    Qt.FocusReason.ActiveWindowFocusReason,
)


class FindField(QLineEdit):
    """Arrows move in the list, Enter takes, Esc leaves it."""

    moved = Signal(int)
    entered = Signal()
    left = Signal()

    def __init__(self, name: str, *, icon: str = "ph.magnifying-glass", height: int = 40) -> None:
        super().__init__()
        self._icon, self._tone = icon, "text2"
        self.opened = False
        """Whether its list is open: else the keys mean what they mean elsewhere."""
        self.setAccessibleName(name)
        self.setFixedHeight(height)
        self.setTextMargins(26, 0, 0, 0)
        self.setMaxLength(160)
        self.installEventFilter(self)

    def show_tone(self, tone: str) -> None:
        if tone != self._tone:
            self._tone = tone
            self.update()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if watched is self and event.type() == QEvent.Type.KeyPress:
            return self.opened and isinstance(event, QKeyEvent) and self._is_ours(event)
        return super().eventFilter(watched, event)

    def _is_ours(self, event: QKeyEvent) -> bool:
        key = Qt.Key(event.key())
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            return False
        if key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.moved.emit(1 if key == Qt.Key.Key_Down else -1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        elif key == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            return False
        return True

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        super().focusOutEvent(event)
        if event.reason() not in _OTHER_FOCUS:
            self.left.emit()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        super().paintEvent(event)
        painter = QPainter(self)
        size = 20 if self.height() >= 40 else 16  # noqa: PLR2004 - the ordinary field
        spot = QRectF(12, (self.height() - size) / 2, size, size)
        draw_icon(painter, self._icon, spot, tone=self._tone)
        painter.end()


class HitBox(Card):
    """What was found, over the screen."""

    chosen = Signal(str)

    def __init__(self, name: str, none: str, parent: QWidget) -> None:
        super().__init__(kind="over")
        self.setParent(parent)
        self.setAccessibleName(name)
        rows = column()
        self._pool: RowPool[Result] = RowPool(rows, self._make)
        self._none = Label(none, tone="text2")
        self.setLayout(column(rows, self._none, margins=(6, 6, 6, 6)))
        self.hide()

    @property
    def rows(self) -> list[QWidget]:
        return list(self._pool.rows)

    def show_hits(self, hits: tuple[Result, ...] | None, under: FindField, width: int) -> None:
        """None: the list is closed."""
        under.opened = hits is not None
        if hits is None:
            self.hide()
            return
        self._pool.show(hits)
        self._none.setVisible(not hits)
        over = self.parentWidget()
        corner = under.mapTo(over, QPoint(0, under.height() + 4)) if over else QPoint()
        wide = max(width, under.width())
        left = corner.x() + under.width() - wide
        self.setGeometry(max(8, left), corner.y(), wide, len(hits) * ROW + 12 if hits else 44)
        self.show()
        self.raise_()

    def _make(self) -> ResultRow:
        made = ResultRow()
        made.pressed.connect(self.chosen)
        return made
