"""The supervisor's screen: what is wrong, the figures, the queues, the counters, the day."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from loket.kit.i18n import Words
from ui.core.actions import ActionId
from ui.supervisor.parts.advice import AdvicePanel
from ui.supervisor.parts.chart import ChartCard
from ui.supervisor.parts.counters import CounterGrid
from ui.supervisor.parts.room import RoomPanel
from ui.supervisor.parts.table import QueueTable
from ui.supervisor.parts.tiles import AlertStrip, TileRow
from ui.supervisor.state import SupervisorState
from ui.supervisor.view_model import SupervisorViewModel
from ui.theme.look import font
from ui.theme.paint import text_width
from ui.widgets.cards import Glyph, Scrolled
from ui.widgets.choices import Segmented
from ui.widgets.labels import Label
from ui.widgets.layouts import STRETCH, column, row

WIDEST = 1600
_SIDE_BY_SIDE = 1250
"""From this width on counters stand beside the table; below they stand under it."""
_SEGMENT, _WIDEST_SEGMENT = 107, 190


class SupervisorScreen(QWidget):
    """State in, intents out."""

    def __init__(self, model: SupervisorViewModel, words: Words) -> None:
        super().__init__()
        self._model = model
        self._words = words
        self._build()
        self._bind()
        self._render(model.state)

    def _build(self) -> None:
        self.setObjectName("page")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        words = self._words
        self.alert = AlertStrip(words)
        self.tiles = TileRow()
        self.table = QueueTable(words)
        self.counters = CounterGrid(words)
        self.chart = ChartCard(words)
        self.advice = AdvicePanel(words)
        self._middle = row(self.table, self.counters, gap=16)
        self._middle.setStretch(0, 760)
        self._middle.setStretch(1, 528)
        below = row(self.chart, self.advice, gap=16)
        below.setStretch(0, 936)
        below.setStretch(1, 352)
        head = self._build_head()
        inner = column(head, self.alert, self.tiles, gap=12, margins=(24, 16, 24, 16))
        inner.addLayout(self._middle, 304)
        inner.addLayout(below, 272)
        self.setLayout(column(_page(inner)))
        self.room = RoomPanel(self._model.room, words, self)
        self._stack(side_by_side=True)

    def _build_head(self) -> QHBoxLayout:
        self._broadcast = Glyph("ph.broadcast", size=20, tone="serve_fg")
        self._live = Label("", tone="text2")
        self.sites: Segmented | None = None
        self._site_row = QHBoxLayout()
        title = Label(self._words("Queues"), "page")
        title.setMinimumWidth(title.sizeHint().width())
        self._promises = Label("", "small", tone="text2")
        live = row(self._broadcast, 8, self._live, 20, self._promises)
        return row(title, 16, live, STRETCH, 16, self._site_row)

    def _bind(self) -> None:
        model = self._model
        self.alert.closed.connect(model.close_alert)
        self.alert.message_wished.connect(model.speak_in_room)
        self.table.chosen.connect(model.choose_queue)
        self.table.open_wished.connect(model.open_queue)
        self.table.close_wished.connect(model.close_queue)
        self.counters.toggle_wished.connect(model.toggle_counter)
        self.advice.taken.connect(model.take_advice)
        self.advice.refused.connect(model.refuse_advice)
        self.room.closed.connect(self.take_focus)
        model.state_changed.connect(self._on_state)

    def take_focus(self) -> None:
        """The table: arrows choose whose day is shown."""
        if self.isVisible():
            self.table.setFocus()

    def do(self, action: ActionId) -> None:
        """One of this screen's actions, by key or button."""
        model = self._model
        acts = {
            ActionId.TAKE_ADVICE: model.take_advice,
            ActionId.NOT_NOW: model.refuse_advice,
            ActionId.SAY_IN_ROOM: model.speak_in_room,
        }
        if action in acts:
            acts[action]()

    def do_digit(self, digit: int) -> None:
        """No quick products here."""

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        self._model.looked_at(self)
        self._render(self._model.state)
        super().showEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        self._model.left(self)
        super().hideEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self._stack(side_by_side=self.width() >= _SIDE_BY_SIDE)
        self.room.stand_in(self.rect().adjusted(24, 16, -24, -16))

    def _stack(self, *, side_by_side: bool) -> None:
        """Beside each other, or the counters under the table: then the page may scroll."""
        way = QBoxLayout.Direction.LeftToRight if side_by_side else QBoxLayout.Direction.TopToBottom
        self._middle.setDirection(way)
        self.table.setMinimumHeight(212 if side_by_side else 214)
        self.counters.setMinimumHeight(212 if side_by_side else 218)
        self.chart.setMinimumHeight(228)
        self.advice.setMinimumHeight(228)

    def _on_state(self, state: SupervisorState) -> None:
        """A screen that nobody sees is shown its state when somebody does."""
        if self.isVisible():
            self._render(state)

    def _render(self, state: SupervisorState) -> None:
        self._render_sites(state)
        self._live.setText(state.live)
        self._live.setMinimumWidth(self._live.sizeHint().width())
        tone = "serve_fg" if state.is_live else "wait_fg"
        icon = "ph.broadcast" if state.is_live else "ph.wifi-slash-bold"
        self._broadcast.show_icon(icon, tone=tone)
        self._live.set_tone("text2" if state.is_live else "wait_fg")
        self._promises.setText(state.promises)
        self.alert.show_alert(state.alert)
        self.tiles.show_tiles(state.tiles)
        self.table.show_lines(state.queues)
        self.counters.show_cells(state.counters, state.counted)
        self.chart.show_chart(state.chart)
        self.advice.show_advice(state.advice, busy=state.busy)

    def _render_sites(self, state: SupervisorState) -> None:
        if self.sites is None and state.sites:
            self.sites = Segmented(self._words("Site"), state.sites, value=state.site)
            widest = max(text_width(name, font(14, 600)) for _site, name in state.sites)
            cell = min(max(_SEGMENT, widest + 28), _WIDEST_SEGMENT)
            self.sites.setFixedWidth(round(cell * len(state.sites)))
            self.sites.chosen.connect(self._model.choose_site)
            self._site_row.addWidget(self.sites)
        if self.sites is not None:
            self.sites.set_value(state.site)


def _page(inner: QVBoxLayout) -> Scrolled:
    """Everything in one page, which scrolls only where the window is small."""
    page = Scrolled(inner)
    held = page.widget()
    if held is not None:
        held.setMaximumWidth(WIDEST)
    return page
