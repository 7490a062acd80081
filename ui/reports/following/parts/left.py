"""The left column: search, views, filters and the list."""

from datetime import date

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from loket.kit.i18n import Words
from ui.reports.following.parts.filters import FilterBox
from ui.reports.following.parts.rows import ReportList
from ui.reports.following.state import ListState, Phase, ViewFace
from ui.theme.icons import draw_icon
from ui.theme.look import font
from ui.theme.paint import CENTRE, box, draw_cap, text_width, write
from ui.widgets.buttons import KeyButton, Pressable
from ui.widgets.cards import Edged, EmptyState, Rule
from ui.widgets.layouts import STRETCH, column, row

WIDE, NARROW = 372, 332
_FIRST_ROW = 4


class ListSearch(QLineEdit):
    """The search field with the cap of its key; down goes to the list."""

    moved = Signal(int)
    left = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setProperty("form", "omnibox")
        self.setAccessibleName(name)
        self.setPlaceholderText(name)
        self.setFixedHeight(40)
        self.setClearButtonEnabled(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        if event.key() in steps:
            self.moved.emit(steps[Qt.Key(event.key())])
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        super().paintEvent(event)
        painter = QPainter(self)
        draw_icon(painter, "ph.magnifying-glass", QRectF(12, 10, 20, 20), tone="text2")
        draw_cap(painter, "/", right=self.width() - 9, middle=20)
        painter.end()


class ViewChip(Pressable):
    """A view with its count, 32 px high."""

    def __init__(self) -> None:
        super().__init__("")
        self.setCheckable(True)
        self.setFixedHeight(32)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)

    def show_view(self, face: ViewFace) -> None:
        self.setChecked(face.on)
        if face.text != self.text():
            self.setText(face.text)
            self.setAccessibleName(face.text)
            self.updateGeometry()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(round(text_width(self.text(), font(13, 600)) + 18), 32)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        painter = QPainter(self)
        area, on = QRectF(self.rect()), self.isChecked()
        if on:
            box(painter, area, fill="accent_tint", line="accent", width=2)
        else:
            fill = {"pressed": "surface3", "hover": "hover"}.get(self.state(), "surface")
            box(painter, area, fill=fill, line="border_strong")
        tone = "accent" if on else "text2"
        write(painter, area, self.text(), font(13, 600), tone=tone, align=CENTRE)
        painter.end()


class LeftPanel(Edged):
    """Which reports there are, and the way to letters and calls."""

    view_chosen = Signal(str)

    def __init__(self, words: Words, head: QWidget | None) -> None:
        super().__init__("right")
        self._words = words
        self._build(head)

    def _build(self, head: QWidget | None) -> None:
        words = self._words
        self.search = ListSearch(words("Search in the follow-up"))
        self.filter_button = KeyButton("", icon="ph.funnel")
        self.filter_button.setFixedWidth(52)
        self.letters = KeyButton("", kind="ghost", icon="ph.envelope-simple", height=32)
        self.calls = KeyButton("", kind="ghost", icon="ph.phone", height=32)
        self.mails = KeyButton("", kind="ghost", icon="ph.tray", height=32)
        self.filters = FilterBox(words)
        self.list = ReportList(words("Reports to follow up"))
        self.list.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.more = KeyButton("", kind="ghost", icon="ph.caret-down", height=40, spread=True)
        self.involved = KeyButton(
            words("Those involved"), kind="ghost", icon="ph.users-three", height=40
        )
        self._piles = QWidget()
        self._has_piles = False
        known = row(self.letters, self.calls, STRETCH, gap=4)
        self._piles.setLayout(column(known, row(self.mails, STRETCH)))
        top = column(gap=10, margins=(19, 19, 19, 12))
        if head is not None:
            top.addWidget(head)
        top.addLayout(row(self.search, self.filter_button, gap=8))
        top.addLayout(self._chips())
        top.addWidget(self._piles)
        self._pages = QStackedWidget()
        self._empty = EmptyState(icon="ph.chat-centered-text", title="")
        self._pages.addWidget(self.list)
        self._pages.addWidget(self._empty)
        foot = row(self.more, STRETCH, self.involved)
        whole = column(top, Rule(), self.filters, self._pages, foot)
        whole.setStretch(3, 1)
        self.setLayout(whole)

    def _chips(self) -> QVBoxLayout:
        self.chips = [ViewChip() for _each in range(7)]
        for chip in self.chips:
            chip.clicked.connect(self._on_chip)
        first = row(*self.chips[:_FIRST_ROW], STRETCH, gap=5)
        second = row(*self.chips[_FIRST_ROW:], STRETCH, gap=5)
        return column(first, second, gap=6)

    def _on_chip(self) -> None:
        chip = self.sender()
        if isinstance(chip, ViewChip):
            chip.setChecked(True)
            self.view_chosen.emit(str(chip.property("view")))

    def show_list(self, state: ListState, today: date) -> None:
        for chip, face in zip(self.chips, state.views, strict=False):
            chip.setProperty("view", face.view)
            chip.show_view(face)
        if not self.search.hasFocus() and self.search.text() != state.query:
            self.search.setText(state.query)
        self.filters.show_filter(state.filter, today)
        self._show_buttons(state)
        self.list.show_lines(state.lines, state.current)
        self._pages.setCurrentIndex(0 if state.lines else 1)
        self._show_empty(state)
        self.more.setVisible(bool(state.more))
        self.more.set_words(state.more)

    def _show_buttons(self, state: ListState) -> None:
        words = self._words
        many = state.filter.many
        said = words("Filters") if not many else words("Filters, {n} on", n=many)
        self.filter_button.setAccessibleName(said)
        self.filter_button.setToolTip(said)
        self.filter_button.set_kind("tonal" if many or state.filter.shown else "outlined")
        self.letters.set_words(words("Letters ({n})", n=state.letters))
        self.calls.set_words(words("Call back ({n})", n=state.calls))
        self.calls.set_kind("danger" if state.calls_late else "ghost")
        self.involved.setVisible(state.can_inform and bool(state.lines))
        self.letters.setVisible(bool(state.letters))
        self.calls.setVisible(bool(state.calls))
        self._has_piles = bool(state.letters or state.calls)
        self._piles.setVisible(self._has_piles or self.mails.isVisibleTo(self._piles))

    def show_mails(self, many: int) -> None:
        """How many mails found no file."""
        self.mails.set_words(self._words("Loose mails ({n})", n=many))
        self.mails.setVisible(bool(many))
        self._piles.setVisible(self._has_piles or bool(many))

    def _show_empty(self, state: ListState) -> None:
        words = self._words
        if state.phase is Phase.LOADING:
            self._empty.say(words("One moment"))
        elif state.phase is Phase.FAILED:
            self._empty.say(words("No reports now"), state.problem)
        elif state.query or state.filter.many:
            self._empty.say(words("Nothing found"), words("Search with fewer words or filters."))
        else:
            self._empty.say(words("Nothing here"), words("New reports come here by themselves."))
