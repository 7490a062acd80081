"""Which words stand in a block of a calendar: a name says most by its own letters, not by *van*."""

from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetricsF

from ui.theme.look import font

TITLE, DETAIL = 600, 400
"""The weights that tell them apart."""
_SIZE = 12
_LEAST_LETTERS = 2
_BOTH = 2
_VOWELS = "aeiouyàâäéèêëîïôöûü"
_SMALL_WORDS = frozenset(
    ("van", "de", "den", "der", "het", "ter", "ten", "te", "el", "al", "la", "le", "du", "von")
)


@dataclass(frozen=True)
class Lettered:
    """A line, cut to its place, and how heavy it is."""

    text: str
    weight: int


@lru_cache(maxsize=8192)
def lettered(
    title: str, detail: str, first: int, width: int, rows: int, *, narrow: bool
) -> tuple[Lettered, ...]:
    """The lines of a block that holds so many; the first may be shorter, beside an icon.

    In a narrow block the name goes before what it is for, over two lines where it has to.
    """
    if rows <= 1:
        return (Lettered(_one(title, first), TITLE),)
    if fits(title, first):
        names: tuple[str, ...] = (title,)
    elif narrow or rows > _BOTH:
        names = _two(title, first, width)
    else:
        names = (_one(title, first),)
    lines = [Lettered(each, TITLE) for each in names]
    if len(lines) < rows and detail:
        lines.append(Lettered(elided(detail, DETAIL, width), DETAIL))
    return tuple(lines)


def fits(text: str, width: int) -> bool:
    return _metrics(TITLE).horizontalAdvance(text) <= width + 0.5


@lru_cache(maxsize=8192)
def elided(text: str, weight: int, width: int) -> str:
    """Cut with … where it must; remembered, because a week shows hundreds at once."""
    return _metrics(weight).elidedText(text, Qt.TextElideMode.ElideRight, width + 0.5)


def own_part(name: str) -> str:
    """``Smedt`` of *De Smedt*, ``Bossche`` of *Van den Bossche*."""
    parts = name.split(" ")
    while len(parts) > 1 and parts[0].casefold() in _SMALL_WORDS:
        parts = parts[1:]
    return " ".join(parts)


def _one(title: str, width: int) -> str:
    """Where the whole does not fit, its own part says more than ``Van …``."""
    return title if fits(title, width) else elided(own_part(title), TITLE, width)


def _two(title: str, first: int, width: int) -> tuple[str, ...]:
    head, rest = broken(title, first)
    if not fits(rest, width) and own_part(title) != title:
        if fits(own_part(title), first):
            return (own_part(title),)
        head, rest = broken(own_part(title), first)
    return (elided(head, TITLE, first), elided(rest, TITLE, width))


def broken(text: str, width: int) -> tuple[str, str]:
    """Between two words, else inside one, with a hyphen."""
    ends = [at + 1 for at, sign in enumerate(text) if sign in " -"]
    whole = [end for end in ends if fits(text[:end].rstrip(), width)]
    if whole:
        return text[: whole[-1]].rstrip(), text[whole[-1] :]
    room = [
        end
        for end in range(_LEAST_LETTERS, len(text) - 1)
        if fits(f"{text[:end]}-", width) and text[end - 1 : end + 1] != "ch"
    ]
    end = max(
        (each for each in room if _begins_syllable(text[each:])), default=max(room, default=2)
    )
    return f"{text[:end]}-", text[end:]


def _begins_syllable(rest: str) -> bool:
    """Near enough to how Dutch is hyphenated: a consonant, and a vowel after it."""
    return rest[0] not in _VOWELS and rest[1] in _VOWELS


def _metrics(weight: int) -> QFontMetricsF:
    return QFontMetricsF(font(_SIZE, weight))
