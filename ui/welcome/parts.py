"""Parts of the welcome screen: the queues, what is known of a product, the strip below."""

from dataclasses import dataclass, replace

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from loket.kit.i18n import Words
from ui.core.actions import ActionId, key_of
from ui.theme.icons import draw_icon
from ui.theme.look import colour, font
from ui.theme.paint import CENTRE, RIGHT, cornered, rule, text_width, write
from ui.welcome.state import LastPrinted, ProductInfo, QueueGroup, QueueLine, WelcomeState
from ui.widgets.buttons import KeyButton
from ui.widgets.cards import Card, Edged, Glyph, Rule, Scrolled
from ui.widgets.chips import Chip, chip_width, draw_chip
from ui.widgets.labels import Label, TextBlock
from ui.widgets.layouts import STRETCH, column, row
from ui.widgets.pools import RowPool, RowWidget

HEAD, LINE, QUIET = 32, 60, 40


@dataclass(frozen=True)
class QueueEntry:
    """A heading or a queue in the flat list."""

    group: QueueGroup
    line: QueueLine | None
    first: bool
    last: bool = False


class QueueRow(RowWidget[QueueEntry]):
    """A heading of 32 px, a queue of 60, or of 40 where nobody waits."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def spoken(self, item: QueueEntry) -> str:
        line = item.line
        if line is None:
            return item.group.title
        return ", ".join(part for part in (line.name, line.count, line.detail, line.chip) if part)

    def adapt(self, item: QueueEntry) -> None:
        line = item.line
        self.setFixedHeight(_height(item))
        self.setToolTip(f"{line.name}\n{line.detail}" if line else "")

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        item = self.item
        if item is None:
            return
        painter = QPainter(self)
        area = QRectF(self.rect())
        if item.line is None:
            self._heading(painter, area, item)
        elif item.line.quiet:
            self._quiet(painter, area, item.line)
        else:
            self._queue(painter, area, item.line, last=item.last)
        if self.y():
            rule(painter, area.topLeft(), area.topRight())
        painter.end()

    def _heading(self, painter: QPainter, area: QRectF, item: QueueEntry) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillPath(cornered(area, 9, above=item.first), colour("surface2"))
        draw_icon(painter, item.group.icon, QRectF(13, 8, 16, 16), tone=item.group.tone)
        room = QRectF(37, 0, area.width() - 49, HEAD - 1)
        write(painter, room, item.group.title, font(13, 600), tone=item.group.tone)

    def _quiet(self, painter: QPainter, area: QRectF, line: QueueLine) -> None:
        """Nobody waits: only what would surprise is said, and nothing loudly."""
        absent = "" if line.served else line.detail
        room = area.width() - 49
        name_room = room - (text_width(absent, font(13)) + 12 if absent else 0)
        write(painter, QRectF(37, 0, name_room, QUIET - 1), line.name, font(14), tone="text2")
        across = QRectF(37, 0, room, QUIET - 1)
        write(painter, across, absent, font(13), tone="text3", align=RIGHT)

    def _queue(self, painter: QPainter, area: QRectF, line: QueueLine, *, last: bool) -> None:
        if line.late:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.fillPath(cornered(area, 9, above=False, below=last), colour("late_bg"))
            painter.fillRect(QRectF(0, 0, 4, area.height()), colour("late_fg"))
        muted = "text2" if line.closed else "text"
        count = QRectF(13, 0, 44, LINE - 1)
        write(painter, count, line.count, font(20, 700), tone=muted, align=CENTRE)
        chip_room = chip_width(line.chip, line.chip_icon) + 12 if line.chip else 0
        width = area.width() - 64 - chip_room - 6
        write(painter, QRectF(64, 9, width, 20), line.name, font(14, 600), tone=muted)
        write(painter, QRectF(64, 30, width, 20), line.detail, font(13), tone="text2")
        if line.chip:
            draw_chip(
                painter,
                text=line.chip,
                icon=line.chip_icon,
                tone=line.chip_tone,
                left=area.width() - chip_room,
                middle=LINE / 2,
            )


def _height(entry: QueueEntry) -> int:
    if entry.line is None:
        return HEAD
    return QUIET if entry.line.quiet else LINE


class QueuesPanel(QWidget):
    """Who waits where: queues over their norm first."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._count = Label("", "small", tone="text2")
        head = row(Label(words("Waiting now"), "title"), STRETCH, self._count)
        self._inner = column(STRETCH)
        self._pool: RowPool[QueueEntry] = RowPool(self._inner, QueueRow)
        self._card = Card()
        self._card.setLayout(column(Scrolled(self._inner)))
        self._card.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        layout = column(2, head, 14, self._card)
        layout.setStretchFactor(self._card, 1)
        layout.addStretch(0)
        self.setLayout(layout)
        self.setMinimumWidth(260)

    def show_groups(self, groups: tuple[QueueGroup, ...], waiting: str) -> None:
        entries: list[QueueEntry] = []
        for group in groups:
            entries.append(QueueEntry(group, None, first=not entries))
            entries += [QueueEntry(group, line, first=False) for line in group.lines]
        if entries:
            entries[-1] = replace(entries[-1], last=True)
        self._pool.show(entries)
        height = sum(_height(entry) for entry in entries)
        self._card.setMaximumHeight(height + 2)
        self._count.setText(waiting)

    @property
    def rows(self) -> list[RowWidget[QueueEntry]]:
        return self._pool.rows


class InfoPanel(Card):
    """What the clerk can tell about a product."""

    note_wished = Signal()
    close_wished = Signal()

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self._title = Label("", "title")
        self._place = Label("", "small", tone="text2")
        self._facts = TextBlock(tone="text")
        self._bring_head = Label(words("Bring"), weight=600)
        self._bring = TextBlock()
        self._text_head = Label(words("For the clerk"), weight=600)
        self._text = TextBlock()
        self._links = TextBlock(tone="accent")
        self.note = KeyButton(words("Note in this visit"), kind="linked", icon="ph.info-bold")
        self.note.clicked.connect(self.note_wished)
        self.close_button = KeyButton(words("Close"), kind="outlined", key="Esc")
        self.close_button.clicked.connect(self.close_wished)
        inner = column(
            self._facts,
            12,
            self._bring_head,
            self._bring,
            12,
            self._text_head,
            self._text,
            8,
            self._links,
            STRETCH,
        )
        self.setLayout(
            column(
                self._title,
                self._place,
                8,
                Rule(),
                8,
                Scrolled(inner),
                8,
                row(self.note, STRETCH, self.close_button, gap=8),
                margins=(20, 16, 20, 16),
            )
        )

    def show_info(self, info: ProductInfo) -> None:
        self._title.setText(info.title)
        self._place.setText(info.place)
        self._facts.set_text("   ".join(f"{name}: {value}" for name, value in info.facts))
        self._bring.set_text("\n".join(f"• {thing}" for thing in info.bring))
        self._bring_head.setVisible(bool(info.bring))
        self._bring.setVisible(bool(info.bring))
        self._text.set_text(info.clerk_text)
        self._text_head.setVisible(bool(info.clerk_text))
        self._links.set_text("\n".join(f"{title}  {address}" for title, address in info.links))
        self.note.setVisible(info.can_note)


class PrintedStrip(Edged):
    """What was printed last, once more, or taken back."""

    again_wished = Signal()
    withdraw_wished = Signal()

    def __init__(self, words: Words) -> None:
        super().__init__("top")
        self.setFixedHeight(48)
        self._caption = Label(words("Last printed"), tone="text2")
        self._number = Label("", "strong", weight=700)
        self._product = Label("")
        self._at = Label("", tone="text2")
        self._mark = Chip("", icon="ph.arrows-clockwise-bold", tone="wait")
        self.again = KeyButton(
            words("Print again"), kind="ghost", icon="ph.arrow-clockwise-bold", height=32
        )
        self.withdraw = KeyButton(
            words("Withdraw ticket"),
            icon="ph.arrow-counter-clockwise-bold",
            key=key_of(ActionId.TAKE_BACK_TICKET),
            height=32,
        )
        self.again.clicked.connect(self.again_wished)
        self.withdraw.clicked.connect(self.withdraw_wished)
        texts = row(self._number, self._product, self._at, self._mark, gap=8)
        layout = row(
            Glyph("ph.printer", size=20), 8, self._caption, 16, texts, margins=(24, 0, 24, 0)
        )
        layout.addStretch(1)
        layout.addWidget(self.again)
        layout.addSpacing(8)
        layout.addWidget(self.withdraw)
        self.setLayout(layout)

    def render_last(self, last: LastPrinted, empty: str) -> None:
        some = bool(last.number)
        self._number.setText(last.number)
        self._product.setText(last.product if some else empty)
        self._product.set_tone("text" if some else "text2")
        self._at.setText(last.at)
        self._mark.show_state(last.mark, icon="ph.arrows-clockwise-bold", tone="wait")
        self._mark.setVisible(bool(last.mark))
        self.again.setVisible(bool(last.job_id))
        self.withdraw.setVisible(last.can_withdraw)


def no_products(words: Words, state: WelcomeState) -> tuple[str, str]:
    """What stands where suggestions will come."""
    if not state.ready:
        return words("One moment"), words("The products of the town are being read.")
    if state.query.strip():
        return words("No product found"), words("Try another word, or choose a quick product.")
    return (
        words("Type what the visitor asks for"),
        words("A few letters are enough; Enter prints the ticket."),
    )
