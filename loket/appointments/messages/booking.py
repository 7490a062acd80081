"""What is asked for, held, booked and done with an appointment."""

from enum import StrEnum

from pydantic import Field

from loket.appointments.rules.life import AppointmentAct, AppointmentState, CancelReason
from loket.kit.ids import new_id
from loket.queue.messages import IssuedTicket
from loket.queue.rules.life import TicketState
from loket.visits.messages import Channel, Language, StartVisit
from loket.wire.base import Code, Id, Line, Moment, WireIn, WireOut
from loket.wire.contact import EmailAddress, PhoneNumber


class ConfirmBy(StrEnum):
    MAIL = "mail"
    SMS = "sms"
    PAPER = "paper"


class Wanted(WireIn):
    """What an appointment is for."""

    product_ids: list[Id] = Field(min_length=1, max_length=8)
    """The first one decides the queue; the others are done in the same turn."""
    persons: int = Field(default=1, ge=1, le=50)


class TakeHold(Wanted):
    """Keep a moment while talking; the desk makes the id. The desk's earlier hold is let go."""

    id: Id = Field(default_factory=new_id)
    site_id: Id
    starts_at: Moment


class Hold(WireOut):
    id: str
    starts_at: Moment
    minutes: int
    expires_at: Moment


class LetGoHold(WireIn):
    """Not this moment after all."""


class LetGo(WireOut):
    """A hold that is let go."""

    hold_id: str


class Contact(WireIn):
    """Whose appointment it is, and how they are reached; empty: not known."""

    name: Line = Field(min_length=1)
    phone: PhoneNumber | None = None
    email: EmailAddress | None = None
    language: Language = Language.NL
    note: Line = ""


class BookAppointment(Wanted):
    """Book a moment; ``hold_id`` is let go in the same transaction."""

    id: Id = Field(default_factory=new_id)
    site_id: Id
    starts_at: Moment
    contact: Contact
    confirm: list[ConfirmBy] = Field(default_factory=list, max_length=3)
    remind: bool = True
    """The day before, by sms or else by mail."""
    channel: Channel = Channel.DESK
    hold_id: Id | None = None
    wish_id: Id | None = None
    """The entry of the waiting list that it answers."""
    visit: StartVisit | None = None
    """The visit in which it is booked; begun in the same transaction if it is new."""


class AppointmentAsked(WireIn):
    """An act on an appointment; refused when the desk saw an older version."""

    seen_version: int | None = None


class MoveAppointment(AppointmentAsked):
    site_id: Id
    starts_at: Moment
    product_ids: list[Id] | None = Field(default=None, min_length=1, max_length=8)
    """Nothing: as they were."""
    persons: int | None = Field(default=None, ge=1, le=50)
    hold_id: Id | None = None
    confirm: list[ConfirmBy] | None = None
    """Nothing: as it was confirmed before."""
    visit_id: Id | None = None


class ChangeContact(AppointmentAsked):
    contact: Contact
    remind: bool = True


class CancelAppointment(AppointmentAsked):
    reason: CancelReason
    visit_id: Id | None = None


class CheckIn(AppointmentAsked):
    """They are there. The ticket's id is made by the desk."""

    ticket_id: Id = Field(default_factory=new_id)
    visit: StartVisit
    anyway: bool = False
    """Although it is early, or late."""


class Appointment(WireOut):
    id: str
    reference: str
    """``K-48213``."""
    code: str
    """What the barcode carries; empty where the name is hidden."""
    site_id: str
    queue_id: str
    product_ids: list[str]
    starts_at: Moment
    minutes: int
    persons: int
    state: AppointmentState
    name: str
    """Empty, as the ways to reach them, at desks that may not know who comes."""
    phone: str
    email: str
    language: Language
    note: str
    confirm: list[ConfirmBy]
    remind: bool
    channel: Channel
    booked_at: Moment
    version: int
    ticket: str
    """Number of the ticket of who checked in; empty: none."""
    ticket_id: str | None
    ticket_state: TicketState | None
    counter_id: str | None
    """Where the ticket is called or served."""
    late_minutes: int
    """So long after the moment they still have the appointment."""


class Booked(WireOut):
    """An appointment as it is now, and where a message about it could not be made."""

    appointment: Appointment
    visit_id: str | None


class CheckedIn(WireOut):
    appointment: Appointment
    issued: IssuedTicket


class Step(WireOut):
    act: AppointmentAct
    at: Moment
    user_id: str | None
    counter_id: str | None
    starts_at: Moment
    reason: str


class AppointmentFile(WireOut):
    """An appointment with its history."""

    appointment: Appointment
    steps: list[Step]


class Appointments(WireOut):
    """Appointments found, by the time they begin."""

    appointments: list[Appointment]
    more: bool
    """There are more than were asked for."""


class AppointmentChanged(WireOut):
    """Event ``appointment_changed``: ids and times only, for who shows these days."""

    act: AppointmentAct
    appointment_id: str
    queue_id: str
    starts_at: Moment
    before: Moment | None
    """Where it was before it moved."""
    state: AppointmentState


class CalendarChanged(WireOut):
    """Event ``calendar_changed``: a hold or a schedule; who shows these days reads them again."""

    queue_id: str
    starts_at: Moment | None
    """The moment held or let go; none: the schedule changed."""


class FoundByCode(WireIn):
    """A scanned barcode."""

    code: Code
