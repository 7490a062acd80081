"""From the two files of a card to who holds it. The national number is checked and let go."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from loket.devices.eid.errors import CardUnreadable
from loket.devices.eid.national_number import is_national_number
from loket.devices.eid.tlv import fields

_VALID_FROM, _VALID_UNTIL, _NUMBER, _NAME, _GIVEN, _DOCUMENT = 3, 4, 6, 7, 8, 15
_STREET, _POSTAL_CODE, _TOWN = 1, 2, 3


class Document(StrEnum):
    """For whom a card was made."""

    BELGIAN = "belgian"
    KIDS = "kids"
    FOREIGN = "foreign"


_OF_TYPE = {"1": Document.BELGIAN, "6": Document.KIDS}
"""All other numbers (11 to 36, 61 to 69, and what is still to come) are foreigners'."""


@dataclass(frozen=True)
class EidCard:
    """What Loket takes from a card, and no more than that."""

    surname: str
    given_names: str
    """The first two, as the card writes them; some people have none."""
    street: str
    """With number and box; empty where the register knows no address."""
    postal_code: str
    town: str
    document: Document
    valid_from: date | None
    valid_until: date | None


def eid_card(identity: bytes, address: bytes) -> EidCard:
    """The files 4031 and 4033 as values. Raises CardUnreadable."""
    who, where = fields(identity), fields(address)
    if not is_national_number(_text(who, _NUMBER)):
        raise CardUnreadable(what="number")
    card = EidCard(
        surname=_text(who, _NAME),
        given_names=_text(who, _GIVEN),
        street=_text(where, _STREET),
        postal_code=_text(where, _POSTAL_CODE),
        town=_text(where, _TOWN),
        document=_OF_TYPE.get(_text(who, _DOCUMENT).lstrip("0"), Document.FOREIGN),
        valid_from=_day(_text(who, _VALID_FROM)),
        valid_until=_day(_text(who, _VALID_UNTIL)),
    )
    if not (card.surname or card.given_names):
        raise CardUnreadable(what="name")
    return card


def _text(found: dict[int, bytes], tag: int) -> str:
    """A line without line ends or odd signs; a field that is not there is empty."""
    text = _decoded(found.get(tag, b""))
    if text is None:
        raise CardUnreadable(what="text")
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())


def _decoded(value: bytes) -> str | None:
    """None, and no error that would carry the bytes along, where it is not UTF-8."""
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError:
        return None


def _day(text: str) -> date | None:
    """``DD.MM.YYYY``; a day that cannot be read is not known, which makes no card unreadable."""
    day, _, rest = text.partition(".")
    month, _, year = rest.partition(".")
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
