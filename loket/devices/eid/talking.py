"""What is asked of a card, byte by byte: the identity and the address, in blocks.

Selected as the official middleware does it: three times by file id, not by one path.
"""

from collections.abc import Sequence
from typing import Final, Protocol

from loket.devices.eid.errors import CardUnreadable, NotAnEid, SeveralCards

_MASTER: Final = bytes.fromhex("3F00")
_IDENTITY_FOLDER: Final = bytes.fromhex("DF01")
_IDENTITY: Final = bytes.fromhex("4031")
_ADDRESS: Final = bytes.fromhex("4033")

_DONE, _END_REACHED, _OUTSIDE = 0x9000, 0x6282, 0x6B00
_WRONG_LENGTH: Final = 0x6C00
"""The low byte says how many there are."""
_BLOCK: Final = 252
_MOST_BLOCKS: Final = 16
"""No file here is half as long; a card that goes on is no eID."""


class Card(Protocol):
    """A card that answers: the data, and the status word."""

    def transmit(self, apdu: bytes) -> tuple[bytes, int]: ...


def read_files(card: Card) -> tuple[bytes, bytes]:
    """Identity and address. Raises NotAnEid and CardUnreadable, and what the card itself does."""
    return _file(card, _IDENTITY), _file(card, _ADDRESS)


def only_eid(cards: Sequence[Card]) -> Card:
    """The one that is meant: a bank card in another reader, or a chip in the machine, is not."""
    if len(cards) == 1:
        return cards[0]
    found = [card for card in cards if _selects(card, _IDENTITY)]
    if len(found) > 1:
        raise SeveralCards
    if not found:
        raise NotAnEid
    return found[0]


def _file(card: Card, name: bytes) -> bytes:
    if not _selects(card, name):
        raise NotAnEid
    return _content(card)


def _selects(card: Card, name: bytes) -> bool:
    for step in (_MASTER, _IDENTITY_FOLDER, name):
        _, status = card.transmit(b"\x00\xa4\x02\x0c" + bytes([len(step)]) + step)
        if status != _DONE:
            return False
    return True


def _content(card: Card) -> bytes:
    content = b""
    for _ in range(_MOST_BLOCKS):
        block, last = _block(card, len(content))
        content += block
        if last:
            return content
    raise CardUnreadable(what="length")


def _block(card: Card, offset: int) -> tuple[bytes, bool]:
    """What stands from here on, and whether it is the end."""
    data, status = _read(card, offset, _BLOCK)
    if _WRONG_LENGTH < status <= _WRONG_LENGTH + _BLOCK:
        data, status = _read(card, offset, status - _WRONG_LENGTH)
    if status == _OUTSIDE and offset:
        return b"", True
    if status not in (_DONE, _END_REACHED):
        raise CardUnreadable(what=f"{status:04X}")
    return data, len(data) < _BLOCK


def _read(card: Card, offset: int, length: int) -> tuple[bytes, int]:
    return card.transmit(b"\x00\xb0" + offset.to_bytes(2, "big") + bytes([length]))
