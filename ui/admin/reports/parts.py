"""Fields that the forms of reports share."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QPlainTextEdit, QSizePolicy, QWidget

from ui.widgets.buttons import KeyButton
from ui.widgets.choices import Choice
from ui.widgets.fields import TextField
from ui.widgets.labels import Label
from ui.widgets.layouts import column


def quietly(field: QWidget, show: Callable[[], object]) -> None:
    """Show a value without telling it back as a wish."""
    before = field.blockSignals(True)  # noqa: FBT003 - Qt's parameter
    show()
    field.blockSignals(before)


def headed(text: str, field: QWidget) -> QWidget:
    """A field over the whole width with its label above."""
    whole = QWidget()
    whole.setLayout(column(Label(text, "small", weight=600, tone="text2"), 4, field))
    return whole


def show_text(field: TextField, text: str) -> None:
    """From its beginning; what is being typed is the same already."""
    if field.edit.text() != text:
        field.edit.setText(text)
        field.edit.setCursorPosition(0)


class OneOf(Choice):
    """One of many by key; a key that is not among them is shown as what it is."""

    picked = Signal(str)

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self._options: dict[str, str] = {}
        adjust = QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        self.setSizeAdjustPolicy(adjust)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.activated.connect(lambda _place: self.picked.emit(self.currentData()))

    def show_options(self, options: Mapping[str, str], key: str, lost: str = "") -> None:
        """``lost``: how a key is called that is no option any more."""
        wanted = dict(options)
        if key not in wanted:
            wanted = {key: lost, **wanted}
        if wanted != self._options:
            self._options = wanted
            self.clear()
            for value, name in wanted.items():
                self.addItem(name, value)
        self.setCurrentIndex(self.findData(key))
        self.setToolTip(wanted[key])


class Several(QWidget):
    """Some of many: chosen from a list, each taken away again by pressing it."""

    changed = Signal(tuple)

    def __init__(self, name: str, *, none: str, add: str, take_away: str) -> None:
        """``none``: what it means that nothing is chosen; ``take_away``: what a press does."""
        super().__init__()
        self._none, self._add, self._take_away = none, add, take_away
        self._keys: tuple[str, ...] = ()
        self._shown: tuple[tuple[str, str], ...] = ()
        self.choice = OneOf(name)
        self._all = Label(none, "small", tone="text2")
        self.buttons: list[KeyButton] = []
        self._listed = column(gap=4)
        head = Label(name, "small", weight=600, tone="text2")
        self.setLayout(column(head, self._listed, self.choice, gap=4))
        self._listed.addWidget(self._all)
        self.choice.picked.connect(self._on_picked)

    def show_several(self, keys: tuple[str, ...], options: Mapping[str, str], lost: str) -> None:
        """Those that are chosen, and what more there is."""
        self._keys = keys
        named = tuple(
            sorted(((key, options.get(key, lost)) for key in keys), key=lambda one: one[1])
        )
        if named != self._shown:
            self._shown = named
            self._render(named)
        left = {key: name for key, name in options.items() if key not in keys}
        self.choice.show_options({"": self._add, **left}, "")
        self.choice.setEnabled(bool(left))
        self._all.setVisible(not keys)

    def _render(self, named: tuple[tuple[str, str], ...]) -> None:
        for button in self.buttons:
            # Hidden first: a layout shows what was added to it a moment later, also on its own.
            button.hide()
            self._listed.removeWidget(button)
            button.deleteLater()
        self.buttons = [self._button(key, name) for key, name in named]
        for button in self.buttons:
            self._listed.addWidget(button)

    def _button(self, key: str, name: str) -> KeyButton:
        button = KeyButton(name, icon="ph.x", height=32, spread=True)
        button.setAccessibleName(f"{self._take_away}: {name}")
        button.setToolTip(f"{self._take_away}: {name}")
        button.setMinimumWidth(40)
        button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        button.clicked.connect(lambda _on=False, key=key: self._on_taken_away(key))
        return button

    def _on_picked(self, key: str) -> None:
        if key:
            self.changed.emit((*self._keys, key))

    def _on_taken_away(self, key: str) -> None:
        self.changed.emit(tuple(one for one in self._keys if one != key))


class TextArea(QPlainTextEdit):
    """Some lines to type; what is put there is no wish."""

    typed = Signal(str)

    def __init__(self, name: str, *, height: int) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setTabChangesFocus(True)
        self.setFixedHeight(height)
        self.textChanged.connect(lambda: self.typed.emit(self.toPlainText()))

    def show_text(self, text: str) -> None:
        if self.toPlainText() != text:
            quietly(self, lambda: self.setPlainText(text))

    def show_wrong(self, *, wrong: bool) -> None:
        wanted = "true" if wrong else "false"
        if self.property("wrong") != wanted:
            self.setProperty("wrong", wanted)
            self.style().unpolish(self)
            self.style().polish(self)
