"""The few strokes all painted widgets are made of: boxes, texts, key caps, icon boxes."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPainterPath, QPen

from ui.theme.icons import draw_icon
from ui.theme.look import colour, font

LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
CENTRE = Qt.AlignmentFlag.AlignCenter
CAP_HEIGHT = 20
_CAP_FONT = (12, 500)


def box(
    painter: QPainter,
    rect: QRectF,
    *,
    fill: str = "",
    line: str = "",
    width: float = 1,
    radius: float = 8,
) -> None:
    """A rounded rectangle; the line lies inside ``rect``."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(colour(fill) if fill else Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(colour(line), width) if line else Qt.PenStyle.NoPen)
    inset = width / 2 if line else 0
    inner = rect.adjusted(inset, inset, -inset, -inset)
    painter.drawRoundedRect(inner, radius - inset, radius - inset)


def cornered(
    rect: QRectF, radius: float, *, above: bool = True, below: bool = False
) -> QPainterPath:
    """Give a rectangle that is round where it touches the corners of its card."""
    path, square = QPainterPath(), QPainterPath()
    path.addRoundedRect(rect, radius, radius)
    top, bottom = (radius if above else 0), (radius if below else 0)
    square.addRect(rect.adjusted(0, top, 0, -bottom))
    return path.united(square)


def text_width(text: str, face: QFont) -> float:
    return QFontMetricsF(face).horizontalAdvance(text)


def write(
    painter: QPainter,
    rect: QRectF,
    text: str,
    face: QFont,
    *,
    tone: str = "text",
    align: Qt.AlignmentFlag = LEFT,
) -> bool:
    """One line of text, cut with … where it does not fit; tells whether it was cut."""
    shown = QFontMetricsF(face).elidedText(text, Qt.TextElideMode.ElideRight, rect.width() + 0.5)
    painter.setFont(face)
    painter.setPen(colour(tone))
    painter.drawText(rect, align | Qt.TextFlag.TextSingleLine, shown)
    return shown != text


def write_runs(
    painter: QPainter,
    rect: QRectF,
    text: str,
    face: QFont,
    *,
    marked: tuple[tuple[int, int], ...],
) -> None:
    """A line of text with places in the accent colour: what the search found."""
    shown = QFontMetricsF(face).elidedText(text, Qt.TextElideMode.ElideRight, rect.width() + 0.5)
    left = rect.left()
    for start, end, found in _runs(len(shown), marked):
        part = shown[start:end]
        run = QRectF(left, rect.top(), rect.width(), rect.height())
        write(painter, run, part, face, tone="accent" if found else "text")
        left += text_width(part, face)


def _runs(length: int, marked: tuple[tuple[int, int], ...]) -> list[tuple[int, int, bool]]:
    runs: list[tuple[int, int, bool]] = []
    at = 0
    for start, end in sorted(marked):
        first, last = max(start, at), min(end, length)
        if first >= last:
            continue
        if first > at:
            runs.append((at, first, False))
        runs.append((first, last, True))
        at = last
    if at < length:
        runs.append((at, length, False))
    return runs


def cap_width(key: str) -> float:
    """How wide the cap of a key is drawn."""
    return max(24, round(text_width(key, font(*_CAP_FONT)) + 12)) if key else 0


def draw_cap(
    painter: QPainter, key: str, *, right: float, middle: float, on: str = "surface"
) -> float:
    """A key cap that ends at ``right``; gives where it begins.

    ``on`` is its ground: surface, accent, tonal, dark, off.
    """
    line, tone = {
        "surface": ("border_strong", "text2"),
        "accent": ("on_accent_line", "on_accent2"),
        "tonal": ("accent_line", "accent"),
        "dark": ("border_strong", "surface"),
        "off": ("done_line", "disabled_fg"),
    }[on]
    width = cap_width(key)
    rect = QRectF(right - width, middle - CAP_HEIGHT / 2, width, CAP_HEIGHT)
    box(painter, rect, line=line, radius=6)
    write(painter, rect, key, font(*_CAP_FONT), tone=tone, align=CENTRE)
    return rect.left()


def draw_icon_box(
    painter: QPainter, name: str, *, left: float, top: float, chosen: bool = False
) -> None:
    """The 40 px square that carries the icon of a row."""
    rect = QRectF(left, top, 40, 40)
    box(painter, rect, fill="accent_tint2" if chosen else "surface3")
    draw_icon(painter, name, rect.adjusted(8, 8, -8, -8), tone="accent" if chosen else "text2")


def rule(painter: QPainter, start: QPointF, end: QPointF, *, tone: str = "border") -> None:
    """A line of one pixel."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
    painter.setPen(QPen(colour(tone), 1))
    painter.drawLine(start, end)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=True)
