"""A report as far as it is typed: what it gives, what is wrong with it, and how it is kept."""

from collections.abc import Mapping
from datetime import datetime

from pydantic import BaseModel, ConfigDict, Field

from loket.kit.ids import new_id
from loket.reports.messages.taking import (
    JoinReport,
    LikeReport,
    Place,
    RegisterReport,
    ReporterDetails,
)
from loket.reports.rules.kinds import (
    TEXT_LENGTH,
    AnswerBy,
    Audience,
    PlaceKind,
    ReportKind,
    Urgency,
)
from loket.visits.messages import Channel, Language, StartVisit
from loket.wire.contact import email_address, is_mobile, phone_number

FIELD_OF: Mapping[AnswerBy, str] = {
    AnswerBy.MAIL: "email",
    AnswerBy.SMS: "phone",
    AnswerBy.PHONE: "phone",
    AnswerBy.LETTER: "address",
}
"""Which field of the reporter each way of answering needs."""


def sayable(text: str) -> str:
    """Without the signs that no screen shows, such as a pasted page break."""
    return "".join(sign for sign in text if sign >= " " or sign in "\n\t")


class Draft(BaseModel):
    """As typed; the ids are made once, so that a second try makes no second report."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    id: str = Field(default_factory=new_id)
    own_visit: str = Field(default_factory=new_id)
    """Of the visit that it begins where nobody stands at the desk."""
    touched: bool = False
    """Whether the clerk typed or chose anything."""
    kind: ReportKind = ReportKind.ISSUE
    text: str = ""
    category_id: str = ""
    by_hand: bool = False
    """The clerk chose the category, or none: suggestions leave it alone."""
    urgency: Urgency = Urgency.NORMAL
    audience: Audience = Audience.TOWN_ONLY
    where: str = ""
    street_id: str = ""
    lat: float | None = None
    lon: float | None = None
    nowhere: bool = False
    """It is not about a place."""
    channel: Channel = Channel.DESK
    name: str = ""
    on_behalf_of: str = ""
    phone: str = ""
    email: str = ""
    address: str = ""
    from_card: bool = False
    """The name stands as an eID said it."""
    answer_by: AnswerBy = AnswerBy.MAIL
    language: Language = Language.NL
    linked: LikeReport | None = None
    """The report that it joins."""
    visit: StartVisit | None = None
    since: datetime | None = None
    entry: str = ""
    """In the outbox, of what was refused and is put right here."""
    left: frozenset[str] = frozenset()
    """Fields that the clerk has left: now they may be called incomplete."""

    def changed(self, **values: object) -> "Draft":
        """The clerk changed something."""
        return self.model_copy(update={**values, "touched": True})

    @property
    def too_long(self) -> int:
        """So many signs too many."""
        return max(0, len(self.text.strip()) - TEXT_LENGTH)

    @property
    def number(self) -> str | None:
        """In one form; None: empty, or not a number."""
        try:
            return phone_number(self.phone.strip()) if self.phone.strip() else None
        except ValueError:
            return None

    @property
    def mail(self) -> str | None:
        try:
            return email_address(self.email.strip()) if self.email.strip() else None
        except ValueError:
            return None

    @property
    def anonymous(self) -> bool:
        """Nothing is known of who says it: then no way of answering is asked."""
        given = (self.name, self.phone, self.email, self.address)
        return not any(part.strip() for part in given)

    def wrong_fields(self) -> tuple[str, ...]:
        """What has to be mended before it can be registered, in the order of the form."""
        wrong = {
            "text": self.text_wrong,
            "name": False,
            "email": self.mail_wrong,
            "phone": self.phone_wrong,
            "address": self._lacks("address"),
        }
        return tuple(name for name, is_wrong in wrong.items() if is_wrong)

    @property
    def text_wrong(self) -> bool:
        """Who joins a report need not say more."""
        return bool(self.too_long) or not (self.text.strip() or self.linked)

    @property
    def mail_wrong(self) -> bool:
        return self._lacks("email") or (bool(self.email.strip()) and self.mail is None)

    @property
    def phone_wrong(self) -> bool:
        if self.phone.strip() and self.number is None:
            return True
        if self.answer_by is AnswerBy.SMS and self.number is not None:
            return not is_mobile(self.number)
        return self._lacks("phone")

    def _lacks(self, field: str) -> bool:
        """Whether the answer goes over this field, which is empty."""
        needed = FIELD_OF[self.answer_by] == field and not self.anonymous
        return needed and not str(getattr(self, field)).strip()

    def place(self) -> Place:
        address = " ".join(self.where.split())
        if self.nowhere or (not address and self.lat is None):
            return Place()
        kind = PlaceKind.ADDRESS if address else PlaceKind.SPOT
        return Place(
            kind=kind,
            address=address,
            street_id=self.street_id or None,
            lat=self.lat,
            lon=self.lon,
        )

    def reporter(self) -> ReporterDetails:
        return ReporterDetails(
            name=self.name,
            on_behalf_of=self.on_behalf_of,
            phone=self.number,
            email=self.mail,
            address=self.address,
            answer_by=self.answer_by,
            language=self.language,
        )

    def start_visit(self) -> StartVisit:
        """The visit in which it is made; begun with it where nobody stands at the desk."""
        if self.visit is not None:
            return self.visit
        return StartVisit(
            id=self.own_visit,
            channel=self.channel,
            visitor_name=self.name,
            language=self.language,
        )

    def registering(self, suggested: list[tuple[str, int]], *, on_paper: bool) -> RegisterReport:
        return RegisterReport(
            id=self.id,
            visit=self.start_visit(),
            kind=self.kind,
            text=sayable(self.text),
            category_id=self.category_id or None,
            suggested=suggested,
            place=self.place(),
            urgency=self.urgency,
            audience=self.audience,
            channel=self.channel,
            reporter=self.reporter(),
            on_paper=on_paper,
        )

    def joining(self, *, on_paper: bool) -> JoinReport:
        return JoinReport(
            id=self.id,
            visit=self.start_visit(),
            said=sayable(self.text),
            channel=self.channel,
            reporter=self.reporter(),
            on_paper=on_paper,
        )

    @classmethod
    def of_refused(cls, entry_id: str, command: RegisterReport) -> "Draft":
        """What was refused, to be put right: the same report, of the same visit."""
        person, place = command.reporter, command.place
        return cls(
            id=command.id,
            own_visit=command.visit.id if command.visit else new_id(),
            touched=True,
            kind=command.kind,
            text=command.text,
            category_id=command.category_id or "",
            by_hand=True,
            urgency=command.urgency,
            audience=command.audience,
            where=place.address,
            street_id=place.street_id or "",
            lat=place.lat,
            lon=place.lon,
            channel=command.channel,
            name=person.name,
            on_behalf_of=person.on_behalf_of,
            phone=person.phone or "",
            email=person.email or "",
            address=person.address,
            answer_by=person.answer_by,
            language=person.language,
            visit=command.visit,
            entry=entry_id,
        )

    @classmethod
    def of_visit(cls, visit: StartVisit | None, since: datetime | None = None) -> "Draft":
        """Filled from the visitor who stands at the desk."""
        if visit is None:
            return cls()
        return cls(
            name=visit.visitor_name,
            language=visit.language,
            channel=visit.channel,
            visit=visit,
            since=since,
        )
