"""Replies that stand ready: their fields, filled in and checked before anything is sent."""

import re
from collections.abc import Collection, Mapping
from typing import Final

_FIELD: Final = re.compile(r"\{([^{}\n]{0,40})\}")


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
