"""Replies that stand ready: their fields, filled in and checked before anything is sent."""

import re
from collections.abc import Mapping
from typing import Final

_FIELD: Final = re.compile(r"\{([^{}\n]{0,40})\}")


def prefilled(text: str, values: Mapping[str, str]) -> str:
    """The template with what is known; what is not stays between its braces for a person."""
    return _FIELD.sub(lambda found: values.get(found[1].strip(), "") or found[0], text)


def unfilled(text: str) -> str:
    """The first field that nobody filled in, or nothing."""
    found = _FIELD.search(text)
    return found[1] if found else ""
