"""Streets and map on the wire."""

from typing import Final

from loket.geography.rules.spots import Spot
from loket.geography.rules.whereabouts import AreaKind
from loket.wire.base import Versioned, WireOut

NO_MAP_VERSION: Final = "0"


class MapStreet(WireOut):
    """A street with its house numbers; all coordinates in micro-degrees, latitude first."""

    id: str
    name: str
    postal_code: str
    municipality: str
    lines: list[list[int]]
    numbers: list[str]
    """In the order of the houses."""
    spots: list[int]
    """Of each number its latitude and longitude, one after the other."""

    def spot_of(self, place: int) -> Spot:
        """Where the house stands whose number is at that place of ``numbers``."""
        return Spot.of_micro(self.spots[2 * place], self.spots[2 * place + 1])


class MapArea(WireOut):
    """An area, or a narrow water as a line; rings within rings are holes."""

    kind: AreaKind
    name: str
    rings: list[list[int]]
    lines: list[list[int]]


class TownMap(Versioned):
    """The whole map of the town, for a desk to keep."""

    streets: list[MapStreet]
    areas: list[MapArea]

    @classmethod
    def empty(cls) -> "TownMap":
        """Of a town that imported none."""
        return cls(version=NO_MAP_VERSION, streets=[], areas=[])

    def rings(self, kind: AreaKind) -> list[list[int]]:
        """Of all areas of a kind."""
        return [ring for area in self.areas if area.kind is kind for ring in area.rings]


class TilesThere(WireOut):
    """Whether the town has a tile server, and whose map it is."""

    there: bool
    credit: str


class AddressHit(WireOut):
    """An address found: a house, or a street where ``house_number`` is empty."""

    street_id: str
    street: str
    house_number: str
    """With its box, if one was typed."""
    postal_code: str
    municipality: str
    spot: Spot
    label: str


class TownMapChanged(WireOut):
    """Event ``town_map_changed``: desks ask for the new one."""

    version: int
