"""The map as it is asked: what is here, what is near, which quarter; the same on desk and server.

Pure: over one :class:`TownMap`, built as far as somebody asks.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cached_property
from math import inf

from loket.geography.messages import AddressHit, MapArea, MapStreet, TownMap
from loket.geography.rules.addresses import names_another_town, words
from loket.geography.rules.spots import Box, Spot, distance_m, is_inside, line_distance_m
from loket.geography.rules.whereabouts import AreaKind, Where, checked, where
from loket.geography.search import AddressIndex, house_hit, street_hit

HOUSE_WITHIN_M = 120.0
"""Farther from a house one no longer says *near number 48*."""
STREET_WITHIN_M = 500.0
_CELL_LAT, _CELL_LON = 1_000, 1_600
"""A cell of the grid: some 110 m at our latitude, in micro-degrees."""
_REACH = 2
"""Cells to each side in which a house within the limit must stand."""


class Atlas:
    """One version of the map, with ways to find things in it."""

    def __init__(self, town_map: TownMap) -> None:
        self.map = town_map

    @cached_property
    def box(self) -> Box | None:
        """What the streets lie in; None without any."""
        return Box.around(line for street in self.map.streets for line in street.lines)

    def search(self, text: str, limit: int = 8) -> tuple[AddressHit, ...]:
        """Addresses for what was typed so far, best first."""
        return self._index.search(text, limit)

    def where(self, spot: Spot) -> Where:
        """Whether it lies in the town, outside it, or nowhere."""
        return where(spot, self._boundary)

    def checked(self, spot: Spot) -> Where:
        """The same; raises Nowhere for a spot that cannot be."""
        return checked(spot, self._boundary)

    def is_elsewhere(self, address: str) -> bool:
        """Whether an address that is on no map names another town; without streets nobody knows."""
        return bool(self.map.streets) and names_another_town(address, *self._ours)

    def nearest(self, spot: Spot) -> AddressHit | None:
        """The house beside a spot; else the street, at the spot itself; None in the open field."""
        house = self._houses.nearest(spot, HOUSE_WITHIN_M)
        if house is not None:
            return house_hit(self.map.streets[house[0]], house[1])
        street = self._nearest_street(spot)
        return None if street is None else street_hit(self.map.streets[street], spot)

    def quarter_of(self, spot: Spot) -> str | None:
        """The name of the quarter it lies in."""
        for box, area in self._quarters:
            if box.holds(spot) and is_inside(spot, area.rings):
                return area.name
        return None

    def quarters(self) -> tuple[str, ...]:
        """The names of all quarters, in order."""
        return tuple(sorted(area.name for _box, area in self._quarters))

    def _nearest_street(self, spot: Spot) -> int | None:
        best: int | None = None
        nearest = STREET_WITHIN_M
        for nr, box in enumerate(self._boxes):
            if box is not None and box.holds(spot, margin_m=nearest):
                far = line_distance_m(spot, self.map.streets[nr].lines)
                if far < nearest:
                    best, nearest = nr, far
        return best

    @cached_property
    def _ours(self) -> tuple[frozenset[str], frozenset[str]]:
        """Our municipalities and postal codes; our streets and quarters."""
        streets = self.map.streets
        places = {"".join(words(street.municipality)) for street in streets}
        names = {*(street.name for street in streets), *self.quarters()}
        codes = {street.postal_code for street in streets}
        return frozenset(places | codes), frozenset("".join(words(name)) for name in names)

    @cached_property
    def _index(self) -> AddressIndex:
        return AddressIndex(self.map.streets)

    @cached_property
    def _boundary(self) -> list[list[int]]:
        return self.map.rings(AreaKind.BOUNDARY)

    @cached_property
    def _houses(self) -> "_Houses":
        return _Houses(self.map.streets)

    @cached_property
    def _boxes(self) -> list[Box | None]:
        return [Box.around(street.lines) for street in self.map.streets]

    @cached_property
    def _quarters(self) -> list[tuple[Box, MapArea]]:
        quarters = [area for area in self.map.areas if area.kind is AreaKind.QUARTER]
        boxed = [(Box.around(area.rings), area) for area in quarters]
        return [(box, area) for box, area in boxed if box is not None]


class _Houses:
    """All houses in the cells of a grid."""

    def __init__(self, streets: Sequence[MapStreet]) -> None:
        self._cells: dict[tuple[int, int], list[tuple[int, int, int, int]]] = defaultdict(list)
        for nr, street in enumerate(streets):
            for place in range(len(street.numbers)):
                lat, lon = street.spots[2 * place], street.spots[2 * place + 1]
                self._cells[lat // _CELL_LAT, lon // _CELL_LON].append((lat, lon, nr, place))

    def nearest(self, spot: Spot, within_m: float) -> tuple[int, int] | None:
        """Street and place of the nearest house, if it is near enough."""
        best: tuple[int, int] | None = None
        nearest = inf
        for lat, lon, street, place in self._around(spot):
            far = distance_m(spot, Spot.of_micro(lat, lon))
            if far <= within_m and far < nearest:
                best, nearest = (street, place), far
        return best

    def _around(self, spot: Spot) -> Iterator[tuple[int, int, int, int]]:
        lat, lon = spot.micro
        row, column = lat // _CELL_LAT, lon // _CELL_LON
        for y in range(row - _REACH, row + _REACH + 1):
            for x in range(column - _REACH, column + _REACH + 1):
                yield from self._cells.get((y, x), ())
