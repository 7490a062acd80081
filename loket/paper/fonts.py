"""The four cuts of Loket Sans for PDF, and the icons; registered once per process."""

import json
import re
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from reportlab.pdfbase.pdfmetrics import registerFont, stringWidth
from reportlab.pdfbase.ttfonts import TTFont

from loket.kit.errors import Unavailable
from loket.kit.paths import FONTS

REGULAR, MEDIUM, SEMIBOLD, BOLD = (
    "LoketSans-Regular",
    "LoketSans-Medium",
    "LoketSans-SemiBold",
    "LoketSans-Bold",
)
ICONS = "Phosphor"
CAP_HEIGHT = 0.698
"""Height of a capital of IBM Plex Sans, in em."""


class FontsMissing(Unavailable):
    """The fonts were not cut; set-up does that."""

    code = "paper.fonts_missing"


@cache
def ready() -> None:
    """Register the fonts, the first time."""
    for name in (REGULAR, MEDIUM, SEMIBOLD, BOLD):
        file = FONTS / f"{name}.ttf"
        if not file.is_file():
            raise FontsMissing(file=str(file))
        registerFont(TTFont(name, str(file)))
    registerFont(TTFont(ICONS, str(_icon_folder() / "phosphor-1.3.0.ttf")))


def width(text: str, font: str, size: float) -> float:
    """Width of a text in points."""
    ready()
    return float(stringWidth(text, font, size))


@cache
def icon(name: str) -> str:
    """The character of a Phosphor icon, such as ``ticket``."""
    file = _icon_folder() / "phosphor-charmap-1.3.0.json"
    return chr(int(json.loads(file.read_text(encoding="utf-8"))[name], 16))


@cache
def _icon_folder() -> Path:
    # The package is only found, not imported: it would bring Qt along.
    spec = find_spec("qtawesome")
    if spec is None or not spec.submodule_search_locations:
        raise FontsMissing(file="qtawesome")
    return Path(spec.submodule_search_locations[0]) / "fonts"


def wrapped(text: str, font: str, size: float, limit: float) -> list[str]:
    """The text in lines of at most ``limit`` points; a word that is too long is broken."""
    lines: list[str] = []
    line = ""
    for word in re.split(r"[ \t\n]+", text.strip()):  # not at a no-break space
        candidate = f"{line} {word}" if line else word
        if width(candidate, font, size) <= limit:
            line = candidate
            continue
        if line:
            lines.append(line)
        *full, line = _pieces(word, font, size, limit)
        lines += full
    return [*lines, line] if line else lines


def _pieces(word: str, font: str, size: float, limit: float) -> list[str]:
    pieces, piece = [], ""
    for letter in word:
        if piece and width(piece + letter, font, size) > limit:
            pieces.append(piece)
            piece = ""
        piece += letter
    return [*pieces, piece]
