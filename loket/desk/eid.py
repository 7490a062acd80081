"""Who holds the card in the reader of this desk, in the words that a form keeps."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from loket.devices.eid.contents import EidCard
from loket.devices.eid.errors import NoCardLibrary

_NAME, _ADDRESS = 80, 160
"""So many signs a line and an address have on the wire."""


class ReadCard(Protocol):
    """Reads the card of this machine; blocks, within a time limit, and refuses with ``eid.…``."""

    def __call__(self, *, given_up: Callable[[], bool]) -> EidCard: ...


def no_reading(*, given_up: Callable[[], bool]) -> EidCard:
    """Of a desk that was opened without a way to read cards."""
    del given_up
    raise NoCardLibrary


@dataclass(frozen=True)
class CardHolder:
    """Name and address, and between which days the card says so; nothing else leaves this place."""

    name: str
    address: str
    valid_from: date | None = None
    valid_until: date | None = None


def holder_of(card: EidCard) -> CardHolder:
    return CardHolder(
        name=_name(card),
        address=_address(card),
        valid_from=card.valid_from,
        valid_until=card.valid_until,
    )


def _name(card: EidCard) -> str:
    """As it stands on the card; of a name too long for a line only the first given name."""
    first, _, _ = card.given_names.partition(" ")
    whole = f"{card.given_names} {card.surname}".strip()
    return whole if len(whole) <= _NAME else f"{first} {card.surname}".strip()[:_NAME].rstrip()


def _address(card: EidCard) -> str:
    town = f"{card.postal_code} {card.town}".strip()
    return ", ".join(part for part in (card.street, town) if part)[:_ADDRESS].rstrip()
