"""What the acts of the morning share: the stage, the server, the desks, and what happens often."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from loket.queue.picture import ConnectionState
from ui.counter.state import Phase
from ui.counter.view_model import SAFE_REPEAT
from ui.shell.state import Stage as ShellStage
from ui.story.server import StoryServer
from ui.story.stage import STARTING, Seat, Stage, expect
from ui.welcome.screen import WelcomeScreen


@dataclass
class Morning:
    """What the acts share: the stage, the server, the desks that are open, the numbers given."""

    stage: Stage
    server: StoryServer
    papers: Path
    seats: dict[str, Seat] = field(default_factory=dict)
    numbers: list[str] = field(default_factory=list)
    called: list[str] = field(default_factory=list)
    booked: list[str] = field(default_factory=list)
    """References of appointments."""

    @property
    def onthaal(self) -> Seat:
        return self.seats["onthaal-1"]

    @property
    def loket(self) -> Seat:
        return self.seats["loket-3"]

    @property
    def snel(self) -> Seat:
        return self.seats["snel-1"]

    @property
    def wonen(self) -> Seat:
        return self.seats["loket-6"]

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
