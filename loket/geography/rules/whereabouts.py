"""What a town does with a spot: its own, for somebody else, or nowhere at all."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Final

from loket.geography.rules.spots import MICRO, Box, Flat, Nowhere, Spot, is_inside, line_distance_m

FARTHEST_M: Final = 60_000.0
"""Nobody reports at a desk what lies farther outside the town: a slip of the mouse, or a joke."""


class AreaKind(StrEnum):
    """What an area of the map is."""

    BOUNDARY = "boundary"
    QUARTER = "quarter"
    WATER = "water"
    GREEN = "green"
    SQUARE = "square"
    BUILDING = "building"


class Where(StrEnum):
    """Where a spot lies, for the town."""

    INSIDE = "inside"
    OUTSIDE = "outside"
    """Allowed; whoever handles it forwards it."""
    NOWHERE = "nowhere"


def where(spot: Spot, boundary: Sequence[Flat]) -> Where:
    """Where it lies; a town without a boundary on its map takes the whole country for its own."""
    if not is_in_belgium(spot):
        return Where.NOWHERE
    if not boundary or is_inside(spot, boundary):
        return Where.INSIDE
    return Where.OUTSIDE if line_distance_m(spot, boundary) <= FARTHEST_M else Where.NOWHERE


def checked(spot: Spot, boundary: Sequence[Flat]) -> Where:
    """The same, refusing what is nowhere."""
    found = where(spot, boundary)
    if found is Where.NOWHERE:
        raise Nowhere(lat=round(spot.lat, 5), lon=round(spot.lon, 5))
    return found


def is_in_belgium(spot: Spot) -> bool:
    """Roughly: on land some kilometres to spare, along the coast about one."""
    return _HEART.holds(spot) or is_inside(spot, (_OUTLINE,))


_HEART: Final = Box(50_800_000, 3_000_000, 51_200_000, 5_600_000)
"""Wholly within the outline: most spots are known by one look."""


_CORNERS: Final = (
    # along the sea, from De Panne past the harbour of Zeebrugge to the Zwin
    *((51.098, 2.50), (51.165, 2.68), (51.247, 2.89), (51.315, 3.09), (51.375, 3.17)),
    *((51.385, 3.24), (51.390, 3.38)),
    # along the Netherlands and Germany
    *((51.29, 3.56), (51.27, 3.80), (51.32, 3.98), (51.40, 4.20), (51.50, 4.44), (51.53, 4.75)),
    *((51.52, 5.10), (51.32, 5.28), (51.31, 5.57), (51.20, 5.88), (51.06, 5.82), (50.88, 5.75)),
    *((50.79, 5.95), (50.77, 6.06), (50.65, 6.30), (50.48, 6.42), (50.30, 6.44)),
    # along Luxembourg and France
    *((50.10, 6.18), (49.83, 5.80), (49.68, 5.94), (49.52, 5.86), (49.47, 5.45), (49.60, 5.15)),
    *((49.75, 4.83), (50.10, 4.78), (49.91, 4.45), (49.95, 4.12), (50.25, 4.00), (50.40, 3.60)),
    *((50.48, 3.25), (50.74, 3.10), (50.66, 2.84), (50.80, 2.56)),
)
_OUTLINE: Final[Flat] = [round(part * MICRO) for corner in _CORNERS for part in corner]
