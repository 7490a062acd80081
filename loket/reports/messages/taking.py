"""Taking a report down: what the clerk typed, and what is alike."""

from datetime import date
from typing import Annotated, Self

from pydantic import AfterValidator, Field, StringConstraints, model_validator

from loket.kit.ids import new_id
from loket.reports.rules.attachments import MOST_BYTES
from loket.reports.rules.flow import ReportState
from loket.reports.rules.kinds import (
    TEXT_LENGTH,
    AnswerBy,
    Audience,
    PlaceKind,
    ReportKind,
    Urgency,
)
from loket.visits.messages import Channel, Language, StartVisit
from loket.wire.base import Id, Line, Moment, WireIn, WireOut
from loket.wire.contact import EmailAddress, PhoneNumber


def _sayable(text: str) -> str:
    """Lines are kept; what no screen shows is not."""
    if any(sign < " " and sign not in "\n\t" for sign in text):
        raise ValueError("control characters have no place in a text")
    return text


Saying = Annotated[
    str,
    StringConstraints(strip_whitespace=True, max_length=TEXT_LENGTH),
    AfterValidator(_sayable),
]
"""What somebody says, in lines."""
AddressLine = Annotated[str, StringConstraints(strip_whitespace=True, max_length=160)]


class Place(WireIn):
    """Where it is: an address, a point, or not about a place."""

    kind: PlaceKind = PlaceKind.NONE
    address: AddressLine = ""
    """``Kerkstraat 48, Heidebeek``; near which address, of a point on the map."""
    street_id: Id | None = None
    lat: float | None = Field(default=None, ge=-90, le=90)
    lon: float | None = Field(default=None, ge=-180, le=180)
    """WGS 84, in degrees."""

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if (self.lat is None) != (self.lon is None):
            raise ValueError("half a point")
        if self.kind is PlaceKind.SPOT and self.lat is None:
            raise ValueError("a point on the map has coordinates")
        if self.kind is PlaceKind.ADDRESS and not self.address:
            raise ValueError("an address has a text")
        if self.kind is PlaceKind.NONE and (self.address or self.lat is not None):
            raise ValueError("what is not about a place has none")
        return self


class ReporterDetails(WireIn):
    """Who says it, and over which way the answer goes. Without a name: anonymous."""

    name: Line = ""
    on_behalf_of: Line = ""
    phone: PhoneNumber | None = None
    email: EmailAddress | None = None
    address: AddressLine = ""
    answer_by: AnswerBy = AnswerBy.MAIL
    language: Language = Language.NL


class RegisterReport(WireIn):
    """A report as it was taken down; the desk makes its id."""

    id: Id = Field(default_factory=new_id)
    visit: StartVisit | None = None
    """The visit in which it was made; begun with it if it has not begun."""
    kind: ReportKind
    text: Saying
    category_id: Id | None = None
    suggested: list[tuple[Id, int]] = Field(default=[], max_length=3)
    """What was suggested, with hundredths of confidence: to learn from."""
    place: Place = Place()
    urgency: Urgency = Urgency.NORMAL
    audience: Audience = Audience.TOWN_ONLY
    channel: Channel = Channel.DESK
    reporter: ReporterDetails = ReporterDetails()
    on_paper: bool = False
    """The receipt is printed for who stands there: that confirms it."""


class JoinReport(WireIn):
    """One more citizen with a report that is known: no second file, but their own answer."""

    id: Id = Field(default_factory=new_id)
    """Of the reporter."""
    visit: StartVisit | None = None
    said: Saying = ""
    """What they add, in their own words."""
    channel: Channel = Channel.DESK
    reporter: ReporterDetails = ReporterDetails()
    on_paper: bool = False


class AttachFile(WireIn):
    """A photo or a PDF, as the desk has it."""

    id: Id = Field(default_factory=new_id)
    name: Line
    content: str = Field(min_length=4, max_length=MOST_BYTES * 4 // 3 + 8)
    """Base64 (RFC 4648)."""


class Reporter(WireOut):
    id: str
    place: int
    anonymous: bool
    name: str
    on_behalf_of: str
    phone: str
    email: str
    address: str
    answer_by: AnswerBy
    language: Language
    joined_at: Moment
    said: str


class Report(WireOut):
    """A report as lists show it."""

    id: str
    reference: str
    code: str
    """What its barcode carries."""
    site_id: str
    kind: ReportKind
    title: str
    text: str
    category_id: str | None
    place_kind: PlaceKind
    address: str
    lat: float | None
    lon: float | None
    quarter: str
    outside: bool
    """Outside the town: to be forwarded."""
    urgency: Urgency
    audience: Audience
    channel: Channel
    language: Language
    registered_at: Moment
    state: ReportState
    department_id: str | None
    party_id: str | None
    handler_id: str | None
    receipt_due: date
    answer_due: date
    reaction_due: date | None
    """Until when the town reacts to what the citizen wrote back."""
    confirmed_at: Moment | None
    answered_at: Moment | None
    resolved_at: Moment | None
    returns: int
    hidden: bool
    """Of a department whose matters this desk does not know: title, text and people are empty."""
    version: int


class Registered(WireOut):
    """What was taken down, with what stands on the receipt."""

    report: Report
    reporter: Reporter
    visit_id: str | None
    alerted: bool
    """Whether somebody was warned at once."""


class ReportChanged(WireOut):
    """Event ``report_changed``: ids and codes only."""

    report_id: str
    act: str
    state: ReportState
    department_id: str | None


class ReportsTold(WireOut):
    """Event ``reports_told``: many were told something together."""

    announcement_id: str


class LikeAsked(WireIn):
    """What is being typed, to find out what of it is known already."""

    text: str = Field(default="", max_length=TEXT_LENGTH)
    category_id: Id | None = None
    lat: float | None = Field(default=None, ge=-90, le=90)
    lon: float | None = Field(default=None, ge=-180, le=180)
    many: int = Field(default=5, ge=1, le=20)


class LikeReport(WireOut):
    """A report that may be about the same."""

    id: str
    reference: str
    title: str
    state: ReportState
    registered_at: Moment
    lat: float | None
    lon: float | None
    metres: int | None
    """How far; None: one of the two is not about a place."""
    alike: int
    """Hundredths: how much of the words they share."""


class LikeReports(WireOut):
    reports: list[LikeReport]


class Category(WireOut):
    id: str
    code: str
    name: str
    keywords: list[str]
    department_id: str | None
    party_id: str | None
    team: str
    alerts: bool
    """Whether somebody is warned at once of something dangerous."""
    alert_name: str
    """Who that is; empty: the team, or whose it is."""
    closed: bool


class Party(WireOut):
    id: str
    name: str
    email: str


class Terms(WireOut):
    """The terms of one kind, in days."""

    kind: ReportKind
    receipt_days: int
    answer_days: int
    extension_days: int
    reaction_days: int
    counting: str
    starts_with: str
    pauses: bool


class Arrangements(WireOut):
    """What a desk needs to take a report down by itself."""

    categories: list[Category]
    parties: list[Party]
    terms: list[Terms]
