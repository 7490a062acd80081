"""Cells side by side: how wide each is, and how its words are broken over two lines."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetricsF

from ui.theme.paint import text_width


def shares(whole: Sequence[float], broken: Sequence[float], width: float) -> list[float]:
    """Of cells that need so much on one line, or so much broken over two.

    As wide as each other while all fit so; else as their words need; what is too much is taken
    from the widest.
    """
    equal = width / max(1, len(whole))
    if max(whole, default=0.0) <= equal:
        return [equal] * len(whole)
    needed = list(whole) if sum(whole) <= width else _least(whole, broken, width)
    spare = width - sum(needed)
    if spare >= 0:
        return [each + spare / len(needed) for each in needed]
    most = _most(needed, width)
    return [min(each, most) for each in needed]


def _least(whole: Sequence[float], broken: Sequence[float], width: float) -> list[float]:
    """The widest are broken first, until all fit."""
    needed = list(whole)
    for place in sorted(range(len(needed)), key=lambda each: -whole[each]):
        if sum(needed) <= width:
            break
        needed[place] = min(needed[place], broken[place])
    return needed


def _most(needed: Sequence[float], width: float) -> float:
    """How wide the widest may be, so that all together are as wide as there is room."""
    room, left = width, len(needed)
    for each in sorted(needed):
        if each * left > room:
            break
        room, left = room - each, left - 1
    return room / max(1, left)


def halves(text: str, face: QFont) -> tuple[str, ...]:
    """Broken between two words so that the wider line is as narrow as can be."""
    words = text.split(" ")
    if len(words) == 1:
        return (text,)
    both = [(" ".join(words[:end]), " ".join(words[end:])) for end in range(1, len(words))]
    return min(both, key=lambda pair: max(text_width(half, face) for half in pair))


def widest_half(text: str, face: QFont) -> float:
    return max(text_width(half, face) for half in halves(text, face))


def cut(text: str, face: QFont, room: float) -> str:
    """With … where it does not fit."""
    return QFontMetricsF(face).elidedText(text, Qt.TextElideMode.ElideRight, room + 0.5)
