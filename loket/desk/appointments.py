"""What a signed-in person does with appointments at this desk; calls block, as the desk's do."""

from collections.abc import Callable, Sequence
from datetime import date

from loket.appointments.messages import (
    AddWish,
    Appointment,
    AppointmentAsked,
    AppointmentFile,
    Appointments,
    BookAppointment,
    Booked,
    Calendar,
    CancelAppointment,
    ChangeContact,
    CheckedIn,
    CheckIn,
    Expected,
    FirstFrees,
    FreeMoments,
    Hold,
    MoveAppointment,
    TakeHold,
    Wish,
    Wishes,
)
from loket.desk.appointment_papers import confirmation_facts, day_list_facts
from loket.desk.facts import JobKind, PrintJob
from loket.desk.papers import Paper
from loket.desk.parts import Parts
from loket.desk.presence import Presence
from loket.link.delivery import Delivered, Queued
from loket.queue.messages import TicketCard

Put = Callable[[bytes, JobKind, str], PrintJob]


class AppointmentsDesk:
    """Live acts on calendars: never kept for later, since a moment is only there now."""

    def __init__(self, parts: Parts, presence: Presence, paper: Paper, put: Put) -> None:
        """``put`` hands a paper to the printer of this desk."""
        self._parts = parts
        self._presence = presence
        self._calls = parts.appointments
        self._paper = paper
        self._put = put

    def moments(
        self,
        product_ids: Sequence[str],
        persons: int,
        *,
        site_id: str | None = None,
        first_day: date,
        days: int = 14,
        hold_id: str | None = None,
    ) -> FreeMoments:
        """Free moments of these products together, at one site or all of them."""
        with self._presence.as_somebody():
            return self._calls.moments(
                product_ids, persons, site_id=site_id, first=first_day, days=days, hold_id=hold_id
            )

    def first_free(self, product_ids: Sequence[str]) -> FirstFrees:
        """The first free moment of each of these products."""
        with self._presence.as_somebody():
            return self._calls.first_free(product_ids)

    def calendar(self, queue_id: str, first_day: date, days: int) -> Calendar:
        with self._presence.as_somebody():
            return self._calls.calendar(queue_id, first_day, days)

    def expected(self, day: date) -> Expected:
        """Who has an appointment at this desk's site on a day, and who came."""
        with self._presence.as_somebody() as current:
            return self._calls.expected(current.site_id, day)

    def find(self, text: str, since: date | None = None) -> Appointments:
        """By reference, barcode, telephone or a part of the name."""
        with self._presence.as_somebody():
            return self._calls.find(text, since)

    def by_code(self, code: str) -> Appointment:
        """The appointment of a scanned barcode."""
        with self._presence.as_somebody():
            return self._calls.by_code(code)

    def file(self, appointment_id: str) -> AppointmentFile:
        """An appointment with its history."""
        with self._presence.as_somebody():
            return self._calls.file(appointment_id)

    def hold(self, command: TakeHold) -> Hold:
        """Keep a moment while it is talked about."""
        with self._presence.as_somebody():
            return self._calls.hold(command)

    def let_go(self, hold_id: str) -> None:
        with self._presence.as_somebody():
            self._calls.let_go(hold_id)

    def book(self, command: BookAppointment) -> Booked:
        with self._presence.as_somebody():
            return self._calls.book(command)

    def move(self, appointment_id: str, command: MoveAppointment) -> Booked:
        with self._presence.as_somebody():
            return self._calls.move(appointment_id, command)

    def change(self, appointment_id: str, command: ChangeContact) -> Appointment:
        with self._presence.as_somebody():
            return self._calls.change(appointment_id, command)

    def cancel(self, appointment_id: str, command: CancelAppointment) -> Booked:
        with self._presence.as_somebody():
            return self._calls.cancel(appointment_id, command)

    def check_in(self, appointment_id: str, command: CheckIn) -> CheckedIn:
        """They are there; the picture of the site knows their ticket at once."""
        with self._presence.as_somebody():
            checked_in = self._calls.check_in(appointment_id, command)
        issued = checked_in.issued
        card = TicketCard(
            ticket=issued.ticket,
            visitor_name=issued.visit.visitor_name,
            note=issued.visit.note,
            remark="",
            parked_by="",
        )
        self._parts.sight.change(lambda picture: picture.with_card(card))
        return checked_in

    def undo_check_in(self, appointment_id: str, command: AppointmentAsked) -> Appointment:
        """It was somebody else."""
        with self._presence.as_somebody():
            return self._calls.undo_check_in(appointment_id, command)

    def no_show(self, appointment_id: str, command: AppointmentAsked) -> Appointment:
        """They did not come."""
        with self._presence.as_somebody():
            return self._calls.no_show(appointment_id, command)

    def print_confirmation(self, appointment_id: str) -> PrintJob:
        """What the visitor takes home."""
        with self._presence.as_somebody() as current:
            appointment = self._calls.file(appointment_id).appointment
            facts = confirmation_facts(
                appointment,
                self._parts.shelf.at_hand(),
                counter_id=current.counter_id,
                now=self._parts.clock.now(),
            )
            pdf = self._paper.appointment(facts)
            return self._put(pdf, JobKind.APPOINTMENT, appointment.reference)

    def print_day_list(self, site_id: str, day: date) -> PrintJob:
        """Everybody of a day on paper, for when all power fails."""
        with self._presence.as_somebody():
            facts = day_list_facts(
                self._calls.expected(site_id, day).appointments,
                self._parts.shelf.at_hand(),
                site_id=site_id,
                day=day,
                now=self._parts.clock.now(),
            )
            return self._put(self._paper.day_list(facts), JobKind.DAY_LIST, day.isoformat())

    def add_wish(self, command: AddWish) -> Delivered[Wish] | Queued[None]:
        """Somebody waits for a moment; kept on disk while the server is away."""
        with self._presence.as_somebody():
            return self._calls.add_wish(command)

    def wishes(self) -> Wishes:
        """Who waits, the longest first."""
        with self._presence.as_somebody():
            return self._calls.wishes()

    def withdraw_wish(self, wish_id: str) -> Wish:
        with self._presence.as_somebody():
            return self._calls.withdraw_wish(wish_id)
