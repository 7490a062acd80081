"""The middle: which report it is, its history, and the box in which one replies."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from loket.kit.i18n import Words
from ui.reports.following.parts.reply import ReplyBox
from ui.reports.following.parts.timeline import Timeline
from ui.reports.following.state import Badge, FileState, Phase
from ui.widgets.buttons import KeyButton
from ui.widgets.cards import EmptyState
from ui.widgets.chips import Chip
from ui.widgets.labels import Label
from ui.widgets.layouts import STRETCH, column, row


class FilePage(QWidget):
    """State in, wishes out."""

    stepped = Signal(int)
    rename_wished = Signal()

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self._build()
        self.back.clicked.connect(lambda: self.stepped.emit(-1))
        self.on.clicked.connect(lambda: self.stepped.emit(1))
        self.rename.clicked.connect(self.rename_wished)

    def _build(self) -> None:
        words = self._words
        self._reference = Label("", weight=600, tone="text2", whole=True)
        self._badge = Chip()
        self._tags = [Chip(), Chip()]
        self._place = Label("", "small", tone="text2", whole=True)
        self.back = _stepper("ph.caret-up-bold", words("Report before this"))
        self.on = _stepper("ph.caret-down-bold", words("Report after this"))
        self._title = Label("", "page")
        head = row(
            self._reference,
            self._badge,
            STRETCH,
            self._place,
            self.back,
            self.on,
            gap=8,
            margins=(24, 14, 24, 0),
        )
        self.rename = _stepper("ph.pencil-simple", words("Change title"), kind="ghost")
        title = row(self._title, self.rename, STRETCH, *self._tags, gap=8, margins=(24, 4, 24, 6))
        self.timeline = Timeline(words)
        self.reply = ReplyBox(words)
        shown = QWidget()
        box = row(self.reply, margins=(24, 0, 24, 16))
        whole = column(head, title, self.timeline, box)
        whole.setStretch(2, 1)
        shown.setLayout(whole)
        self._empty = EmptyState(icon="ph.chat-centered-text", title="")
        self._pages = QStackedWidget()
        self._pages.addWidget(shown)
        self._pages.addWidget(self._empty)
        self.setLayout(column(self._pages))

    def show_file(self, state: FileState) -> None:
        shown = state.phase is Phase.SHOWN
        self._pages.setCurrentIndex(0 if shown else 1)
        if not shown:
            self._show_empty(state)
            return
        self._reference.setText(state.reference)
        _show_badge(self._badge, state.badge)
        for place, chip in enumerate(self._tags):
            chip.setVisible(place < len(state.tags))
            if place < len(state.tags):
                _show_badge(chip, state.tags[place])
        self._place.setText(state.place)
        self.back.setEnabled(state.can_back)
        self.on.setEnabled(state.can_on)
        self._title.setText(state.title)
        self.rename.setVisible(state.can_rename)
        self.timeline.show_items(state.id, state.items, state.pictures)
        self.reply.show_reply(state.id, state.reply, aside=bool(state.form.kind))

    def _show_empty(self, state: FileState) -> None:
        words = self._words
        if state.phase is Phase.LOADING:
            self._empty.say(words("One moment"))
        elif state.phase is Phase.FAILED:
            self._empty.say(words("This report cannot be shown now"), state.problem)
        else:
            self._empty.say(words("No report is open"), words("Choose one from the list."))


def _show_badge(chip: Chip, badge: Badge) -> None:
    chip.show_state(badge.text, icon=badge.icon, tone=badge.tone)


def _stepper(icon: str, name: str, *, kind: str = "outlined") -> KeyButton:
    made = KeyButton("", icon=icon, height=32, kind=kind)
    made.setFixedWidth(36)
    made.setAccessibleName(name)
    made.setToolTip(name)
    return made
