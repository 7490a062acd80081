"""Everything that is shown at one desk: view models, window, and the ways between them."""

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QObject, QTimer

from loket.catalogue.search import ProductIndex
from loket.desk.facts import (
    CatalogueChanged,
    EntryDelivered,
    EntryParked,
    PictureChanged,
    PrintChanged,
    SessionEnded,
)
from loket.kit.i18n import Words
from loket.queue.picture import SitePicture
from loket.staff.messages import SignedIn
from ui.core.actions import ScreenId
from ui.core.bridge import FactBridge, FactSource
from ui.core.directory import Directory
from ui.core.preferences import PreferenceStore
from ui.core.sentences import Remedy, UserMessage, describe, sentence
from ui.core.tasks import TaskRunner
from ui.counter.screen import CounterScreen
from ui.counter.view_model import CounterDesk, CounterViewModel
from ui.shell.state import Stage
from ui.shell.view_model import ShellDesk, ShellViewModel
from ui.shell.window import MainWindow
from ui.theme import look
from ui.welcome.screen import WelcomeScreen
from ui.welcome.view_model import WelcomeDesk, WelcomeViewModel

TICK_MS = 1000
WordsOf = Callable[[str], Words]


class WholeDesk(ShellDesk, WelcomeDesk, CounterDesk, FactSource, Protocol):
    """The desk facade, as all screens together need it."""

    def close(self) -> None: ...


class Workplace(QObject):
    """One desk's window and what stands behind it."""

    def __init__(
        self, tasks: TaskRunner, preferences: PreferenceStore, words_of: WordsOf, *, desk_code: str
    ) -> None:
        super().__init__()
        self._tasks = tasks
        self._preferences = preferences
        self._words_of = words_of
        self._words = words_of(preferences.load().language)
        self._bridge: FactBridge | None = None
        self.desk: WholeDesk | None = None
        self.welcome: WelcomeViewModel | None = None
        self.counter: CounterViewModel | None = None
        self.shell = ShellViewModel(tasks, self._words, desk_code=desk_code)
        self.shell.catalogue_read.connect(self._on_catalogue)
        self.shell.signed_in.connect(self._on_signed_in)
        self.shell.product_wished.connect(self._on_product_wished)
        self.window = self._new_window()
        self._clock = QTimer(self)
        self._clock.setInterval(TICK_MS)
        self._clock.timeout.connect(self._on_tick)

    def attach(self, desk: WholeDesk) -> None:
        """The desk is ready: hear its facts, offer its people."""
        self.desk = desk
        self.welcome = WelcomeViewModel(desk, self._tasks, self._words)
        self.counter = CounterViewModel(desk, self._tasks, self._words)
        self.welcome.said.connect(self._say)
        self.counter.said.connect(self._say)
        for model in (self.welcome, self.counter):
            model.undo_lapsed.connect(self._on_undo_lapsed)
        self._bridge = FactBridge(desk, self)
        self._bridge.fact.connect(self._on_fact)
        self._add_screens()
        self.shell.attach(desk)
        self.welcome.prepare()
        self._clock.start()

    def close(self) -> None:
        """Hear nothing more, keep where the window stood; the desk is closed by who opened it."""
        self._clock.stop()
        if self._bridge is not None:
            self._bridge.close()
        self._preferences.change(window=bytes(self.window.saveGeometry().data()))

    def say_unhandled(self, error: Exception) -> None:
        """A failure nobody waited for still gets its sentence."""
        self._say(describe(error, self._words))

    # the window

    def _new_window(self) -> MainWindow:
        window = MainWindow(self.shell, self._words)
        window.remedy_wished.connect(self._on_remedy)
        window.theme_wished.connect(self.change_theme)
        window.language_wished.connect(self.change_language)
        kept = self._preferences.load().window
        if kept:
            window.restoreGeometry(kept)
        return window

    def _add_screens(self) -> None:
        if self.welcome is None or self.counter is None:
            return
        self.window.add_screen(ScreenId.WELCOME, WelcomeScreen(self.welcome, self._words))
        self.window.add_screen(ScreenId.COUNTER, CounterScreen(self.counter, self._words))

    def change_theme(self, theme: str) -> None:
        """Dark or light, at once."""
        self._preferences.change(theme=theme)
        look.switch(theme)

    def change_language(self, language: str) -> None:
        """The view models stay, with all they know; the window is built anew in other words."""
        if language == self._words.language:
            return
        self._preferences.change(language=language, window=bytes(self.window.saveGeometry().data()))
        self._words = self._words_of(language)
        for model in (self.shell, self.welcome, self.counter):
            if model is not None:
                model.speak(self._words)
        former, self.window = self.window, self._new_window()
        self._add_screens()
        self.window.show()
        former.hide()
        former.deleteLater()

    # facts

    def _on_fact(self, fact: object) -> None:
        match fact:
            case PictureChanged():
                self._show_picture(fact.picture)
            case CatalogueChanged():
                self.shell.catalogue_changed()
            case SessionEnded():
                self.shell.session_ended()
            case _:
                self._pass_to_welcome(fact)

    def _pass_to_welcome(self, fact: object) -> None:
        if self.welcome is None:
            return
        if isinstance(fact, PrintChanged):
            self.welcome.show_print(fact.job)
        elif isinstance(fact, EntryDelivered):
            self.welcome.entry_delivered(fact.result)
        elif isinstance(fact, EntryParked):
            why = sentence(fact.code, fact.params, self._words)
            self.welcome.entry_parked(fact.entry_id, why)

    def _show_picture(self, picture: SitePicture) -> None:
        if self.welcome is not None and self.counter is not None:
            self.welcome.show_picture(picture)
            self.counter.show_picture(picture)
        self.shell.refresh()

    def _on_catalogue(self, directory: Directory, index: ProductIndex) -> None:
        if self.welcome is not None and self.counter is not None:
            self.welcome.show_catalogue(directory, index)
            self.counter.show_catalogue(directory)

    def _on_signed_in(self, session: SignedIn) -> None:
        if self.desk is None or self.welcome is None or self.counter is None:
            return
        self.welcome.start_anew()
        self.counter.sit_at(session.counter_id)
        self._show_picture(self.desk.picture())

    # wishes

    def _on_product_wished(self, name: str) -> None:
        if self.welcome is not None:
            self.welcome.find(name)

    def _on_remedy(self, message: UserMessage) -> None:
        if self.welcome is None or self.counter is None:
            return
        if message.remedy is Remedy.PRINT_AGAIN:
            self.welcome.print_again(message.about)
        elif message.remedy is Remedy.GIVE_ANYWAY:
            self.welcome.give_anyway(message.about)
        elif self.shell.state.screen is ScreenId.COUNTER:
            self.counter.undo()
        else:
            self.welcome.withdraw_last()

    def _say(self, message: UserMessage) -> None:
        self.window.say(message)

    def _on_undo_lapsed(self) -> None:
        self.window.messages.lapse()

    def _on_tick(self) -> None:
        if self.shell.state.stage is not Stage.WORKING:
            return
        before = self.shell.state.clock
        self.shell.refresh()
        if self.counter is not None and self.shell.state.screen is ScreenId.COUNTER:
            self.counter.tick()
        if self.welcome is not None and self.shell.state.clock != before:
            self.welcome.tick()
