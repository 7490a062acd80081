"""Replies that stand ready: their fields, filled in and checked before anything is sent."""

import re
from collections.abc import Collection, Mapping
from difflib import get_close_matches
from typing import Final

from loket.kit.errors import Invalid

_FIELD: Final = re.compile(r"\{([^{}\n]{0,40})\}")

FILLED: Final = (
    "naam",
    "onderwerp",
    "titel",
    "referentie",
    "termijn",
    "behandelaar",
    "instantie",
    "stad",
    "telefoon",
)
"""What the file itself fills in when a reply is chosen."""
BY_HAND: Final = ("uitvoering", "vraag", "besluit", "reden")
"""What whoever answers fills in; nothing is sent before they did."""
FIELDS: Final = (*FILLED, *BY_HAND)


class ReplyFieldUnknown(Invalid):
    """``field`` is no field; ``meant`` is the one it resembles, if any."""

    code = "report.reply_field_unknown"


class ReplyBraceAlone(Invalid):
    """A brace that opens or closes nothing: ``{naam`` or ``naam}``."""

    code = "report.reply_brace"


def check_reply(text: str) -> None:
    """Refuse what would never be filled in."""
    for field in fields_of(text):
        if field not in FIELDS:
            near = get_close_matches(field.casefold(), FIELDS, n=1)
            raise ReplyFieldUnknown(field=f"{{{field}}}", meant=f"{{{near[0]}}}" if near else "")
    check_braces(text)


def check_braces(text: str) -> None:
    """Refuse half a field: nobody would see that it is one before it is sent."""
    rest = _FIELD.sub("", text)
    if "{" in rest or "}" in rest:
        raise ReplyBraceAlone


def fields_of(text: str) -> tuple[str, ...]:
    """What stands between braces, in order."""
    return tuple(found.strip() for found in _FIELD.findall(text))


def prefilled(text: str, values: Mapping[str, str]) -> str:
    """The template with what is known; what is not stays between its braces for a person."""
    return _FIELD.sub(lambda found: values.get(found[1].strip(), "") or found[0], text)


def unfilled(text: str) -> str:
    """The first field that nobody filled in, or nothing."""
    found = _FIELD.search(text)
    return found[1] if found else ""


NAME: Final = "naam"
"""The field that each reader fills themselves."""
OWN_FIELDS: Final = frozenset({NAME, "referentie", "onderwerp"})
"""What is each reader's own where many are told something about reports of their own."""


def open_field(text: str, own: Collection[str] = (NAME,)) -> str:
    """The first field that nobody filled in, and that is not each reader's own; or nothing."""
    return unfilled(prefilled(text, dict.fromkeys(own, NAME)))
