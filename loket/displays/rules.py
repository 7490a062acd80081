"""The rules of a waiting-room display, pure: codes, what is told, how a number is said aloud."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from loket.kit.errors import Conflict, Invalid, NotFound, TooOften
from loket.kit.ids import ALPHABET, PAIRING_LENGTH

CODE_LASTS = timedelta(minutes=10)
CODES_AT_ONCE = 50
"""So many screens may wait to be paired; more are somebody's joke."""
SEEN_EVERY = timedelta(minutes=1)
"""How exactly it is kept when a display was last there: each time is a write."""
FRESH = timedelta(seconds=60)
"""A call older than this is shown but no longer announced: a display that was off stays calm."""
MESSAGE_LENGTH = 120


class UnknownPairingCode(NotFound):
    """No screen shows this code, or no longer, or another colleague was first."""

    code = "display.unknown_code"


class TooManyCodes(TooOften):
    """Codes were guessed; wait ``retry_after`` seconds."""

    code = "display.too_many_codes"


class UnknownDisplay(NotFound):
    """No such display, or it was revoked."""

    code = "display.unknown"


class MessageNeedsDutch(Invalid):
    """A message stands in Dutch, and may stand in other languages beside it."""

    code = "display.message_needs_dutch"


class MessageSetMeanwhile(Conflict):
    """A colleague set a message at the same moment."""

    code = "display.message_set_meanwhile"


class MessageEndsBeforeItBegins(Invalid):
    code = "display.message_order"


def code_of(typed: str) -> str:
    """A code as it is kept, however it was typed: ``7k2-q94`` → ``7K2Q94``; empty if it is none."""
    plain = "".join(sign for sign in typed.upper() if sign.isalnum())
    fits = len(plain) == PAIRING_LENGTH and all(sign in ALPHABET for sign in plain)
    return plain if fits else ""


def number_aloud(number: str) -> str:
    """``A014`` → ``A 14``: as a person says it."""
    return f"{number[:1]} {int(number[1:])}" if number[1:].isdigit() else number


@dataclass(frozen=True)
class Message:
    """What the town says at the foot of the screen: a text per language, and when."""

    texts: dict[str, str]
    from_at: datetime
    until_at: datetime | None

    def holds_at(self, moment: datetime) -> bool:
        return self.from_at <= moment and (self.until_at is None or moment < self.until_at)


def check_message(message: Message) -> None:
    """Refuse what cannot be shown."""
    if not message.texts.get("nl"):
        raise MessageNeedsDutch
    if message.until_at is not None and message.until_at <= message.from_at:
        raise MessageEndsBeforeItBegins
