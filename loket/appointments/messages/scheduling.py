"""Schedules, the terms of products, and who no longer fits."""

from datetime import time

from pydantic import Field

from loket.appointments.messages.booking import Appointment
from loket.appointments.messages.calendars import CalendarDay
from loket.appointments.rules.fitting import Unfit
from loket.appointments.rules.schedule import ExceptionKind
from loket.kit.ids import new_id
from loket.wire.base import Day, Id, Line, WireIn, WireOut


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
