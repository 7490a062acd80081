"""Icons as glyphs of the fonts that qtawesome brings: sharp at each size, in any colour.

Only its font files and tables of names are used: importing the package itself loads all of Qt,
which cost a third of a second before the first frame.
"""

import json
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFont, QFontDatabase, QPainter

from ui.theme.look import colour

UNKNOWN = "ph.question"


_FILES = {"ph": "phosphor", "mdi6": "materialdesignicons6-webfont"}
"""How the font of each prefix is called; a version follows in the name of the file."""


class IconFontMissing(RuntimeError):
    """The package qtawesome is not installed, or is laid out otherwise."""


def _file(prefix: str, ending: str) -> Path:
    spec = find_spec("qtawesome")
    places = spec.submodule_search_locations if spec else None
    for place in places or ():
        for found in sorted(Path(place, "fonts").glob(f"{_FILES[prefix]}-*{ending}")):
            if ending == ".json" or "charmap" not in found.name:
                return found
    raise IconFontMissing(prefix)


@lru_cache(maxsize=4)
def _names(prefix: str) -> dict[str, str]:
    table: dict[str, str] = json.loads(_file(prefix, ".json").read_text(encoding="utf-8"))
    return table


@lru_cache(maxsize=4)
def _family(prefix: str) -> str:
    added = QFontDatabase.addApplicationFont(str(_file(prefix, ".ttf")))
    return QFontDatabase.applicationFontFamilies(added)[0]


@lru_cache(maxsize=512)
def _glyph(name: str) -> tuple[str, str]:
    """Prefix and character; a question mark for an icon that the town names and no font has."""
    prefix, _, wanted = name.partition(".")
    found = _names(prefix).get(wanted) if prefix in _FILES else None
    if found is None:
        return _glyph(UNKNOWN)
    return prefix, chr(int(found, 16))


@lru_cache(maxsize=64)
def _font(prefix: str, size: int) -> QFont:
    made = QFont(_family(prefix))
    made.setPixelSize(size)
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return made


def draw_icon(painter: QPainter, name: str, rect: QRectF, *, tone: str) -> None:
    """Paint the icon in the middle of ``rect``, whose height is its size."""
    prefix, glyph = _glyph(name)
    painter.setFont(_font(prefix, round(rect.height())))
    painter.setPen(colour(tone))
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, glyph)
