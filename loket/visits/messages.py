"""Visits on the wire."""

from enum import StrEnum

from pydantic import Field

from loket.kit.ids import new_id
from loket.wire.base import Id, Line, Moment, WireIn, WireOut


class Channel(StrEnum):
    """Over which way a visit came in."""

    DESK = "desk"
    PHONE = "phone"
    MAIL = "mail"
    CHAT = "chat"
    WHATSAPP = "whatsapp"
    SOCIAL = "social"
    APP = "app"
    WEB = "web"


class Language(StrEnum):
    NL = "nl"
    FR = "fr"
    EN = "en"
    DE = "de"


class ActKind(StrEnum):
    """What can be done in a visit, as far as it exists."""

    TICKET_ISSUED = "ticket_issued"
    INFORMATION_GIVEN = "information_given"
    REFERRED = "referred"
    APPOINTMENT_BOOKED = "appointment_booked"
    APPOINTMENT_MOVED = "appointment_moved"
    APPOINTMENT_CANCELLED = "appointment_cancelled"
    CHECKED_IN = "checked_in"
    REPORT_REGISTERED = "report_registered"
    REPORT_JOINED = "report_joined"


class NotedKind(StrEnum):
    """What a clerk notes by hand; the other acts come of what was done."""

    INFORMATION_GIVEN = "information_given"
    REFERRED = "referred"


class VisitDetails(WireIn):
    """What the clerk notes about the visit; all optional."""

    channel: Channel = Channel.DESK
    language: Language = Language.NL
    visitor_name: Line = ""
    priority: str = Field(default="", max_length=20)
    """Code of the reason for priority; empty: none."""
    note: Line = ""


class StartVisit(VisitDetails):
    """A visit begins at the first input of the clerk; the desk makes its id."""

    id: Id = Field(default_factory=new_id)


class ChangeVisit(VisitDetails):
    """The details as they now are, whole."""


class AddAct(WireIn):
    """Information given, or referred elsewhere."""

    id: Id = Field(default_factory=new_id)
    kind: NotedKind
    product_id: Id | None = None
    text: Line = ""


class Act(WireOut):
    """One thing done for the visitor."""

    id: str
    kind: ActKind
    occurred_at: Moment
    recorded_at: Moment
    counter_id: str
    ticket_id: str | None
    product_id: str | None
    text: str
    about_id: str | None
    """What it is about, besides a ticket: an appointment, a report."""
    reference: str
    """Its reference, such as ``K-48213`` or ``M-2026-01873``."""
    at: Moment | None
    """The moment it is about: when the appointment is, the day by which a report is answered."""
    undone: bool


class Visit(WireOut):
    id: str
    site_id: str
    started_at: Moment
    ended_at: Moment | None
    """When the encounter at the desk that began it ended."""
    closed_at: Moment | None
    channel: Channel
    language: Language
    visitor_name: str
    priority: str
    note: str
    follow_up_code: str
    acts: list[Act]


class Receipt(WireOut):
    """A numbered print of the acts so far."""

    number: str
    """Such as ``B-2026-004417``."""
    issued_at: Moment
    issued_by: str
    visit: Visit


class VisitChanged(WireOut):
    """Event ``visit_changed``: whoever shows this visit reads it again."""

    visit_id: str
