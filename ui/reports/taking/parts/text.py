"""What is the matter: a text that is counted, never cut off, and takes pasted pictures."""

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMimeData, Signal
from PySide6.QtGui import QFocusEvent, QFont, QImage, QResizeEvent, QTextOption
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy, QWidget

from loket.kit.i18n import Words
from ui.reports.taking.state import TakingState
from ui.theme.look import font
from ui.widgets.buttons import KeyButton
from ui.widgets.labels import Label
from ui.widgets.layouts import STRETCH, column, row

_COUNT = 28
"""The line at the bottom, on which the count stands."""
_QUALITY = 90


class TextEdit(QPlainTextEdit):
    """Typing; Tab leaves it, and a picture in the clipboard is handed on."""

    pictured = Signal(bytes)
    dropped = Signal(list)
    left = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setTabChangesFocus(True)
        self.setFont(_face())
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.document().setDocumentMargin(6)
        self.setViewportMargins(0, 0, 0, _COUNT)
        self.setProperty("wrong", "false")
        self.setProperty("ring", "own")

    def canInsertFromMimeData(self, source: QMimeData) -> bool:  # noqa: N802 - Qt's name
        return source.hasImage() or source.hasUrls() or super().canInsertFromMimeData(source)

    def insertFromMimeData(self, source: QMimeData) -> None:  # noqa: N802 - Qt's name
        files = local_files(source)
        if files:
            self.dropped.emit(files)
        elif source.hasImage() and not source.hasText():
            self.pictured.emit(jpeg_of(source))
        else:
            super().insertFromMimeData(source)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        super().focusOutEvent(event)
        self.left.emit()

    def show_wrong(self, *, wrong: bool) -> None:
        wanted = "true" if wrong else "false"
        if self.property("wrong") != wanted:
            self.setProperty("wrong", wanted)
            self.style().unpolish(self)
            self.style().polish(self)


def local_files(source: QMimeData) -> list[str]:
    """Paths of files on this machine."""
    return [url.toLocalFile() for url in source.urls() if url.isLocalFile()]


def jpeg_of(source: QMimeData) -> bytes:
    """The picture that was copied; its pixels alone travel."""
    made, image = QByteArray(), QImage(source.imageData())
    buffer = QBuffer(made)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "JPEG", _QUALITY)  # type: ignore[call-overload]  # the stubs want bytes
    return bytes(made.data())


class TextBox(QWidget):
    """Label, text and count; what was restored is said quietly, and can be emptied."""

    typed = Signal(str)
    cleared = Signal()

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._draft_id = ""
        name = words("What is the matter?")
        self.edit = TextEdit(name)
        self._count = Label("", "small", tone="text2")
        self._count.setParent(self.edit)
        self._wrong = Label("", "small", weight=600, tone="late_fg")
        self._wrong.setParent(self.edit)
        self._restored = Label("", "small", tone="text2")
        self.clear = KeyButton(words("Empty the form"), kind="ghost", height=24)
        head = row(
            Label(name, "small", weight=600, tone="text2"),
            STRETCH,
            self._restored,
            8,
            self.clear,
        )
        self._head = head
        layout = column(head, 4)
        layout.addWidget(self.edit, 1)
        self.setLayout(layout)
        self.setMinimumHeight(108)
        self.setMaximumHeight(216)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.edit.textChanged.connect(self._on_changed)
        self.edit.verticalScrollBar().rangeChanged.connect(self._place)
        self.clear.clicked.connect(self.cleared)

    def show_text(self, state: TakingState) -> None:
        if state.text != self.edit.toPlainText():
            self.edit.setPlainText(state.text)
            self.edit.moveCursor(self.edit.textCursor().MoveOperation.End)
        self._draft_id = state.draft_id
        self._count.setText(state.count)
        self._count.set_tone("late_fg" if state.text_wrong else "text2")
        self._wrong.setText(state.text_wrong)
        self.edit.setAccessibleDescription(state.text_wrong or state.count)
        self.edit.show_wrong(wrong=bool(state.text_wrong))
        self._restored.setText(state.restored)
        self.clear.setVisible(bool(state.restored))
        self._place()

    def _on_changed(self) -> None:
        self.typed.emit(self.edit.toPlainText())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        """The count at the bottom right, what is wrong at its left."""
        width = self._count.sizeHint().width()
        top = self.edit.height() - _COUNT
        aside = 26 if self.edit.verticalScrollBar().maximum() else 14
        self._count.setGeometry(self.edit.width() - width - aside, top, width, 20)
        room = self.edit.width() - width - aside - 30
        self._wrong.setGeometry(14, top, max(0, room), 20)


def _face() -> QFont:
    return font(16)
