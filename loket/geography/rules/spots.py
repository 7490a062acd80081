"""Spots on the earth (WGS84), how far they lie apart, and what a line or a ring is to them.

Lines and rings are flat rows of whole micro-degrees, ``[lat, lon, lat, lon, …]``: a tenth of a
metre, a third of the size of decimals, and exactly the same again after a trip over the wire.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import asin, cos, hypot, inf, isfinite, pi, radians, sin, sqrt
from typing import TypeAlias

from loket.kit.errors import Invalid

Flat: TypeAlias = Sequence[int]
"""A line or a ring."""

MICRO = 1_000_000
EARTH_METRES = 6_371_008.8
"""Mean radius (IUGG)."""
DEGREE_METRES = EARTH_METRES * pi / 180
"""Of latitude; of longitude times the cosine of the latitude."""
_MOST_LAT, _MOST_LON = 90.0, 180.0


class Nowhere(Invalid):
    """Coordinates that cannot be: no numbers, outside the country, or far from the town."""

    code = "geography.nowhere"


@dataclass(frozen=True)
class Spot:
    """A place on the earth, in degrees; one that cannot be is never made."""

    lat: float
    lon: float

    def __post_init__(self) -> None:
        known = isfinite(self.lat) and isfinite(self.lon)
        if not known or abs(self.lat) > _MOST_LAT or abs(self.lon) > _MOST_LON:
            raise Nowhere

    @classmethod
    def of_micro(cls, lat: int, lon: int) -> "Spot":
        return cls(lat / MICRO, lon / MICRO)

    @property
    def micro(self) -> tuple[int, int]:
        """In whole micro-degrees."""
        return round(self.lat * MICRO), round(self.lon * MICRO)


@dataclass(frozen=True)
class Box:
    """From the south-west to the north-east corner, in micro-degrees."""

    south: int
    west: int
    north: int
    east: int

    @classmethod
    def around(cls, flats: Iterable[Flat]) -> "Box | None":
        """The smallest that holds all points; None for none."""
        parts = [flat for flat in flats if flat]
        if not parts:
            return None
        return cls(
            min(min(flat[0::2]) for flat in parts),
            min(min(flat[1::2]) for flat in parts),
            max(max(flat[0::2]) for flat in parts),
            max(max(flat[1::2]) for flat in parts),
        )

    def holds(self, spot: Spot, *, margin_m: float = 0.0) -> bool:
        lat, lon = spot.micro
        tall = margin_m / DEGREE_METRES * MICRO
        wide = tall / cos(radians(spot.lat)) if margin_m else 0.0
        return (
            self.south - tall <= lat <= self.north + tall
            and self.west - wide <= lon <= self.east + wide
        )


def distance_m(one: Spot, other: Spot) -> float:
    """Metres along the earth (haversine)."""
    lat1, lat2 = radians(one.lat), radians(other.lat)
    turn = radians(other.lon - one.lon)
    half = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin(turn / 2) ** 2
    return 2 * EARTH_METRES * asin(min(1.0, sqrt(half)))


def is_inside(spot: Spot, rings: Iterable[Flat]) -> bool:
    """Whether it lies within the rings; a ring in a ring is a hole.

    What lies on the line between two neighbours lies in one of them, never in both.
    """
    lat, lon = spot.micro
    crossings = 0
    for ring in rings:
        for lat1, lon1, lat2, lon2 in _sides(ring):
            if (lat1 > lat) != (lat2 > lat):
                at = lon1 + (lat - lat1) * (lon2 - lon1) / (lat2 - lat1)
                crossings += lon < at
    return crossings % 2 == 1


def line_distance_m(spot: Spot, lines: Iterable[Flat]) -> float:
    """Metres to the nearest point of the lines; good for the size of a country."""
    nearest = inf
    wide = cos(radians(spot.lat)) * DEGREE_METRES / MICRO
    tall = DEGREE_METRES / MICRO
    lat, lon = spot.micro
    for line in lines:
        for lat1, lon1, lat2, lon2 in _steps(line):
            start = ((lon1 - lon) * wide, (lat1 - lat) * tall)
            end = ((lon2 - lon) * wide, (lat2 - lat) * tall)
            nearest = min(nearest, _to_segment(start, end))
    return nearest


def middle_of(lines: Sequence[Flat]) -> Spot | None:
    """A point in the middle of the longest line; None where there is none."""
    longest = max(lines, key=len, default=())
    if not longest:
        return None
    half = len(longest) // 4 * 2
    if len(longest) // 2 % 2 or len(longest) == 2:  # noqa: PLR2004 - one point is two numbers
        return Spot.of_micro(longest[half], longest[half + 1])
    lat = (longest[half - 2] + longest[half]) // 2
    return Spot.of_micro(lat, (longest[half - 1] + longest[half + 1]) // 2)


def _steps(line: Flat) -> Iterator[tuple[int, int, int, int]]:
    for at in range(0, len(line) - 3, 2):
        yield line[at], line[at + 1], line[at + 2], line[at + 3]


def _sides(ring: Flat) -> Iterator[tuple[int, int, int, int]]:
    yield from _steps(ring)
    if ring and (ring[0], ring[1]) != (ring[-2], ring[-1]):
        yield ring[-2], ring[-1], ring[0], ring[1]


def _to_segment(start: tuple[float, float], end: tuple[float, float]) -> float:
    """From the origin to a stretch of straight line."""
    (x1, y1), (x2, y2) = start, end
    dx, dy = x2 - x1, y2 - y1
    length = dx * dx + dy * dy
    share = 0.0 if length == 0 else max(0.0, min(1.0, -(x1 * dx + y1 * dy) / length))
    return hypot(x1 + share * dx, y1 + share * dy)
