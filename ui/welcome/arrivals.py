"""Who is expected today and who came: what the column *Verwacht* shows and does."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import partial
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from loket.appointments.messages import (
    Appointment,
    AppointmentAsked,
    CheckedIn,
    CheckIn,
    Expected,
    FirstFrees,
)
from loket.desk.facts import AppointmentsChanged
from loket.kit.clock import Clock, local_day
from loket.kit.i18n import Words
from loket.queue.messages import Ticket
from loket.queue.picture import SitePicture
from loket.visits.messages import StartVisit
from ui.core.directory import Directory
from ui.core.sentences import describe
from ui.core.tasks import Lane, TaskRunner
from ui.welcome import expected
from ui.welcome.expected import ArrivalsState

JUST = timedelta(minutes=2)


class ExpectedDesk(Protocol):
    """What this column needs of the desk's appointments."""

    def expected(self, day: date) -> Expected: ...
    def first_free(self, product_ids: list[str]) -> FirstFrees: ...
    def check_in(self, appointment_id: str, command: CheckIn) -> CheckedIn: ...
    def undo_check_in(self, appointment_id: str, command: AppointmentAsked) -> Appointment: ...


class ArrivalsDesk(Protocol):
    @property
    def clock(self) -> Clock: ...
    @property
    def appointments(self) -> ExpectedDesk: ...


@dataclass(frozen=True)
class _Known:
    """The day as it was read last."""

    day: date | None = None
    appointments: tuple[Appointment, ...] = ()


class Arrivals(QObject):
    """Reads the day anew whenever something in it changes; checks people in."""

    state_changed = Signal(object)
    said = Signal(object)
    checked_in = Signal(object, object)
    """The visit's id, and what the server made of it."""

    def __init__(self, desk: ArrivalsDesk, tasks: TaskRunner, words: Words) -> None:
        super().__init__()
        self._desk = desk
        self._tasks = tasks
        self._words = words
        self._known = _Known()
        self._directory: Directory | None = None
        self._picture: SitePicture | None = None
        self._typed = ""
        self._just: tuple[str, datetime] | None = None
        """Who was checked in here last, and when."""
        self.state = ArrivalsState()

    # what comes from outside

    def speak(self, words: Words) -> None:
        self._words = words
        self._refresh()

    def show_catalogue(self, directory: Directory) -> None:
        self._directory = directory
        self._refresh()

    def show_picture(self, picture: SitePicture) -> None:
        self._picture = picture
        self._refresh()

    def start_anew(self) -> None:
        """Somebody sits down: read the day of their site."""
        self._known, self._just = _Known(), None
        self._read()

    def hear(self, fact: AppointmentsChanged) -> None:
        """Read the day again when it is about today, or may be."""
        today = self._today()
        moments = [moment for moment in (fact.starts_at, fact.before) if moment is not None]
        if not moments or any(local_day(moment) == today for moment in moments):
            self._read()

    def tick(self) -> None:
        """A minute may have passed, or a day."""
        if self._known.day is not None and self._known.day != self._today():
            self._read()
        self._refresh()

    def search(self, text: str) -> None:
        """Show first who is looked for by name or reference."""
        self._typed = text
        self._refresh()

    # acts

    def first_found(self) -> str:
        """Who is the only one that the typed text can mean; empty: nobody, or several."""
        rows = [line for group in self.state.groups for line in group.lines if line.can_check_in]
        return rows[0].appointment_id if self.state.is_found and len(rows) == 1 else ""

    def name_of(self, appointment_id: str) -> str:
        return next((a.name for a in self._known.appointments if a.id == appointment_id), "")

    def check_in(self, appointment_id: str, visit: StartVisit, *, anyway: bool = False) -> None:
        """They are there."""
        command = CheckIn(visit=visit, anyway=anyway)
        self._tasks.run(
            partial(self._desk.appointments.check_in, appointment_id, command),
            owner=self,
            done=partial(self._on_checked_in, visit.id),
            failed=partial(self._on_refused, appointment_id),
            lane=Lane.LIVE,
        )

    def _on_checked_in(self, visit_id: str, answer: CheckedIn) -> None:
        self._just = (answer.appointment.id, self._desk.clock.now())
        self._replace(answer.appointment)
        self.checked_in.emit(visit_id, answer)

    def _on_refused(self, appointment_id: str, error: Exception) -> None:
        message = describe(error, self._words)
        remedy = expected.remedy_of(message.code)
        self.said.emit(replace(message, remedy=remedy, about=appointment_id))
        self._read()

    def _replace(self, appointment: Appointment) -> None:
        kept = [appointment if a.id == appointment.id else a for a in self._known.appointments]
        self._known = replace(self._known, appointments=tuple(kept))
        self._refresh()

    # reading

    def _today(self) -> date:
        return local_day(self._desk.clock.now())

    def _read(self) -> None:
        self._tasks.run(
            partial(self._desk.appointments.expected, self._today()),
            owner=self,
            done=self._on_read,
            failed=self._on_not_read,
            latest="expected",
        )

    def _on_read(self, found: Expected) -> None:
        self._known = _Known(found.day, tuple(found.appointments))
        self._refresh()

    def _on_not_read(self, error: Exception) -> None:
        """What was read before stays; the pill says that the server is away."""
        if self._known.day is None:
            self._show(replace(self.state, wrong=describe(error, self._words).text))

    def _refresh(self) -> None:
        if self._directory is None or self._known.day is None:
            return
        tickets: dict[str, Ticket] = {}
        if self._picture is not None:
            tickets = {key: card.ticket for key, card in self._picture.cards.items()}
        now = self._desk.clock.now()
        day = expected.Day(tickets, self._directory, now, self._words, self._just_now())
        self._show(expected.state_of(self._known.appointments, day, typed=self._typed))

    def _just_now(self) -> str:
        """They stand on top for as long as somebody may still look for them there."""
        if self._just is None or self._desk.clock.now() - self._just[1] >= JUST:
            return ""
        return self._just[0]

    def _show(self, state: ArrivalsState) -> None:
        if state != self.state:
            self.state = state
            self.state_changed.emit(state)
