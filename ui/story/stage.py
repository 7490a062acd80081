"""The stage: windows side by side, real keys and mouse, waiting for what must come, pictures."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QEventLoop, QSettings, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QKeySequence, QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from loket.catalogue.messages import Catalogue
from loket.desk.facts import PrintJob
from loket.kit.paths import DataFolder
from loket.queue.picture import SitePicture
from loket.reports.messages.yearly import YearAsked
from ui.app import LoketApplication, OpenDesk, Options
from ui.appointments.state import AppointmentsState
from ui.counter.state import CounterState
from ui.opening import open_desk
from ui.reports.following.state import FollowingState
from ui.reports.taking.state import TakingState
from ui.shell.state import ShellState
from ui.shell.state import Stage as ShellStage
from ui.shell.window import MainWindow
from ui.story.heart import Heart
from ui.story.report import Report
from ui.story.seconds import precise
from ui.supervisor.screen import SupervisorScreen
from ui.supervisor.state import SupervisorState
from ui.theme import look
from ui.welcome.expected import ArrivalsState
from ui.welcome.state import WelcomeState
from ui.workplace import WholeDesk

PATIENCE_SECONDS = 20
LOOK_MS = 5
SCANNER_MS = 4
LAYOUTS = 3
"""Layouts inside layouts, each laid out by an event of its own."""
HELD = 1
STARTING, BY_CHOICE = "starting", "theme"


class NotHeld(Exception):
    """What the story expected did not come."""


def expect(held: object, why: str) -> None:
    """Stop the story when something that must be so is not."""
    if not held:
        raise NotHeld(why)


class Seat:
    """One desk: what its person does with keys and mouse, and what its window shows."""

    def __init__(self, code: str, application: LoketApplication, stage: "Stage") -> None:
        self.code = code
        self._application = application
        self._stage = stage
        self._pressed_at: dict[str, float] = {}

    # what it shows

    @property
    def window(self) -> MainWindow:
        return self._application.workplace.window

    @property
    def shell(self) -> ShellState:
        return self._application.workplace.shell.state

    @property
    def welcome(self) -> WelcomeState:
        model = self._application.workplace.welcome
        return model.state if model is not None else WelcomeState()

    @property
    def counter(self) -> CounterState:
        model = self._application.workplace.counter
        return model.state if model is not None else CounterState()

    @property
    def booking(self) -> AppointmentsState:
        model = self._application.workplace.appointments
        return model.state if model is not None else AppointmentsState()

    @property
    def taking(self) -> TakingState:
        """The report that is being taken down."""
        model = self._application.workplace.reports
        return model.taking.state if model is not None else TakingState()

    @property
    def following(self) -> FollowingState:
        """The reports that are followed up."""
        model = self._application.workplace.reports
        return model.following.state if model is not None else FollowingState()

    @property
    def arrivals(self) -> ArrivalsState:
        """The column *Verwacht* of the welcome desk."""
        model = self._application.workplace.welcome
        return model.arrivals.state if model is not None else ArrivalsState()

    @property
    def supervisor(self) -> SupervisorScreen:
        """The screen of the supervisor, opened."""
        screen = self.window.current_screen()
        if not isinstance(screen, SupervisorScreen):
            raise TypeError(screen)
        return screen

    @property
    def supervised(self) -> SupervisorState:
        return self._application.workplace.supervisor.state

    @property
    def picture(self) -> SitePicture:
        return self._desk.picture()

    @property
    def _desk(self) -> WholeDesk:
        desk = self._application.workplace.desk
        if desk is None:
            raise NotHeld(f"{self.code} has no desk behind its window")
        return desk

    def catalogue(self) -> Catalogue:
        """What the town offers, as this desk has it."""
        return self._desk.catalogue()

    def code_on(self, reference: str) -> str:
        """What the barcode on a confirmation carries; asks the server at once."""
        found = self._desk.appointments.find(reference).appointments
        return next((one.code for one in found if one.reference == reference), "")

    def year_report(self, year: int, file: Path) -> None:
        """The yearly report of complaints, written to a file; asks the server at once."""
        self._desk.reports.export_year(YearAsked(year=year), file, "nl")

    def jobs(self) -> tuple[PrintJob, ...]:
        """Its papers, newest first."""
        return self._desk.print_jobs()

    def says(self, text: str) -> bool:
        """Whether a message with this text is shown."""
        return any(text in shown for shown in self.window.messages.texts)

    def seconds_since(self, key: str) -> float:
        """How long ago a key was pressed here."""
        return precise() - self._pressed_at.get(key, float("-inf"))

    # what its person does

    def press(self, *keys: str) -> None:
        """Keys as the caps show them: ``F9``, ``Ctrl+P``, ``Return``."""
        for key in keys:
            pressed = QKeySequence.fromString(key)[0]  # type: ignore[index]  # the stubs forget it
            QTest.keyClick(self._front(), pressed.key(), pressed.keyboardModifiers())
            # Afterwards: a busy window takes the key later than it was sent, and counts from there.
            self._pressed_at[key] = precise()

    def type(self, text: str) -> None:
        for sign in text:
            QTest.keyClick(self._front(), sign)  # type: ignore[call-overload]  # takes a sign, too

    def scan(self, code: str) -> None:
        """A scanner types its code faster than anybody can, and ends with Enter.

        Its keys bear the moments at which it sent them, however late a busy window takes them.
        """
        front, began = self._front(), round(precise() * 1000)
        for place, sign in enumerate(f"{code}\r"):
            key = Qt.Key.Key_Return if sign == "\r" else Qt.Key(ord(sign))
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                sent = QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, sign)
                sent.setTimestamp(began + place * SCANNER_MS)
                QApplication.sendEvent(front, sent)

    def click(self, widget: QWidget | None) -> None:
        if widget is None:
            raise NotHeld(f"there is nothing to press on at {self.code}")
        shown = widget.accessibleName() or type(widget).__name__
        self._stage.until(lambda: not widget.visibleRegion().isEmpty(), f"{shown} is shown")
        spot = widget.mapTo(self.window, widget.rect().center())
        QTest.mouseClick(self._front(), Qt.MouseButton.LeftButton, pos=spot)

    def choose_in_menu(self, entry: str) -> None:
        """Open the menu of the user and press on one of its entries."""
        self.click(self.window.top_bar.user)
        self._stage.until(self.menu_is_open, "the menu is open")
        self.choose(entry)

    def menu_is_open(self) -> bool:
        return QApplication.activePopupWidget() is not None

    def choose(self, entry: str) -> None:
        """Press on an entry of the menu that is open."""
        menu = QApplication.activePopupWidget()
        if not isinstance(menu, QMenu):
            raise TypeError(menu)
        actions = {action.text(): action for action in menu.actions()}
        expect(entry in actions, f"the menu offers {entry}")
        spot = menu.actionGeometry(actions[entry]).center()
        QTest.mouseClick(menu, Qt.MouseButton.LeftButton, pos=spot)

    def _front(self) -> QWindow:
        """Bring the window to the front, as whoever sits down before it does."""
        window = self.window
        if not window.isActiveWindow():
            window.activateWindow()
            self._stage.until(window.isActiveWindow, f"{self.code} is in front")
        return window.windowHandle()

    def stop(self) -> None:
        self._application.stop()


def _open_desk(server: str, asked: Options) -> WholeDesk:
    return open_desk(asked.desk, server_url=server, data=asked.data, demonstration=True)


class Stage:
    """Holds the windows, waits, and takes the pictures."""

    def __init__(
        self,
        app: QApplication,
        folder: Path,
        data: DataFolder,
        report: Report,
        heart: Heart,
    ) -> None:
        self._app = app
        self._folder = folder
        self._data = data
        self._report = report
        self.heart = heart
        self.seats: dict[str, Seat] = {}
        # Made once: timers in a circle of references would be collected on any thread.
        self._loop, self._looking, self._limit = QEventLoop(), QTimer(), QTimer()
        self._awaited: Callable[[], object] = lambda: True
        self._looking.setInterval(LOOK_MS)
        self._looking.timeout.connect(self._look)
        self._limit.setSingleShot(True)
        self._limit.timeout.connect(self._loop.quit)

    def open(
        self, code: str, *, server: str, open_desk: OpenDesk | None = None, name: str = ""
    ) -> Seat:
        """A window for a desk; with settings of its own, so that nobody's are touched."""
        name = name or code
        with self.heart.during(STARTING):
            options = Options(desk=code, data=self._data.root, theme="light", language="nl")
            kept = self._data.root / f"settings-{name}.ini"
            application = LoketApplication(
                self._app,
                options,
                open_desk or partial(_open_desk, server),
                settings=QSettings(str(kept), QSettings.Format.IniFormat),
            )
            seat = Seat(code, application, self)
            self.seats[name] = seat
            self._data.root.mkdir(parents=True, exist_ok=True)
            application.start()
            self.until(
                lambda: seat.shell.stage is ShellStage.SIGN_IN and not seat.shell.sign_in.wrong,
                f"somebody can sign in at {code}",
            )
        return seat

    def until(
        self, held: Callable[[], object], what: str, *, seconds: float = PATIENCE_SECONDS
    ) -> None:
        """Let events happen until something holds."""
        if held():
            return
        self._awaited = held
        self._looking.start()
        self._limit.start(round(seconds * 1000))
        came = self._loop.exec() == HELD
        self._looking.stop()
        self._limit.stop()
        expect(came, f"within {seconds:g} s: {what}")

    def _look(self) -> None:
        if self._awaited():
            self._loop.exit(HELD)

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """One step of the story, with its time and its pictures."""
        self.heart.step = name
        with self._report.step(name) as entry:
            try:
                yield
            finally:
                entry.stop()
                entry.windows += self._pictures(entry.number, name)

    def _pictures(self, number: int, name: str) -> list[str]:
        taken = []
        with self.heart.resting():
            for _each in range(LAYOUTS):
                QApplication.sendPostedEvents()  # what has just changed finds its place
            for seat in self.seats.values():
                file = f"{number:02d}-{name}-{seat.code}.png"
                if seat.window.grab().save(str(self._folder / file)):
                    taken.append(file)
        return taken

    def note(self, name: str, value: object) -> None:
        """Something that whoever checks story.json wants to know."""
        self._report.facts[name] = value

    def switch_theme(self, seat: Seat, entry: str, theme: str) -> None:
        """By the clerk's choice, and so counted apart."""
        with self.heart.during(BY_CHOICE):
            seat.choose_in_menu(entry)
            self.until(lambda: look.theme() == theme, f"the theme is {theme}")

    def close(self) -> None:
        for seat in self.seats.values():
            seat.stop()
        self.seats.clear()
