"""How the things in a calendar are painted: blocks, free places, strips of what is left."""

from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QBrush, QPainter, QPen

from ui.appointments.naming import CHIPS
from ui.appointments.parts.lettering import TITLE, Lettered, lettered
from ui.appointments.state import Block, Look, SlotFace
from ui.theme.icons import draw_icon
from ui.theme.look import colour, font
from ui.theme.paint import CENTRE, LEFT, text_width

LINE = 16.0
MOST_ROWS = 3
ONE_LINE = 12.0
_EDGES = -1.0
"""The empty top and bottom of a line of text may go over the edges of its block."""
NARROW = 52.0
"""Narrower than this a name may take two lines."""
_ICON = 14.0
_PLAIN = LEFT | Qt.TextFlag.TextSingleLine | Qt.TextFlag.TextDontClip


@dataclass(frozen=True)
class Ink:
    """Fill, line and text of a block, as colour names."""

    fill: str
    line: str
    title: str
    detail: str


INKS: dict[Look, Ink] = {
    Look.BOOKED: Ink("surface2", "done_line", "text", "text2"),
    Look.LATE: Ink("late_bg", "late_line", "late_fg", "late_fg"),
    Look.ARRIVED: Ink("wait_bg", "wait_line", "wait_fg", "wait_fg"),
    Look.CALLED: Ink("call_bg", "call_line", "call_fg", "call_fg"),
    Look.SERVING: Ink("serve_bg", "serve_line", "serve_fg", "serve_fg"),
    Look.DONE: Ink("surface3", "done_line", "text2", "text2"),
    Look.ABSENT: Ink("surface3", "done_line", "text2", "text2"),
    Look.CANCELLED: Ink("surface3", "done_line", "text2", "text2"),
    Look.HELD: Ink("surface", "border_strong", "text2", "text2"),
    Look.OWN: Ink("accent", "accent", "on_accent", "on_accent2"),
}
_TELLING = {Look.LATE, Look.ARRIVED, Look.CALLED, Look.SERVING, Look.ABSENT}
"""Their icon stands in the corner where there is room; the word is in the tooltip and the card."""


def draw_block(painter: QPainter, rect: QRectF, block: Block) -> None:
    """A block in its place; texts never leave it."""
    ink = INKS[block.look]
    _box(painter, rect, ink, block.look)
    if block.look is Look.LATE:
        painter.fillRect(
            QRectF(rect.left(), rect.top() + 3, 3, rect.height() - 6), colour(ink.title)
        )
    room = rect.adjusted(4, 1, -2, -1)
    if room.width() < _ICON + LINE / 2 or rect.height() < ONE_LINE:
        return
    if block.look in _TELLING:
        room = _with_icon(painter, room, block, ink)
    rows = max(1, min(MOST_ROWS, int((rect.height() - _EDGES) // (LINE - 1))))
    lines = lettered(
        block.title,
        block.detail,
        int(room.width()),
        int(rect.width() - 6),
        rows,
        narrow=rect.width() < NARROW,
    )
    height = LINE if rows > 1 else room.height()
    for place, line in enumerate(lines):
        spot = QRectF(room.left(), room.top() + place * (LINE - 1), rect.width() - 6, height)
        tone = ink.title if line.weight == TITLE else ink.detail
        _line(painter, spot, line, tone)


def _box(painter: QPainter, rect: QRectF, ink: Ink, look: Look) -> None:
    inner = rect.adjusted(0.5, 0.5, -0.5, -0.5)
    pen = QPen(colour(ink.line), 1)
    if look is Look.HELD:
        pen.setStyle(Qt.PenStyle.DashLine)
    painter.setPen(pen)
    painter.setBrush(colour(ink.fill))
    painter.drawRoundedRect(inner, 5.5, 5.5)
    if look in {Look.HELD, Look.ABSENT}:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QBrush(colour("border"), Qt.BrushStyle.BDiagPattern))
        painter.drawRoundedRect(inner, 5.5, 5.5)


def _with_icon(painter: QPainter, room: QRectF, block: Block, ink: Ink) -> QRectF:
    """The icon in the corner, only where the name keeps its room."""
    needed = text_width(block.title, font(12, 600)) + _ICON + 2
    if needed > room.width() or room.height() < LINE:
        return room
    spot = QRectF(room.right() - _ICON, room.top() + 1, _ICON, _ICON)
    draw_icon(painter, CHIPS[block.look][1], spot, tone=ink.title)
    return room.adjusted(0, 0, -_ICON - 2, 0)


def _line(painter: QPainter, rect: QRectF, line: Lettered, tone: str) -> None:
    painter.setFont(font(12, line.weight))
    painter.setPen(colour(tone))
    painter.drawText(rect, _PLAIN, line.text)


def draw_strip(painter: QPainter, rect: QRectF, slot: SlotFace) -> None:
    """8 px beside a row: an outline is free, half is one place left, solid is full."""
    painter.setPen(QPen(colour("accent_line" if slot.left else "accent"), 1))
    painter.setBrush(colour("surface") if slot.left else colour("accent"))
    painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), 2, 2)
    if slot.left == 1 and slot.places > 1:
        half = QRectF(rect.left(), rect.center().y(), rect.width(), rect.height() / 2)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour("accent"))
        painter.drawRoundedRect(half, 2, 2)


def draw_count(painter: QPainter, rect: QRectF, slot: SlotFace, busiest: Look) -> None:
    """A row where too many stand beside each other: how many are taken, of how many."""
    ink = INKS[busiest] if slot.taken else INKS[Look.BOOKED]
    part = slot.taken / slot.places if slot.places else 0.0
    if slot.taken:
        filled = QRectF(rect.left(), rect.top(), max(12.0, rect.width() * part), rect.height())
        _box(painter, filled, ink, Look.BOOKED if busiest in {Look.HELD, Look.ABSENT} else busiest)
    painter.setFont(font(12, 600))
    painter.setPen(colour("text" if slot.left else ink.title))
    painter.drawText(rect, CENTRE, f"{slot.taken} / {slot.places}")
