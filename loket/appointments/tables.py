"""Schedules, appointments and their history, what they take of a calendar, wishes, feeds."""

from datetime import date, datetime, time

from sqlalchemy import (
    CheckConstraint,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Time,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from loket.appointments.rules.life import AppointmentState, WishState
from loket.appointments.rules.schedule import MOST_PLACES
from loket.store.base import KEYED, Base, JsonText

_ID = String(36)
_NAME = String(80)
_PLACES = (
    f"public_places >= 0 AND desk_places >= 0 AND public_places + desk_places <= {MOST_PLACES}"
)
_GRID = "grid_minutes BETWEEN 5 AND 120 AND grid_minutes % 5 = 0"


def _listed(states: type[AppointmentState] | type[WishState]) -> str:
    return ", ".join(f"'{state}'" for state in sorted(states))


_TO_COME = text("state = 'booked'")
_OPEN_WISH = text("state IN ('offered', 'open')")
# As texts for statements too, so that SQLite sees that the partial indexes serve.
IS_BOOKED = text("appointment.state = 'booked'")
IS_OPEN_WISH = text("appointment_wish.state IN ('offered', 'open')")


class CalendarRow(Base):
    """The calendar of a queue. Its row is held by whoever books in it or changes its schedule."""

    __tablename__ = "appointment_calendar"
    __table_args__ = (KEYED,)

    queue_id: Mapped[str] = mapped_column(ForeignKey("queue.id"), primary_key=True)
    version: Mapped[int]
    """Grows with each change of the schedule."""
    changed_at: Mapped[datetime]


class ScheduleRow(Base):
    """An opening period that repeats; see :class:`loket.appointments.rules.schedule`."""

    __tablename__ = "appointment_schedule"
    __table_args__ = (
        CheckConstraint("opens < closes", name="order"),
        CheckConstraint("valid_to IS NULL OR valid_from <= valid_to", name="validity"),
        CheckConstraint(_PLACES, name="places"),
        CheckConstraint(_GRID, name="grid"),
        Index(None, "queue_id"),
        KEYED,
    )

    id: Mapped[str] = mapped_column(_ID, primary_key=True)
    queue_id: Mapped[str] = mapped_column(ForeignKey("appointment_calendar.queue_id"))
    name: Mapped[str] = mapped_column(_NAME)
    rule: Mapped[str] = mapped_column(String(200))
    valid_from: Mapped[date] = mapped_column(Date)
    valid_to: Mapped[date | None] = mapped_column(Date)
    opens: Mapped[time] = mapped_column(Time)
    closes: Mapped[time] = mapped_column(Time)
    public_places: Mapped[int]
    desk_places: Mapped[int]
    grid_minutes: Mapped[int]


class ScheduleExceptionRow(Base):
    """Closed, or open besides the schedule, on some days."""

    __tablename__ = "appointment_exception"
    __table_args__ = (
        CheckConstraint("kind IN ('closed', 'open')", name="kind"),
        CheckConstraint("first_day <= last_day", name="days"),
        CheckConstraint("(opens IS NULL) = (closes IS NULL)", name="times"),
        CheckConstraint("opens IS NULL OR opens < closes", name="order"),
        CheckConstraint("kind = 'closed' OR opens IS NOT NULL", name="open_has_times"),
        CheckConstraint(_PLACES, name="places"),
        CheckConstraint(_GRID, name="grid"),
        Index(None, "queue_id"),
        KEYED,
    )

    id: Mapped[str] = mapped_column(_ID, primary_key=True)
    queue_id: Mapped[str] = mapped_column(ForeignKey("appointment_calendar.queue_id"))
    kind: Mapped[str] = mapped_column(String(6))
    first_day: Mapped[date] = mapped_column(Date)
    last_day: Mapped[date] = mapped_column(Date)
    opens: Mapped[time | None] = mapped_column(Time)
    closes: Mapped[time | None] = mapped_column(Time)
    public_places: Mapped[int]
    desk_places: Mapped[int]
    grid_minutes: Mapped[int]
    reason: Mapped[str] = mapped_column(_NAME)


class ProductTermsRow(Base):
    """What the town set for appointments for a product; others have the usual terms."""

    __tablename__ = "appointment_terms"
    __table_args__ = (
        CheckConstraint("minutes BETWEEN 5 AND 480", name="minutes"),
        CheckConstraint("extra_person_minutes BETWEEN 0 AND 480", name="extra_person"),
        CheckConstraint("buffer_minutes BETWEEN 0 AND 120", name="buffer"),
        CheckConstraint("notice_hours BETWEEN 0 AND 2160", name="notice"),
        CheckConstraint("horizon_days BETWEEN 1 AND 730", name="horizon"),
        CheckConstraint("early_minutes BETWEEN 0 AND 480", name="early"),
        CheckConstraint("late_minutes BETWEEN 0 AND 480", name="late"),
        CheckConstraint("most_persons BETWEEN 1 AND 50", name="persons"),
        KEYED,
    )

    product_id: Mapped[str] = mapped_column(ForeignKey("product.id"), primary_key=True)
    minutes: Mapped[int]
    extra_person_minutes: Mapped[int]
    buffer_minutes: Mapped[int]
    notice_hours: Mapped[int]
    horizon_days: Mapped[int]
    early_minutes: Mapped[int]
    late_minutes: Mapped[int]
    most_persons: Mapped[int]


class AppointmentRow(Base):
    """An appointment, with what its steps add up to."""

    __tablename__ = "appointment"
    __table_args__ = (
        CheckConstraint(f"state IN ({_listed(AppointmentState)})", name="state"),
        CheckConstraint("persons BETWEEN 1 AND 50", name="persons"),
        CheckConstraint("minutes > 0", name="minutes"),
        CheckConstraint("(state = 'arrived') = (ticket_id IS NOT NULL)", name="arrived"),
        Index("ix_appointment_day", "queue_id", "starts_at"),
        Index("ix_appointment_at_site", "site_id", "starts_at"),
        Index("ix_appointment_name", "name_key"),
        Index(
            "ix_appointment_to_come",
            "starts_at",
            sqlite_where=_TO_COME,
            postgresql_where=_TO_COME,
        ),
        KEYED,
    )

    id: Mapped[str] = mapped_column(_ID, primary_key=True)
    reference: Mapped[str] = mapped_column(String(12), unique=True)
    code: Mapped[str] = mapped_column(String(13), unique=True)
    """What the barcode carries."""
    site_id: Mapped[str] = mapped_column(ForeignKey("site.id"))
    queue_id: Mapped[str] = mapped_column(ForeignKey("queue.id"))
    product_id: Mapped[str] = mapped_column(ForeignKey("product.id"))
    more_products: Mapped[list[str]] = mapped_column(JsonText)
    starts_at: Mapped[datetime]
    minutes: Mapped[int]
    buffer_minutes: Mapped[int]
    persons: Mapped[int]
    state: Mapped[str] = mapped_column(String(10))
    name: Mapped[str] = mapped_column(_NAME)
    name_key: Mapped[str] = mapped_column(_NAME)
    """The name as it is searched: lower case, without accents."""
    phone: Mapped[str] = mapped_column(String(20))
    """E.164."""
    email: Mapped[str] = mapped_column(String(254))
    language: Mapped[str] = mapped_column(String(2))
    note: Mapped[str] = mapped_column(_NAME)
    confirm: Mapped[list[str]] = mapped_column(JsonText)
    """Channels of the confirmation: mail, sms, paper."""
    remind: Mapped[bool]
    channel: Mapped[str] = mapped_column(String(10))
    booked_at: Mapped[datetime]
    booked_by: Mapped[str] = mapped_column(ForeignKey("staff_user.id"))
    counter_id: Mapped[str] = mapped_column(ForeignKey("counter.id"))
    visit_id: Mapped[str | None] = mapped_column(ForeignKey("visit.id"))
    ticket_id: Mapped[str | None] = mapped_column(ForeignKey("ticket.id"), unique=True)
    cancel_reason: Mapped[str] = mapped_column(String(10))
    version: Mapped[int]
    sequence: Mapped[int]
    """Of the calendar item: grows when it moves or is cancelled (RFC 5546)."""


class ReferenceRow(Base):
    """The last reference given: one row."""

    __tablename__ = "appointment_reference"
    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    last_number: Mapped[int]


class StepRow(Base):
    """One thing that happened to an appointment: its history."""

    __tablename__ = "appointment_step"
    __table_args__ = (KEYED,)

    appointment_id: Mapped[str] = mapped_column(ForeignKey("appointment.id"), primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    """The version of the appointment that it made."""
    act: Mapped[str] = mapped_column(String(15))
    at: Mapped[datetime]
    user_id: Mapped[str | None] = mapped_column(_ID)
    counter_id: Mapped[str | None] = mapped_column(_ID)
    queue_id: Mapped[str] = mapped_column(_ID)
    starts_at: Mapped[datetime]
    reason: Mapped[str] = mapped_column(String(10))


class HoldRow(Base):
    """A moment that is being discussed at a desk, or kept for somebody on the waiting list."""

    __tablename__ = "appointment_hold"
    __table_args__ = (
        Index(None, "queue_id", "expires_at"),
        CheckConstraint("made_at < expires_at", name="order"),
        KEYED,
    )

    id: Mapped[str] = mapped_column(_ID, primary_key=True)
    queue_id: Mapped[str] = mapped_column(ForeignKey("appointment_calendar.queue_id"))
    starts_at: Mapped[datetime]
    minutes: Mapped[int]
    buffer_minutes: Mapped[int]
    user_id: Mapped[str | None] = mapped_column(_ID)
    counter_id: Mapped[str | None] = mapped_column(_ID)
    made_at: Mapped[datetime]
    expires_at: Mapped[datetime]


class CellRow(Base):
    """A place of a calendar that is taken for five minutes.

    Here capacity stands as a constraint: a place is taken once, and there are no more places than
    the schedule has. Two desks that want the last one are decided by the primary key.
    """

    __tablename__ = "appointment_cell"
    __table_args__ = (
        CheckConstraint("place BETWEEN 1 AND places", name="place"),
        CheckConstraint(f"places <= {MOST_PLACES}", name="places"),
        CheckConstraint("(appointment_id IS NULL) <> (hold_id IS NULL)", name="taken_by"),
        Index(None, "appointment_id"),
        Index(None, "hold_id"),
        KEYED,
    )

    queue_id: Mapped[str] = mapped_column(
        ForeignKey("appointment_calendar.queue_id"), primary_key=True
    )
    cell: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    """See :mod:`loket.appointments.rules.cells`."""
    place: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    """The public places come first, then those of the desk."""
    places: Mapped[int]
    """How many the schedule had when it was taken."""
    appointment_id: Mapped[str | None] = mapped_column(ForeignKey("appointment.id"))
    hold_id: Mapped[str | None] = mapped_column(
        ForeignKey("appointment_hold.id", ondelete="CASCADE")
    )


class WishRow(Base):
    """Somebody who waits for a moment, or for whom a desk without its server noted a request."""

    __tablename__ = "appointment_wish"
    __table_args__ = (
        CheckConstraint(f"state IN ({_listed(WishState)})", name="state"),
        CheckConstraint("first_day <= last_day", name="days"),
        CheckConstraint("state <> 'offered' OR offered_at IS NOT NULL", name="offered"),
        Index(
            "ix_appointment_wish_open",
            "product_id",
            "made_at",
            sqlite_where=_OPEN_WISH,
            postgresql_where=_OPEN_WISH,
        ),
        KEYED,
    )

    id: Mapped[str] = mapped_column(_ID, primary_key=True)
    kind: Mapped[str] = mapped_column(String(8))
    state: Mapped[str] = mapped_column(String(10))
    product_id: Mapped[str] = mapped_column(ForeignKey("product.id"))
    site_id: Mapped[str | None] = mapped_column(ForeignKey("site.id"))
    """Nothing: any site that has the product."""
    persons: Mapped[int]
    first_day: Mapped[date] = mapped_column(Date)
    last_day: Mapped[date] = mapped_column(Date)
    part: Mapped[str] = mapped_column(String(10))
    name: Mapped[str] = mapped_column(_NAME)
    phone: Mapped[str] = mapped_column(String(20))
    email: Mapped[str] = mapped_column(String(254))
    language: Mapped[str] = mapped_column(String(2))
    note: Mapped[str] = mapped_column(_NAME)
    made_at: Mapped[datetime]
    recorded_at: Mapped[datetime]
    user_id: Mapped[str] = mapped_column(ForeignKey("staff_user.id"))
    counter_id: Mapped[str] = mapped_column(ForeignKey("counter.id"))
    hold_id: Mapped[str | None] = mapped_column(_ID)
    offered_at: Mapped[datetime | None]
    """The moment that is offered."""
    offered_queue_id: Mapped[str | None] = mapped_column(_ID)
    offer_until: Mapped[datetime | None]
    offers: Mapped[int]
    appointment_id: Mapped[str | None] = mapped_column(ForeignKey("appointment.id"))


class FeedRow(Base):
    """A calendar address that an office program may read until it is revoked."""

    __tablename__ = "calendar_feed"
    __table_args__ = (
        CheckConstraint("kind IN ('department', 'counter')", name="kind"),
        KEYED,
    )

    id: Mapped[str] = mapped_column(_ID, primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    kind: Mapped[str] = mapped_column(String(10))
    target_id: Mapped[str] = mapped_column(_ID)
    name: Mapped[str] = mapped_column(_NAME)
    with_names: Mapped[bool]
    """Whether the names of citizens leave the house by it."""
    made_at: Mapped[datetime]
    made_by: Mapped[str] = mapped_column(ForeignKey("staff_user.id"))
    revoked_at: Mapped[datetime | None]
    last_read_at: Mapped[datetime | None]
