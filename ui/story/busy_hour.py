"""The same Monday at twelve past ten, after a busy hour: four counters, supervisor, display."""

import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import loket
from loket.kit.paths import DataFolder
from loket.queue.messages import CallOutcome, Ticket
from loket.queue.rules.life import TicketState
from ui.core.actions import ScreenId
from ui.counter.parts.parked import ParkedRow
from ui.counter.screen import CounterScreen
from ui.counter.state import Phase, PickerKind
from ui.opening import open_desk
from ui.story.display import StoryDisplay, in_background
from ui.story.morning import Morning
from ui.story.server import StoryServer
from ui.story.stage import STARTING, Seat, Stage, expect
from ui.workplace import WholeDesk

PLAYED_SECONDS = 120
"""The town is loaded, and its hour played, before the server starts."""
BROWSER_SECONDS = 40
SHOWN_SECONDS = 10
FIRST_LOOK = "first look at the queues"
"""Loads the charts, once; counted apart."""
MESSAGE = "Loket 4 gaat open. Dank voor uw geduld."
SCREEN_NAME = "Wachtzaal gelijkvloers"
NORM_QUEUE = "Burgerzaken"
CLOSED_QUEUE = "Snelloket"
_WITHOUT_WINDOW = {"loket-1": "dirk", "loket-2": "nele"}
"""Two of the four counters press no keys: six windows of one process would measure each other."""


@dataclass(frozen=True)
class Colleague:
    """A counter that presses no keys."""

    desk: WholeDesk
    counter_id: str

    def ticket(self) -> Ticket | None:
        """Who is called or served there."""
        cards = self.desk.picture().cards.values()
        there = {TicketState.CALLED, TicketState.SERVING}
        own = (
            card.ticket
            for card in cards
            if card.ticket.counter_id == self.counter_id and card.ticket.state in there
        )
        return next(own, None)

    def be_there(self) -> None:
        """Whoever was called is being served."""
        ticket = self.ticket()
        if ticket is not None and ticket.state is TicketState.CALLED:
            self.desk.start(ticket.id)

    def call(self) -> CallOutcome:
        """What F9 does."""
        ticket = self.ticket()
        return self.desk.call_next(ticket.id if ticket else None)


@dataclass
class BusyHour(Morning):
    """What the acts of the hour share, besides what those of the morning share."""

    data: DataFolder = field(default_factory=DataFolder.of_user)
    folder: Path = Path()
    colleagues: dict[str, Colleague] = field(default_factory=dict)
    display: StoryDisplay = field(default_factory=lambda: StoryDisplay(""))
    calls: Counter[tuple[str, str]] = field(default_factory=Counter)
    """Number and counter of everybody called from now on."""

    @property
    def toezicht(self) -> Seat:
        return self.seats["toezicht"]

    def counter_name(self, code: str) -> str:
        counters = self.toezicht.catalogue().counters
        return next(counter.name for counter in counters if counter.code == code)

    def note_call(self, code: str, number: str) -> None:
        self.calls[number, self.counter_name(code)] += 1

    def pick(self, seat: Seat, key: str, kind: PickerKind, typed: str) -> None:
        """Open what is chosen from, type, choose the first."""
        seat.press(key)
        self.stage.until(
            lambda: seat.counter.picker is not None and seat.counter.picker.kind is kind,
            f"{key} offers something to choose",
        )
        seat.type(typed)
        self.stage.until(
            lambda: seat.counter.picker and seat.counter.picker.choices, f"{typed} finds something"
        )
        seat.press("Return")

    def is_there(self, seat: Seat) -> None:
        """Whoever was called is being served."""
        if seat.counter.phase is Phase.CALLED:
            self.start(seat)

    def close(self) -> None:
        for colleague in self.colleagues.values():
            colleague.desk.close()


def the_hour_is_played(hour: BusyHour) -> None:
    """The hour goes by; then the server starts, and everybody sits where they sat."""
    stage = hour.stage
    with stage.heart.during(STARTING):
        child = subprocess.Popen(  # noqa: S603 - our own program
            [sys.executable, "-m", "loket", "busy-hour", "--data", str(hour.data.root)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            cwd=Path(loket.__file__).parents[1],
        )
        stage.until(lambda: child.poll() is not None, "the hour is played", seconds=PLAYED_SECONDS)
        expect(child.returncode == 0, "the hour could be played")
        hour.server.open_line()
        hour.server.start()
        stage.until(hour.server.listens, "the server listens", seconds=PLAYED_SECONDS)
    for code, name in (
        ("onthaal-1", "Sofie Vermeulen"),
        ("loket-3", "Tom Claes"),
        ("snel-1", "Lies Bogaert"),
        ("toezicht", "An Desmet"),
    ):
        hour.open(code)
        hour.sign_in(code, name)
    with stage.heart.resting():  # the desks without a window are the story's own doing
        for code, username in _WITHOUT_WINDOW.items():
            desk = open_desk(
                code, server_url=hour.server.url, data=hour.data.root, demonstration=True
            )
            signed_in = desk.sign_in(username, "heidebeek")
            hour.colleagues[code] = Colleague(desk, signed_in.counter_id)


def supervisor_sees_it(hour: BusyHour) -> None:
    """What is wrong stands above everything, in words."""
    an = hour.toezicht
    with hour.stage.heart.during(FIRST_LOOK):
        if an.shell.screen is not ScreenId.QUEUES:
            an.press("Alt+7")
        hour.stage.until(lambda: an.shell.screen is ScreenId.QUEUES, "the queues are shown")
        hour.stage.until(lambda: an.supervised.chart.bars, "the day is drawn")
    hour.stage.until(lambda: an.supervised.alert is not None, "something is over its norm")
    alert = an.supervised.alert
    expect(alert is not None and NORM_QUEUE in alert.title, f"it is {NORM_QUEUE}")
    hour.stage.until(lambda: an.supervised.advice.is_any, "there is an advice")
    shown = an.supervised.live
    hour.stage.until(lambda: an.supervised.live != shown, "a second goes by, all of it is drawn")
    hour.stage.note("alert", f"{alert.title}: {alert.text}" if alert else "")
    hour.stage.note("advice", an.supervised.advice.title)


def a_screen_is_paired(hour: BusyHour) -> None:
    """A screen shows a code, the supervisor types it, and it follows from then on."""
    an = hour.toezicht
    hour.display = StoryDisplay(hour.server.direct_url)
    with hour.stage.heart.resting():  # the screen is a machine of its own
        code = hour.display.ask_code()
    an.press("F6")
    room = an.supervisor.room
    hour.stage.until(room.isVisible, "the waiting room opens")
    an.click(room.code.edit)
    an.type(code)
    an.click(room.name.edit)
    an.type(SCREEN_NAME)
    an.click(room.pair)
    hour.stage.until(lambda: room.names_screen(SCREEN_NAME), "the screen is paired")
    with hour.stage.heart.resting():
        hour.display.follow()
    hour.stage.until(lambda: hour.display.pictures, "the screen has its first picture")


def a_message_on_the_screen(hour: BusyHour) -> None:
    """Said once, and there it stands."""
    room = hour.toezicht.supervisor.room
    hour.toezicht.click(room.texts["nl"].edit)
    hour.toezicht.type(MESSAGE)
    hour.toezicht.click(room.say)
    hour.stage.until(lambda: hour.display.message == MESSAGE, "the screen says it")
    hour.stage.until(lambda: not room.isVisible(), "the waiting room closes")


def four_at_once(hour: BusyHour) -> None:
    """Four counters call in the same instant, and get four different people."""
    seats = [hour.seats[code] for code in ("loket-3", "snel-1")]
    for seat in seats:
        hour.is_there(seat)
    before = {seat.code: seat.counter.visitor.number for seat in seats}
    for colleague in hour.colleagues.values():
        hour.stage.until(colleague.ticket, "who is at the counter is known there")
        with hour.stage.heart.resting():
            colleague.be_there()
    with ThreadPoolExecutor(len(hour.colleagues), "story-counter") as pool:
        asked = {code: pool.submit(colleague.call) for code, colleague in hour.colleagues.items()}
        for seat in seats:
            seat.press("F9")
        for seat in seats:
            hour.stage.until(
                lambda seat=seat: (  # type: ignore[misc]
                    seat.counter.phase is Phase.CALLED
                    and seat.counter.visitor.number != before[seat.code]
                ),
                f"somebody is called at {seat.code}",
            )
        hour.stage.until(lambda: all(one.done() for one in asked.values()), "all have an answer")
    numbers = {seat.code: seat.counter.visitor.number for seat in seats}
    for code, answer in asked.items():
        called = answer.result().called
        expect(called is not None, f"somebody is called at {code}")
        numbers[code] = called.ticket.number if called else ""
    expect(len(set(numbers.values())) == len(numbers), f"{numbers} are different people")
    for code, number in numbers.items():
        hour.note_call(code, number)
    hour.stage.note("called_at_once", ", ".join(f"{code} {n}" for code, n in numbers.items()))


def why_this_person(hour: BusyHour) -> None:
    """The counter says why it is this one, in a sentence."""
    loket = hour.loket
    hour.start(loket)
    hour.stage.until(lambda: loket.counter.visitor.why, "the counter says why")
    hour.stage.note("why", loket.counter.visitor.why)


def parks(hour: BusyHour) -> None:
    """F5 and a word: away for a while, and the counter is free."""
    loket = hour.loket
    number = loket.counter.visitor.number
    hour.pick(loket, "F5", PickerKind.PARK, "form")
    hour.stage.until(lambda: loket.counter.phase is Phase.FREE, f"{number} is parked")
    hour.answered(loket)
    hour.stage.until(
        lambda: number in {one.number for one in loket.counter.parked}, f"{number} stands there"
    )
    hour.called = [number]


def resumes(hour: BusyHour) -> None:
    """Back: straight to the counter of who parked them."""
    loket, number = hour.loket, hour.called[-1]
    shown = loket.window.current_screen()
    rows = shown.findChildren(ParkedRow) if isinstance(shown, CounterScreen) else []
    row = next((one for one in rows if one.item and one.item.number == number), None)
    loket.click(row.button if row else None)
    hour.stage.until(
        lambda: loket.counter.phase is Phase.CALLED and loket.counter.visitor.number == number,
        f"{number} is called to the counter",
    )
    hour.answered(loket)
    hour.note_call(loket.code, number)
    hour.start(loket)


def refers(hour: BusyHour) -> None:
    """F6 and a word: the same number waits in the other queue."""
    snel = hour.snel
    hour.is_there(snel)
    number = snel.counter.visitor.number
    hour.pick(snel, "F6", PickerKind.TRANSFER, NORM_QUEUE.lower())
    hour.stage.until(lambda: snel.counter.phase is Phase.FREE, f"{number} is referred")
    hour.answered(snel)
    hour.stage.until(
        lambda: number in {one.number for one in hour.loket.counter.queue},
        f"{number} waits at the other counter",
    )


def a_counter_opens(hour: BusyHour) -> None:
    """F9: the advice is followed; what it promised stood beside it."""
    an = hour.toezicht
    advice = an.supervised.advice
    expect(advice.is_any, "there is an advice")
    an.press("F9")
    hour.stage.until(
        lambda: any(
            cell.counter_id == advice.counter_id and cell.can_close
            for cell in an.supervised.counters
        ),
        "the counter is open",
    )
    hour.stage.note("advice_effect", f"{advice.before} → {advice.after}")


def a_queue_closes(hour: BusyHour) -> None:
    """No more tickets for it; who waits is still served."""
    _choose_for_queue(hour, "Vandaag geen tickets meer voor", bool)


def a_queue_opens(hour: BusyHour) -> None:
    _choose_for_queue(hour, "Tickets geven voor", lambda shut: not shut)


def _choose_for_queue(hour: BusyHour, begins: str, held: Callable[[str], object]) -> None:
    an = hour.toezicht
    line = next(one for one in an.supervised.queues if one.name.startswith(CLOSED_QUEUE))
    row = next(one for one in an.supervisor.table.rows if one.item and one.item.name == line.name)
    an.click(row)
    an.press("Return")
    hour.stage.until(an.menu_is_open, "the menu is open")
    an.choose(f"{begins} {line.name}")
    hour.stage.until(
        lambda: any(
            one.queue_id == line.queue_id and held(one.shut) for one in an.supervised.queues
        ),
        f"the table says so of {line.name}",
    )


def all_were_announced(hour: BusyHour) -> None:
    """Every call of these minutes stood on the screen; its page as a picture where that can be."""
    taken: Future[str] = in_background(hour.display, hour.folder / "wachtzaal.png")
    hour.stage.until(
        lambda: hour.calls <= hour.display.announced(),
        "the screen announced every call",
        seconds=SHOWN_SECONDS,
    )
    hour.stage.note(
        "announced", sorted(f"{number} {counter}" for number, counter in hour.calls.elements())
    )
    hour.stage.until(taken.done, "the browser has an answer", seconds=BROWSER_SECONDS)
    hour.stage.note("display_picture", taken.result())


ACTS: tuple[tuple[str, Callable[[BusyHour], None]], ...] = (
    ("druk-uur", the_hour_is_played),
    ("toezicht", supervisor_sees_it),
    ("scherm-gekoppeld", a_screen_is_paired),
    ("bericht-op-scherm", a_message_on_the_screen),
    ("vier-tegelijk", four_at_once),
    ("waarom", why_this_person),
    ("geparkeerd", parks),
    ("hervat", resumes),
    ("doorverwezen", refers),
    ("loket-open", a_counter_opens),
    ("wachtrij-dicht", a_queue_closes),
    ("wachtrij-open", a_queue_opens),
    ("wachtzaal", all_were_announced),
)


def play_hour(stage: Stage, server: StoryServer, data: DataFolder, folder: Path) -> None:
    """All acts; the first that does not hold ends it."""
    hour = BusyHour(stage, server, data.prints, data=data, folder=folder)
    try:
        for name, act in ACTS:
            with stage.step(name):
                act(hour)
    finally:
        hour.close()
        server.kill()  # with it ends the stream of the display
        hour.display.close()
