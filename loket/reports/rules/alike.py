"""When two reports may be about the same: how near, and how much of their words they share."""

import math
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from loket.geography.rules.spots import DEGREE_METRES

NEAR_METRES: Final = 150
RECENT: Final = timedelta(days=30)
_LEAST_ALIKE: Final = 0.2
_SAME_CATEGORY: Final = 0.35


@dataclass(frozen=True)
class Box:
    """South, north, west and east of everything within some metres; degrees of WGS 84."""

    south: float
    north: float
    west: float
    east: float


def box_around(lat: float, lon: float, metres: float) -> Box:
    high = metres / DEGREE_METRES
    wide = high / max(math.cos(math.radians(lat)), 1e-6)
    return Box(lat - high, lat + high, lon - wide, lon + wide)


def likeness(mine: frozenset[str], theirs: frozenset[str]) -> float:
    """0 … 1: which part of the shorter text the other says, too."""
    least = min(len(mine), len(theirs))
    return len(mine & theirs) / least if least else 0.0


def score(alike: float, metres: float | None, *, same_category: bool) -> float:
    """Higher is likelier the same; 0: not worth showing."""
    alike += _SAME_CATEGORY if same_category else 0.0
    if metres is None:
        return alike if alike >= 2 * _LEAST_ALIKE else 0.0
    if metres > NEAR_METRES:
        return 0.0
    return alike + 1 - metres / NEAR_METRES
