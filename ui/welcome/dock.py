"""The dock of the welcome screen: the visitor who stands here, and what was done for them."""

from PySide6.QtCore import QPointF, QRectF, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from loket.kit.i18n import Words
from ui.core.actions import ActionId, key_of
from ui.theme.look import font
from ui.theme.paint import draw_icon_box, rule, write
from ui.welcome.state import ActLine, Reason, VisitorState
from ui.widgets.buttons import KeyButton
from ui.widgets.cards import Card, Edged, EmptyState, Glyph, Scrolled
from ui.widgets.chips import chip_width, draw_chip
from ui.widgets.choices import Segmented, ToggleChip
from ui.widgets.fields import TextField
from ui.widgets.labels import Label
from ui.widgets.layouts import STRETCH, column, row
from ui.widgets.pools import RowPool, RowWidget

ACT = 64


class ActRow(RowWidget[ActLine]):
    """One act of the visit, 64 px."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(ACT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def spoken(self, item: ActLine) -> str:
        return ", ".join(part for part in (item.title, item.detail, item.chip) if part)

    def adapt(self, item: ActLine) -> None:
        self.setToolTip(item.detail)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        item = self.item
        if item is None:
            return
        painter = QPainter(self)
        area = QRectF(self.rect())
        if self.y():
            rule(painter, QPointF(0, 0), QPointF(area.width(), 0))
        draw_icon_box(painter, item.icon, left=12, top=12)
        room = chip_width(item.chip, item.chip_icon) + 12 if item.chip else 12
        tone = "text2" if item.gone else "text"
        title = QRectF(64, 10, area.width() - 64 - room - 4, 24)
        write(painter, title, item.title, font(16, 700 if item.chip else 600), tone=tone)
        below = QRectF(64, 34, area.width() - 76, 20)
        write(painter, below, item.detail, font(13), tone="text2")
        if item.chip:
            left = area.width() - room
            draw_chip(
                painter,
                text=item.chip,
                icon=item.chip_icon,
                tone=item.chip_tone,
                left=left,
                middle=22,
            )
        painter.end()


class VisitorDock(Edged):
    """Name, language, priority and note; what this visit holds; receipt and next visitor."""

    name_typed = Signal(str)
    note_typed = Signal(str)
    details_done = Signal()
    language_chosen = Signal(str)
    priority_toggled = Signal(str)
    receipt_wished = Signal()
    next_wished = Signal()

    def __init__(self, words: Words) -> None:
        super().__init__("left")
        self._words = words
        self.setFixedWidth(320)
        self._visit_id = ""
        self._languages: tuple[str, ...] = ()
        self._reasons: tuple[Reason, ...] = ()
        self.segmented: Segmented | None = None
        self.toggles: dict[str, ToggleChip] = {}
        self._build()

    def _build(self) -> None:
        words = self._words
        self._clock = Glyph("ph.timer", size=16)
        self._elapsed = Label("", "small", tone="text2")
        self.name = TextField(words("Name"), hint=words("optional"))
        self.note = TextField(words("Note for the counter"), hint=words("max. 80 characters"))
        self._language_box, self._priority_box = QWidget(), QWidget()
        self._language_layout = column(
            Label(words("Language"), "small", weight=600, tone="text2"), gap=4
        )
        self._language_box.setLayout(self._language_layout)
        self._priority_grid = QGridLayout()
        self._priority_grid.setSpacing(8)
        self._priority_box.setLayout(
            column(
                Label(words("Priority"), "small", weight=600, tone="text2"),
                self._priority_grid,
                gap=4,
            )
        )
        self._acts_head = Label(words("In this visit"), "strong")
        self._count = Label("", "small", tone="text2")
        self._build_acts()
        self._build_buttons()
        title = row(
            Label(words("Current visitor"), "title"), STRETCH, self._clock, 6, self._elapsed
        )
        fields = column(self.name, self._language_box, self._priority_box, self.note, gap=12)
        layout = column(
            22,
            title,
            14,
            fields,
            20,
            row(self._acts_head, STRETCH, self._count),
            8,
            margins=(20, 0, 20, 16),
        )
        layout.addWidget(self._acts, 1)
        layout.addWidget(self._empty, 1)
        layout.addStretch(0)
        layout.addSpacing(12)
        layout.addWidget(self.receipt)
        layout.addSpacing(8)
        layout.addWidget(self.next)
        self.setLayout(layout)
        self._bind()

    def _build_acts(self) -> None:
        inner = column(STRETCH)
        self._pool: RowPool[ActLine] = RowPool(inner, ActRow)
        self._acts = Card()
        self._acts.setLayout(column(Scrolled(inner)))
        self._acts.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._acts.setMinimumHeight(ACT + 2)
        self._empty = EmptyState(
            icon="ph.ticket",
            title=self._words("Nothing yet"),
            sentence=self._words("Tickets of this visitor come here."),
        )

    def _build_buttons(self) -> None:
        words = self._words
        self.receipt = KeyButton(
            words("Print receipt"),
            icon="ph.printer",
            key=key_of(ActionId.PRINT_RECEIPT),
            height=48,
            spread=True,
        )
        self.next = KeyButton(
            words("Next visitor"),
            kind="tonal",
            icon="ph.user-plus-bold",
            key=key_of(ActionId.NEXT_VISITOR),
            height=48,
            spread=True,
        )

    def _bind(self) -> None:
        self.name.edited.connect(self.name_typed)
        self.note.edited.connect(self.note_typed)
        self.name.committed.connect(self.details_done)
        self.note.committed.connect(self.details_done)
        self.receipt.clicked.connect(self.receipt_wished)
        self.next.clicked.connect(self.next_wished)

    def render_visitor(self, state: VisitorState) -> None:
        """Show the visitor; fields are emptied for a new one even under the cursor."""
        if state.visit_id != self._visit_id:
            self._visit_id = state.visit_id
            self.name.clear_text()
            self.note.clear_text()
        self.name.set_text(state.name)
        self.note.set_text(state.note)
        self._render_language(state)
        self._render_priority(state)
        self._elapsed.setText(state.elapsed)
        self._clock.setVisible(bool(state.elapsed))
        self._count.setText(state.count)
        self._pool.show(state.acts)
        self._acts.setVisible(bool(state.acts))
        self._acts.setMaximumHeight(max(1, len(state.acts)) * ACT + 2)
        self._empty.setVisible(not state.acts)
        self.receipt.setVisible(state.can_print_receipt)

    @property
    def act_rows(self) -> list[RowWidget[ActLine]]:
        return self._pool.rows

    def _render_language(self, state: VisitorState) -> None:
        if state.languages != self._languages:
            self._languages = state.languages
            self._make_languages(state)
        if self.segmented is not None:
            self.segmented.set_value(state.language)

    def _make_languages(self, state: VisitorState) -> None:
        if self.segmented is not None:
            self.segmented.deleteLater()
            self.segmented = None
        self._language_box.setVisible(len(state.languages) > 1)
        if len(state.languages) > 1:
            options = tuple((code, code.upper()) for code in state.languages)
            self.segmented = Segmented(self._words("Language"), options, value=state.language)
            self.segmented.chosen.connect(self.language_chosen)
            self._language_layout.addWidget(self.segmented)
            QWidget.setTabOrder(self.name.edit, self.segmented)

    def _render_priority(self, state: VisitorState) -> None:
        if state.reasons != self._reasons:
            self._reasons = state.reasons
            self._make_toggles()
        self._priority_box.setVisible(bool(state.reasons))
        for code, toggle in self.toggles.items():
            toggle.setChecked(code == state.priority)

    def _make_toggles(self) -> None:
        for toggle in self.toggles.values():
            toggle.deleteLater()
        self.toggles = {}
        before: QWidget = self.segmented or self.name.edit
        for place, reason in enumerate(self._reasons):
            toggle = ToggleChip(reason.name, icon=reason.icon)
            toggle.setProperty("code", reason.code)
            toggle.clicked.connect(self._on_toggled)
            self._priority_grid.addWidget(toggle, place // 2, place % 2)
            self.toggles[reason.code] = toggle
            QWidget.setTabOrder(before, toggle)
            before = toggle
        QWidget.setTabOrder(before, self.note.edit)

    def _on_toggled(self) -> None:
        sender = self.sender()
        if isinstance(sender, ToggleChip):
            self.priority_toggled.emit(str(sender.property("code")))
