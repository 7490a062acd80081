"""The card that says what would help most, and what it would do."""

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from loket.kit.i18n import Words
from ui.core.actions import ActionId, key_of
from ui.supervisor.state import AdviceCard
from ui.theme.look import colour, font
from ui.theme.paint import RIGHT, text_width, write
from ui.widgets.buttons import KeyButton
from ui.widgets.cards import Card, EmptyState, Glyph
from ui.widgets.labels import Label, TextBlock
from ui.widgets.layouts import STRETCH, column, row

_LABEL, _TRACK = 0.33, 8


class EffectBar(QWidget):
    """A wait as a bar: how it is called, how long, in words."""

    def __init__(self, tone: str) -> None:
        super().__init__()
        self._tone = tone
        self._shown = ("", "", 0.0)
        self.setFixedHeight(24)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_wait(self, name: str, wait: str, share: float) -> None:
        if self._shown != (name, wait, share):
            self._shown = (name, wait, share)
            self.setAccessibleName(f"{name}: {wait}")
            self.setToolTip(name)
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        name, wait, share = self._shown
        width, face = float(self.width()), font(14, 600)
        value = text_width(wait, face) + 2
        left = width * _LABEL
        write(painter, QRectF(0, 0, left - 6, 24), name, font(14))
        write(painter, QRectF(width - value, 0, value, 24), wait, face, align=RIGHT)
        track = QRectF(left, 12 - _TRACK / 2, max(0.0, width - value - left - 8), _TRACK)
        whole, done = QPainterPath(), QPainterPath()
        whole.addRoundedRect(track, 4, 4)
        done.addRect(QRectF(track.left(), track.top(), track.width() * share, _TRACK))
        painter.fillPath(whole, colour("surface"))
        painter.fillPath(whole.intersected(done), colour(self._tone))
        painter.end()


class AdvicePanel(Card):
    """One advice at a time; where all goes well it says so."""

    taken = Signal()
    refused = Signal()

    def __init__(self, words: Words) -> None:
        super().__init__(kind="advice")
        self._words = words
        self._title = TextBlock(style="strong", tone="text")
        self._detail = TextBlock()
        self._before = EffectBar("late_fg")
        self._after = EffectBar("accent")
        self.take = KeyButton(
            "", kind="primary", icon="ph.plus-bold", key=key_of(ActionId.TAKE_ADVICE)
        )
        self.refuse = KeyButton(words("Not now"), key=key_of(ActionId.NOT_NOW))
        self.take.clicked.connect(self.taken)
        self.refuse.clicked.connect(self.refused)
        self._body = self._build_body()
        self._empty = EmptyState(
            icon="ph.check-circle",
            title=words("Nothing to open now"),
            sentence=words("Advice comes when waits grow over their norm."),
        )
        head = row(
            Glyph("ph.lightbulb-bold", size=20, tone="accent"),
            8,
            Label(words("Advice"), weight=600, tone="accent"),
            STRETCH,
        )
        self.setLayout(column(head, 4, self._body, self._empty, margins=(19, 14, 19, 15)))

    def _build_body(self) -> QWidget:
        buttons = row(self.take, 8, self.refuse)
        buttons.setStretch(0, 1)
        body = QWidget()
        body.setLayout(
            column(
                self._title,
                4,
                self._detail,
                8,
                self._before,
                4,
                self._after,
                STRETCH,
                8,
                buttons,
            )
        )
        return body

    def show_advice(self, card: AdviceCard, *, busy: bool) -> None:
        self._body.setVisible(card.is_any)
        self._empty.setVisible(not card.is_any)
        self.take.setEnabled(not busy)
        if not card.is_any:
            return
        self._title.set_text(card.title)
        self._detail.set_text(card.detail)
        self._before.show_wait(self._words("Without"), card.before, card.before_share)
        self._after.show_wait(card.with_name, card.after, card.after_share)
        self.take.set_words(card.button)
