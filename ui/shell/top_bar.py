"""The bar above the screens: omnibox, clock, desk, connection, person."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu

from loket.kit.i18n import Words
from ui.shell.omnibox import Omnibox
from ui.shell.printer_menu import PrinterMenu
from ui.shell.printers import PrinterChoice
from ui.shell.state import ShellState
from ui.theme.look import theme
from ui.widgets.cards import Edged, Glyph, Rule
from ui.widgets.chips import Chip
from ui.widgets.labels import Label
from ui.widgets.layouts import STRETCH, row
from ui.widgets.status import ConnectionPill, UserButton

LANGUAGES = (("nl", "Nederlands"), ("en", "English"))


class TopBar(Edged):
    """56 px, the same on every screen."""

    theme_wished = Signal(str)
    language_wished = Signal(str)
    shortcuts_wished = Signal()
    sign_out_wished = Signal()

    def __init__(self, words: Words, printers: PrinterChoice) -> None:
        super().__init__("bottom")
        self._words = words
        self._printers = printers
        self.setFixedHeight(56)
        self.omnibox = Omnibox(words)
        self._mark = Chip("", tone="wait")
        self.clock = Label("", weight=500, tone="text2")
        self._desk = Label("", weight=600)
        self.pill = ConnectionPill()
        self.user = UserButton(words("User"))
        self.user.clicked.connect(self._open_menu)
        line = Rule(upright=True)
        line.setFixedHeight(24)
        clock = row(self._mark, 8, self.clock, 16, line, 20)
        desk = row(Glyph("ph.desktop", size=20), 10, self._desk, 20, self.pill, 20, self.user)
        layout = row(self.omnibox, STRETCH, 16, clock, desk, margins=(24, 0, 20, 0))
        layout.setStretch(0, 100)
        self.setLayout(layout)

    def render_shell(self, state: ShellState) -> None:
        self.omnibox.show_query(state.query)
        self._mark.show_state(state.demonstration, icon="", tone="wait")
        self._mark.setVisible(bool(state.demonstration))
        self.clock.setText(state.clock)
        self._desk.setText(state.desk)
        self.pill.show_state(state.pill.text, icon=state.pill.icon, tone=state.pill.tone)
        spoken = self._words("{name}, menu", name=state.person)
        self.user.show_person(initials=state.initials, name=state.short_name, spoken=spoken)

    def menu(self) -> QMenu:
        """Theme, language, printer, shortcuts, signing out."""
        words = self._words
        menu = QMenu(self)
        dark = theme() == "dark"
        other = "light" if dark else "dark"
        name = words("Light theme") if dark else words("Dark theme")
        menu.addAction(name).triggered.connect(lambda: self.theme_wished.emit(other))
        for code, language in LANGUAGES:
            action = menu.addAction(language)
            action.setCheckable(True)
            action.setChecked(code == words.language)
            action.triggered.connect(partial(self._choose_language, code))
        menu.addSeparator()
        menu.addMenu(PrinterMenu(words, self._printers, self._printers.choose, menu))
        menu.addAction(words("Keyboard shortcuts")).triggered.connect(self.shortcuts_wished)
        menu.addSeparator()
        menu.addAction(words("Sign out")).triggered.connect(self.sign_out_wished)
        return menu

    def _open_menu(self) -> None:
        menu = self.menu()
        menu.aboutToHide.connect(menu.deleteLater)
        corner = self.user.mapToGlobal(self.user.rect().bottomRight())
        corner.setX(corner.x() - menu.sizeHint().width())
        menu.popup(corner)

    def _choose_language(self, code: str, _checked: object = None) -> None:
        self.language_wished.emit(code)
