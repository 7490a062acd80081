"""What an incoming mail says, once it is read."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

MOST_BYTES: Final = 35 * 1024 * 1024
"""Of a whole message: what mail servers let through, with five photos of a telephone in it."""
MOST_TEXT: Final = 200_000
"""Characters of text that are read; a novel is shorter than what this leaves out."""
LONGEST_SUBJECT: Final = 200


class Nature(StrEnum):
    """Who speaks."""

    PERSON = "person"
    MACHINE = "machine"
    """An answer that nobody wrote: out of office, a receipt of a helpdesk (RFC 3834)."""
    RETURNED = "returned"
    """A mail of ours could not be delivered (RFC 3464)."""


class WhyUnread(StrEnum):
    """What makes a message unreadable."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"
    TANGLED = "tangled"
    """Parts in parts in parts, which only somebody who means harm makes."""


class Unreadable(Exception):
    """Bytes that are no mail we can read."""

    def __init__(self, why: WhyUnread) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True)
class File:
    """What was attached, as it was sent: judged by nobody yet."""

    name: str
    content: bytes = field(repr=False)
    inline: bool = False
    """Shown in the text itself, as the logo of a signature is."""


@dataclass(frozen=True)
class Incoming:
    """One message."""

    key: str
    """The same for the same message, however often and by whichever way it arrives."""
    nature: Nature
    sender: str
    """An address; empty where none could be read."""
    sender_name: str
    recipients: tuple[str, ...]
    """Wherever it says that it was sent to."""
    references: str
    """What it answers, as its headers name that; of a returned mail, which one came back."""
    subject: str
    text: str = field(repr=False)
    """All of it."""
    words: str = field(repr=False)
    """What is new: without the history that mail programs quote below an answer."""
    files: tuple[File, ...] = ()
