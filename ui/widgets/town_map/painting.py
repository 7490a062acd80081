"""Painting the map: ground, streets with their edges, names, marks and the pin."""

from collections.abc import Iterable, Iterator
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen, QTransform

from loket.geography.rules.whereabouts import AreaKind
from ui.theme.look import colour, font
from ui.theme.paint import CENTRE, box, text_width, write
from ui.widgets.town_map import names
from ui.widgets.town_map.model import PLACE_ZOOM, Camera, MapMarker
from ui.widgets.town_map.names import Name, Room
from ui.widgets.town_map.shapes import Drawing, Shape

_GROUND: Final = {
    AreaKind.GREEN: "map_green",
    AreaKind.WATER: "map_water",
    AreaKind.SQUARE: "map_road",
}
_NAMED: Final = (AreaKind.GREEN, AreaKind.WATER, AreaKind.SQUARE)
_BUILDINGS_FROM, _NAMES_FROM, _QUARTERS_UNTIL = 14.2, 15.4, 15.0
_ROAD_PIXELS: Final = 20.0
_NAME_FONT, _QUARTER_FONT = (12, 500), (13, 600)
MARK: Final = 24.0


def paint_ground(painter: QPainter, drawing: Drawing, camera: Camera, size: QSizeF) -> None:
    """Everything but names and what is put on the map."""
    painter.fillRect(QRectF(QPointF(), size), colour("map_land"))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setTransform(camera.transform(size), combine=True)
    seen = camera.seen(size)
    painter.setPen(Qt.PenStyle.NoPen)
    for kind, tone in _GROUND.items():
        _fill(painter, _in(drawing.areas.get(kind, ()), seen), tone)
    _stroke(painter, list(_in(drawing.streams, seen)), "map_water", _wide(camera, 2.0))
    if camera.zoom >= _BUILDINGS_FROM:
        _fill(painter, _in(drawing.buildings, seen), "map_block")
    streets = list(_in(drawing.streets, seen))
    wide = _wide(camera, 1.2)
    _stroke(painter, streets, "map_road_line", wide + min(2.0, wide / 3 + 0.5))
    _stroke(painter, streets, "map_road", wide)
    _edge(painter, _in(drawing.areas.get(AreaKind.BOUNDARY, ()), seen))


def _wide(camera: Camera, least: float) -> float:
    """How wide a street or a stream is, in pixels."""
    return float(max(least, min(44.0, _ROAD_PIXELS * 2 ** (camera.zoom - PLACE_ZOOM))))


def _in(shapes: Iterable[Shape], seen: QRectF) -> Iterator[Shape]:
    return (shape for shape in shapes if shape.bounds.adjusted(-30, -30, 30, 30).intersects(seen))


def _fill(painter: QPainter, shapes: Iterable[Shape], tone: str) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour(tone))
    for shape in shapes:
        painter.drawPath(shape.path)


def _stroke(painter: QPainter, shapes: Iterable[Shape], tone: str, width: float) -> None:
    pen = QPen(colour(tone), width)
    pen.setCosmetic(True)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for shape in shapes:
        painter.drawPath(shape.path)


def _edge(painter: QPainter, shapes: Iterable[Shape]) -> None:
    pen = QPen(colour("border_strong"), 1.5, Qt.PenStyle.DashLine)
    pen.setCosmetic(True)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for shape in shapes:
        painter.drawPath(shape.path)


def placed_names(
    drawing: Drawing, camera: Camera, size: QSizeF, taken: Iterable[QRectF]
) -> list[Name]:
    """Which names are shown, and where; ``taken`` is kept free, in pixels."""
    view = QRectF(QPointF(), size)
    room, to_pixels = Room(view, taken), camera.transform(size)
    seen = camera.seen(size)
    found = []
    for choices in _choices(drawing, camera, seen, to_pixels, view):
        name = room.take(choices)
        if name is not None:
            found.append(name)
    return found


def _choices(
    drawing: Drawing, camera: Camera, seen: QRectF, to_pixels: QTransform, view: QRectF
) -> Iterator[Iterable[Name]]:
    if camera.zoom < _QUARTERS_UNTIL:
        for shape in _in(drawing.areas.get(AreaKind.QUARTER, ()), seen):
            width = text_width(shape.name, font(*_QUARTER_FONT))
            bounds = to_pixels.mapRect(shape.bounds)
            choices = names.within(shape.name, width, bounds, view, quiet=True)
            yield _inside(shape, choices, to_pixels)
    if camera.zoom < _NAMES_FROM:
        return
    for kind in _NAMED:
        for shape in _in(drawing.areas.get(kind, ()), seen):
            if shape.name:
                width = text_width(shape.name, font(*_NAME_FONT))
                bounds = to_pixels.mapRect(shape.bounds)
                choices = names.within(shape.name, width, bounds, view)
                yield _inside(shape, choices, to_pixels)
    yield from _along_lines(drawing, camera, seen, to_pixels, view)


def _inside(shape: Shape, choices: Iterable[Name], to_pixels: QTransform) -> Iterator[Name]:
    """Only where the area itself lies, not the rectangle around it."""
    back, _possible = to_pixels.inverted()
    return (name for name in choices if shape.path.contains(back.map(name.middle)))


def _along_lines(
    drawing: Drawing, camera: Camera, seen: QRectF, to_pixels: QTransform, view: QRectF
) -> Iterator[Iterable[Name]]:
    for shape in sorted(_in(drawing.streets, seen), key=lambda one: -one.path.length()):
        width = text_width(shape.name, font(*_NAME_FONT))
        for line in shape.lines:
            yield names.along(shape.name, width, (to_pixels.map(p) for p in line), view)
    down = _wide(camera, 2.0) / 2 + 10
    for shape in _in(drawing.streams, seen):
        width = text_width(shape.name, font(*_NAME_FONT))
        for line in shape.lines if shape.name else ():
            pixels = (to_pixels.map(point) for point in line)
            yield names.beside(shape.name, width, pixels, view, down)


def paint_names(painter: QPainter, found: Iterable[Name], camera: Camera) -> None:
    """Where the street is too narrow to carry its name, with an edge of the street's colour."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    narrow = _wide(camera, 1.2) < _CARRIES_A_NAME
    for name in found:
        painter.save()
        painter.setFont(font(*(_QUARTER_FONT if name.quiet else _NAME_FONT)))
        painter.translate(name.middle)
        painter.rotate(name.turn)
        start = QPointF(-name.width / 2, 4.5)
        if narrow or name.quiet or name.turn == 0:
            painter.setPen(colour("map_land" if name.quiet else "map_road"))
            for aside in _AROUND:
                painter.drawText(start + aside, name.text)
        painter.setPen(colour("text2" if name.quiet else "text"))
        painter.drawText(start, name.text)
        painter.restore()


_CARRIES_A_NAME: Final = 15.0
"""Pixels."""
# Strokes around glyphs would be finer and take five times as long.
_AROUND: Final = [QPointF(x, y) for x in (-1.2, 1.2) for y in (-1.2, 1.2)]


def mark_rect(at: QPointF, *, chosen: bool) -> QRectF:
    side = MARK + 6 if chosen else MARK
    return QRectF(at.x() - side / 2, at.y() - side / 2, side, side)


def paint_mark(painter: QPainter, marker: MapMarker, at: QPointF) -> None:
    """A number on black; the chosen one larger, in the accent, with an edge."""
    rect = mark_rect(at, chosen=marker.chosen)
    fill, tone = ("accent", "on_accent") if marker.chosen else ("text", "surface")
    if marker.chosen:
        box(painter, rect.adjusted(-2, -2, 2, 2), fill="surface", radius=8)
    box(painter, rect, fill=fill, radius=6)
    write(painter, rect, str(marker.number), font(13, 700), tone=tone, align=CENTRE)


PIN_TALL, _PIN_RADIUS = 46.0, 18.0


def pin_rect(point: QPointF) -> QRectF:
    """What the pin covers whose tip is at ``point``."""
    return QRectF(point.x() - _PIN_RADIUS, point.y() - PIN_TALL, 2 * _PIN_RADIUS, PIN_TALL)


def paint_pin(painter: QPainter, point: QPointF) -> None:
    """A drop with its tip at the spot."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    middle = QPointF(point.x(), point.y() - PIN_TALL + _PIN_RADIUS)
    around = QRectF(pin_rect(point).topLeft(), QSizeF(2 * _PIN_RADIUS, 2 * _PIN_RADIUS))
    path = QPainterPath(point)
    path.quadTo(QPointF(around.left(), middle.y() + 14), QPointF(around.left(), middle.y()))
    path.arcTo(around, 180, -180)
    path.quadTo(QPointF(around.right(), middle.y() + 14), point)
    painter.setPen(QPen(colour("surface"), 3))
    painter.setBrush(colour("accent"))
    painter.drawPath(path)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour("on_accent"))
    painter.drawEllipse(middle, 7, 7)


def paint_cross(painter: QPainter, middle: QPointF) -> None:
    """Where Enter would put the pin."""
    for tone, width in (("surface", 4.0), ("accent", 2.0)):
        painter.setPen(QPen(colour(tone), width))
        painter.drawLine(middle - QPointF(9, 0), middle + QPointF(9, 0))
        painter.drawLine(middle - QPointF(0, 9), middle + QPointF(0, 9))


def paint_credit(painter: QPainter, text: str, size: QSizeF) -> None:
    """Whom the map is from, small in the corner that has no buttons."""
    face = font(11, 400)
    width = min(text_width(text, face), size.width() - 80)
    area = QRectF(0, size.height() - 20, width + 16, 20)
    box(painter, area, fill="surface", radius=4)
    write(painter, area.adjusted(8, 0, -8, 0), text, face, tone="text2")
