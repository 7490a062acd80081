"""The fields of a file on the card: tag, length, value, and zeros at the end.

A length of 255 or more is written as so many bytes FF, added up, and a last one that is less.
(Fedict/eid-mw, doc/sdk: Belgian Electronic Identity Card content.)
"""

from loket.devices.eid.errors import CardUnreadable

_MORE = 0xFF
_PADDING = 0


def fields(content: bytes) -> dict[int, bytes]:
    """Values by tag; of a tag that comes twice the first. Raises CardUnreadable."""
    found: dict[int, bytes] = {}
    at = 0
    while at < len(content):
        tag = content[at]
        if tag == _PADDING and not any(content[at:]):
            break
        length, begin = _length(content, at + 1)
        at = begin + length
        if at > len(content):
            raise CardUnreadable(what="tlv")
        found.setdefault(tag, content[begin:at])
    return found


def _length(content: bytes, at: int) -> tuple[int, int]:
    """The length written here, and where its value begins."""
    total = 0
    for place in range(at, len(content)):
        total += content[place]
        if content[place] != _MORE:
            return total, place + 1
    raise CardUnreadable(what="tlv")
