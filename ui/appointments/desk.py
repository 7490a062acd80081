"""What the screen of appointments needs of the desk."""

from datetime import date
from typing import TYPE_CHECKING, Protocol

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
    FreeMoments,
    Hold,
    MoveAppointment,
    TakeHold,
    Wish,
    Wishes,
)
from loket.desk.eid import CardHolder
from loket.desk.facts import PrintJob
from loket.kit.clock import Clock
from ui.core.papers import PrintingDesk

if TYPE_CHECKING:
    from loket.link.delivery import Delivered, Queued


class Bookings(Protocol):
    """The desk's appointments: all calls block, each within a time limit."""

    def moments(
        self,
        product_ids: list[str],
        persons: int,
        *,
        site_id: str | None = None,
        first_day: date,
        days: int = 14,
        hold_id: str | None = None,
    ) -> FreeMoments: ...
    def calendar(self, queue_id: str, first_day: date, days: int) -> Calendar: ...
    def find(self, text: str) -> Appointments: ...
    def file(self, appointment_id: str) -> AppointmentFile: ...
    def hold(self, command: TakeHold) -> Hold: ...
    def let_go(self, hold_id: str) -> None: ...
    def book(self, command: BookAppointment) -> Booked: ...
    def move(self, appointment_id: str, command: MoveAppointment) -> Booked: ...
    def change(self, appointment_id: str, command: ChangeContact) -> Appointment: ...
    def cancel(self, appointment_id: str, command: CancelAppointment) -> Booked: ...
    def no_show(self, appointment_id: str, command: AppointmentAsked) -> Appointment: ...
    def check_in(self, appointment_id: str, command: CheckIn) -> CheckedIn: ...
    def undo_check_in(self, appointment_id: str, command: AppointmentAsked) -> Appointment: ...
    def add_wish(self, command: AddWish) -> "Delivered[Wish] | Queued[None]": ...
    def wishes(self) -> Wishes: ...
    def withdraw_wish(self, wish_id: str) -> Wish: ...
    def print_confirmation(self, appointment_id: str) -> PrintJob: ...
    def print_day_list(self, site_id: str, day: date) -> PrintJob: ...


class AppointmentsDesk(PrintingDesk, Protocol):
    """The desk, as this screen needs it."""

    @property
    def clock(self) -> Clock: ...
    @property
    def appointments(self) -> Bookings: ...
    def read_eid(self) -> CardHolder: ...
