"""The visitor in hand: the band, the number of 144 px, the timer, and who is here."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from loket.kit.i18n import Words
from ui.counter.state import Band, Visitor
from ui.theme.look import colour
from ui.widgets.bands import StateBand
from ui.widgets.cards import Card, EmptyState, Glyph, Rule
from ui.widgets.chips import Chip
from ui.widgets.labels import Label, TextBlock
from ui.widgets.layouts import STRETCH, column, row


class ProgressBar(QWidget):
    """How much of the usual time has passed."""

    def __init__(self) -> None:
        super().__init__()
        self._share, self._over = 0.0, False
        self.setFixedHeight(12)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_share(self, share: float, *, over: bool) -> None:
        rounded = round(share * max(1, self.width())) / max(1, self.width())
        if (rounded, over) != (self._share, self._over):
            self._share, self._over = rounded, over
            self.setAccessibleName(f"{round(share * 100)} %")
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        track, done = QPainterPath(), QPainterPath()
        track.addRoundedRect(QRectF(self.rect()), 6, 6)
        painter.fillPath(track, colour("surface3"))
        done.addRect(QRectF(0, 0, self.width() * self._share, 12))
        painter.fillPath(track.intersected(done), colour("late_fg" if self._over else "accent"))
        painter.end()


class VisitorCard(Card):
    """The band, the number of 144 px, the timer, and who is here."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self.setFixedHeight(318)
        self.band = StateBand()
        self.number = Label("", "ticket", tracking=-2, shrink=True)
        self.product = Label("", "page", shrink=True)
        self.place = Label("", tone="text2")
        self.also = Label("", tone="text2")
        self.why = Label("", weight=600)
        self._body = self._build_body()
        self._nobody = EmptyState(
            icon="ph.users-three",
            title=words("Nobody at this counter"),
            sentence=words("New tickets come by themselves."),
        )
        self.setLayout(column(self.band, self._body, self._nobody))

    def _build_body(self) -> QWidget:
        body = QWidget()
        ticket = column(
            self.number, 8, self.product, self.place, self.also, STRETCH, margins=(22, 16, 20, 0)
        )
        columns = row(ticket, Rule(upright=True), self._build_timer(), Rule(upright=True))
        columns.addWidget(self._build_person())
        for place, share in ((0, 433), (2, 231), (4, 278)):
            columns.setStretch(place, share)
        # Over the whole width: the sentence is as long as its reason.
        reason = row(Glyph("ph.lightbulb", size=20), 10, self.why, margins=(22, 8, 22, 8))
        reason.setStretch(2, 1)
        whole = column(columns, Rule(), reason)
        whole.setStretch(0, 1)
        body.setLayout(whole)
        return body

    def _build_timer(self) -> QWidget:
        self._timer_label = Label("", weight=600, tone="text2")
        self.timer = Label("", "timer", tracking=-1)
        self._bar = ProgressBar()
        self._usual = Label("", tone="text2")
        self.waited = Label("", "strong")
        box = QWidget()
        box.setLayout(
            column(
                self._timer_label,
                1,
                self.timer,
                7,
                self._bar,
                8,
                self._usual,
                20,
                row(Glyph("ph.hourglass-medium-bold", size=20), 8, self.waited),
                STRETCH,
                margins=(23, 16, 23, 0),
            )
        )
        box.setMinimumWidth(220)
        return box

    def _build_person(self) -> QWidget:
        self.name = Label("", "title")
        self._language = Chip("")
        self._priority = Chip("", tone="tint")
        self._note_box = Card(kind="note")
        self.note = TextBlock(tone="text")
        self._note_box.setLayout(
            column(
                Label(self._words("Note from the welcome desk"), "small", weight=600, tone="text2"),
                self.note,
                margins=(12, 8, 12, 8),
            )
        )
        box = QWidget()
        box.setLayout(
            column(
                Label(self._words("Visitor"), weight=600, tone="text2"),
                4,
                self.name,
                8,
                row(self._language, self._priority, STRETCH, gap=8),
                16,
                self._note_box,
                STRETCH,
                margins=(23, 16, 23, 0),
            )
        )
        box.setMinimumWidth(220)
        return box

    def render_visitor(self, band: Band, visitor: Visitor) -> None:
        self.band.show_state(band.text, icon=band.icon, tone=band.tone, detail=band.detail)
        somebody = bool(visitor.number)
        self._body.setVisible(somebody)
        self._nobody.setVisible(not somebody)
        if not somebody:
            return
        self.number.setText(visitor.number)
        self.product.setText(visitor.product)
        self.place.setText(visitor.place)
        self.also.setText(visitor.also)
        self.why.setText(visitor.why)
        self.why.setToolTip(visitor.why)
        self._timer_label.setText(visitor.timer_label)
        self.timer.setText(visitor.timer)
        self.timer.set_tone("late_fg" if visitor.over else "text")
        self._bar.show_share(visitor.share, over=visitor.over)
        self._usual.setText(visitor.usual)
        self.waited.setText(visitor.waited)
        self._render_person(visitor)

    def _render_person(self, visitor: Visitor) -> None:
        self.name.setText(visitor.name)
        self._language.show_state(visitor.language, icon="", tone="plain")
        self._priority.show_state(visitor.priority, icon=visitor.priority_icon, tone="tint")
        self._priority.setVisible(bool(visitor.priority))
        self.note.set_text(visitor.note)
        self._note_box.setVisible(bool(visitor.note))
