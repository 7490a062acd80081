"""What became of the appointments of some weeks."""

from datetime import date

from loket.wire.base import Id, WireIn, WireOut


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
