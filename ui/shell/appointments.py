"""Appointments in the omnibox: found by name, reference or telephone, or by a scan."""

from collections.abc import Sequence
from functools import partial
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from loket.appointments.messages import Appointment, Appointments
from loket.appointments.rules.life import CODE_KIND, AppointmentState
from loket.kit.clock import Clock, local_day
from loket.kit.i18n import Words
from ui.core.directory import Directory
from ui.core.sentences import describe
from ui.core.tasks import TaskRunner
from ui.shell.state import Found

LEAST, MOST = 2, 5


class FindsAppointments(Protocol):
    """What looking for appointments needs of the desk."""

    def find(self, text: str) -> Appointments: ...
    def by_code(self, code: str) -> Appointment: ...


class AppointmentSearchDesk(Protocol):
    @property
    def clock(self) -> Clock: ...
    @property
    def appointments(self) -> FindsAppointments: ...


class AppointmentSearch(QObject):
    """Asks the server while somebody types; a scan of today's appointment checks in at once."""

    found = Signal(str, object)
    """For which text, and what was found."""
    opened = Signal(str)
    """Show this appointment."""
    arrived = Signal(str)
    """Who has this appointment stands here."""
    said = Signal(object)

    def __init__(self, tasks: TaskRunner, words: Words) -> None:
        super().__init__()
        self._tasks, self._words = tasks, words
        self._desk: AppointmentSearchDesk | None = None
        self._directory: Directory | None = None

    def attach(self, desk: AppointmentSearchDesk) -> None:
        self._desk = desk

    def speak(self, words: Words) -> None:
        self._words = words

    def show_catalogue(self, directory: Directory) -> None:
        self._directory = directory

    def search(self, text: str) -> None:
        desk, wanted = self._desk, text.strip()
        if desk is None or len(wanted) < LEAST:
            return
        self._tasks.run(
            partial(desk.appointments.find, wanted),
            owner=self,
            done=partial(self._on_found, text),
            failed=lambda _error: None,  # what is found here already stays; the pill says why
            latest="appointments",
        )

    def scan(self, codes: Sequence[str]) -> bool:
        """Look for the appointment of a scanned code; tells whether it can be one."""
        desk = self._desk
        booked = [code for code in codes if code.startswith(CODE_KIND)]
        if desk is None or not booked:
            return False
        self._tasks.run(
            partial(desk.appointments.by_code, booked[0]),
            owner=self,
            done=self._on_scanned,
            failed=self._on_failed,
            latest="scan",
        )
        return True

    def _on_found(self, text: str, answer: Appointments) -> None:
        self.found.emit(text, tuple(self._result(one) for one in answer.appointments[:MOST]))

    def _result(self, one: Appointment) -> Found:
        words = self._words
        product = None
        if self._directory is not None and one.product_ids:
            product = self._directory.product(one.product_ids[0])
        when = f"{words.short_day(local_day(one.starts_at))} {words.time(one.starts_at)}"
        parts = [when, product.short_name if product else words("Other service"), one.reference]
        name = one.name or one.reference
        return Found("appointment", one.id, name, " · ".join(parts), "ph.calendar-check")

    def _on_scanned(self, one: Appointment) -> None:
        desk, directory = self._desk, self._directory
        today = desk is not None and local_day(one.starts_at) == local_day(desk.clock.now())
        here = directory is not None and one.site_id == directory.site_id
        if today and here and one.state is AppointmentState.BOOKED:
            self.arrived.emit(one.id)
        else:
            self.opened.emit(one.id)

    def _on_failed(self, error: Exception) -> None:
        self.said.emit(describe(error, self._words))
