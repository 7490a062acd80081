"""Fields to type in: with label and error, and the large search field."""

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from ui.theme.icons import draw_icon
from ui.theme.look import font
from ui.theme.paint import RIGHT, draw_cap, write
from ui.widgets.buttons import Pressable
from ui.widgets.labels import Label
from ui.widgets.layouts import STRETCH, column, row


class _Edit(QLineEdit):
    """A line edit that shows an icon while what it holds is wrong, or known to be right."""

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        super().paintEvent(event)
        if self.property("furnished") == "true":
            return  # a button stands there
        if self.property("wrong") == "true":
            painter = QPainter(self)
            spot = QRectF(self.width() - 31, (self.height() - 20) / 2, 20, 20)
            draw_icon(painter, "ph.warning-circle-bold", spot, tone="late_fg")
            painter.end()
        elif self.property("right") == "true":
            painter = QPainter(self)
            spot = QRectF(self.width() - 31, (self.height() - 20) / 2, 20, 20)
            draw_icon(painter, "ph.check-circle-bold", spot, tone="serve_fg")
            painter.end()


class TextField(QWidget):
    """A label, a hint beside it, a field, and one line that says how to mend what is wrong."""

    edited = Signal(str)
    committed = Signal()

    def __init__(self, label: str, *, hint: str = "", limit: int = 80) -> None:
        super().__init__()
        self._label = Label(label, "small", weight=600, tone="text2")
        self.edit = _Edit()
        self.edit.setMaxLength(limit)
        self.edit.setFixedHeight(40)
        self.edit.setAccessibleName(label)
        self.edit.setAccessibleDescription(hint)
        self._wrong = Label("", "small", tone="late_fg")
        self._wrong.hide()
        head = row(self._label, Label(hint, "small", tone="text2"), STRETCH, gap=8)
        self.setLayout(column(head, 4, self.edit, self._wrong))
        self.edit.textEdited.connect(self.edited)
        self.edit.editingFinished.connect(self.committed)

    def set_label(self, label: str) -> None:
        """The same field may be asked for another reason."""
        self._label.setText(label)
        self.edit.setAccessibleName(label)

    def set_text(self, text: str) -> None:
        """Show what is known; never while the clerk is typing it."""
        if self.edit.text() != text and not self.edit.hasFocus():
            self.edit.setText(text)

    def clear_text(self) -> None:
        self.edit.clear()

    def show_wrong(self, sentence: str) -> None:
        """Say how to mend it; empty: it is right."""
        self.edit.setProperty("wrong", "true" if sentence else "false")
        self.edit.style().unpolish(self.edit)
        self.edit.style().polish(self.edit)
        self._wrong.setText(sentence)
        self._wrong.setVisible(bool(sentence))

    def show_right(self, *, right: bool) -> None:
        """A tick for what was checked, such as a number that can be called."""
        wanted = "true" if right else "false"
        if self.edit.property("right") != wanted:
            self.edit.setProperty("right", wanted)
            self.edit.setTextMargins(0, 0, 26 if right else 0, 0)
            self.edit.update()


class ClearButton(Pressable):
    """The cross that empties a field."""

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(name, parent)
        self.setFixedSize(32, 32)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        painter = QPainter(self)
        draw_icon(painter, "ph.x", QRectF(6, 6, 20, 20), tone="text2")
        painter.end()


class SearchField(QLineEdit):
    """The field of 56 px where work begins; arrows choose, Enter acts, Esc clears.

    Painted over the line edit: the lens, and how much was found.
    """

    moved = Signal(int)
    entered = Signal()
    cleared = Signal()

    def __init__(self, name: str, *, placeholder: str, clear_name: str) -> None:
        super().__init__()
        self.setProperty("form", "search")
        self.setAccessibleName(name)
        self.setPlaceholderText(placeholder)
        self.setFont(font(20, 500))
        self.setFixedHeight(56)
        self._found = ""
        self._cross = ClearButton(clear_name, self)
        self._cross.clicked.connect(self.cleared)
        self._cross.hide()
        self.textChanged.connect(self._on_text_changed)

    def show_found(self, text: str) -> None:
        if text != self._found:
            self._found = text
            self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        key = event.key()
        plain = event.modifiers() in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.KeypadModifier,
        )
        if plain and key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.moved.emit(1 if key == Qt.Key.Key_Down else -1)
        elif plain and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        elif plain and key == Qt.Key.Key_Escape:
            self.cleared.emit()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, _event: object) -> None:  # noqa: N802 - Qt's name
        self._cross.move(self.width() - 43, 12)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        super().paintEvent(event)
        painter = QPainter(self)
        tone = "accent" if self.hasFocus() else "text2"
        draw_icon(painter, "ph.magnifying-glass-bold", QRectF(18, 16, 24, 24), tone=tone)
        if self._found and self.text():
            spot = QRectF(self.width() - 240, 0, 180, 56)
            write(painter, spot, self._found, font(13), tone="text2", align=RIGHT)
        painter.end()

    def _on_text_changed(self, text: str) -> None:
        self._cross.setVisible(bool(text))


class OmniboxField(QLineEdit):
    """The search field of the top bar, with the cap of its key."""

    moved = Signal(int)
    left = Signal()

    def __init__(self, name: str, *, placeholder: str, key: str) -> None:
        super().__init__()
        self._key = key
        self.setProperty("form", "omnibox")
        self.setAccessibleName(name)
        self.setPlaceholderText(placeholder)
        self.setFixedHeight(40)
        self.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if watched is self and event.type() == QEvent.Type.KeyPress:
            key = event.key() if isinstance(event, QKeyEvent) else 0
            if key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
                self.moved.emit(1 if key == Qt.Key.Key_Down else -1)
                return True
            if key == Qt.Key.Key_Escape:
                self.left.emit()
                return True
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        super().paintEvent(event)
        painter = QPainter(self)
        draw_icon(painter, "ph.magnifying-glass", QRectF(12, 10, 20, 20), tone="text2")
        begins = draw_cap(painter, self._key, right=self.width() - 9, middle=20)
        spot = QRectF(begins - 28, 10, 20, 20)
        draw_icon(painter, "ph.barcode", spot, tone="text2")
        painter.end()
