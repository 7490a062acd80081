"""Square pictures of a map as servers hand them out (Web Mercator, EPSG:3857; zoom, column, row).

The numbering is that of OpenStreetMap and of WMTS's *GoogleMapsCompatible* (OGC 17-083r2).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from math import asinh, atan, degrees, floor, pi, radians, sinh, tan
from typing import Final

from loket.geography.rules.spots import MICRO, Box, Spot
from loket.kit.errors import NotFound, Unavailable

LEAST_ZOOM: Final = 11
MOST_ZOOM: Final = 19
PIXELS: Final = 256
_AROUND_DEGREES: Final = 0.05
"""Some kilometres around the town are shown, too."""


class NoTiles(NotFound):
    """The town has no tile server, or this tile lies outside the town."""

    code = "geography.no_tiles"


class TilesAway(Unavailable):
    """The tile server does not answer, or with something that is no picture."""

    code = "geography.tiles_away"


@dataclass(frozen=True, order=True)
class Tile:
    """One square; column 0 begins at the date line, row 0 near the north pole."""

    zoom: int
    column: int
    row: int

    @classmethod
    def at(cls, spot: Spot, zoom: int) -> "Tile":
        """The square in which a spot lies."""
        many = 2**zoom
        across = (spot.lon + 180) / 360
        down = (1 - asinh(tan(radians(spot.lat))) / pi) / 2
        return cls(zoom, _within(across * many, many), _within(down * many, many))

    @property
    def corners(self) -> tuple[Spot, Spot]:
        """Its north-west and its south-east corner."""
        return _corner(self.zoom, self.column, self.row), _corner(
            self.zoom, self.column + 1, self.row + 1
        )


def _within(place: float, many: int) -> int:
    return min(many - 1, max(0, floor(place)))


def _corner(zoom: int, column: int, row: int) -> Spot:
    many = 2**zoom
    lat = degrees(atan(sinh(pi * (1 - 2 * row / many))))
    return Spot(lat, column / many * 360 - 180)


def tiles_between(north_west: Spot, south_east: Spot, zoom: int) -> Iterator[Tile]:
    """All squares of a rectangle."""
    first, last = Tile.at(north_west, zoom), Tile.at(south_east, zoom)
    for row in range(first.row, last.row + 1):
        for column in range(first.column, last.column + 1):
            yield Tile(zoom, column, row)


def check_tile(tile: Tile, town: Box | None) -> None:
    """Refuse what no map of the town shows: nobody fetches the world through its server."""
    if town is None or not LEAST_ZOOM <= tile.zoom <= MOST_ZOOM:
        raise NoTiles
    if not (0 <= tile.column < 2**tile.zoom and 0 <= tile.row < 2**tile.zoom):
        raise NoTiles
    north_west, south_east = tile.corners
    apart = (
        south_east.lat * MICRO > town.north + _AROUND_DEGREES * MICRO
        or north_west.lat * MICRO < town.south - _AROUND_DEGREES * MICRO
        or north_west.lon * MICRO > town.east + _AROUND_DEGREES * MICRO
        or south_east.lon * MICRO < town.west - _AROUND_DEGREES * MICRO
    )
    if apart:
        raise NoTiles
