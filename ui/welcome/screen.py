"""The welcome screen: what does the visitor come for, who waits where, who stands here."""

from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from loket.kit.i18n import Words, mark
from ui.core.actions import ActionId
from ui.welcome.dock import VisitorDock
from ui.welcome.expected_rows import ExpectedPanel
from ui.welcome.parts import InfoPanel, PrintedStrip, no_products
from ui.welcome.rows import SuggestionList
from ui.welcome.state import QuickTile, WelcomeState
from ui.welcome.view_model import WelcomeViewModel
from ui.widgets.caps import KeyCap
from ui.widgets.cards import EmptyState
from ui.widgets.fields import SearchField
from ui.widgets.labels import Label
from ui.widgets.layouts import STRETCH, column, row
from ui.widgets.tiles import ProductTile, TileFace

COLUMNS = 3
ROOM_FOR_HINTS = 600
_HINTS = (mark("choose"), mark("clear"))


class WelcomeScreen(QWidget):
    """State in, intents out."""

    def __init__(self, model: WelcomeViewModel, words: Words) -> None:
        super().__init__()
        self._model = model
        self._words = words
        self.tiles: dict[int, ProductTile] = {}
        self._rendered: WelcomeState | None = None
        self._build()
        self._bind()
        self._render(model.state)

    # building

    def _build(self) -> None:
        words = self._words
        self.setObjectName("page")
        self.search = SearchField(
            words("What does the visitor come for?"),
            placeholder=words("Search a product"),
            clear_name=words("Clear search"),
        )
        self.list = SuggestionList(words)
        self.info = InfoPanel(words)
        self.empty = EmptyState(icon="ph.magnifying-glass", title="")
        self.expected = ExpectedPanel(words)
        self.strip = PrintedStrip(words)
        self.dock = VisitorDock(words)
        self._grid = QGridLayout()
        self._grid.setSpacing(8)
        page = row(self._main_column(), self.expected, gap=24, margins=(24, 20, 24, 16))
        page.setStretch(0, 664)
        page.setStretch(1, 296)
        left = column(page, self.strip)
        left.setStretch(0, 1)
        whole = row(left, self.dock)
        whole.setStretch(0, 1)
        self.setLayout(whole)

    def _main_column(self) -> QWidget:
        words = self._words
        title = Label(words("What does the visitor come for?"), "page", whole=True)
        self._hints = [Label(words(text), "small", tone="text2") for text in _HINTS]
        keys = [KeyCap(key) for key in ("↑", "↓", "Esc")]
        head = row(title, STRETCH, *keys[:2], self._hints[0], 8, keys[2], self._hints[1], gap=8)
        quick = row(
            Label(words("Most asked for"), "strong"),
            Label(words("fixed places today"), "small", tone="text2"),
            STRETCH,
            gap=10,
        )
        layout = column(head, 12, self.search, 8)
        for widget in (self.list, self.info, self.empty):
            layout.addWidget(widget, 1)
        layout.addStretch(0)
        layout.addSpacing(20)
        layout.addLayout(quick)
        layout.addSpacing(8)
        layout.addLayout(self._grid)
        main = QWidget()
        main.setLayout(layout)
        main.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        return main

    def _bind(self) -> None:
        model = self._model
        self.search.textChanged.connect(self._on_typed)
        self.search.moved.connect(model.move)
        self.search.entered.connect(model.print_selected)
        self.search.cleared.connect(model.clear)
        self.list.chosen.connect(model.select)
        self.list.moved.connect(model.move)
        self.list.ticket_wished.connect(model.print_selected)
        self.list.booking_wished.connect(model.book_selected)
        self.list.info_wished.connect(model.show_info)
        self.info.note_wished.connect(model.note_information)
        self.info.close_wished.connect(model.clear)
        self.strip.again_wished.connect(self._on_again)
        self.strip.withdraw_wished.connect(model.withdraw_last)
        self._bind_dock()
        self.expected.check_in_wished.connect(model.check_in)
        model.arrivals.state_changed.connect(self.expected.show_arrivals)
        self.expected.show_arrivals(model.arrivals.state)
        model.state_changed.connect(self._on_state)
        model.focus_wished.connect(self.take_focus)

    def _bind_dock(self) -> None:
        model, dock = self._model, self.dock
        dock.name_typed.connect(model.set_name)
        dock.note_typed.connect(model.set_note)
        dock.details_done.connect(model.commit_details)
        dock.language_chosen.connect(model.set_language)
        dock.priority_toggled.connect(model.toggle_priority)
        dock.receipt_wished.connect(model.print_receipt)
        dock.next_wished.connect(model.next_visitor)

    # what the window asks

    def take_focus(self) -> None:
        """After each visit the search field has the focus."""
        if self.isVisible():
            self.search.setFocus()

    def do(self, action: ActionId) -> None:
        """One of this screen's actions, by its key."""
        acts = {
            ActionId.PRODUCT_INFO: self._model.show_info,
            ActionId.CLEAR_SEARCH: self._model.clear,
            ActionId.ADD_TO_TICKET: self._model.add_selected,
            ActionId.BOOK: self._model.book_selected,
            ActionId.PRINT_RECEIPT: self._model.print_receipt,
            ActionId.NEXT_VISITOR: self._model.next_visitor,
            ActionId.TAKE_BACK_TICKET: self._model.withdraw_last,
        }
        if action in acts:
            acts[action]()

    def do_digit(self, digit: int) -> None:
        """Ctrl and a digit key: the quick product in that place."""
        self._model.print_quick(digit)

    # rendering

    def _on_state(self, state: WelcomeState) -> None:
        """A screen that nobody sees is shown its state when somebody does."""
        if self.isVisible():
            self._render(state)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Where there is little room the keys speak for themselves."""
        super().resizeEvent(event)
        for hint in self._hints:
            hint.setVisible(self.search.width() >= ROOM_FOR_HINTS)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        self._render(self._model.state)
        super().showEvent(event)

    def _render(self, state: WelcomeState) -> None:
        before, self._rendered = self._rendered, state
        if before is None or before.tiles != state.tiles:
            self._render_tiles(state.tiles)
        if self.search.text() != state.query:
            self.search.setText(state.query)
        self.search.show_found(state.found)
        self._render_middle(state)
        self.strip.render_last(state.last, self._words("nothing yet"))
        self.dock.render_visitor(state.visitor)

    def _render_middle(self, state: WelcomeState) -> None:
        showing_info = state.info is not None
        if state.info is not None:
            self.info.show_info(state.info)
        self.info.setVisible(showing_info)
        self.list.show_items(state.suggestions, state.selected)
        self.list.setVisible(bool(state.suggestions) and not showing_info)
        self.empty.say(*no_products(self._words, state))
        self.empty.setVisible(not state.suggestions and not showing_info)

    def _render_tiles(self, tiles: tuple[QuickTile, ...]) -> None:
        for tile in tiles:
            face = TileFace(
                name=tile.name,
                short=tile.short,
                icon=tile.icon,
                key=f"Ctrl+{tile.place}",
                wait=tile.wait,
                wait_late=tile.wait_late,
                waiting=tile.waiting,
                closed=tile.closed,
                spoken=tile.spoken,
            )
            if tile.place in self.tiles:
                self.tiles[tile.place].show_face(face)
            else:
                self._add_tile(tile.place, face)
        for place in set(self.tiles) - {tile.place for tile in tiles}:
            self.tiles.pop(place).deleteLater()

    def _add_tile(self, place: int, face: TileFace) -> None:
        made = ProductTile(face)
        made.setProperty("place", place)
        made.clicked.connect(self._on_tile)
        spot = place - 1
        self._grid.addWidget(made, spot // COLUMNS, spot % COLUMNS)
        self.tiles[place] = made

    def _on_tile(self) -> None:
        sender = self.sender()
        if isinstance(sender, ProductTile):
            self._model.print_quick(int(sender.property("place")))

    def _on_typed(self, text: str) -> None:
        if text != self._model.state.query:
            self._model.search(text)

    def _on_again(self) -> None:
        self._model.print_again()
