"""How a figure is read in a cell: what is not known is a dash."""

from typing import Final

from loket.kit.i18n import Words

NONE: Final = "–"


def percent(words: Words, share: float) -> str:
    """A part of a hundred; below nothing: of nothing."""
    return NONE if share < 0 else words("{share} %", share=round(share))


def days(words: Words, many: float | None) -> str:
    return NONE if many is None else words.number(many)
