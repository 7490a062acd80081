"""Reports that may be about the same: one is joined rather than taken down twice."""

from PySide6.QtCore import QPointF, QRectF, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from loket.kit.i18n import Words
from ui.reports.taking.state import AlikeState, LikeRow
from ui.theme.look import font
from ui.theme.paint import CENTRE, box, rule, text_width, write
from ui.widgets.buttons import KeyButton
from ui.widgets.cards import Card
from ui.widgets.chips import chip_width, draw_chip
from ui.widgets.labels import Label, TextBlock
from ui.widgets.layouts import STRETCH, column, row
from ui.widgets.pools import RowPool, RowWidget

ROW = 76
_WIDE = 340


class LikeLine(RowWidget[LikeRow]):
    """Number of the map, reference and state, what it is, how near and how long ago."""

    linked = Signal(str)

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self.setFixedHeight(ROW)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.button = KeyButton(words("Link"), kind="linked", height=32)
        self.button.clicked.connect(self._on_clicked)
        self.button.setParent(self)
        self.setFocusProxy(self.button)

    def spoken(self, item: LikeRow) -> str:
        return f"{item.reference}, {item.chip}, {item.title}, {item.detail}"

    def adapt(self, item: LikeRow) -> None:
        self.setToolTip(f"{item.title}\n{item.chip} · {item.detail}")
        text = self._words("Unlink") if item.chosen else self._words("Link")
        self.button.set_words(text)
        self.button.set_kind("tonal" if item.chosen else "linked")
        self.button.setAccessibleName(f"{text} {item.reference}")
        self._place_button()

    def resizeEvent(self, _event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        self._place_button()

    def _place_button(self) -> None:
        """In the middle; where the row is narrow, below the state."""
        self.button.resize(self.button.sizeHint())
        top = (ROW - self.button.height()) // 2 if self.width() >= _WIDE else ROW - 42
        self.button.move(self.width() - self.button.width() - 12, top)

    def _on_clicked(self) -> None:
        if self.item is not None:
            self.linked.emit(self.item.id)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        item = self.item
        if item is None:
            return
        painter = QPainter(self)
        area = QRectF(self.rect())
        if item.chosen:
            box(painter, area.adjusted(1, 1, -1, -1), fill="accent_tint", radius=8)
        if self.y() > ROW / 2:
            rule(painter, QPointF(0, 0), QPointF(area.width(), 0))
        draw_number(painter, item.number, QRectF(11, area.center().y() - 12, 24, 24))
        right = self.button.x() - 8
        self._texts(painter, item, 47, right)
        painter.end()

    def _texts(self, painter: QPainter, item: LikeRow, left: float, right: float) -> None:
        face = font(14, 600)
        beside = right if self.width() >= _WIDE else self.width() - 12
        write(painter, QRectF(left, 8, beside - left, 20), item.reference, face)
        begins = left + text_width(item.reference, face) + 8
        shown = begins + chip_width(item.chip, item.icon) <= beside
        if shown:
            draw_chip(
                painter, text=item.chip, icon=item.icon, tone=item.tone, left=begins, middle=18
            )
        write(painter, QRectF(left, 30, right - left, 20), item.title, font(14))
        # Half a chip says nothing: a state that is too long for it stands before the rest.
        detail = item.detail if shown else f"{item.chip} · {item.detail}"
        below = QRectF(left, 50, right - left, 20)
        write(painter, below, detail, font(13), tone="text2")


def draw_number(painter: QPainter, number: int, where: QRectF) -> None:
    """White on black, as on the map."""
    box(painter, where, fill="text", radius=6)
    write(painter, where, str(number), font(14, 700), tone="surface", align=CENTRE)


class AlikePart(QWidget):
    """Heading, at most three, and what joining means."""

    linked = Signal(str)

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self._within = Label("", "small", tone="text2")
        head = row(Label(words("Possibly the same"), "strong"), STRETCH, self._within)
        rows = column()
        self._pool: RowPool[LikeRow] = RowPool(rows, self._make)
        self._note = TextBlock("", tone="text2")
        self._empty = QWidget()
        self._empty.setLayout(column(self._note, margins=(15, 15, 15, 15)))
        card = Card()
        card.setLayout(column(rows, self._empty, margins=(1, 1, 1, 1)))
        self._explained = TextBlock(
            words(
                "Linking makes no second file. The reporter gets a receipt and an answer of "
                "their own."
            ),
            "small",
        )
        self.setLayout(column(head, 8, card, 8, self._explained))

    @property
    def lines(self) -> list[RowWidget[LikeRow]]:
        return self._pool.rows

    def take_focus(self, report_id: str) -> None:
        """The one that was pointed at on the map; linking stays a press of its own."""
        for line in self._pool.rows:
            if line.item is not None and line.item.id == report_id:
                line.setFocus()

    def show_alike(self, state: AlikeState) -> None:
        self._within.setText(state.within)
        self._pool.show(state.rows)
        self._note.set_text(state.note)
        self._empty.setVisible(not state.rows)
        self._explained.setVisible(bool(state.rows))

    def _make(self) -> LikeLine:
        made = LikeLine(self._words)
        made.linked.connect(self.linked)
        return made
