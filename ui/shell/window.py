"""The main window: sign-in or the workplace, with rail, top bar, messages and panels."""

from collections.abc import Callable
from functools import partial
from typing import Protocol

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QWidget

from loket.kit.i18n import Words
from ui.core.actions import ActionId, ScreenId
from ui.core.sentences import Remedy, UserMessage
from ui.shell.keys import KeyRouter
from ui.shell.messages import WIDEST, Messages
from ui.shell.omnibox import FoundList
from ui.shell.panels import ShortcutsPanel, TicketPanel
from ui.shell.printer_menu import PrinterMenu
from ui.shell.rail import PLACES, Rail
from ui.shell.sign_in import SignInView
from ui.shell.state import ShellState, Stage
from ui.shell.top_bar import TopBar
from ui.shell.view_model import ShellViewModel
from ui.widgets.focus_ring import FocusRing
from ui.widgets.layouts import column, row

STRIP = 48
PANEL = 264
"""At the left of the appointments stands what a message must not cover."""
DOCK = 340
"""Nor the dock at the right, with a gap."""


class Screen(Protocol):
    """What the window asks of each screen, which is a widget."""

    def take_focus(self) -> None: ...
    def do(self, action: ActionId) -> None: ...
    def do_digit(self, digit: int) -> None: ...


class MainWindow(QMainWindow):
    """One window per desk."""

    closed = Signal()
    remedy_wished = Signal(object)
    theme_wished = Signal(str)
    language_wished = Signal(str)

    def __init__(self, model: ShellViewModel, words: Words) -> None:
        super().__init__()
        self._model = model
        self._words = words
        self._screens: dict[ScreenId, QWidget] = {}
        self._makers: dict[ScreenId, Callable[[], QWidget]] = {}
        self._rendered: ShellState | None = None
        self.setWindowTitle("Loket")
        self.setMinimumSize(1280, 800)
        self.resize(1440, 900)
        self.keys = KeyRouter(self)
        self._build()
        self._ring = FocusRing(self)
        self._bind()
        self._render(model.state)

    # building

    def _build(self) -> None:
        words = self._words
        self.sign_in = SignInView(words)
        self.rail = Rail(words)
        self.top_bar = TopBar(words, self._model.printers)
        self.screens = QStackedWidget()
        self._workplace = QWidget()
        right = column(self.top_bar, self.screens)
        right.setStretch(1, 1)
        self._workplace.setLayout(row(self.rail, right))
        self._pages = QStackedWidget()
        self._pages.addWidget(self.sign_in)
        self._pages.addWidget(self._workplace)
        self.setCentralWidget(self._pages)
        self.found = FoundList(words, self._pages)
        self.shortcuts = ShortcutsPanel(words, self._pages)
        self.ticket = TicketPanel(words, self._pages)
        self.messages = Messages(words, self._pages)

    def _bind(self) -> None:
        model, bar = self._model, self.top_bar
        self.sign_in.person_chosen.connect(model.sign_in_as)
        self.sign_in.signed.connect(model.sign_in)
        self.rail.screen_wished.connect(model.open_screen)
        bar.omnibox.typed.connect(self._on_typed)
        bar.omnibox.moved.connect(model.move)
        bar.omnibox.entered.connect(self._on_entered)
        bar.omnibox.left.connect(self._leave_omnibox)
        bar.theme_wished.connect(self.theme_wished)
        bar.language_wished.connect(self.language_wished)
        bar.shortcuts_wished.connect(self.toggle_shortcuts)
        bar.sign_out_wished.connect(model.sign_out)
        self.found.chosen.connect(model.choose)
        self.ticket.close_wished.connect(model.close_ticket)
        self.ticket.withdraw_wished.connect(model.withdraw_shown)
        self.ticket.wait_wished.connect(model.let_wait_shown)
        self.shortcuts.close_wished.connect(self.toggle_shortcuts)
        self.messages.remedied.connect(self._on_remedied)
        self.keys.triggered.connect(self.do)
        self.keys.digit_pressed.connect(self._on_digit)
        self.keys.screen_digit_pressed.connect(self._on_screen_digit)
        self.keys.scanned.connect(model.scan)
        model.state_changed.connect(self._render)
        model.said.connect(self.say)
        model.printers.print_again_wished.connect(self._on_print_again_wished)

    def add_screen(self, screen: ScreenId, make: Callable[[], QWidget]) -> None:
        """Give the window one of its screens; it is made when it is first opened."""
        self._makers[screen] = make
        self._rendered = None
        self._render(self._model.state)

    def opened(self, screen: ScreenId) -> QWidget | None:
        """One of the screens, whether it was opened before or not."""
        if screen not in self._screens and screen in self._makers:
            self._screens[screen] = self._makers[screen]()
            self.screens.addWidget(self._screens[screen])
        return self._screens.get(screen)

    # acts

    def say(self, message: UserMessage) -> None:
        self.messages.say(message)

    def do(self, action: ActionId) -> None:
        """An action of the table, wherever it was asked."""
        model = self._model
        everywhere: dict[ActionId, Callable[[], None]] = {
            **{
                action: partial(model.open_screen, screen)
                for screen, (_number, action) in PLACES.items()
            },
            ActionId.FIND: self._find,
            ActionId.SHORTCUTS: self.toggle_shortcuts,
        }
        if action in everywhere:
            everywhere[action]()
            return
        screen = self.current_screen()
        if screen is not None:
            screen.do(action)

    def toggle_shortcuts(self) -> None:
        opened = self.shortcuts.isHidden()
        self.shortcuts.setVisible(opened)
        if opened:
            self.shortcuts.raise_()
            self.shortcuts.close_button.setFocus()
        else:
            self._focus_screen()

    def current_screen(self) -> Screen | None:
        return self.opened(self._model.state.screen)  # type: ignore[return-value]  # each screen is a widget that can do this

    def _find(self) -> None:
        self.top_bar.omnibox.field.setFocus()
        self.top_bar.omnibox.field.selectAll()

    def _on_typed(self, text: str) -> None:
        if text != self._model.state.query:
            self._model.search(text)

    def _on_entered(self) -> None:
        self._model.choose()

    def _leave_omnibox(self) -> None:
        self._model.close_search()
        self._focus_screen()

    def _on_digit(self, digit: int) -> None:
        screen = self.current_screen()
        if screen is not None:
            screen.do_digit(digit)

    def _on_screen_digit(self, digit: int) -> None:
        for screen, (number, _action) in PLACES.items():
            if number == digit:
                self._model.open_screen(screen)

    def _on_remedied(self, message: UserMessage) -> None:
        if message.remedy is Remedy.SIGN_IN:
            self._model.sign_out()
        elif message.remedy is Remedy.OTHER_PRINTER:
            self._offer_printers(message)
        else:
            self.remedy_wished.emit(message)

    def _offer_printers(self, message: UserMessage) -> None:
        """Beside the message of a paper that failed; the chosen printer gets it at once."""
        choice = self._model.printers
        menu = PrinterMenu(
            self._words, choice, partial(choice.choose, failed_job=message.about), self
        )
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.messages.mapToGlobal(self.messages.rect().topLeft()))

    def _on_print_again_wished(self, job_id: str) -> None:
        self.messages.drop_about(job_id)
        self.remedy_wished.emit(UserMessage("", remedy=Remedy.PRINT_AGAIN, about=job_id))

    def _focus_screen(self) -> None:
        screen = self.current_screen()
        if screen is not None:
            screen.take_focus()

    # rendering

    def _render(self, state: ShellState) -> None:
        before, self._rendered = self._rendered, state
        self.sign_in.render_shell(state)
        working = state.stage is Stage.WORKING
        self._pages.setCurrentWidget(self._workplace if working else self.sign_in)
        self.rail.show_screens(state.screens, state.screen)
        self.rail.show_attention(state.attention)
        self.top_bar.render_shell(state)
        self._render_search(state)
        self._render_ticket(state, before)
        self.keys.active = working
        self.keys.screen = state.screen
        shown = self.opened(state.screen) if working else None
        if shown is not None:
            self.screens.setCurrentWidget(shown)
        self._place_messages()
        self._render_focus(state, before)

    def _place_messages(self) -> None:
        """At the bottom left, above the strip where the screen has one; never over the dock."""
        strip = STRIP if self._model.state.screen is ScreenId.WELCOME else 0
        left = PANEL if self._model.state.screen is ScreenId.APPOINTMENTS else 0
        room = min(WIDEST, self.width() - 112 - left - DOCK)
        self.messages.place(112 + left, self.height() - strip - 16, room)

    def _render_search(self, state: ShellState) -> None:
        searching = bool(state.query.strip()) and state.stage is Stage.WORKING
        if searching:
            self.found.show_found(state.found, state.chosen)
            self.top_bar.omnibox.place_list(self.found)
        self.found.setVisible(searching)

    def _render_ticket(self, state: ShellState, before: ShellState | None) -> None:
        if state.ticket is not None:
            self.ticket.show_ticket(state.ticket)
            opened = self.ticket.isHidden()
            self.ticket.show()
            self.ticket.raise_()
            if opened:
                main = self.ticket.wait if state.ticket.can_wait else self.ticket.close_button
                main.setFocus()
        elif self.ticket.isVisible() or (before and before.ticket):
            self.ticket.hide()
            self._focus_screen()

    def _render_focus(self, state: ShellState, before: ShellState | None) -> None:
        same = before is not None and (before.stage, before.screen) == (state.stage, state.screen)
        people = before is not None and before.sign_in.people == state.sign_in.people
        if same and people:
            return
        if state.stage is Stage.WORKING:
            self._focus_screen()
        elif state.stage is Stage.SIGN_IN:
            self.sign_in.take_focus()

    # Qt

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        super().showEvent(event)
        handle = self.windowHandle()
        if handle is not None:
            handle.installEventFilter(self.keys)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        area = QRect(112, 80, self.width() - 136, self.height() - 104)
        self.shortcuts.stand_in(area)
        self.ticket.stand_in(area)
        self._place_messages()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter and Esc that nobody wanted."""
        if event.key() == Qt.Key.Key_Escape and not self.shortcuts.isHidden():
            self.toggle_shortcuts()
        elif event.key() == Qt.Key.Key_Escape and self._model.state.ticket:
            self._model.close_ticket()
        elif event.key() == Qt.Key.Key_Escape:
            self.do(ActionId.CLEAR_SEARCH)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.do(ActionId.START)
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        self.closed.emit()
        super().closeEvent(event)
