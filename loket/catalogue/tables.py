"""Where the catalogue is kept. Ids are made from codes, so that they can be read in a journal.

What other areas point at (a ticket at its product) is retired when it leaves the catalogue, never
deleted. What nothing points at (hours, quick keys) is replaced whole by each import.
"""

from datetime import date, datetime, time

from sqlalchemy import (
    CheckConstraint,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Text,
    Time,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from loket.store.base import Base, JsonText

_ID = String(36)
_CODE = String(30)
_NAME = String(80)


class TownRow(Base):
    """The town itself: one row."""

    __tablename__ = "town"
    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    name: Mapped[str] = mapped_column(_NAME)
    phone: Mapped[str] = mapped_column(_NAME)
    email: Mapped[str] = mapped_column(_NAME)
    phone_hours: Mapped[str] = mapped_column(_NAME)
    privacy_email: Mapped[str] = mapped_column(_NAME)
    public_address: Mapped[str] = mapped_column(String(200))
    slip_languages: Mapped[list[str]] = mapped_column(JsonText)


class CatalogueVersionRow(Base):
    """Grows with every change of the catalogue: one row."""

    __tablename__ = "catalogue_version"
    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    version: Mapped[int]
    changed_at: Mapped[datetime]


class Kept:
    """What is retired when it leaves the catalogue: something else may point at it."""

    id: Mapped[str] = mapped_column(_ID, primary_key=True, sort_order=-2)
    code: Mapped[str] = mapped_column(_CODE, unique=True, sort_order=-1)
    position: Mapped[int] = mapped_column(sort_order=1)
    retired: Mapped[bool] = mapped_column(default=False, sort_order=2)


class SiteRow(Kept, Base):
    """A building where the town receives people."""

    __tablename__ = "site"

    name: Mapped[str] = mapped_column(_NAME)
    address: Mapped[str] = mapped_column(_NAME)
    hours: Mapped[str] = mapped_column(_NAME)


class DepartmentRow(Kept, Base):
    """A department of the administration."""

    __tablename__ = "department"

    name: Mapped[str] = mapped_column(_NAME)
    confidential: Mapped[bool]


class ServiceRow(Kept, Base):
    """A service of a department: what products belong to."""

    __tablename__ = "service"

    department_id: Mapped[str] = mapped_column(ForeignKey("department.id"), index=True)
    name: Mapped[str] = mapped_column(_NAME)


class SeriesRow(Base):
    """The owner of a prefix and its numbers; queues may share one."""

    __tablename__ = "series"
    __table_args__ = (
        CheckConstraint(
            "length(prefix) = 1 AND prefix >= 'A' AND prefix <= 'Z'"
            " AND prefix NOT IN ('I', 'O', 'Q')",
            name="prefix",
        ),
    )

    id: Mapped[str] = mapped_column(_ID, primary_key=True)
    prefix: Mapped[str] = mapped_column(String(1), unique=True)


class QueueRow(Kept, Base):
    """A queue of a site, with a series for who walks in and one for who has an appointment."""

    __tablename__ = "queue"
    __table_args__ = (CheckConstraint("norm_minutes > 0", name="norm_minutes"),)

    site_id: Mapped[str] = mapped_column(ForeignKey("site.id"), index=True)
    name: Mapped[str] = mapped_column(_NAME)
    icon: Mapped[str] = mapped_column(_CODE)
    walk_in_series_id: Mapped[str] = mapped_column(ForeignKey("series.id"))
    appointment_series_id: Mapped[str] = mapped_column(ForeignKey("series.id"))
    norm_minutes: Mapped[int]
    target_percent: Mapped[int] = mapped_column(server_default="85")
    """So many of a hundred visitors should be called within the norm."""


class QueueClassRow(Base):
    """How a class of visitors waits in a queue, where the town wants it otherwise than usual."""

    __tablename__ = "queue_class"
    __table_args__ = (
        CheckConstraint(
            "visitor_class IN ('appointment', 'priority', 'walk_in')", name="visitor_class"
        ),
        CheckConstraint("rate BETWEEN 1 AND 100", name="rate"),
        CheckConstraint("limit_minutes BETWEEN 1 AND 480", name="limit_minutes"),
    )

    queue_id: Mapped[str] = mapped_column(ForeignKey("queue.id"), primary_key=True)
    visitor_class: Mapped[str] = mapped_column(String(12), primary_key=True)
    rate: Mapped[int]
    """Points a minute of waiting."""
    limit_minutes: Mapped[int]
    position: Mapped[int]


class ServiceAtSiteRow(Base):
    """Which queue serves a service at a site; one at most."""

    __tablename__ = "service_at_site"

    service_id: Mapped[str] = mapped_column(ForeignKey("service.id"), primary_key=True)
    site_id: Mapped[str] = mapped_column(ForeignKey("site.id"), primary_key=True)
    queue_id: Mapped[str] = mapped_column(ForeignKey("queue.id"), index=True)


class CounterRow(Kept, Base):
    """A desk; its code is what ``--desk`` takes."""

    __tablename__ = "counter"
    __table_args__ = (
        CheckConstraint("kind IN ('welcome', 'counter', 'quick', 'office')", name="kind"),
    )

    site_id: Mapped[str] = mapped_column(ForeignKey("site.id"), index=True)
    name: Mapped[str] = mapped_column(_NAME)
    kind: Mapped[str] = mapped_column(String(10))


class CounterQueueRow(Base):
    """A queue that a counter serves, as first or second choice."""

    __tablename__ = "counter_queue"
    __table_args__ = (CheckConstraint("choice IN (1, 2)", name="choice"),)

    counter_id: Mapped[str] = mapped_column(ForeignKey("counter.id"), primary_key=True)
    queue_id: Mapped[str] = mapped_column(ForeignKey("queue.id"), primary_key=True)
    choice: Mapped[int]
    position: Mapped[int]


class OpeningHoursRow(Base):
    """One opening period of a weekday, of a site or of one queue; Monday is 1."""

    __tablename__ = "opening_hours"
    __table_args__ = (
        CheckConstraint("weekday BETWEEN 1 AND 7", name="weekday"),
        CheckConstraint("opens < closes", name="order"),
        CheckConstraint("valid_to IS NULL OR valid_from <= valid_to", name="validity"),
        UniqueConstraint("site_id", "queue_id", "weekday", "opens", "valid_from"),
        # NULL differs from NULL in a unique constraint: the site's own hours need their own.
        Index(
            "uq_opening_hours_of_site",
            "site_id",
            "weekday",
            "opens",
            "valid_from",
            unique=True,
            sqlite_where=text("queue_id IS NULL"),
            postgresql_where=text("queue_id IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    site_id: Mapped[str] = mapped_column(ForeignKey("site.id"))
    queue_id: Mapped[str | None] = mapped_column(ForeignKey("queue.id"))
    weekday: Mapped[int]
    opens: Mapped[time] = mapped_column(Time)
    closes: Mapped[time] = mapped_column(Time)
    valid_from: Mapped[date] = mapped_column(Date)
    valid_to: Mapped[date | None] = mapped_column(Date)


class OpeningExceptionRow(Base):
    """Another opening period on one day, or closed (no times); no site: everywhere."""

    __tablename__ = "opening_exception"
    __table_args__ = (
        CheckConstraint(
            "(opens IS NULL AND closes IS NULL)"
            " OR (opens IS NOT NULL AND closes IS NOT NULL AND opens < closes)",
            name="order",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    site_id: Mapped[str | None] = mapped_column(ForeignKey("site.id"))
    queue_id: Mapped[str | None] = mapped_column(ForeignKey("queue.id"))
    day: Mapped[date] = mapped_column(Date, index=True)
    name: Mapped[str] = mapped_column(_NAME)
    opens: Mapped[time | None] = mapped_column(Time)
    closes: Mapped[time | None] = mapped_column(Time)


class ProductRow(Kept, Base):
    """Something a citizen can ask for."""

    __tablename__ = "product"
    __table_args__ = (
        CheckConstraint("access IN ('walk_in', 'appointment', 'both')", name="access"),
        CheckConstraint("usual_minutes > 0", name="usual_minutes"),
        CheckConstraint("fee_cents IS NULL OR fee_cents >= 0", name="fee_cents"),
        CheckConstraint("length(short_name) <= 14", name="short_name"),
    )

    name: Mapped[str] = mapped_column(_NAME)
    short_name: Mapped[str] = mapped_column(String(14))
    synonyms: Mapped[list[str]] = mapped_column(JsonText)
    service_id: Mapped[str] = mapped_column(ForeignKey("service.id"), index=True)
    access: Mapped[str] = mapped_column(String(12))
    usual_minutes: Mapped[int]
    bring: Mapped[list[str]] = mapped_column(JsonText)
    fee_cents: Mapped[int | None]
    clerk_text: Mapped[str] = mapped_column(Text)
    links: Mapped[list[list[str]]] = mapped_column(JsonText)
    icon: Mapped[str] = mapped_column(_CODE)


class QuickProductRow(Base):
    """A product on a quick key of a site."""

    __tablename__ = "quick_product"
    __table_args__ = (CheckConstraint("place BETWEEN 1 AND 9", name="place"),)

    site_id: Mapped[str] = mapped_column(ForeignKey("site.id"), primary_key=True)
    place: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    product_id: Mapped[str] = mapped_column(ForeignKey("product.id"))


class PriorityReasonRow(Base):
    """Why somebody may go first, as the town names it."""

    __tablename__ = "priority_reason"

    code: Mapped[str] = mapped_column(String(20), primary_key=True)
    name: Mapped[str] = mapped_column(_NAME)
    icon: Mapped[str] = mapped_column(_CODE)
    position: Mapped[int]
