"""What the screens in a waiting room say, and which screens there are: state and intents."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, time
from functools import partial
from typing import Protocol, TypeVar

from PySide6.QtCore import QObject, Signal

from loket.catalogue.messages import Catalogue
from loket.displays.messages import (
    Display,
    Displays,
    PairDisplay,
    SetSiteMessage,
    SiteMessageNow,
)
from loket.kit.clock import BRUSSELS, Clock, local
from loket.kit.i18n import Words
from loket.visits.messages import Language
from ui.core.sentences import UserMessage, describe
from ui.core.tasks import Lane, TaskRunner
from ui.supervisor.state import ScreenMessage

T = TypeVar("T")


class Rooms(Protocol):
    """The desk's waiting rooms, as this panel needs them."""

    def displays(self) -> Displays: ...
    def pair(self, command: PairDisplay) -> Display: ...
    def message(self, site_id: str) -> SiteMessageNow: ...
    def say(self, site_id: str, command: SetSiteMessage) -> SiteMessageNow: ...
    def say_nothing(self, site_id: str) -> SiteMessageNow: ...


class RoomDesk(Protocol):
    """What it needs of the desk."""

    @property
    def clock(self) -> Clock: ...
    @property
    def waiting_room(self) -> Rooms: ...


class WaitingRoomModel(QObject):
    """One site at a time; what is typed stays until it is said."""

    state_changed = Signal(object)
    opened = Signal()
    done = Signal()
    """The message stands, or was cleared: nothing more to do."""
    paired = Signal()
    said = Signal(object)

    def __init__(self, desk: RoomDesk, tasks: TaskRunner, words: Words) -> None:
        super().__init__()
        self._desk, self._tasks, self._words = desk, tasks, words
        self._catalogue: Catalogue | None = None
        self._now: SiteMessageNow | None = None
        self.state = ScreenMessage()

    def speak(self, words: Words) -> None:
        self._words = words

    def show_catalogue(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue

    # intents

    def open(self, site_id: str) -> None:
        """Show what this site's screens say."""
        self._show(ScreenMessage(site_id, self._site(site_id), languages=self._languages()))
        self.opened.emit()
        rooms = self._desk.waiting_room
        self._run(partial(rooms.message, site_id), self._on_message)
        self._run(rooms.displays, self._on_displays)

    def say(self, texts: dict[str, str], until: str) -> None:
        """Say it, until a time of today such as ``11:30``; empty: until it is cleared."""
        ends = self._moment(until)
        given = {Language(code): text.strip() for code, text in texts.items() if text.strip()}
        if Language.NL not in given:
            self._wrong(self._words("Write the message in Dutch first."))
        elif until.strip() and ends is None:
            self._wrong(self._words("Write the time as 11:30."))
        elif ends is not None and ends <= self._desk.clock.now():
            self._wrong(self._words("That time is over. Choose a later one."))
        else:
            command = SetSiteMessage(texts=given, until_at=ends)
            say = partial(self._desk.waiting_room.say, self.state.site_id, command)
            self._act(say, self._on_said)

    def clear(self) -> None:
        """Back to the usual sentence."""
        self._act(
            partial(self._desk.waiting_room.say_nothing, self.state.site_id), self._on_cleared
        )

    def pair(self, code: str, name: str) -> None:
        """Make the screen that shows this code a screen of this waiting room."""
        if not code.strip():
            self._wrong(self._words("Type the code that the screen shows."))
            return
        command = PairDisplay(code=code.strip(), name=name.strip(), site_id=self.state.site_id)
        self._act(partial(self._desk.waiting_room.pair, command), self._on_paired)

    # answers

    def _on_message(self, found: SiteMessageNow) -> None:
        if found.site_id != self.state.site_id:
            return
        message = found.message
        if message is None:
            self._show(replace(self.state, now="", texts=()))
            return
        text = message.texts.get("nl", "")
        if message.until_at is not None:
            ends = self._words.time(message.until_at)
            text = self._words("“{text}” until {time}", text=text, time=ends)
        else:
            text = self._words("“{text}” until it is cleared", text=text)
        self._show(replace(self.state, now=text, texts=tuple(message.texts.items())))

    def _on_displays(self, found: Displays) -> None:
        here = [
            one
            for one in found.displays
            if one.site_id == self.state.site_id and one.revoked_at is None
        ]
        self._show(replace(self.state, displays=tuple(self._display(one) for one in here)))

    def _display(self, one: Display) -> str:
        name = one.name or self._words("Display")
        if one.last_seen_at is None:
            return self._words("{name}, not seen yet", name=name)
        return self._words(
            "{name}, seen {time}", name=name, time=self._words.time(one.last_seen_at)
        )

    def _on_said(self, found: SiteMessageNow) -> None:
        self._on_message(found)
        self.said.emit(UserMessage(self._words("The screens say it now")))
        self.done.emit()

    def _on_cleared(self, found: SiteMessageNow) -> None:
        self._on_message(found)
        self.said.emit(UserMessage(self._words("The screens show their usual sentence")))
        self.done.emit()

    def _on_paired(self, display: Display) -> None:
        name = display.name or self._words("Display")
        self.said.emit(UserMessage(self._words("{name} is paired", name=name)))
        self.paired.emit()
        self._run(self._desk.waiting_room.displays, self._on_displays)

    # inside

    def _run(self, work: Callable[[], T], done: Callable[[T], object]) -> None:
        self._tasks.run(work, owner=self, done=done, failed=self._on_failed)

    def _act(self, work: Callable[[], T], done: Callable[[T], object]) -> None:
        if self.state.busy:
            return
        self._show(replace(self.state, busy=True, wrong=""))

        def finished(answer: T) -> None:
            self._show(replace(self.state, busy=False))
            done(answer)

        self._tasks.run(work, owner=self, done=finished, failed=self._on_failed, lane=Lane.LIVE)

    def _on_failed(self, error: Exception) -> None:
        self._show(replace(self.state, busy=False, wrong=describe(error, self._words).text))

    def _wrong(self, text: str) -> None:
        self._show(replace(self.state, wrong=text))

    def _show(self, state: ScreenMessage) -> None:
        if state != self.state:
            self.state = state
            self.state_changed.emit(state)

    def _moment(self, typed: str) -> datetime | None:
        """A time of today on the Belgian wall clock; None when it is none."""
        hours, _colon, minutes = typed.strip().replace(".", ":").replace("u", ":").partition(":")
        minutes = minutes or "0"
        if not (hours.isdecimal() and minutes.isdecimal()):
            return None
        if int(hours) > 23 or int(minutes) > 59:  # noqa: PLR2004 - a clock
            return None
        today = local(self._desk.clock.now()).date()
        at = time(int(hours), int(minutes))
        return datetime.combine(today, at, tzinfo=BRUSSELS)

    def _site(self, site_id: str) -> str:
        sites = self._catalogue.sites if self._catalogue else []
        return next((site.name for site in sites if site.id == site_id), "")

    def _languages(self) -> tuple[str, ...]:
        others = self._catalogue.town.slip_languages if self._catalogue else []
        return ("nl", *(code for code in others if code != "nl"))
