"""Monday 16 March 2026, from nine o'clock: what happens, in the order in which it happens."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtWidgets import QWidget

from loket.kit.paths import DataFolder
from loket.queue.picture import ConnectionState
from loket.queue.rules import TicketState
from ui.core.actions import ScreenId
from ui.counter.state import Phase
from ui.counter.view_model import SAFE_REPEAT
from ui.shell.state import Stage as ShellStage
from ui.story.server import StoryServer
from ui.story.stage import STARTING, Seat, Stage, expect
from ui.welcome.screen import WelcomeScreen

FIRST_START_SECONDS = 120
"""The first start loads the whole town with thirteen weeks of history."""
BACK_SECONDS = 30
SMALLEST = (1280, 800)
OFFLINE_FROM = 900
"""Numbers from here on were leased beforehand."""


@dataclass
class Morning:
    """What the acts share: the stage, the server, the desks that are open, the numbers given."""

    stage: Stage
    server: StoryServer
    papers: Path
    seats: dict[str, Seat] = field(default_factory=dict)
    numbers: list[str] = field(default_factory=list)
    called: list[str] = field(default_factory=list)

    @property
    def onthaal(self) -> Seat:
        return self.seats["onthaal-1"]

    @property
    def loket(self) -> Seat:
        return self.seats["loket-3"]

    @property
    def snel(self) -> Seat:
        return self.seats["snel-1"]

    # what happens often

    def sign_in(self, code: str, name: str) -> None:
        """Press on a person of the demonstration, and have their screen."""
        seat = self.seats[code]
        people = [person.name for person in seat.shell.sign_in.people]
        expect(name in people, f"{name} is offered at {code}")
        with self.stage.heart.during(STARTING):
            seat.click(seat.window.sign_in.person_buttons[people.index(name)])
            self.stage.until(lambda: seat.shell.stage is ShellStage.WORKING, f"{name} is signed in")
            self.stage.until(lambda: self.is_green(seat), f"{code} is connected")

    def open(self, code: str) -> None:
        """A window for this desk."""
        self.seats[code] = self.stage.open(code, server=self.server.url)

    def is_green(self, seat: Seat) -> bool:
        connection = seat.picture.connection
        return connection.state is ConnectionState.CONNECTED and not connection.parked

    def ticket_by_letters(self, letters: str, product: str) -> str:
        """Type, see the product on top, press Enter, have the slip."""
        self.onthaal.type(letters)
        self.stage.until(lambda: self.onthaal.welcome.suggestions, f"{letters} finds something")
        found = self.onthaal.welcome.suggestions[0].name
        expect(product in found, f"{letters} finds {product} first, not {found}")
        return self.ticket_by(lambda: self.onthaal.press("Return"))

    def ticket_by(self, act: Callable[[], None]) -> str:
        """Give a ticket in some way; its slip is a file when the screen says so."""
        before, slips = self.onthaal.welcome.last.number, len(self.slips())
        act()
        self.stage.until(
            lambda: self.onthaal.welcome.last.number not in {"", before}, "a ticket is given"
        )
        number = self.onthaal.welcome.last.number
        self.stage.until(
            lambda: self.onthaal.welcome.last.job_id, f"the slip of {number} is printed"
        )
        self.stage.until(lambda: len(self.slips()) > slips, f"the slip of {number} is a file")
        expect(number not in self.numbers, f"{number} is given once")
        expect(self.onthaal.says(f"Ticket {number} afgedrukt"), f"{number} is said to be printed")
        self.numbers.append(number)
        return number

    def slips(self) -> list[Path]:
        """Papers that were made, whole ones only."""
        return [file for file in self.papers.glob("*.pdf") if file.stat().st_size]

    def next_visitor(self) -> None:
        visit = self.onthaal.welcome.visitor.visit_id
        self.onthaal.press("F9")
        self.stage.until(
            lambda: self.onthaal.welcome.visitor.visit_id != visit, "the next visitor can come"
        )

    def answered(self, seat: Seat) -> None:
        """The picture may tell of an act before its own answer is there."""
        self.stage.until(lambda: not seat.counter.busy, f"{seat.code} has its answer")

    def call(self, seat: Seat) -> str:
        """F9, and see whom the server chose."""
        before = seat.counter.visitor.number
        seat.press("F9")
        self.stage.until(
            lambda: seat.counter.phase is Phase.CALLED and seat.counter.visitor.number != before,
            f"somebody is called at {seat.code}",
        )
        number = seat.counter.visitor.number
        expect(number not in self.called, f"{number} is called once")
        self.called.append(number)
        return number

    def start(self, seat: Seat) -> None:
        seat.press("Return")
        self.stage.until(lambda: seat.counter.phase is Phase.SERVING, "the visitor is being served")
        self.answered(seat)

    def finish(self, seat: Seat) -> None:
        number = seat.counter.visitor.number
        seat.press("F12")
        self.stage.until(lambda: seat.counter.phase is Phase.FREE, f"{number} is finished")
        self.answered(seat)
        expect(seat.says(f"{number} afgerond"), f"{number} is said to be finished")

    def second_passes(self, seat: Seat) -> None:
        """An F9 right after an F9 would be taken for a slip of the finger."""
        self.stage.until(lambda: seat.seconds_since("F9") > SAFE_REPEAT, "a second has passed")

    def welcome_screen(self) -> WelcomeScreen:
        screen = self.onthaal.window.current_screen()
        if not isinstance(screen, WelcomeScreen):
            raise TypeError(screen)
        return screen


# The acts.


def the_house_opens(morning: Morning) -> None:
    """The server loads the town; the welcome desk offers its people."""
    morning.server.open_line()
    morning.server.start()
    morning.stage.until(morning.server.listens, "the server listens", seconds=FIRST_START_SECONDS)
    morning.open("onthaal-1")
    expect(len(morning.onthaal.shell.sign_in.people) > 1, "people are offered by role")


def sofie_signs_in(morning: Morning) -> None:
    """One press; the field where everything begins has the focus."""
    onthaal = morning.onthaal
    morning.sign_in("onthaal-1", "Sofie Vermeulen")
    expect(onthaal.shell.screen is ScreenId.WELCOME, "the welcome desk is her screen")
    expect(len(onthaal.welcome.tiles) > 5, "the quick products are there")  # noqa: PLR2004
    expect(morning.welcome_screen().search.hasFocus(), "the search field has the focus")


def four_letters(morning: Morning) -> None:
    """The picture before Enter: what four letters find."""
    morning.onthaal.type("rijb")
    found = [one.name for one in morning.onthaal.welcome.suggestions]
    expect(any("Rijbewijs" in name for name in found), "rijb finds the driving licence")
    expect("aanvraag" in found[0], f"the application comes first, not {found[0]}")


def first_visitor(morning: Morning) -> None:
    """Enter, and the slip comes out."""
    number = morning.ticket_by(lambda: morning.onthaal.press("Return"))
    expect(number.endswith("001"), f"the first number of the day is 001, not {number}")
    expect(not morning.onthaal.welcome.query, "the search is empty again")


def second_visitor(morning: Morning) -> None:
    """A quick key gives the ticket at once."""
    morning.next_visitor()
    morning.ticket_by(lambda: morning.onthaal.press("Ctrl+1"))


def third_visitor(morning: Morning) -> None:
    """Somebody with a name, a reason for priority, a note, and two things to do."""
    morning.next_visitor()
    onthaal, dock = morning.onthaal, morning.welcome_screen().dock
    onthaal.click(dock.name.edit)
    onthaal.type("Marleen De Smedt")
    onthaal.click(_first(dock.toggles.values()))
    onthaal.click(dock.note.edit)
    onthaal.type("Rolstoel, neemt de lift")
    onthaal.click(morning.welcome_screen().search)
    morning.ticket_by_letters("verhui", "erhuis")
    morning.ticket_by(lambda: onthaal.press("Ctrl+2"))
    acts = onthaal.welcome.visitor.acts
    expect(len(acts) == 2, "two tickets stand in one visit")  # noqa: PLR2004
    expect(onthaal.welcome.visitor.priority, "the reason for priority is kept")


def receipt(morning: Morning) -> None:
    """Ctrl+P: one paper for the whole visit."""
    papers = len(morning.slips())
    morning.onthaal.press("Ctrl+P")
    morning.stage.until(lambda: len(morning.slips()) > papers, "the receipt is a file")
    morning.stage.until(lambda: morning.onthaal.says("B-2026-"), "the receipt has its number")


def wrong_press(morning: Morning) -> None:
    """The wrong quick key: Ctrl+Z takes the ticket back."""
    onthaal = morning.onthaal
    morning.next_visitor()
    number = morning.ticket_by(lambda: onthaal.press("Ctrl+3"))
    onthaal.press("Ctrl+Z")
    morning.stage.until(lambda: onthaal.says(f"Ticket {number} ingetrokken"), "it is taken back")
    waiting = {card.ticket.number for card in onthaal.picture.cards.values()}
    expect(number not in waiting, f"{number} no longer waits")


def rush(morning: Morning) -> None:
    """Monday morning: one visitor after the other, by quick keys."""
    for key in ("Ctrl+1", "Ctrl+4", "Ctrl+2", "Ctrl+5", "Ctrl+8", "Ctrl+1", "Ctrl+3", "Ctrl+2"):
        morning.next_visitor()
        morning.ticket_by(lambda key=key: morning.onthaal.press(key))  # type: ignore[misc]


def tom_sits_down(morning: Morning) -> None:
    """A second window: the counter, with who is next."""
    morning.open("loket-3")
    morning.sign_in("loket-3", "Tom Claes")
    loket = morning.loket
    expect(loket.shell.screen is ScreenId.COUNTER, "the counter is his screen")
    expect(loket.counter.phase is Phase.FREE, "his counter is free")
    expect(loket.counter.queue, "he sees who is next")


def calls(morning: Morning) -> None:
    """F9 calls the longest waiting; both screens know at once."""
    number = morning.call(morning.loket)
    expect(number == morning.numbers[0], f"who came first is called first, not {number}")
    morning.stage.until(
        lambda: any(
            card.ticket.number == number and card.ticket.state is TicketState.CALLED
            for card in morning.onthaal.picture.cards.values()
        ),
        "the welcome desk sees who is called",
    )


def serves(morning: Morning) -> None:
    """Enter: the visitor is here."""
    morning.start(morning.loket)
    morning.second_passes(morning.loket)


def finishes(morning: Morning) -> None:
    """F12, and the counter is free."""
    morning.finish(morning.loket)
    morning.stage.until(lambda: morning.loket.counter.day.served == "1", "his day counts one")


def finish_and_next(morning: Morning) -> None:
    """F9 while serving: finish, and call the next, in one."""
    loket = morning.loket
    former = morning.call(loket)
    morning.start(loket)
    morning.second_passes(loket)
    number = morning.call(loket)
    expect(number != former, "another one is called")
    morning.stage.until(lambda: loket.counter.day.served == "2", "his day counts two")


def a_name_at_the_counter(morning: Morning) -> None:
    """Who has a name and a note is known at the counter, with what else they came for."""
    loket = morning.loket
    morning.stage.until(lambda: loket.counter.visitor.name == "Marleen De Smedt", "she has a name")
    expect(loket.counter.visitor.note, "her note is there")
    expect(loket.counter.visitor.priority, "her reason for priority is there")
    morning.stage.until(lambda: loket.counter.acts, "what else she came for is there")
    morning.start(loket)
    morning.second_passes(loket)


def puts_back(morning: Morning) -> None:
    """Called too early: back to the row, and then called again as the longest waiting."""
    loket = morning.loket
    number = morning.call(loket)
    morning.second_passes(loket)
    loket.press("Ctrl+Backspace")
    morning.stage.until(lambda: loket.counter.phase is Phase.FREE, f"{number} waits again")
    morning.answered(loket)
    expect(loket.says(f"{number} wacht opnieuw"), f"{number} is said to wait again")
    morning.called.remove(number)
    again = morning.call(loket)
    expect(again == number, f"{number} is still first, not {again}")


def nobody_comes(morning: Morning) -> None:
    """F7: called, and not present."""
    loket = morning.loket
    number = loket.counter.visitor.number
    morning.second_passes(loket)
    loket.press("F7")
    morning.stage.until(lambda: loket.counter.phase is Phase.FREE, f"{number} was not present")
    morning.answered(loket)
    morning.stage.until(lambda: loket.counter.day.no_shows == "1", "his day counts one no-show")


def wrong_press_at_the_counter(morning: Morning) -> None:
    """There they come after all: Ctrl+Z, and they are called as before."""
    loket = morning.loket
    loket.press("Ctrl+Z")
    morning.stage.until(lambda: loket.counter.phase is Phase.CALLED, "they are called again")
    morning.answered(loket)
    expect(loket.counter.visitor.number == morning.called[-1], "it is the same ticket")
    morning.stage.until(lambda: loket.counter.day.no_shows == "0", "his day counts no no-show")
    morning.start(loket)
    morning.second_passes(loket)
    morning.finish(loket)


def lies_sits_down(morning: Morning) -> None:
    """A third desk, and two calls at the same moment: never the same ticket."""
    morning.open("snel-1")
    morning.sign_in("snel-1", "Lies Bogaert")
    loket, snel = morning.loket, morning.snel
    loket.press("F9")
    snel.press("F9")
    for seat in (loket, snel):
        morning.stage.until(
            lambda seat=seat: seat.counter.phase is Phase.CALLED,  # type: ignore[misc]
            f"somebody is called at {seat.code}",
        )
    numbers = [seat.counter.visitor.number for seat in (loket, snel)]
    expect(len({*numbers, *morning.called}) == len(morning.called) + 2, f"{numbers} are two others")
    morning.called += numbers
    morning.start(snel)
    morning.start(loket)


def slip_is_scanned(morning: Morning) -> None:
    """A scanner types the barcode of a slip: its ticket opens, wherever the cursor was."""
    snel = morning.snel
    card = min(
        (card for card in snel.picture.cards.values() if card.ticket.state is TicketState.WAITING),
        key=lambda card: card.ticket.arrived_at,
    )
    snel.scan(card.ticket.code)
    morning.stage.until(lambda: snel.shell.ticket is not None, "the ticket opens")
    shown = snel.window.ticket.number.text()
    expect(shown == card.ticket.number, f"it is {card.ticket.number}, not {shown}")


def panel_closes(morning: Morning) -> None:
    """Esc, and everything is as it was."""
    morning.snel.press("Esc")
    morning.stage.until(lambda: morning.snel.shell.ticket is None, "the ticket closes")


def server_dies(morning: Morning) -> None:
    """It is killed between having called somebody and saying whom; the welcome desk goes on."""
    onthaal, loket = morning.onthaal, morning.loket
    morning.second_passes(loket)
    morning.finish(loket)
    morning.next_visitor()
    waiting = {line.number for line in loket.counter.queue}
    expect(len(waiting) > 1, "more than one waits")
    morning.server.kill_after("POST /api/v1/counters/")
    loket.press("F9")
    morning.stage.until(morning.server.ended, "the server is dead")
    morning.stage.until(
        lambda: onthaal.picture.connection.state is ConnectionState.OFFLINE, "the pill says so"
    )
    number = morning.ticket_by(lambda: onthaal.press("Ctrl+1"))
    expect(int(number[1:]) >= OFFLINE_FROM, f"{number} was leased beforehand")
    morning.stage.until(
        lambda: re.fullmatch(r"Offline · [12] te verzenden", onthaal.shell.pill.text),
        "the pill says that the ticket, and perhaps the end of the visit before, has to be sent",
    )
    expect(onthaal.welcome.last.mark, f"{number} is marked as still to be sent")


def server_is_back(morning: Morning) -> None:
    """What was in flight took effect once; what was given meanwhile is delivered."""
    onthaal, loket = morning.onthaal, morning.loket
    offline = morning.numbers[-1]
    morning.server.start()
    morning.stage.until(morning.server.listens, "the server listens again", seconds=BACK_SECONDS)
    morning.stage.until(
        lambda: loket.counter.phase is Phase.CALLED,
        "the call that was in flight took effect",
        seconds=BACK_SECONDS,
    )
    number = loket.counter.visitor.number
    expect(number not in morning.called, f"{number} is called once")
    morning.called.append(number)
    morning.stage.note("called_in_flight", number)
    morning.stage.note("given_meanwhile", offline)
    for seat in morning.seats.values():
        morning.stage.until(
            lambda seat=seat: morning.is_green(seat),  # type: ignore[misc]
            f"{seat.code} is connected again",
            seconds=BACK_SECONDS,
        )
    cards = [card.ticket for card in loket.picture.cards.values()]
    at_loket = [card for card in cards if card.number == number]
    expect(len(at_loket) == 1 and at_loket[0].calls == 1, f"{number} was called exactly once")
    morning.stage.until(
        lambda: [card.ticket.number for card in loket.picture.cards.values()].count(offline) == 1,
        f"{offline} reached the other desks, once",
        seconds=BACK_SECONDS,
    )
    morning.stage.until(lambda: not onthaal.welcome.last.mark, f"{offline} is no longer marked")


def morning_goes_on(morning: Morning) -> None:
    """The visitor who was called comes; a new one gets the next ordinary number."""
    morning.start(morning.loket)
    morning.next_visitor()
    number = morning.ticket_by(lambda: morning.onthaal.press("Ctrl+1"))
    expect(int(number[1:]) < OFFLINE_FROM, f"{number} comes from the server again")


def evening_light(morning: Morning) -> None:
    """The dark theme, chosen in the menu."""
    morning.onthaal.type("paspoort")
    morning.stage.switch_theme(morning.onthaal, "Donker thema", "dark")


def small_screen(morning: Morning) -> None:
    """The smallest window that is promised."""
    for seat in morning.seats.values():
        seat.window.resize(*SMALLEST)
    morning.stage.until(
        lambda: all(
            (seat.window.width(), seat.window.height()) == SMALLEST
            for seat in morning.seats.values()
        ),
        "all windows are small",
    )


def daylight(morning: Morning) -> None:
    """Light again, still small."""
    morning.stage.switch_theme(morning.onthaal, "Licht thema", "light")


ACTS: tuple[tuple[str, Callable[[Morning], None]], ...] = (
    ("aanmelden", the_house_opens),
    ("onthaal", sofie_signs_in),
    ("vier-letters", four_letters),
    ("eerste-bezoeker", first_visitor),
    ("sneltoets", second_visitor),
    ("naam-en-voorrang", third_visitor),
    ("bewijs", receipt),
    ("verkeerd-gedrukt", wrong_press),
    ("drukte", rush),
    ("tweede-loket", tom_sits_down),
    ("oproepen", calls),
    ("in-behandeling", serves),
    ("afgerond", finishes),
    ("afronden-en-volgende", finish_and_next),
    ("bezoeker-met-naam", a_name_at_the_counter),
    ("teruggezet", puts_back),
    ("niet-aanwezig", nobody_comes),
    ("teruggenomen", wrong_press_at_the_counter),
    ("derde-loket", lies_sits_down),
    ("bon-gescand", slip_is_scanned),
    ("paneel-dicht", panel_closes),
    ("server-weg", server_dies),
    ("server-terug", server_is_back),
    ("verder", morning_goes_on),
    ("donker", evening_light),
    ("klein-scherm", small_screen),
    ("klein-en-licht", daylight),
)


def play(stage: Stage, server: StoryServer, data: DataFolder) -> Morning:
    """All acts; the first that does not hold ends it."""
    morning = Morning(stage, server, data.prints)
    for name, act in ACTS:
        with stage.step(name):
            act(morning)
    return morning


def _first(widgets: Iterable[QWidget]) -> QWidget | None:
    return next(iter(widgets), None)
