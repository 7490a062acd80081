"""What the map shows and from where: spots to pixels and back, without painting anything.

Web Mercator (EPSG:3857) around the middle of the town, so that tiles of others would fit too.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from math import atan, cos, exp, log, log2, pi, radians, tan
from statistics import median
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSizeF
from PySide6.QtGui import QTransform

from loket.geography.messages import TownMap
from loket.geography.rules.spots import Flat, Spot
from loket.geography.rules.tiles import LEAST_ZOOM, MOST_ZOOM

EQUATOR_RADIUS: Final = 6_378_137.0
"""Of WGS84, in metres: what Mercator's sphere has."""
_METRES_PER_PIXEL_0: Final = 2 * pi * EQUATOR_RADIUS / 256
PLACE_ZOOM: Final = 16.6
"""One pixel is about a metre: some streets around a house, as in picture 04."""
TOWN_ZOOM: Final = 14.0
_ROOM: Final = 64.0
"""Pixels for marks at the edge."""


@dataclass(frozen=True)
class MapMarker:
    """A numbered mark, such as a report nearby."""

    id: str
    number: int
    spot: Spot
    name: str = ""
    """What its tooltip says."""
    chosen: bool = False


@dataclass(frozen=True)
class Projection:
    """Between spots and metres of Mercator from the middle of the town; y grows to the south."""

    lat: float
    lon: float

    @classmethod
    def of_map(cls, town_map: TownMap) -> "Projection":
        """Around where most streets are; a town without any begins in the middle of Flanders."""
        starts = [line for street in town_map.streets for line in street.lines if line]
        if not starts:
            return cls(51.03, 4.10)
        return cls(
            median(line[0] for line in starts) / 1e6, median(line[1] for line in starts) / 1e6
        )

    def to_metres(self, spot: Spot) -> QPointF:
        x = EQUATOR_RADIUS * radians(spot.lon - self.lon)
        return QPointF(x, EQUATOR_RADIUS * (_mercator(self.lat) - _mercator(spot.lat)))

    def to_spot(self, point: QPointF) -> Spot:
        turned = _mercator(self.lat) - point.y() / EQUATOR_RADIUS
        lat = (2 * atan(exp(turned)) - pi / 2) * 180 / pi
        return Spot(lat, self.lon + point.x() / EQUATOR_RADIUS * 180 / pi)

    def points(self, flat: Flat) -> Iterable[QPointF]:
        for at in range(0, len(flat) - 1, 2):
            yield self.to_metres(Spot.of_micro(flat[at], flat[at + 1]))


def _mercator(lat: float) -> float:
    return log(tan(pi / 4 + radians(lat) / 2))


@dataclass(frozen=True)
class Camera:
    """What stands in the middle, in metres, and how large it is drawn."""

    x: float = 0.0
    y: float = 0.0
    zoom: float = TOWN_ZOOM

    @property
    def scale(self) -> float:
        """Pixels per metre of Mercator."""
        return float(2**self.zoom / _METRES_PER_PIXEL_0)

    def transform(self, size: QSizeF) -> QTransform:
        """From metres to pixels of a widget of that size."""
        made = QTransform()
        made.translate(size.width() / 2, size.height() / 2)
        made.scale(self.scale, self.scale)
        made.translate(-self.x, -self.y)
        return made

    def seen(self, size: QSizeF) -> QRectF:
        """The part of the world that is in view, in metres."""
        width, height = size.width() / self.scale, size.height() / self.scale
        return QRectF(self.x - width / 2, self.y - height / 2, width, height)

    def metres_at(self, pixel: QPointF, size: QSizeF) -> QPointF:
        return QPointF(
            self.x + (pixel.x() - size.width() / 2) / self.scale,
            self.y + (pixel.y() - size.height() / 2) / self.scale,
        )

    @classmethod
    def around(cls, points: Sequence[QPointF], size: QSizeF) -> "Camera":
        """Where all points, in metres, are in view with some room around them."""
        left, right = min(p.x() for p in points), max(p.x() for p in points)
        top, bottom = min(p.y() for p in points), max(p.y() for p in points)
        wide = (right - left) / max(1.0, size.width() - _ROOM)
        tall = (bottom - top) / max(1.0, size.height() - _ROOM)
        metres_per_pixel = max(wide, tall, _METRES_PER_PIXEL_0 / 2**PLACE_ZOOM)
        zoom = max(LEAST_ZOOM, log2(_METRES_PER_PIXEL_0 / metres_per_pixel))
        return cls((left + right) / 2, (top + bottom) / 2, zoom)

    def at(self, point: QPointF) -> "Camera":
        return replace(self, x=point.x(), y=point.y())

    def moved(self, dx: float, dy: float) -> "Camera":
        """By pixels: the ground goes along with the hand."""
        return replace(self, x=self.x - dx / self.scale, y=self.y - dy / self.scale)

    def zoomed(self, steps: float, around: QPointF, size: QSizeF) -> "Camera":
        """Larger or smaller; what is under ``around`` stays there."""
        held = self.metres_at(around, size)
        zoom = max(LEAST_ZOOM, min(MOST_ZOOM, self.zoom + steps))
        after = replace(self, zoom=zoom)
        now = after.metres_at(around, size)
        return replace(after, x=after.x + held.x() - now.x(), y=after.y + held.y() - now.y())


def ground_metres(metres: float, lat: float) -> float:
    """Metres on the ground for metres of Mercator, which grow towards the poles."""
    return metres * cos(radians(lat))
