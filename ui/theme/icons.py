"""Icons as glyphs of the fonts that qtawesome brings: sharp at each size, in any colour."""

from functools import lru_cache

import qtawesome
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFont, QIcon, QPainter, QPixmap

from ui.theme.look import colour

UNKNOWN = "ph.question"


@lru_cache(maxsize=512)
def _glyph(name: str) -> str:
    try:
        return str(qtawesome.charmap(name))
    except (KeyError, ValueError, AttributeError):
        # A town may name an icon that this font does not have: a question mark stands there.
        return str(qtawesome.charmap(UNKNOWN))


@lru_cache(maxsize=64)
def _font(prefix: str, size: int) -> QFont:
    made: QFont = qtawesome.font(prefix, size)
    return made


def draw_icon(painter: QPainter, name: str, rect: QRectF, *, tone: str) -> None:
    """Paint the icon in the middle of ``rect``, whose height is its size."""
    prefix = name.partition(".")[0] if name else "ph"
    painter.setFont(_font(prefix, round(rect.height())))
    painter.setPen(colour(tone))
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, _glyph(name or UNKNOWN))


def icon(name: str, *, tone: str, size: int = 20) -> QIcon:
    """For the few places where Qt wants a QIcon, such as menus."""
    picture = QPixmap(size * 2, size * 2)
    picture.setDevicePixelRatio(2)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    draw_icon(painter, name, QRectF(0, 0, size, size), tone=tone)
    painter.end()
    return QIcon(picture)
