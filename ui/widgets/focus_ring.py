"""The visible focus: one overlay per window that follows it; QSS cannot draw a rounded outline."""

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QWidget

from ui.theme.paint import box

_OUTSIDE = 4
"""Two pixels of line, two pixels away from the widget."""


class FocusRing(QWidget):
    """Draws the ring round whatever has the focus, text fields excepted: they have their own."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._target: QWidget | None = None
        self.hide()
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._on_focus_changed)

    @property
    def target(self) -> QWidget | None:
        return self._target

    def _on_focus_changed(self, _old: QWidget | None, new: QWidget | None) -> None:
        if self._target is not None:
            self._target.removeEventFilter(self)
        self._target = new if self._wants(new) else None
        if self._target is not None:
            self._target.installEventFilter(self)
        self._follow()

    def _wants(self, widget: QWidget | None) -> bool:
        if widget is None or isinstance(widget, QLineEdit | QMenu):
            return False
        if widget.property("ring") == "own":
            return False
        return widget.window() is self.window()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        moved = (QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Hide, QEvent.Type.Show)
        if event.type() in moved:
            self._follow()
        return super().eventFilter(watched, event)

    def _follow(self) -> None:
        target = self._target
        if target is None or not target.isVisible():
            self.hide()
            return
        corner = target.mapTo(self.window(), QPoint(0, 0))
        place = QRect(corner, target.size())
        self.setGeometry(place.adjusted(-_OUTSIDE, -_OUTSIDE, _OUTSIDE, _OUTSIDE))
        self.show()
        self.raise_()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        painter = QPainter(self)
        box(painter, QRectF(self.rect()), line="focus", width=2, radius=11)
        painter.end()
