"""Free moments and calendars."""

from datetime import date

from loket.appointments.messages.booking import Appointment
from loket.wire.base import Moment, WireOut


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
