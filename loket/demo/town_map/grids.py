"""Streets of a centre or a village: two sets of lines, cut into streets, with blocks between.

Metres, from the middle of Heidebeek: x to the east, y to the north.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import hypot
from typing import TypeAlias

Point: TypeAlias = tuple[float, float]


@dataclass(frozen=True)
class Street:
    """A street from end to end, with the distance between its houses."""

    name: str
    place: str
    line: tuple[Point, ...]
    house_every: float = 15.0


@dataclass(frozen=True)
class House:
    """A house number beside its street."""

    street: str
    place: str
    number: str
    box: str
    at: Point


@dataclass(frozen=True)
class Grid:
    """Lines at distances ``us`` and ``vs`` from the middle of a place, leaning a little."""

    place: str
    middle: Point
    us: tuple[float, ...]
    """The lines that run from north to south."""
    vs: tuple[float, ...]
    lean: float
    rise: float

    def at(self, u: float, v: float) -> Point:
        x, y = self.middle
        return x + u - self.lean * v, y + v + self.rise * u

    def lines(self) -> Iterator[tuple[Point, ...]]:
        """Each line in pieces of some blocks: a street seldom keeps its name to the end."""
        for u in self.us:
            for piece in _pieces(self.vs[::-1]):
                yield tuple(self.at(u, v) for v in piece)
        for v in self.vs:
            for piece in _pieces(self.us):
                yield tuple(self.at(u, v) for u in piece)

    def blocks(self) -> Iterator[tuple[Point, ...]]:
        """Buildings between the streets; every third block is built in two."""
        for column, (west, east) in enumerate(pairwise(self.us)):
            for row, (south, north) in enumerate(pairwise(self.vs)):
                cuts = [(west, east)]
                if (column + 2 * row) % 3 == 0:
                    middle = west + (east - west) * (0.4 + 0.2 * (row % 2))
                    cuts = [(west, middle + _ROAD - 3), (middle - _ROAD + 3, east)]
                for left, right in cuts:
                    yield self._block(left, right, south, north)

    def _block(self, west: float, east: float, south: float, north: float) -> tuple[Point, ...]:
        w, e, s, n = west + _ROAD, east - _ROAD, south + _ROAD, north - _ROAD
        return self.at(w, s), self.at(e, s), self.at(e, n), self.at(w, n)


_ROAD = 13.0
"""From the middle of a street to the buildings."""
_BLOCKS_IN_A_STREET = 3


def _pieces(stops: Sequence[float]) -> Iterator[Sequence[float]]:
    for start in range(0, len(stops) - 1, _BLOCKS_IN_A_STREET):
        yield stops[start : start + _BLOCKS_IN_A_STREET + 1]


def houses(street: Street) -> Iterator[House]:
    """Odd numbers on the left, even ones on the right, from the first end on."""
    length = sum(hypot(x2 - x1, y2 - y1) for (x1, y1), (x2, y2) in pairwise(street.line))
    for nr in range(int(length / street.house_every)):
        along = (nr + 0.5) * street.house_every
        for side, number in ((1, 2 * nr + 1), (-1, 2 * nr + 2)):
            at = _beside(street.line, along, side * _FROM_THE_ROAD)
            yield House(street.name, street.place, str(number), "", at)
            if number % _EXTRA == 0:
                x, y = at
                yield House(street.name, street.place, f"{number}A", "", (x + 3, y))
            for box in range(1, _BOXES + 1 if number % _FLATS == 0 else 1):
                yield House(street.name, street.place, str(number), str(box), at)


_FROM_THE_ROAD = 11.0
_EXTRA, _FLATS, _BOXES = 17, 30, 4
"""Every so many numbers a house was built in between, or flats with boxes."""


def _beside(line: Sequence[Point], along: float, aside: float) -> Point:
    for (x1, y1), (x2, y2) in pairwise(line):
        length = hypot(x2 - x1, y2 - y1)
        if along <= length:
            share, dx, dy = along / length, (x2 - x1) / length, (y2 - y1) / length
            return x1 + share * (x2 - x1) - aside * dy, y1 + share * (y2 - y1) + aside * dx
        along -= length
    return line[-1]
