"""The way of each key: scans first, then the actions of the table, then whoever has the focus."""

from typing import TypeAlias

from PySide6.QtCore import QEvent, QKeyCombination, QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget

from ui.core.actions import ACTIONS, ActionId, ScreenId
from ui.core.physical_keys import digit_of
from ui.core.scans import ScanBuffer

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_KEYPAD = Qt.KeyboardModifier.KeypadModifier
_LOCAL = {"Enter", "Esc", "T", "/"}
"""Keys that belong to whoever has the focus; screens decide what they mean."""


_UNDO = {ActionId.TAKE_BACK_TICKET, ActionId.UNDO_LAST, ActionId.UNDO_CHECK_IN}


def combined(shortcut: str) -> int:
    """Key and modifiers as one number."""
    keys = QKeySequence.fromString(shortcut)
    found: int = keys[0].toCombined()  # type: ignore[index]  # the stubs forget it
    return found


def _as_written(event: QKeyEvent) -> int:
    """The key as the table of actions writes it: both Enter keys are one."""
    key = Qt.Key.Key_Enter if event.key() in _ENTER else Qt.Key(event.key())
    held: int = QKeyCombination(event.modifiers() & ~_KEYPAD, key).toCombined()
    return held if event.key() in _ENTER else event.keyCombination().toCombined()


Field: TypeAlias = QLineEdit | QPlainTextEdit
"""Where a code may be typed by the way."""


def _snapshot(focused: QWidget | None) -> tuple[Field, str, int] | None:
    """A field as it was before a scan began."""
    if isinstance(focused, QLineEdit):
        return focused, focused.text(), focused.cursorPosition()
    if isinstance(focused, QPlainTextEdit):
        return focused, focused.toPlainText(), focused.textCursor().position()
    return None


def _put_back(field: Field, text: str, cursor: int) -> None:
    if isinstance(field, QLineEdit):
        field.setText(text)
        field.setCursorPosition(cursor)
        field.textEdited.emit(text)
        return
    field.setPlainText(text)
    place = field.textCursor()
    place.setPosition(cursor)
    field.setTextCursor(place)


class KeyRouter(QObject):
    """Watches the keys of one window before its widgets get them."""

    triggered = Signal(object)
    digit_pressed = Signal(int)
    screen_digit_pressed = Signal(int)
    scanned = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.screen = ScreenId.EVERYWHERE
        self.active = False
        self._scan = ScanBuffer()
        self._before: tuple[Field, str, int] | None = None
        self._by_key = {
            (spec.screen, combined(spec.shortcut)): spec.id
            for spec in ACTIONS
            if not spec.by_digit and spec.shortcut not in _LOCAL
        }

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if not self.active:
            return False
        return self._is_scan(event) or self._is_action(event)

    # scans

    def _is_scan(self, event: QKeyEvent) -> bool:
        if event.key() in _ENTER:
            codes = self._scan.end(event.timestamp())
            if codes:
                self._restore()
                self.scanned.emit(codes)
            return bool(codes)
        text = event.text()
        held = event.modifiers() & (
            Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
        )
        if held or len(text) != 1 or not text.isprintable():
            return False
        if self._scan.add(text, event.timestamp()):
            self._before = _snapshot(QApplication.focusWidget())
        return False

    def _restore(self) -> None:
        """Take the code out of the field where it was typed by the way."""
        if self._before is not None:
            _put_back(*self._before)
        self._before = None

    # actions

    def _is_action(self, event: QKeyEvent) -> bool:
        return self._is_digit(event) or self._is_shortcut(event)

    def _is_digit(self, event: QKeyEvent) -> bool:
        held = event.modifiers() & ~_KEYPAD
        ctrl, alt = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
        if held not in (ctrl, alt):
            return False
        key = event.key()
        digit = digit_of(
            platform=QGuiApplication.platformName(),
            scan_code=event.nativeScanCode(),
            text_of_key=chr(key) if 0 < key < 0x10000 else "",  # noqa: PLR2004 - no letter above
        )
        if digit is None or (digit == 0 and held == ctrl):
            return False  # nothing quick stands under 0
        if not event.isAutoRepeat():
            (self.digit_pressed if held == ctrl else self.screen_digit_pressed).emit(digit)
        return True

    def _is_shortcut(self, event: QKeyEvent) -> bool:
        wanted = _as_written(event)
        action = self._by_key.get((self.screen, wanted))
        action = action or self._by_key.get((ScreenId.EVERYWHERE, wanted))
        if action is None or self._is_typing(action):
            return False
        if not event.isAutoRepeat():
            self.triggered.emit(action)
        return True

    def _is_typing(self, action: ActionId) -> bool:
        """Ctrl+Z in a field with text undoes the typing."""
        focused = QApplication.focusWidget()
        if not isinstance(focused, QLineEdit):
            return False
        if action in _UNDO:
            return bool(focused.text()) and focused.isUndoAvailable()
        return action is ActionId.PUT_BACK and bool(focused.text())
