"""What stands on paper, already looked up: no ids, no catalogue, no clock."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True)
class SlipFacts:
    """All that a ticket slip says; never a name."""

    town: str
    site: str
    desk: str
    language: str
    number: str
    code: str
    """What the barcode carries."""
    product: str
    wait: tuple[int, int] | None
    """The likely range in minutes; None where nothing is promised."""
    ahead: int
    bring: tuple[str, ...]
    fee_cents: int | None
    issued_at: datetime
    page_address: str
    """Where the visitor follows their turn, for this ticket only; empty: nowhere."""
    appointment_at: datetime | None = None
    """Of who came for an appointment."""


@dataclass(frozen=True)
class AppointmentFacts:
    """All that the confirmation of an appointment says; never a name."""

    town: str
    place: str
    """Building and address."""
    phone: str
    desk: str
    language: str
    reference: str
    code: str
    """What the barcode carries."""
    starts_at: datetime
    minutes: int
    persons: int
    products: tuple[str, ...]
    bring: tuple[str, ...]
    fee_cents: int | None
    printed_at: datetime


@dataclass(frozen=True)
class DayLine:
    """Somebody with an appointment, as the list of the day has them."""

    time: str
    minutes: int
    persons: int
    name: str
    product: str
    phone: str
    reference: str
    note: str
    state: str
    """A word for who came, or did not; empty: to come."""


@dataclass(frozen=True)
class DayGroup:
    """The appointments of a queue, and the counters where they are served."""

    name: str
    where: str
    lines: tuple[DayLine, ...]


@dataclass(frozen=True)
class DayListFacts:
    """All that the list of a day says."""

    town: str
    site: str
    day: date
    groups: tuple[DayGroup, ...]
    printed_at: datetime


@dataclass(frozen=True)
class ReceiptLine:
    """One act as the visitor reads it."""

    kind: str
    product: str
    """Empty where there is none; for a confidential department nothing is told."""
    confidential: bool
    ticket: str
    text: str
    bring: tuple[str, ...]
    at: datetime
    reference: str = ""
    """Of an appointment or a report: ``K-48213``, ``M-2026-01873``."""
    moment: datetime | None = None
    """When that is, or the day by which it is answered."""


@dataclass(frozen=True)
class ReceiptFacts:
    """All that a receipt says."""

    number: str
    issued_at: datetime
    issued_by: str
    desk: str
    language: str
    visitor_name: str
    priority: str
    started_at: datetime
    ended_at: datetime | None
    lines: tuple[ReceiptLine, ...]
    follow_up_code: str
    town: str
    site: str
    site_address: str
    site_hours: str
    phone: str
    phone_hours: str
    email: str
    privacy_email: str
    public_address: str


@dataclass(frozen=True)
class ReplyLetterFacts:
    """A reply to a report, as it goes by post."""

    reference: str
    name: str
    address: str
    """In one line; its parts are parted by commas."""
    language: str
    title: str
    text: str
    written_at: datetime
    town: str
    site: str
    site_address: str
    phone: str
    phone_hours: str
    email: str


@dataclass(frozen=True)
class LetterFacts:
    """All that a letter says to somebody whose appointment cannot take place as booked."""

    reference: str
    name: str
    language: str
    starts_at: datetime
    product: str
    """Empty where it is not said on paper."""
    written_at: datetime
    town: str
    site: str
    site_address: str
    phone: str
    phone_hours: str
    email: str


@dataclass(frozen=True)
class FigureTable:
    """A table of counts, or a list of what was counted."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class YearFacts:
    """All that the yearly report to the council says."""

    town: str
    title: str
    year: int
    summary: tuple[tuple[str, str], ...]
    """What stands above the tables: a name and a figure each."""
    figures: tuple[FigureTable, ...]
    lists: tuple[FigureTable, ...]
    made_at: datetime
