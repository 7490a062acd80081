"""Reply addresses: which message an answer is about stands in the address it goes to (RFC 5233).

``meldingen@stad.be`` becomes ``meldingen+0197c3…@stad.be`` with the message's own id behind the
plus: that is unguessable by its 74 random bits, and needs no second number to be kept.
"""

import re
from collections.abc import Iterable
from typing import Final
from uuid import UUID

from loket.wire.contact import ascii_address

_TAG: Final = re.compile(r"[0-9a-f]{32}")
_IN_MESSAGE_ID: Final = re.compile(r"<([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})@")


def tagged(address: str, message_id: str) -> str:
    """The address to which somebody answers this message."""
    name, _, domain = ascii_address(address).rpartition("@")
    return f"{name}+{UUID(message_id).hex}@{domain}"


def is_ours(address: str, reply_address: str) -> bool:
    """Whether this is the reply address, with or without a tag."""
    return _without_tag(address) == ascii_address(reply_address).lower()


def ids_to(addresses: Iterable[str], reply_address: str) -> list[str]:
    """Ids of the messages that these addresses answer, each once, in their order."""
    own = ascii_address(reply_address).lower()
    tags = (_tag_of(each) for each in addresses if _without_tag(each) == own)
    return list(dict.fromkeys(str(UUID(hex=tag)) for tag in tags if _TAG.fullmatch(tag)))


def ids_named(references: str) -> list[str]:
    """Ids of messages of ours that In-Reply-To, References or a returned mail names."""
    return list(dict.fromkeys(_IN_MESSAGE_ID.findall(references.lower())))


def _without_tag(address: str) -> str:
    name, _, domain = address.lower().rpartition("@")
    return f"{name.partition('+')[0]}@{domain}"


def _tag_of(address: str) -> str:
    return address.lower().rpartition("@")[0].partition("+")[2]
