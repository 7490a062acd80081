"""Messages at the bottom left: done things for eight seconds, trouble until it is handled."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from loket.kit.i18n import Words
from ui.core.sentences import Remedy, UserMessage
from ui.widgets.bands import Toast
from ui.widgets.layouts import column

STAYS_MS = 8000
MOST = 3
WIDEST = 720


class Messages(QWidget):
    """At most three at a time, the newest below; the same code replaces its elder."""

    remedied = Signal(object)

    def __init__(self, words: Words, parent: QWidget) -> None:
        super().__init__(parent)
        self._words = words
        self._layout = column(gap=8)
        self.setLayout(self._layout)
        self._shown: list[tuple[UserMessage, Toast]] = []
        self.hide()

    @property
    def texts(self) -> list[str]:
        return [message.text for message, _toast in self._shown]

    @property
    def toasts(self) -> list[Toast]:
        return [toast for _message, toast in self._shown]

    def say(self, message: UserMessage) -> None:
        """Show a message; one about the same replaces the former."""
        for known, toast in list(self._shown):
            same = known.text == message.text or (message.code and known.code == message.code)
            if same or not (known.wrong or message.wrong):
                self.drop(toast)
        while len(self._shown) >= MOST:
            self.drop(self._shown[0][1])
        toast = self._make(message)
        self._shown.append((message, toast))
        self._layout.addWidget(toast)
        self._fit()

    def drop(self, toast: Toast) -> None:
        self._shown = [pair for pair in self._shown if pair[1] is not toast]
        toast.hide()
        toast.deleteLater()
        self._fit()

    def drop_about(self, about: str) -> None:
        """What was said about this has been taken care of."""
        self._drop_where(lambda message: message.about == about)

    def lapse(self) -> None:
        """Something newer was done: what these offered to undo is no longer the last act."""
        self._drop_where(lambda message: message.remedy is Remedy.UNDO)

    def _drop_where(self, fits: Callable[[UserMessage], bool]) -> None:
        for message, toast in list(self._shown):
            if fits(message):
                self.drop(toast)

    def clear(self) -> None:
        for toast in self.toasts:
            self.drop(toast)

    def place(self, left: int, bottom: int, room: int) -> None:
        """Stand with the lower left corner there, at most ``room`` wide."""
        self._spot = (left, bottom, room)
        self._fit()

    _spot = (112, 780, WIDEST)

    def _make(self, message: UserMessage) -> Toast:
        words = self._words
        captions = {
            Remedy.UNDO: (words("Undo"), "Ctrl+Z"),
            Remedy.PRINT_AGAIN: (words("Print again"), ""),
            Remedy.SIGN_IN: (words("Sign in"), ""),
            Remedy.GIVE_ANYWAY: (words("Give a ticket anyway"), ""),
            Remedy.CHECK_IN_ANYWAY: (words("Check in anyway"), ""),
            Remedy.OPEN_REFUSED: (words("Open the form"), ""),
            Remedy.NONE: ("", ""),
        }
        button, key = captions[message.remedy]
        toast = Toast(
            message.text,
            icon=message.icon,
            wrong=message.wrong,
            button=button,
            key=key,
            close=words("Close") if message.wrong else "",
            second=self._second(message),
        )
        toast.acted.connect(partial(self._on_acted, message, toast))
        if message.remedy is Remedy.GIVE_ANYWAY:
            toast.second_acted.connect(partial(self.drop, toast))
        else:
            elsewhere = replace(message, remedy=Remedy.OTHER_PRINTER)
            toast.second_acted.connect(partial(self.remedied.emit, elsewhere))
        if not message.wrong:
            timer = QTimer(toast)
            timer.setSingleShot(True)
            timer.timeout.connect(partial(self.drop, toast))
            timer.start(STAYS_MS)
        return toast

    def _second(self, message: UserMessage) -> str:
        """The other thing that can be done."""
        if message.remedy is Remedy.GIVE_ANYWAY:
            return self._words("No ticket")
        return self._words("Other printer") if message.remedy is Remedy.PRINT_AGAIN else ""

    def _on_acted(self, message: UserMessage, toast: Toast) -> None:
        self.drop(toast)
        if message.remedy is not Remedy.NONE:
            self.remedied.emit(message)

    def _fit(self) -> None:
        self.setVisible(bool(self._shown))
        if not self._shown:
            return
        left, bottom, room = self._spot
        width = min(room, max(360, *(toast.needs for toast in self.toasts), 360))
        height = len(self._shown) * 48 + (len(self._shown) - 1) * 8
        self.setGeometry(left, bottom - height, width, height)
        self.raise_()
