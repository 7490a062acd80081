"""Which category it may be: three rows with their confidence, and a field for any other."""

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from loket.kit.i18n import Words
from ui.core.actions import ActionId, key_of
from ui.reports.taking.parts.hits import FindField
from ui.reports.taking.state import CategoryRow, CategoryState
from ui.theme.look import colour, font
from ui.theme.paint import RIGHT, box, rule, write
from ui.widgets.buttons import Pressable
from ui.widgets.caps import KeyCap
from ui.widgets.cards import Card
from ui.widgets.labels import Label, TextBlock
from ui.widgets.layouts import STRETCH, column, row

_ROWS = 3
_ROW = 54
_BAR, _BAR_NARROW = 156, 96
_WIDE = 540
_SEARCH = 196


class SuggestionRow(Pressable):
    """A radio, the category and whose it is, and how surely it is meant."""

    def __init__(self, words: Words) -> None:
        super().__init__("")
        self._words = words
        self._item = CategoryRow("", "", "", None, chosen=False)
        self.setCheckable(True)
        self.setFixedHeight(_ROW)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def item(self) -> CategoryRow:
        return self._item

    def nextCheckState(self) -> None:  # noqa: N802 - Qt's name
        """What is chosen is said by the state alone."""

    def show_item(self, item: CategoryRow) -> None:
        self.setChecked(item.chosen)
        if item != self._item:
            self._item = item
            sure = "" if item.percent is None else self._words("{n} %", n=item.percent)
            spoken = ", ".join(part for part in (item.name, item.detail, sure) if part)
            self.setText(item.name)
            self.setAccessibleName(spoken)
            self.setToolTip(f"{item.name}\n{item.detail}" if item.detail else item.name)
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        painter = QPainter(self)
        area = QRectF(self.rect())
        self._ground(painter, area)
        _radio(painter, QPointF(25, area.center().y()), on=self.isChecked())
        right = self._sureness(painter, area)
        room = right - 48 - 12
        name = QRectF(48, 7, room, 20)
        write(painter, name, self._item.name, font(14, 600))
        below = QRectF(48, 27, room, 20)
        write(painter, below, self._item.detail, font(13), tone="text2")
        painter.end()

    def _ground(self, painter: QPainter, area: QRectF) -> None:
        inner = area.adjusted(1, 1, -1, -1)
        if self.isChecked():
            box(painter, inner, fill="accent_tint", radius=8)
        elif self.state() in {"hover", "pressed"}:
            box(painter, inner, fill="hover", radius=8)
        if self.y() > _ROW / 2:
            rule(painter, QPointF(0, 0), QPointF(area.width(), 0))

    def _sureness(self, painter: QPainter, area: QRectF) -> float:
        """Bar and figure; gives where they begin."""
        figure = QRectF(area.width() - 68, 0, 52, area.height())
        if self._item.percent is None:
            by_hand = QRectF(area.width() - 136, 0, 120, area.height())
            write(
                painter,
                by_hand,
                self._words("chosen"),
                font(13),
                tone="text2",
                align=RIGHT,
            )
            return by_hand.left() + 40
        text = self._words("{n} %", n=self._item.percent)
        write(painter, figure, text, font(14, 600), align=RIGHT)
        wide = _BAR if area.width() >= _WIDE else _BAR_NARROW
        track = QRectF(area.width() - 72 - wide, area.center().y() - 4, wide, 8)
        box(painter, track, fill="surface" if self.isChecked() else "surface3", radius=4)
        part = max(5.0, wide * self._item.percent / 100)
        painter.save()
        painter.setClipRect(track.adjusted(0, 0, part - wide, 0))
        box(painter, track, fill="accent", radius=4)
        painter.restore()
        return track.left()


def _radio(painter: QPainter, middle: QPointF, *, on: bool) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    ring = QRectF(middle.x() - 10, middle.y() - 10, 20, 20)
    box(
        painter,
        ring,
        fill="accent" if on else "surface",
        line="accent" if on else "border_strong",
        radius=10,
    )
    if on:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour("on_accent"))
        painter.drawEllipse(middle, 4, 4)


class SuggestionPart(QWidget):
    """State in, a choice out."""

    chosen = Signal(str)
    searched = Signal(str)

    def __init__(self, words: Words) -> None:
        super().__init__()
        key = key_of(ActionId.TAKE_SUGGESTION)
        self.search = FindField(words("Search another category"), height=32)
        self.search.setPlaceholderText(words("Another category"))
        self.search.setFixedWidth(_SEARCH)
        title = Label(words("Suggested from the text"), "small", weight=600, tone="text2")
        head = row(title, 10, KeyCap(key), STRETCH, self.search)
        self.rows = tuple(SuggestionRow(words) for _ in range(_ROWS))
        self._note = TextBlock("", tone="text2")
        self._empty = QWidget()
        self._empty.setLayout(column(self._note, STRETCH, margins=(16, 16, 16, 16)))
        self._empty.setFixedHeight(_ROW * _ROWS)
        card = Card()
        card.setLayout(column(*self.rows, self._empty, STRETCH, margins=(1, 1, 1, 1)))
        card.setFixedHeight(_ROW * _ROWS + 2)
        self.setLayout(column(head, 4, card))
        for made in self.rows:
            made.clicked.connect(self._on_clicked)
        self.search.textEdited.connect(self.searched)

    def show_category(self, state: CategoryState) -> None:
        for place, made in enumerate(self.rows):
            made.setVisible(place < len(state.rows))
            if place < len(state.rows):
                made.show_item(state.rows[place])
        self._empty.setVisible(not state.rows)
        self._note.set_text(state.note)
        if state.hits is None and not state.query and self.search.text():
            self.search.clear()

    def _on_clicked(self) -> None:
        sender = self.sender()
        if isinstance(sender, SuggestionRow):
            self.chosen.emit(sender.item.id)
