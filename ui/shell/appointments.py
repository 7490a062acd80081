"""Appointments in the omnibox: found by name, reference or telephone, or by a scan."""

from typing import Protocol

from PySide6.QtCore import Signal

from loket.appointments.messages import Appointment, Appointments
from loket.appointments.rules.life import CODE_KIND, AppointmentState
from loket.kit.clock import local_day
from ui.shell.searches import MOST, ServerSearch
from ui.shell.state import Found


class FindsAppointments(Protocol):
    """What looking for appointments needs of the desk."""

    def find(self, text: str) -> Appointments: ...
    def by_code(self, code: str) -> Appointment: ...


class AppointmentSearch(ServerSearch):
    """A scan of today's appointment checks in at once; of another it is opened."""

    kind = "appointment"
    least = 2
    code_kind = CODE_KIND

    arrived = Signal(str)
    """Who has this appointment stands here."""

    def ask(self, text: str) -> Appointments:
        found: Appointments = self._desk.appointments.find(text)
        return found

    def look_up(self, code: str) -> Appointment:
        found: Appointment = self._desk.appointments.by_code(code)
        return found

    def results(self, answer: Appointments) -> list[Found]:
        return [self._result(one) for one in answer.appointments[:MOST]]

    def _result(self, one: Appointment) -> Found:
        words = self._words
        product = None
        if self._directory is not None and one.product_ids:
            product = self._directory.product(one.product_ids[0])
        when = f"{words.short_day(local_day(one.starts_at))} {words.time(one.starts_at)}"
        parts = [when, product.short_name if product else words("Other service"), one.reference]
        name = one.name or one.reference
        return Found(self.kind, one.id, name, " · ".join(parts), "ph.calendar-check")

    def on_scanned(self, one: Appointment) -> None:
        today = local_day(one.starts_at) == local_day(self._desk.clock.now())
        here = self._directory is not None and one.site_id == self._directory.site_id
        if today and here and one.state is AppointmentState.BOOKED:
            self.arrived.emit(one.id)
        else:
            self.opened.emit(one.id)
