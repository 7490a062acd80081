"""Appointments, calendars, schedules, wishes and feeds on the wire."""

from datetime import date, time
from enum import StrEnum

from pydantic import Field

from loket.appointments.rules.fitting import Unfit
from loket.appointments.rules.life import (
    AppointmentAct,
    AppointmentState,
    CancelReason,
    PartOfDay,
    WishKind,
    WishState,
)
from loket.appointments.rules.schedule import ExceptionKind
from loket.kit.ids import new_id
from loket.queue.messages import IssuedTicket
from loket.queue.rules.life import TicketState
from loket.visits.messages import Channel, Language, StartVisit
from loket.wire.base import Code, Day, Id, Line, Moment, WireIn, WireOut
from loket.wire.contact import EmailAddress, PhoneNumber


class ConfirmBy(StrEnum):
    MAIL = "mail"
    SMS = "sms"
    PAPER = "paper"


# What is asked for and booked


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


# Free moments and the calendar


class FreeDay(WireOut):
    """The free moments of a day at a site."""

    day: date
    site_id: str
    moments: list[Moment]


class FreeMoments(WireOut):
    minutes: int
    persons: int
    days: list[FreeDay]
    """By day, then by site; days without a free moment are left out."""
    searched_to: date
    """Where a later search goes on after this day."""


class FirstFree(WireOut):
    """The first free moment of a product, over all sites; none within its horizon."""

    product_id: str
    site_id: str | None
    starts_at: Moment | None


class FirstFrees(WireOut):
    products: list[FirstFree]


class CalendarPeriod(WireOut):
    starts_at: Moment
    ends_at: Moment
    places: int
    public_places: int
    grid_minutes: int


class CalendarSlot(WireOut):
    """One step of the grid."""

    starts_at: Moment
    minutes: int
    places: int
    taken: int
    """Booked or held, at the busiest five minutes of it."""


class HeldMoment(WireOut):
    """What another desk is talking about."""

    hold_id: str
    starts_at: Moment
    minutes: int
    counter_id: str | None
    expires_at: Moment


class CalendarDay(WireOut):
    day: date
    reason: str
    """Why nothing is offered, or other hours: a holiday, a closure."""
    periods: list[CalendarPeriod]
    slots: list[CalendarSlot]
    appointments: list[Appointment]
    """Without the cancelled ones."""
    holds: list[HeldMoment]
    free_minutes: int
    """Of all places together."""
    place_minutes: int
    """What all places together offer."""


class Calendar(WireOut):
    """Some days of a queue's calendar."""

    queue_id: str
    made_at: Moment
    days: list[CalendarDay]


class Expected(WireOut):
    """Who is expected at a site on a day, and who came: the column *Verwacht*."""

    site_id: str
    day: date
    appointments: list[Appointment]


# Waiting list


class AddWish(Wanted):
    """Somebody who waits for a moment; or a request, when a desk was without its server."""

    id: Id = Field(default_factory=new_id)
    kind: WishKind = WishKind.WAITING
    site_id: Id | None = None
    first_day: Day
    last_day: Day
    part: PartOfDay = PartOfDay.ANY
    contact: Contact
    visit_id: Id | None = None


class WithdrawWish(WireIn):
    """They no longer wait."""


class Wish(WireOut):
    id: str
    kind: WishKind
    state: WishState
    product_id: str
    site_id: str | None
    persons: int
    first_day: date
    last_day: date
    part: PartOfDay
    name: str
    phone: str
    email: str
    language: Language
    note: str
    made_at: Moment
    offered_at: Moment | None
    offered_site_id: str | None
    offer_until: Moment | None
    hold_id: str | None
    appointment_id: str | None


class Wishes(WireOut):
    wishes: list[Wish]


class WishChanged(WireOut):
    """Event ``wish_changed``."""

    wish_id: str
    state: WishState


# Schedules


class SchedulePeriod(WireIn):
    """An opening period that repeats."""

    id: Id = Field(default_factory=new_id)
    name: Line = ""
    rule: str = Field(max_length=200)
    """An RRULE of RFC 5545 without its start: ``FREQ=WEEKLY;BYDAY=MO,TH``."""
    valid_from: Day
    valid_to: Day | None = None
    opens: time
    closes: time
    public_places: int = Field(ge=0, le=20)
    desk_places: int = Field(ge=0, le=20)
    grid_minutes: int = Field(ge=5, le=120, multiple_of=5)


class ScheduleException(WireIn):
    """Closed, or open besides the schedule, on some days."""

    id: Id = Field(default_factory=new_id)
    kind: ExceptionKind
    first_day: Day
    last_day: Day
    opens: time | None = None
    closes: time | None = None
    public_places: int = Field(default=0, ge=0, le=20)
    desk_places: int = Field(default=0, ge=0, le=20)
    grid_minutes: int = Field(default=30, ge=5, le=120, multiple_of=5)
    reason: Line = ""


class ChangeSchedule(WireIn):
    """The schedule of a queue as it now is, whole."""

    seen_version: int
    """The version it was made from: 0 for a queue that had none."""
    periods: list[SchedulePeriod] = Field(max_length=200)
    exceptions: list[ScheduleException] = Field(max_length=500)


class Schedule(WireOut):
    queue_id: str
    version: int
    """0: there is none yet."""
    periods: list[SchedulePeriod]
    exceptions: list[ScheduleException]


class Misfit(WireOut):
    """A booked appointment that no longer fits its calendar."""

    appointment: Appointment
    unfit: Unfit
    reason: str
    """Why the day is closed or has other hours; empty: it is the schedule."""


class Misfits(WireOut):
    """Booked appointments that no longer fit their calendar: the list to call."""

    misfits: list[Misfit]
    """By the time they begin, the first ones."""
    total: int
    """How many there are, also when they are not all listed."""


class TellMisfits(WireIn):
    """Write to these of the worklist that they must choose another moment."""

    appointment_ids: list[Id] = Field(min_length=1, max_length=500)


class ToldMisfits(WireOut):
    """Who could be written to; the others must be called, or get a letter."""

    told: list[str]


class SchedulePreview(WireOut):
    """What a schedule would offer, and which booked appointments would no longer fit."""

    days: list[CalendarDay]
    """What is offered and taken; without the appointments themselves."""
    misfits: Misfits


class ChangedSchedule(WireOut):
    schedule: Schedule
    misfits: Misfits


class SetTerms(WireIn):
    """What holds for appointments for a product."""

    minutes: int = Field(ge=5, le=480)
    extra_person_minutes: int = Field(ge=0, le=480)
    buffer_minutes: int = Field(default=0, ge=0, le=120)
    notice_hours: int = Field(default=0, ge=0, le=2160)
    horizon_days: int = Field(default=84, ge=1, le=730)
    early_minutes: int = Field(default=60, ge=0, le=480)
    late_minutes: int = Field(default=15, ge=0, le=480)
    most_persons: int = Field(default=8, ge=1, le=50)


class Terms(WireOut):
    product_id: str
    usual: bool
    """The town set none: these are the usual ones."""
    minutes: int
    extra_person_minutes: int
    buffer_minutes: int
    notice_hours: int
    horizon_days: int
    early_minutes: int
    late_minutes: int
    most_persons: int


class ResetTerms(WireIn):
    """The usual terms again."""


class TownTerms(WireOut):
    """The products for which the town set terms; the others have the usual ones."""

    terms: list[Terms]


class ChangedTerms(WireOut):
    terms: Terms
    shorter: int
    """Appointments to come that were booked for less time; they keep their moment and length."""


# Overviews


class OverviewAsked(WireIn):
    """Appointments that begin on the days from ``first`` to ``last``, at one site or at all."""

    first: date
    last: date
    site: Id | None = None


class WeekUse(WireOut):
    """How full a week of a calendar was, as far as the days that are asked for."""

    monday: date
    queue_id: str
    queue: str
    offered_minutes: int
    """What the schedule, as it is now, offers: of all places together."""
    booked_minutes: int
    """Taken by appointments that were not cancelled, their buffers included."""
    appointments: int


class Kept(WireOut):
    """What became of appointments."""

    key: str
    name: str
    """Empty: no longer in the catalogue."""
    booked: int
    """All that were made for these days: the sum of the six that follow."""
    came: int
    absent: int
    open: int
    """Still to come, or past without anybody noting whether they came."""
    cancelled_by_citizen: int
    cancelled_by_town: int
    cancelled_by_mistake: int
    lead_days: float | None
    """Between booking and the appointment, mean of those not cancelled; none: there are none."""
    lead_days_half: float | None
    """Half of them were booked no longer before."""


class AppointmentOverview(WireOut):
    """How calendars are used, and how appointments are kept."""

    first: date
    last: date
    weeks: list[WeekUse]
    """By week, then as the queues stand in the catalogue."""
    by_product: list[Kept]
    """The most booked first."""
    by_queue: list[Kept]
    together: Kept


# Feeds


class FeedKind(StrEnum):
    DEPARTMENT = "department"
    COUNTER = "counter"


class MakeFeed(WireIn):
    kind: FeedKind
    target_id: Id
    name: Line = Field(min_length=1)
    with_names: bool = False
    """Names of citizens leave the house by it."""


class RevokeFeed(WireIn):
    """Nobody reads it any more."""


class Feed(WireOut):
    id: str
    kind: FeedKind
    target_id: str
    name: str
    with_names: bool
    made_at: Moment
    revoked: bool
    last_read_at: Moment | None


class NewFeed(WireOut):
    """The address is told once: only its hash is kept."""

    feed: Feed
    path: str


class Feeds(WireOut):
    feeds: list[Feed]


class FoundByCode(WireIn):
    """A scanned barcode."""

    code: Code
