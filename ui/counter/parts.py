"""Parts of the counter screen: the visitor in hand, the row of actions, and what helps."""

from PySide6.QtCore import QPointF, QRectF, Signal
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from loket.kit.i18n import Words
from ui.core.actions import BY_ID, ActionId, key_of
from ui.counter.state import Band, CounterState, ProductHelp, VisitAct, Visitor
from ui.theme.look import colour, font
from ui.theme.paint import draw_icon_box, rule, write
from ui.widgets.bands import StateBand
from ui.widgets.buttons import BigAction, CounterAction
from ui.widgets.cards import Card, EmptyState, Glyph, Rule, Scrolled
from ui.widgets.chips import Chip, chip_width, draw_chip
from ui.widgets.labels import Label, TextBlock
from ui.widgets.layouts import STRETCH, column, row
from ui.widgets.pools import RowPool, RowWidget

ACT = 60


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
        self.product = Label("", "page")
        self.place = Label("", tone="text2")
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
        ticket = column(self.number, 8, self.product, self.place, STRETCH, margins=(22, 20, 20, 0))
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


class ActionRow(QWidget):
    """What can be done with the ticket: one solid button, the others beside it."""

    main_pressed = Signal()
    pressed = Signal(object)
    OTHERS = (
        ActionId.RECALL,
        ActionId.NO_SHOW,
        ActionId.PUT_BACK,
        ActionId.FINISH,
        ActionId.UNDO_LAST,
    )
    WHILE_POSSIBLE = (ActionId.PUT_BACK, ActionId.FINISH, ActionId.UNDO_LAST)
    """Shown only while they can be done: there is not room for all on a small window."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self.main = BigAction(words("Next"), icon=BY_ID[ActionId.CALL_NEXT].icon, key="F9")
        self.main.clicked.connect(self.main_pressed)
        self.actions_by_id: dict[ActionId, CounterAction] = {}
        layout = row(self.main, gap=8)
        for action in self.OTHERS:
            spec = BY_ID[action]
            button = CounterAction(words(spec.text), icon=spec.icon, key=_cap(spec.shortcut))
            button.setProperty("action", str(action))
            button.clicked.connect(self._on_clicked)
            layout.addWidget(button)
            self.actions_by_id[action] = button
        layout.setStretch(0, 1)
        self.setLayout(layout)

    def render_state(self, state: CounterState) -> None:
        big = state.big
        action = ActionId.START if big.act == "start" else ActionId.CALL_NEXT
        icon = BY_ID[action].icon
        self.main.show_next(big.text, detail=big.detail, icon=icon, key=key_of(action))
        self.main.setToolTip(big.why)
        for each, button in self.actions_by_id.items():
            possible = bool(getattr(state, BY_ID[each].enabled_by))
            button.setEnabled(possible)
            if each in self.WHILE_POSSIBLE:
                # Putting back is undoing the call: one of the two is enough.
                twin = each is ActionId.UNDO_LAST and state.can_put_back
                button.setVisible(possible and not twin)

    def _on_clicked(self) -> None:
        sender = self.sender()
        if isinstance(sender, CounterAction):
            self.pressed.emit(ActionId(str(sender.property("action"))))


def _cap(shortcut: str) -> str:
    return shortcut.replace("Backspace", "⌫")


class HelpCard(Card):
    """What to look at for the product in hand: what to bring, what it costs, the clerk's text."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self._fee = Chip("", icon="ph.receipt-bold", tone="plain")
        self._bring_head = Label(words("Has with them"), "small", weight=600, tone="text2")
        self._bring = TextBlock(tone="text")
        self._text_head = Label(words("For the clerk"), "small", weight=600, tone="text2")
        self._text = TextBlock(tone="text")
        self._links = TextBlock(tone="accent")
        self._empty = EmptyState(icon="ph.lightbulb", title=words("Nothing particular"))
        head = row(Label(words("For this product"), "strong"), STRETCH, self._fee)
        inner = column(
            self._bring_head,
            4,
            self._bring,
            16,
            self._text_head,
            4,
            self._text,
            12,
            self._links,
            STRETCH,
        )
        self._scroll = Scrolled(inner)
        self.setLayout(
            column(head, 12, Rule(), 12, self._scroll, self._empty, margins=(19, 19, 19, 15))
        )

    def render_help(self, shown: ProductHelp, *, free: bool) -> None:
        self._fee.show_state(shown.fee, icon="ph.receipt-bold", tone="plain")
        self._fee.setVisible(bool(shown.fee))
        self._bring.set_text("\n".join(f"•  {thing}" for thing in shown.bring))
        self._text.set_text(shown.text)
        self._links.set_text("\n".join(f"{title}  {address}" for title, address in shown.links))
        for widget, some in (
            (self._bring_head, shown.bring),
            (self._bring, shown.bring),
            (self._text_head, shown.text),
            (self._text, shown.text),
            (self._links, shown.links),
        ):
            widget.setVisible(bool(some))
        something = bool(shown.bring or shown.text or shown.links)
        self._scroll.setVisible(something)
        self._empty.setVisible(not something)
        words = self._words
        title = words("What to look at comes here") if free else words("Nothing particular")
        self._empty.say(title)


class ActRow(RowWidget[VisitAct]):
    """Another act of the same visit."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(ACT)

    def spoken(self, item: VisitAct) -> str:
        return ", ".join(part for part in (item.title, item.detail, item.chip) if part)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        item = self.item
        if item is None:
            return
        painter = QPainter(self)
        width = self.width()
        draw_icon_box(painter, item.icon, left=0, top=10)
        room = chip_width(item.chip, item.chip_icon) + 8 if item.chip else 0
        write(painter, QRectF(52, 9, width - 52 - room, 22), item.title, font(16, 600))
        write(painter, QRectF(52, 31, width - 52, 20), item.detail, font(13), tone="text2")
        if item.chip:
            draw_chip(
                painter,
                text=item.chip,
                icon=item.chip_icon,
                tone=item.chip_tone,
                left=width - room + 8,
                middle=20,
            )
        rule(painter, QPointF(0, ACT - 0.5), QPointF(width, ACT - 0.5))
        painter.end()


class VisitCard(Card):
    """What else this visitor came for."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self._count = Label("", "small", tone="text2")
        inner = column(STRETCH)
        self._pool: RowPool[VisitAct] = RowPool(inner, ActRow)
        self._scroll = Scrolled(inner)
        self._empty = EmptyState(icon="ph.ticket", title=words("Nothing else"))
        head = row(Label(words("Also in this visit"), "strong"), STRETCH, self._count)
        self.setLayout(
            column(head, 12, Rule(), self._scroll, self._empty, margins=(19, 19, 19, 15))
        )

    def render_acts(self, acts: tuple[VisitAct, ...], *, free: bool) -> None:
        words = self._words
        self._pool.show(acts)
        self._scroll.setVisible(bool(acts))
        self._empty.setVisible(not acts)
        later = words("Other tickets of the visitor come here")
        self._empty.say(later if free else words("Nothing else in this visit"))
        self._count.setText(words.plural("{n} part", "{n} parts", len(acts)) if acts else "")
