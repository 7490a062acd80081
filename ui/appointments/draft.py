"""Whose appointment is being made: what was typed so far, what is wrong with it, what it gives."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime

from loket.appointments.messages import Appointment, ConfirmBy, Contact, Hold, Wish
from loket.kit.i18n import Words
from loket.kit.ids import new_id
from loket.visits.messages import Language, StartVisit
from loket.wire.contact import email_address, is_mobile, number_shown, phone_number
from ui.appointments.state import ContactFace

_ENOUGH_DIGITS = 9
"""From so many signs on a number may be called wrong while it is being typed."""


@dataclass(frozen=True)
class Talked:
    """The moment that is talked about."""

    site_id: str
    starts_at: datetime
    hold: Hold | None = None
    lapsed: bool = False
    wish_hold: str = ""
    """A hold of the waiting list, that stands already."""

    @property
    def hold_id(self) -> str:
        return self.wish_hold or (self.hold.id if self.hold else "")


@dataclass(frozen=True)
class Draft:
    """As typed; the id of the appointment is made once, so that a second try books no second."""

    id: str = field(default_factory=new_id)
    name: str = ""
    phone: str = ""
    email: str = ""
    language: str = "nl"
    note: str = ""
    from_card: bool = False
    """The name stands as an eID said it."""
    unwanted: frozenset[ConfirmBy] = frozenset({ConfirmBy.PAPER})
    """Ways that are possible by themselves, and were switched off; paper has to be asked for."""
    left: frozenset[str] = frozenset()
    """Fields that the clerk has left: now they may be called incomplete."""
    wish_id: str = ""
    visit_id: str = ""
    """Whose visit it was filled from."""

    @property
    def number(self) -> str | None:
        """In one form; None: empty, or not a number."""
        try:
            return phone_number(self.phone.strip()) if self.phone.strip() else None
        except ValueError:
            return None

    @property
    def address(self) -> str | None:
        try:
            return email_address(self.email.strip()) if self.email.strip() else None
        except ValueError:
            return None

    def possible(self) -> frozenset[ConfirmBy]:
        """Over which ways a confirmation can go."""
        mobile = self.number is not None and is_mobile(self.number)
        ways = {ConfirmBy.PAPER: True, ConfirmBy.SMS: mobile, ConfirmBy.MAIL: bool(self.address)}
        return frozenset(way for way, there in ways.items() if there)

    def confirm(self) -> list[ConfirmBy]:
        return [way for way in ConfirmBy if way in self.possible() - self.unwanted]

    def wrong_fields(self) -> tuple[str, ...]:
        """What has to be mended before anything can be kept, in the order of the form."""
        wrong = {
            "name": not self.name.strip(),
            "phone": bool(self.phone.strip()) and self.number is None,
            "email": bool(self.email.strip()) and self.address is None,
        }
        return tuple(name for name, is_wrong in wrong.items() if is_wrong)

    def contact(self) -> Contact:
        return Contact(
            name=self.name,
            phone=self.number,
            email=self.address,
            language=Language(self.language),
            note=self.note,
        )

    def toggled(self, way: ConfirmBy) -> "Draft":
        return replace(self, unwanted=self.unwanted ^ {way})

    def of_another(self, visit: StartVisit | None) -> bool:
        """Whether it belongs to a visitor who no longer stands here."""
        return bool(self.visit_id) and self.visit_id != (visit.id if visit else "")

    def typed(self) -> bool:
        """Whether anything would be lost."""
        return bool(self.name.strip() or self.phone.strip() or self.email.strip())

    @classmethod
    def of_visit(cls, visit: StartVisit | None) -> "Draft":
        """Filled from the visitor who stands at the desk."""
        if visit is None:
            return cls()
        return cls(name=visit.visitor_name, language=visit.language, visit_id=visit.id)

    @classmethod
    def of(cls, known: Appointment | Wish) -> "Draft":
        """Filled from what was booked, or from who waits."""
        return cls(
            name=known.name,
            phone=number_shown(known.phone) if known.phone else "",
            email=known.email,
            language=known.language,
            note=known.note,
            wish_id=known.id if isinstance(known, Wish) else "",
        )


def contact_face(draft: Draft, words: Words, *, reading_card: bool = False) -> ContactFace:
    """The fields, with a line below each that says how to mend it."""
    possible, confirm = draft.possible(), draft.confirm()
    return ContactFace(
        name=draft.name,
        phone=draft.phone,
        email=draft.email,
        language=draft.language,
        note=draft.note,
        from_card=draft.from_card,
        reading_card=reading_card,
        mail=ConfirmBy.MAIL in confirm,
        sms=ConfirmBy.SMS in confirm,
        paper=ConfirmBy.PAPER in confirm,
        name_wrong=_wrong_name(draft, words),
        phone_wrong=_wrong_phone(draft, words),
        email_wrong=_wrong_email(draft, words),
        phone_right=draft.number is not None,
        email_right=draft.address is not None,
        no_mail="" if ConfirmBy.MAIL in possible else words("needs an e-mail address"),
        no_sms=_no_sms(draft, possible, words),
    )


def _no_sms(draft: Draft, possible: Iterable[ConfirmBy], words: Words) -> str:
    if ConfirmBy.SMS in possible:
        return ""
    if draft.number is not None:
        return words("this number takes no messages")
    return words("needs a mobile number")


def _wrong_name(draft: Draft, words: Words) -> str:
    missing = "name" in draft.left and not draft.name.strip()
    return words("Fill in whose appointment it is") if missing else ""


def _wrong_phone(draft: Draft, words: Words) -> str:
    typed = draft.phone.strip()
    digits = sum(sign.isdigit() for sign in typed)
    judged = "phone" in draft.left or digits > _ENOUGH_DIGITS
    if not typed or draft.number is not None or not judged:
        return ""
    return words("Such as 0470 12 34 56 or +31612345678")


def _wrong_email(draft: Draft, words: Words) -> str:
    typed = draft.email.strip()
    if not typed or draft.address is not None or "email" not in draft.left:
        return ""
    if "@" not in typed:
        return words("The @ is missing: name@town.be")
    return words("After the @ comes a place, such as town.be")
