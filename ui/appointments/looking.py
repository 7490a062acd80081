"""What the clerk does with an appointment that is booked: look, check in, cancel, mark absent."""

from collections.abc import Callable
from datetime import date, datetime
from functools import partial
from typing import Any

from loket.appointments.messages import (
    Appointment,
    AppointmentAsked,
    AppointmentFile,
    Booked,
    CancelAppointment,
    CheckedIn,
    CheckIn,
)
from loket.appointments.rules.life import AppointmentStale, CancelReason, TooEarly, TooLate
from loket.kit.clock import local_day
from loket.kit.i18n import mark
from loket.visits.messages import StartVisit
from ui.appointments import told
from ui.appointments.finding import FindingModel
from ui.appointments.state import DockMode
from ui.core.sentences import Remedy, UserMessage, describe
from ui.core.tasks import Lane, OnError

_ALL_THE_SAME = {TooEarly.code, TooLate.code}


class LookingModel(FindingModel):
    """Intents of the card of an appointment, and of the list of today."""

    def open_file(self, appointment_id: str) -> None:
        """Its card in the dock; nobody talks about another moment any more."""
        self._anyway, self._cancelling = "", False
        self._let_moment_go()
        self._moving, self._changing = None, False
        bookings = self._bookings
        self._read(
            partial(bookings.file, appointment_id),
            self._on_file,
            "file",
            self._on_failed,
        )

    def _on_file(self, file: AppointmentFile) -> None:
        self._file, self._mode = file, DockMode.FILE
        self._cancelling = False
        self._refresh()
        self.focus_wished.emit("dock")

    def close_file(self) -> None:
        self._file, self._anyway, self._cancelling = None, "", False
        self._mode = DockMode.TODAY
        self._refresh()

    def _on_others_acted(self, starts_at: datetime | None, before: datetime | None) -> None:
        """The card that is open may be of what changed; who waits may have an offer."""
        file = self._file
        if file is not None and self._mode is DockMode.FILE:
            self._read_file_if(file, {starts_at, before})
        self._read_wishes()

    def _read_file_if(self, file: AppointmentFile, moments: set[datetime | None]) -> None:
        if file.appointment.starts_at in moments:
            self._read_file_again(file.appointment.id)

    def _read_file_again(self, appointment_id: str) -> None:
        self._read(partial(self._bookings.file, appointment_id), self._on_file_again, "file")

    def _on_file_again(self, file: AppointmentFile) -> None:
        if self._file is not None and file.appointment.id == self._file.appointment.id:
            self._file = file
            self._refresh()

    # acts

    def check_in(self, appointment_id: str = "", *, anyway: bool = False) -> None:
        """They are there: their slip is printed at once."""
        appointment = self._appointment(appointment_id)
        if appointment is None:
            return
        asked = CheckIn(
            seen_version=appointment.version, visit=self._visit_of(appointment), anyway=anyway
        )
        self._live(
            partial(self._bookings.check_in, appointment.id, asked),
            self._on_checked_in,
            partial(self._on_check_in_refused, appointment.id),
        )

    def _visit_of(self, appointment: Appointment) -> StartVisit:
        """The visitor at the desk, when they bear the same name; else a new visit begins."""
        now = self._visit() if self._visit else None
        if now is not None and now.visitor_name == appointment.name != "":
            return now
        return StartVisit(visitor_name=appointment.name, language=appointment.language)

    def _on_checked_in(self, answer: CheckedIn) -> None:
        appointment = answer.appointment
        self._anyway, self._last = "", appointment
        self.visit_grew.emit(answer.issued.visit.id, appointment)
        self._put(appointment)
        self.undo_lapsed.emit()
        text = self._words(
            "{name} checked in: ticket {number}",
            name=appointment.name or appointment.reference,
            number=answer.issued.ticket.number,
        )
        said = UserMessage(text, remedy=Remedy.UNDO, about=appointment.id)
        self.said.emit(said)
        self._papers.paper(partial(self._desk.print_slip, answer.issued), after=said)

    def _on_check_in_refused(self, appointment_id: str, error: Exception) -> None:
        """Early or late: the clerk may do it all the same, and reads why it was asked."""
        if getattr(error, "code", "") not in _ALL_THE_SAME:
            self._on_refused(error)
            return
        self._busy = False
        self._anyway = describe(error, self._words).text
        file = self._file
        if file is None or file.appointment.id != appointment_id or self._mode is not DockMode.FILE:
            anyway = self._anyway
            self.open_file(appointment_id)
            self._anyway = anyway
        self._refresh()

    def undo_last_check_in(self) -> None:
        """As the toast offers."""
        self.undo_check_in(self._last.id if self._last else "")

    def undo_check_in(self, appointment_id: str = "") -> None:
        appointment = self._appointment(appointment_id)
        if appointment is None:
            self._say_code("queue.nothing_to_undo")
            return
        asked = AppointmentAsked(seen_version=appointment.version)
        self._change(
            partial(self._bookings.undo_check_in, appointment.id, asked),
            mark("Check-in of {name} taken back"),
        )

    def no_show(self) -> None:
        appointment = self._appointment()
        if appointment is not None and self.state.can_no_show:
            asked = AppointmentAsked(seen_version=appointment.version)
            self._change(
                partial(self._bookings.no_show, appointment.id, asked),
                mark("{name} did not come"),
            )

    def ask_reason(self, *, asking: bool = True) -> None:
        """Cancelling cannot be taken back: first it says why, or not after all."""
        self._cancelling = asking and self.state.file.can_cancel
        self._refresh()
        self.focus_wished.emit("dock")

    def cancel(self, reason: CancelReason) -> None:
        appointment = self._appointment()
        if appointment is None or not self._cancelling:
            return
        asked = CancelAppointment(seen_version=appointment.version, reason=reason)
        self._live(partial(self._bookings.cancel, appointment.id, asked), self._on_cancelled)

    def _on_cancelled(self, answer: Booked) -> None:
        self._cancelling = False
        self._put(answer.appointment)
        self._say(told.cancelled(answer.appointment, self._now, self._words))

    def _change(self, work: Callable[[], Appointment], after: str) -> None:
        self._live(work, partial(self._on_changed_one, after))

    def _on_changed_one(self, after: str, appointment: Appointment) -> None:
        self._put(appointment)
        self.undo_lapsed.emit()
        name = appointment.name or appointment.reference
        self._say(self._words(after, name=name))

    # paper

    def print_confirmation(self) -> None:
        appointment = self._appointment()
        if appointment is not None:
            self._papers.paper(partial(self._bookings.print_confirmation, appointment.id))

    def print_day_list(self, day: date | None = None) -> None:
        """Today's, for when all power fails; of the day in sight where one is."""
        wanted = day or (self._anchor() if self._by_day else local_day(self._now))
        self._papers.paper(partial(self._bookings.print_day_list, self._site_id(), wanted))

    def print_paper(self) -> None:
        """Ctrl+P: the paper of what the dock shows."""
        if self._mode is DockMode.FILE:
            self.print_confirmation()
        else:
            self.print_day_list()

    # the ways of an act

    def _live(
        self, work: Callable[[], Any], done: Callable[[Any], object], failed: OnError | None = None
    ) -> None:
        """One at a time: a second press while the first is under way is a slip of the finger."""
        if self._busy:
            return
        self._busy = True
        self._refresh()
        self._tasks.run(
            work,
            owner=self,
            done=partial(self._on_done, done),
            failed=failed or self._on_refused,
            lane=Lane.LIVE,
        )

    def _on_done(self, done: Callable[[Any], object], answer: object) -> None:
        self._busy = False
        done(answer)

    def _on_refused(self, error: Exception) -> None:
        self._on_failed(error)
        if getattr(error, "code", "") == AppointmentStale.code and self._file is not None:
            self._read_file_again(self._file.appointment.id)

    def _appointment(self, appointment_id: str = "") -> Appointment | None:
        """The one that is open, or one that a list shows."""
        open_one = self._file.appointment if self._file else None
        if not appointment_id:
            return open_one if self._mode is DockMode.FILE else None
        known = [*(self._todays() or ()), *self._found.appointments]
        known += [each for each in (self._last, open_one) if each]
        return next((each for each in reversed(known) if each.id == appointment_id), None)

    def _put(self, appointment: Appointment) -> None:
        """What the server made of it; the pictures follow."""
        if self._file is not None and self._file.appointment.id == appointment.id:
            self._file = self._file.model_copy(update={"appointment": appointment})
            self._read_file_again(appointment.id)
        self._found = self._found.model_copy(
            update={
                "appointments": [
                    appointment if each.id == appointment.id else each
                    for each in self._found.appointments
                ]
            }
        )
        self._read_calendar()
        self._read_today()
        self._refresh()
