"""The dock: who reports, until when, who is warned, and the two ways to keep it."""

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from loket.kit.i18n import Words
from ui.core.actions import ActionId, key_of
from ui.reports.taking.parts.reporter import ReporterPart
from ui.reports.taking.state import DangerFace, TakingState, TermFace
from ui.theme.icons import draw_icon
from ui.theme.look import font
from ui.theme.paint import box, cap_width, draw_cap, write
from ui.widgets.buttons import KINDS, KeyButton, Pressable
from ui.widgets.cards import Card, Edged, Glyph, Rule, Scrolled
from ui.widgets.labels import Label, TextBlock
from ui.widgets.layouts import STRETCH, column, row

WIDTH = 320
_TERM_ICONS = ("ph.envelope-simple-open", "ph.flag")


class TermLine(QWidget):
    """One term; its tooltip says how the day came to be."""

    def __init__(self, icon: str) -> None:
        super().__init__()
        self._title = Label("", "small", tone="text2")
        self._due = Label("", weight=600)
        texts = column(self._title, self._due)
        layout = row(Glyph(icon, size=24, tone="accent"), 12, texts, margins=(14, 8, 14, 8))
        layout.setStretch(2, 1)
        self.setLayout(layout)

    def show_term(self, face: TermFace) -> None:
        self._title.setText(face.title)
        self._due.setText(face.due)
        self.setToolTip(face.why)
        self.setAccessibleName(f"{face.title} {face.due}. {face.why}")


class DangerBox(QWidget):
    """Who is warned of what is dangerous, or that nobody is; as high as its text."""

    def __init__(self) -> None:
        super().__init__()
        self._text = TextBlock("", tone="late_fg")
        self._text.setParent(self)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def text(self) -> str:
        return self._text.text()

    def show_danger(self, face: DangerFace) -> None:
        self._text.set_text(face.text)
        self.setAccessibleName(face.text)
        self.setVisible(bool(face.text))
        self._fit()

    def resizeEvent(self, _event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        self._fit()

    def _fit(self) -> None:
        width = self.width() - 52
        height = self._text.heightForWidth(width)
        self._text.setGeometry(40, 9, width, height)
        self.setFixedHeight(height + 18)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        painter = QPainter(self)
        box(painter, QRectF(self.rect()), fill="late_bg", line="late_line")
        draw_icon(painter, "ph.warning", QRectF(12, 9, 20, 20), tone="late_fg")
        painter.end()


class MainButton(Pressable):
    """The one solid button, in two lines, 64 px high."""

    def __init__(self, key: str) -> None:
        super().__init__("")
        self._key, self._busy = key, ""
        self.setFixedHeight(64)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_words(self, text: str, busy: str) -> None:
        """Two lines in one text; ``busy``: what is said while it is at work."""
        if (text, busy) != (self.text(), self._busy):
            self._busy = busy
            self.setText(text)
            self.setAccessibleName(text.replace("\n", " "))
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        painter = QPainter(self)
        paint = KINDS["primary"][self.state() if self.isEnabled() else "rest"]
        area = QRectF(self.rect())
        box(painter, area, fill=paint.fill)
        icon = "ph.spinner-gap-bold" if self._busy else "ph.printer-bold"
        draw_icon(painter, icon, QRectF(16, 20, 24, 24), tone=paint.tone)
        right = area.width() - 16
        draw_cap(painter, self._key, right=right, middle=32, on="accent")
        room = right - cap_width(self._key) - 8 - 52
        lines = (self._busy or self.text()).split("\n")
        top = 32 - 11 * len(lines)
        for place, line in enumerate(lines):
            where = QRectF(52, top + 22 * place, room, 22)
            write(painter, where, line, font(16, 600), tone=paint.tone)
        painter.end()


class TakingDock(Edged):
    """What is at the right; the buttons never move."""

    only_wished = Signal()
    main_wished = Signal()

    def __init__(self, words: Words) -> None:
        super().__init__("left")
        self._words = words
        self._draft_id = ""
        self.setFixedWidth(WIDTH)
        self.reporter = ReporterPart(words)
        self.terms = tuple(TermLine(icon) for icon in _TERM_ICONS)
        self._terms_box = Card()
        rules = column(self.terms[0], self._inset(Rule()), self.terms[1], margins=(1, 1, 1, 1))
        self._terms_box.setLayout(rules)
        self._terms_head = Label(words("Terms"), "strong")
        self.danger = DangerBox()
        self.only = KeyButton(
            words("Register only"), key=key_of(ActionId.REGISTER_ONLY), height=48, spread=True
        )
        self.main = MainButton(key_of(ActionId.REGISTER_AND_PRINT))
        self._inner = column(self.reporter, 14, self._terms_head, 8, self._terms_box, STRETCH)
        scrolled = Scrolled(self._inner)
        scrolled.verticalScrollBar().rangeChanged.connect(self._on_range)
        self._on_range(0, 0)
        layout = column(margins=(17, 22, 7, 16))
        layout.addWidget(scrolled, 1)
        layout.addSpacing(10)
        # What is dangerous is never scrolled out of sight.
        below = column(self.danger, 10, self.only, 8, self.main, margins=(3, 0, 13, 0))
        layout.addLayout(below)
        self.setLayout(layout)
        self.only.clicked.connect(self.only_wished)
        self.main.clicked.connect(self.main_wished)

    def _on_range(self, _least: int, most: int) -> None:
        """The edge of the fields stays where it is when a scroll bar comes."""
        self._inner.setContentsMargins(3, 0, 3 if most else 13, 3)

    @staticmethod
    def _inset(rule: Rule) -> QWidget:
        made = QWidget()
        made.setLayout(column(rule, margins=(14, 0, 14, 0)))
        return made

    def show_dock(self, state: TakingState) -> None:
        self.reporter.show_reporter(state.reporter, anew=state.draft_id != self._draft_id)
        self._draft_id = state.draft_id
        self._terms_head.setVisible(bool(state.terms))
        self._terms_box.setVisible(bool(state.terms))
        for line, face in zip(self.terms, state.terms, strict=False):
            line.show_term(face)
        self.danger.show_danger(state.danger)
        self.only.set_words(state.only)
        self.only.setEnabled(not state.busy)
        self.main.show_words(state.main, self._words("One moment") if state.busy else "")
        self.main.setEnabled(not state.busy)
