"""Everything that is shown at one desk: view models, window, and the ways between them."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any, Protocol

from PySide6.QtCore import QObject, QTimer

from loket.catalogue.search import ProductIndex
from loket.desk.facts import (
    AppointmentsChanged,
    ArrangementsChanged,
    CatalogueChanged,
    EntryDelivered,
    EntryParked,
    MessagesChanged,
    OtherSiteChanged,
    PictureChanged,
    PrintChanged,
    ReportsChanged,
    SessionEnded,
    TownMapChanged,
)
from loket.desk.refused import KIND as REFUSED_REPORT
from loket.kit.i18n import Words
from loket.queue.picture import SitePicture
from loket.staff.messages import SignedIn
from loket.visits.messages import StartVisit
from ui.appointments.desk import AppointmentsDesk, Bookings
from ui.appointments.view_model import AppointmentsViewModel
from ui.core.actions import ScreenId
from ui.core.bridge import FactBridge, FactSource
from ui.core.directory import Directory
from ui.core.preferences import PreferenceStore
from ui.core.sentences import Remedy, UserMessage, describe, sentence
from ui.core.tasks import TaskRunner
from ui.counter.desk import CounterDesk
from ui.counter.view_model import CounterViewModel
from ui.insight.exporting import ReportsYears
from ui.insight.view_model import InsightDesk
from ui.places import PLACES, Place
from ui.reports.desk import ReportsDesk, WholeReports
from ui.reports.view_model import ReportsViewModel
from ui.shell.appointments import FindsAppointments
from ui.shell.reports import FindsReports
from ui.shell.state import Stage
from ui.shell.view_model import ShellDesk, ShellViewModel
from ui.shell.window import MainWindow
from ui.supervisor.view_model import SupervisorDesk, SupervisorViewModel
from ui.theme import look
from ui.welcome.arrivals import ExpectedDesk
from ui.welcome.view_model import WelcomeDesk, WelcomeViewModel

TICK_MS = 1000
WordsOf = Callable[[str], Words]


_WHO_HEARS: dict[type, tuple[ScreenId, ...]] = {
    ReportsChanged: (ScreenId.REPORTS,),
    TownMapChanged: (ScreenId.REPORTS,),
    MessagesChanged: (ScreenId.ADMIN, ScreenId.REPORTS),
    ArrangementsChanged: (ScreenId.REPORTS, ScreenId.ADMIN),
    OtherSiteChanged: (ScreenId.QUEUES,),
}
"""Facts that not every screen cares about."""


class WholeAppointments(Bookings, ExpectedDesk, FindsAppointments, Protocol):
    """The desk's appointments, as the welcome desk and the calendar need them."""


class AllReports(WholeReports, FindsReports, ReportsYears, Protocol):
    """The desk's reports, as the screens together need them."""


class WholeDesk(
    ShellDesk,
    WelcomeDesk,
    CounterDesk,
    AppointmentsDesk,
    ReportsDesk,
    InsightDesk,
    SupervisorDesk,
    FactSource,
    Protocol,
):
    """The desk facade, as all screens together need it."""

    @property
    def appointments(self) -> WholeAppointments: ...
    @property
    def reports(self) -> AllReports: ...

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
        self._rooms: dict[ScreenId, Any] = {}
        """The view model of each screen, as :class:`ui.places.Place` describes it."""
        self.shell = ShellViewModel(tasks, self._words, desk_code=desk_code)
        self.shell.catalogue_read.connect(self._on_catalogue)
        self.shell.signed_in.connect(self._on_signed_in)
        self.shell.product_wished.connect(self._on_product_wished)
        self.shell.appointments.opened.connect(self._on_appointment_wished)
        self.shell.appointments.arrived.connect(self._on_arrived)
        self.shell.reports.opened.connect(self._on_report_wished)
        self.window = self._new_window()
        self._clock = QTimer(self)
        self._clock.setInterval(TICK_MS)
        self._clock.timeout.connect(self._on_tick)

    def attach(self, desk: WholeDesk) -> None:
        """The desk is ready: hear its facts, offer its people."""
        self.desk = desk
        for place in PLACES:
            model = place.model(desk, self._tasks, self._words)
            model.said.connect(self._say)
            model.undo_lapsed.connect(self._on_undo_lapsed)
            self._rooms[place.screen] = model
        booking = self._rooms[ScreenId.APPOINTMENTS]
        booking.visits_from(self._visit_now)
        booking.visit_grew.connect(self._rooms[ScreenId.WELCOME].visit_grew)
        reports = self._rooms[ScreenId.REPORTS]
        reports.following.keep_filters_in(self._preferences)
        reports.taking.visits_from(self._visit_now, self._began_at)
        reports.attention_changed.connect(partial(self.shell.show_attention, ScreenId.REPORTS))
        reports.visit_grew.connect(self._rooms[ScreenId.WELCOME].report_taken)
        self._rooms[ScreenId.ADMIN].appointment_wished.connect(self._on_appointment_wished)
        self._rooms[ScreenId.WELCOME].booking_wished.connect(self._on_booking_wished)
        self._bridge = FactBridge(desk, self)
        self._bridge.fact.connect(self._on_fact)
        self._add_screens()
        self.shell.attach(desk)
        if self.welcome is not None:
            self.welcome.prepare()
        self._clock.start()

    @property
    def welcome(self) -> WelcomeViewModel | None:
        return self._rooms.get(ScreenId.WELCOME)

    @property
    def counter(self) -> CounterViewModel | None:
        return self._rooms.get(ScreenId.COUNTER)

    @property
    def reports(self) -> ReportsViewModel | None:
        return self._rooms.get(ScreenId.REPORTS)

    @property
    def appointments(self) -> AppointmentsViewModel | None:
        return self._rooms.get(ScreenId.APPOINTMENTS)

    @property
    def supervisor(self) -> SupervisorViewModel:
        model: SupervisorViewModel = self._rooms[ScreenId.QUEUES]
        return model

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
        for place, model in self._furnished():
            self.window.add_screen(place.screen, partial(place.build, model, self._words))

    def _furnished(self) -> list[tuple[Place, Any]]:
        return [(place, self._rooms[place.screen]) for place in PLACES if self._rooms]

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
        for model in (self.shell, *self._rooms.values()):
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
            case AppointmentsChanged():
                self._pass_on(fact)
            case _ if type(fact) in _WHO_HEARS:
                for screen in _WHO_HEARS[type(fact)]:
                    self._rooms[screen].hear(fact)
            case _:
                self._pass_to_welcome(fact)

    def _pass_on(self, fact: AppointmentsChanged) -> None:
        """To the screens that show appointments."""
        if self.welcome is not None:
            self.welcome.arrivals.hear(fact)
        for screen in (ScreenId.APPOINTMENTS, ScreenId.ADMIN):
            self._rooms[screen].hear(fact)

    def _pass_to_welcome(self, fact: object) -> None:
        if self.welcome is None:
            return
        if isinstance(fact, PrintChanged):
            for screen in (ScreenId.WELCOME, ScreenId.APPOINTMENTS, ScreenId.REPORTS):
                self._rooms[screen].show_print(fact.job)
        elif isinstance(fact, EntryDelivered):
            self.welcome.entry_delivered(fact.result)
            self._rooms[ScreenId.REPORTS].entry_delivered(fact.result)
        elif isinstance(fact, EntryParked) and fact.kind == REFUSED_REPORT:
            self._rooms[ScreenId.REPORTS].entry_parked(fact.entry_id)
        elif isinstance(fact, EntryParked):
            why = sentence(fact.code, fact.params, self._words)
            self.welcome.entry_parked(fact.entry_id, why)

    def _show_picture(self, picture: SitePicture) -> None:
        for model in self._rooms.values():
            model.show_picture(picture)
        self.shell.refresh()

    def _on_catalogue(self, directory: Directory, index: ProductIndex) -> None:
        for model in self._rooms.values():
            model.show_catalogue(directory, index)

    def _on_signed_in(self, session: SignedIn) -> None:
        if self.desk is None:
            return
        for place, model in self._furnished():
            place.begin(model, session)
        self._show_picture(self.desk.picture())

    def _visit_now(self) -> StartVisit | None:
        """Who stands here: at the counter, else at the welcome desk."""
        at_counter: StartVisit | None = self._rooms[ScreenId.COUNTER].visit_now()
        at_welcome: StartVisit | None = self._rooms[ScreenId.WELCOME].visit_now()
        return at_counter or at_welcome

    def _began_at(self, visit_id: str) -> datetime | None:
        began: datetime | None = self._rooms[ScreenId.WELCOME].began_at(visit_id)
        return began

    # wishes

    def _on_product_wished(self, name: str) -> None:
        if self.welcome is not None:
            self.welcome.find(name)

    def _on_booking_wished(self, product_id: str) -> None:
        """An appointment for a product that was found at the welcome desk."""
        self.shell.open_screen(ScreenId.APPOINTMENTS)
        if self.shell.state.screen is ScreenId.APPOINTMENTS:
            self._rooms[ScreenId.APPOINTMENTS].take_hit(product_id)

    def _on_appointment_wished(self, appointment_id: str) -> None:
        """Its card, in the screen where it can be moved."""
        self.shell.open_screen(ScreenId.APPOINTMENTS)
        if self.shell.state.screen is ScreenId.APPOINTMENTS:
            self._rooms[ScreenId.APPOINTMENTS].open_file(appointment_id)

    def _on_report_wished(self, report_id: str) -> None:
        """Its file, in the follow-up."""
        self.shell.open_screen(ScreenId.REPORTS)
        if self.shell.state.screen is ScreenId.REPORTS:
            self._rooms[ScreenId.REPORTS].follow(report_id)

    def _on_arrived(self, appointment_id: str) -> None:
        """A confirmation was scanned: who holds it is checked in, wherever the clerk was."""
        if self.welcome is not None:
            self.welcome.check_in(appointment_id)

    def _on_remedy(self, message: UserMessage) -> None:
        if message.remedy is Remedy.OPEN_REFUSED:
            self.shell.open_screen(ScreenId.REPORTS)
            self._rooms[ScreenId.REPORTS].take_back(message.about)
            return
        if self.welcome is not None and self.welcome.remedy(message):
            return
        for place, model in self._furnished():
            if place.screen is self.shell.state.screen:
                place.undo(model)

    def _say(self, message: UserMessage) -> None:
        self.window.say(message)

    def _on_undo_lapsed(self) -> None:
        self.window.messages.lapse()

    def _on_tick(self) -> None:
        if self.shell.state.stage is not Stage.WORKING:
            return
        before = self.shell.state.clock
        self.shell.refresh()
        minute_passed = self.shell.state.clock != before
        for place, model in self._furnished():
            on_screen = place.screen is self.shell.state.screen
            if minute_passed or (place.each_second and on_screen):
                model.tick()
