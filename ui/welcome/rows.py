"""The list of products found while typing; the selected one opens and shows its actions."""

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from loket.kit.i18n import Words
from ui.core.actions import ActionId, key_of
from ui.theme.icons import draw_icon
from ui.theme.look import font
from ui.theme.paint import (
    box,
    draw_cap,
    draw_icon_box,
    rule,
    text_width,
    write,
    write_runs,
)
from ui.welcome.state import Suggestion
from ui.widgets.buttons import KeyButton
from ui.widgets.cards import Card, Scrolled
from ui.widgets.chips import chip_width, draw_chip
from ui.widgets.layouts import column

ROW, OPEN = 60, 118
_TEXT, _EDGE = 64, 12
_WAIT = 366
"""Where the column of waits begins in a list of the width of the picture."""
_THIRD = 470
WIDE = 630
"""A row of the picture's width; in a narrow window what to bring goes beside the buttons."""
_BESIDE_BUTTONS = 400


class SuggestionRow(QWidget):
    """One product that was found."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._item: Suggestion | None = None
        self._selected = False
        self._last = False
        self._bring_word = ""

    def show_item(self, item: Suggestion, *, selected: bool, last: bool, bring_word: str) -> None:
        wanted = (item, selected, last, bring_word)
        if wanted != (self._item, self._selected, self._last, self._bring_word):
            self._item, self._selected, self._last, self._bring_word = wanted
            parts = (item.name, item.place, item.tag, item.wait, item.waiting, item.refusal)
            self.setAccessibleName(", ".join(part for part in parts if part))
            self.setToolTip(item.name)
            self.update()

    @property
    def item(self) -> Suggestion | None:
        return self._item

    def enterEvent(self, event: QEnterEvent) -> None:  # noqa: N802 - Qt's name
        self.update()
        super().enterEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        item = self._item
        if item is None:
            return
        painter = QPainter(self)
        area = QRectF(self.rect())
        self._ground(painter, area, item)
        draw_icon_box(painter, item.icon, left=_EDGE, top=_EDGE - 2, chosen=self._selected)
        wait = self._wait_left()
        name = QRectF(_TEXT, 8, wait - _TEXT - 8, 24)
        write_runs(painter, name, item.name, font(16, 600), marked=item.spans)
        self._second_line(painter, item, wait)
        self._wait(painter, item, wait)
        if self._selected:
            self._bring(painter, item, area)
        else:
            self._keys(painter, item, area)
        painter.end()

    def _wait_left(self) -> float:
        return _WAIT if self._wide else self.width() - 190

    @property
    def _wide(self) -> bool:
        return self.width() >= WIDE

    def _ground(self, painter: QPainter, area: QRectF, item: Suggestion) -> None:
        if self._selected:
            box(painter, area, fill="accent_tint")
        elif item.closed:
            box(painter, area, fill="surface3")
        elif self.underMouse():
            box(painter, area, fill="hover")
        if not self._selected and not self._last:
            bottom = area.bottom() - 0.5
            rule(painter, QPointF(_TEXT, bottom), QPointF(area.right() - _EDGE, bottom))

    def _second_line(self, painter: QPainter, item: Suggestion, wait: float) -> None:
        tag_room = chip_width(item.tag, item.tag_icon, height=20) + 8
        face = font(13)
        room = QRectF(_TEXT, 32, max(24, wait - _TEXT - tag_room - 8), 20)
        write(painter, room, item.place, face, tone="text2")
        left = _TEXT + min(text_width(item.place, face), room.width()) + 8
        draw_chip(
            painter,
            text=item.tag,
            icon=item.tag_icon,
            tone=item.tag_tone,
            left=left,
            middle=42,
            height=20,
        )

    def _wait(self, painter: QPainter, item: Suggestion, left: float) -> None:
        if item.refusal and not item.by_appointment:
            room = QRectF(left, 8, self.width() - left - _EDGE, 24)
            write(painter, room, item.refusal, font(14, 600), tone="text2")
            return
        if not item.wait:
            room = QRectF(left, 8, _THIRD - _WAIT + 20, 24)
            write(painter, room, item.waiting, font(14, 600), tone="text2")
            return
        at = left
        if item.wait_late:
            draw_icon(painter, "ph.warning-bold", QRectF(left, 11, 18, 18), tone="wait_fg")
            at += 22
        tone = "wait_fg" if item.wait_late else "text"
        write(painter, QRectF(at, 8, left + 104 - at, 24), item.wait, font(16, 600), tone=tone)
        below = QRectF(left, 32, 104, 20)
        write(painter, below, item.waiting, font(13), tone="text2")

    def _bring(self, painter: QPainter, item: Suggestion, area: QRectF) -> None:
        left, top = float(_THIRD), 8
        if not self._wide:
            left, top = float(_BESIDE_BUTTONS), 66
        width = area.width() - left - _EDGE
        silent = item.refusal and not item.by_appointment
        if not item.bring or silent or width < 80:  # noqa: PLR2004 - unreadable below
            return
        head = font(13, 600)
        write(painter, QRectF(left, top, width, 20), self._bring_word, head, tone="text2")
        after = text_width(self._bring_word + " ", head)
        first, rest = _broken(item.bring, width - after, lambda part: text_width(part, font(13)))
        room = QRectF(left + after, top, width - after, 20)
        write(painter, room, first, font(13), tone="text2")
        write(painter, QRectF(left, top + 20, width, 20), rest, font(13), tone="text2")

    def _keys(self, painter: QPainter, item: Suggestion, area: QRectF) -> None:
        right = area.right() - _EDGE
        if item.bookable and self._wide:
            right = _key(painter, "Ctrl+Enter", "ph.calendar-plus", right) - 14
        if not item.refusal:
            _key(painter, "Enter", "ph.ticket", right)


def _key(painter: QPainter, key: str, icon: str, right: float) -> float:
    """A key with what it does before it; gives where it begins."""
    cap = draw_cap(painter, key, right=right, middle=30)
    draw_icon(painter, icon, QRectF(cap - 25, 20, 20, 20), tone="text2")
    return cap - 25


def _broken(text: str, width: float, measure: Callable[[str], float]) -> tuple[str, str]:
    """Two lines: as many words as fit on the first, the rest on the second."""
    words = text.split(" ")
    for count in range(len(words), 0, -1):
        first = " ".join(words[:count])
        if measure(first) <= width:
            return first, " ".join(words[count:])
    return "", text


class _Rows(QWidget):
    """Rows placed by hand, so that a keystroke moves widgets instead of laying out again."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[SuggestionRow] = []

    def resizeEvent(self, _event: object) -> None:  # noqa: N802 - Qt's name
        for row in self.rows:
            row.resize(self.width(), row.height())

    def show_items(self, items: tuple[Suggestion, ...], *, selected: int, bring_word: str) -> None:
        while len(self.rows) < len(items):
            made = SuggestionRow(self)
            self.rows.append(made)
        top = 0
        for place, row in enumerate(self.rows):
            row.setVisible(place < len(items))
            if place >= len(items):
                continue
            height = OPEN if place == selected else ROW
            row.setGeometry(0, top, self.width(), height)
            row.show_item(
                items[place],
                selected=place == selected,
                last=place == len(items) - 1,
                bring_word=bring_word,
            )
            top += height
        self.setFixedHeight(max(top, 1))


class SuggestionList(Card):
    """All products found; arrows choose, Enter gives the ticket."""

    chosen = Signal(int)
    moved = Signal(int)
    ticket_wished = Signal()
    booking_wished = Signal()
    info_wished = Signal()

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._bring_word = words("Bring")
        self._items: tuple[Suggestion, ...] = ()
        self._selected = 0
        self._rows = _Rows()
        self._scroll = Scrolled(column(self._rows))
        self.setLayout(column(self._scroll, margins=(4, 4, 4, 4)))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(words("Products found"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._build_buttons(words)

    def _build_buttons(self, words: Words) -> None:
        key = key_of(ActionId.PRINT_TICKET)
        self.ticket = KeyButton(
            words("Print ticket"), kind="primary", icon="ph.ticket-bold", key=key
        )
        self.appointment = KeyButton(
            words("Appointment"),
            kind="linked",
            icon="ph.calendar-plus-bold",
            key=key_of(ActionId.BOOK),
        )
        self.info = KeyButton(words("Info"), kind="linked", key=key_of(ActionId.PRODUCT_INFO))
        for button in (self.ticket, self.appointment, self.info):
            button.setParent(self._rows)
            button.hide()
        self.ticket.clicked.connect(self.ticket_wished)
        self.appointment.clicked.connect(self.booking_wished)
        self.info.clicked.connect(self.info_wished)

    @property
    def shown_rows(self) -> list[SuggestionRow]:
        return self._rows.rows[: len(self._items)]

    def show_items(self, items: tuple[Suggestion, ...], selected: int) -> None:
        if items == self._items and selected == self._selected:
            return
        self._items, self._selected = items, selected
        self.setMaximumHeight(max(OPEN, (len(items) - 1) * ROW + OPEN) + 10)
        self.updateGeometry()
        self._place_all()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(400, (len(self._items) - 1) * ROW + OPEN + 10)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(300, OPEN + 10)

    def resizeEvent(self, _event: object) -> None:  # noqa: N802 - Qt's name
        self._place_all()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if step is not None:
            self.moved.emit(step)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.ticket_wished.emit()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        spot = self._rows.mapFrom(self, event.position().toPoint())
        for place, row in enumerate(self.shown_rows):
            if row.geometry().contains(spot):
                self.chosen.emit(place)

    def _place_all(self) -> None:
        self._rows.show_items(self._items, selected=self._selected, bring_word=self._bring_word)
        self._place_buttons()

    def _place_buttons(self) -> None:
        some = bool(self._items)
        item = self._items[self._selected] if some else None
        self.ticket.setVisible(item is not None and not item.refusal)
        self.appointment.setVisible(item is not None and item.bookable)
        self.info.setVisible(some)
        if item is None:
            return
        self.appointment.set_kind("primary" if item.by_appointment else "linked")
        row = self._rows.rows[self._selected]
        left = _TEXT
        for button in (self.ticket, self.appointment, self.info):
            if button.isHidden():
                continue
            button.setGeometry(left, row.y() + 66, button.sizeHint().width(), 40)
            button.raise_()
            left += button.width() + 8
        self._scroll.ensureVisible(0, row.y(), 0, 0)
        self._scroll.ensureVisible(0, row.y() + row.height(), 0, 0)
