"""Where everything in Heidebeek lies, as picture 04 has its centre."""

from collections.abc import Iterator
from itertools import chain, pairwise
from math import atan2, cos, hypot, pi, sin
from typing import Final

from loket.demo.town_map.grids import Grid, House, Point, Street, houses
from loket.demo.town_map.names import of_a_village, of_the_centre

TOWN: Final = "Heidebeek"
VILLAGES: Final = {
    "Kortbeek": (2600.0, 1500.0),
    "Lindergem": (-2500.0, 1900.0),
    "Varenhove": (-2500.0, -1800.0),
    "Oosterwale": (2300.0, -2200.0),
}
POSTAL_CODES: Final = {
    TOWN: "8995",
    "Kortbeek": "8996",
    "Lindergem": "8997",
    "Varenhove": "8998",
    "Oosterwale": "8999",
}
_CENTRE: Final = Grid(
    TOWN,
    (0.0, 0.0),
    us=(-450, -360, -265, -180, -90, 0, 72, 165, 260, 350, 440),
    vs=(-400, -330, -250, -170, -28, 60, 150, 235, 310, 390),
    lean=0.07,
    rise=0.1,
)
_WITH_PLACES: Final = ("Kerkstraat", "Markt", "Stationslaan", "Molendreef")
PARK: Final = ((52, -58), (150, -42), (262, -24), (292, -160), (250, -262), (92, -268), (40, -160))
POND: Final = ((150, -190), (185, -180), (215, -195), (205, -225), (165, -232), (142, -212))
_TOWN_RADIUS: Final = 4700.0


def streets() -> Iterator[Street]:
    """All streets; the four of the picture first."""
    yield from _of_the_picture()
    taken = {street.name for street in _of_the_picture()}
    yield from _in(_CENTRE, (name for name in of_the_centre() if name not in taken))
    for nr, grid in enumerate(_villages()):
        yield from _in(grid, of_a_village(nr))
    yield from _between()


def all_houses() -> Iterator[House]:
    """Every house number once; none in the park."""
    for house in chain.from_iterable(houses(street) for street in streets()):
        if not _in_park(house.at):
            yield house


def buildings() -> Iterator[tuple[Point, ...]]:
    """Blocks, save where the stream, the park or the market lie."""
    for block in chain.from_iterable(grid.blocks() for grid in (_CENTRE, *_villages())):
        sides = [_middle(pair) for pair in _stretches((*block, block[0]))]
        if not any(_is_open(point) for point in (*block, *sides, _middle(block))):
            yield block


def stream() -> tuple[Point, ...]:
    """The Heidebeek, from west to east right through the town."""
    return tuple(
        (float(x), -105 + 14 * sin(x / 62) + 190 * sin(x / 1500) + 0.02 * x)
        for x in range(-4600, 4601, 25)
    )


def market() -> tuple[Point, ...]:
    """The square beside the street of that name."""
    corners = ((-172, 71), (-99, 71), (-99, 141), (-172, 141))
    return tuple(_CENTRE.at(u, v) for u, v in corners)


def boundary() -> tuple[Point, ...]:
    return tuple(_edge(step) for step in range(_STEPS))


def woods() -> dict[str, tuple[Point, ...]]:
    """What is green outside the centre."""
    return {
        "Heidebos": _blob((-900.0, -2600.0), 620.0),
        "Kortbos": _blob((3300.0, 300.0), 480.0),
        "Galgenveld": _blob((-3300.0, 350.0), 400.0),
        "Provinciedomein De Lage Vijvers": _blob((700.0, 2700.0), 700.0),
        "Sportpark": _blob((-820.0, 620.0), 170.0),
    }


def quarters() -> dict[str, tuple[Point, ...]]:
    """Nine, side by side, together the whole town."""
    found = {"Centrum": tuple(_round(_CENTRE_RADIUS, step) for step in range(_STEPS))}
    for nr, name in enumerate(_INNER):
        found[name] = _sector(nr, _CENTRE_RADIUS, _INNER_RADIUS)
    for nr, name in enumerate(VILLAGES):
        found[name] = _sector(nr, _INNER_RADIUS, None)
    return found


def quarter_at(point: Point) -> str:
    """The quarter around a point, by the rings and sectors they are made of."""
    x, y = point
    away = hypot(x, y)
    if away < _CENTRE_RADIUS:
        return "Centrum"
    nr = int((atan2(y, x) % (2 * pi)) / (pi / 2)) % len(_INNER)
    return _INNER[nr] if away < _INNER_RADIUS else list(VILLAGES)[nr]


_INNER: Final = ("Stationskwartier", "Kloosterwijk", "Molenwijk", "Parkwijk")
_CENTRE_RADIUS, _INNER_RADIUS = 250.0, 900.0
_STEPS: Final = 48
"""Corners of everything round; a quarter of them is a quarter of the town."""


def _of_the_picture() -> tuple[Street, ...]:
    lines = (
        [_CENTRE.at(0, v) for v in (310, 235, 150, 60, -28, -170)],
        [_CENTRE.at(u, 60) for u in (-265, -180, -90, 0)],
        [_CENTRE.at(u, 60) for u in (0, 72, 165, 260, 350, 440)],
        [_CENTRE.at(u, -28) for u in (-265, -180, -90, 0, 72, 165, 260)],
    )
    return tuple(
        Street(name, TOWN, tuple(line), 11.5 if name == "Kerkstraat" else 14.0)
        for name, line in zip(_WITH_PLACES, lines, strict=True)
    )


def _in(grid: Grid, names: Iterator[str]) -> Iterator[Street]:
    """The lines of a grid, save what is a street of the picture or would cross the park."""
    taken = {pair for street in _of_the_picture() for pair in _stretches(street.line)}
    for line in grid.lines():
        for run in _free_runs(line, taken):
            name = next(names, None)
            if name is not None:
                yield Street(name, grid.place, run)


def _free_runs(line: tuple[Point, ...], taken: set[tuple[Point, Point]]) -> list[tuple[Point, ...]]:
    runs: list[tuple[Point, ...]] = [()]
    for start, end in _stretches(line):
        if (start, end) in taken or (end, start) in taken or _in_park(_middle((start, end))):
            runs.append(())
        else:
            runs[-1] = (*(runs[-1] or (start,)), end)
    return [run for run in runs if run]


def _stretches(line: tuple[Point, ...]) -> list[tuple[Point, Point]]:
    return list(pairwise(line))


def _villages() -> list[Grid]:
    stops = (-260.0, -170.0, -85.0, 0.0, 80.0, 165.0, 255.0)
    return [
        Grid(name, middle, stops, stops, lean=0.1 * nr - 0.15, rise=0.16 - 0.08 * nr)
        for nr, (name, middle) in enumerate(VILLAGES.items())
    ]


def _between() -> Iterator[Street]:
    """The old roads: from the centre to each village, and from village to village."""
    roads = ("Kortbeeksesteenweg", "Lindergemsesteenweg", "Varenhovestraat", "Oosterwaalsebaan")
    for name, end in zip(roads, VILLAGES.values(), strict=True):
        x, y = end
        start = _CENTRE.at(440.0 if x > 0 else -450.0, 390.0 if y > 0 else -400.0)
        yield Street(name, TOWN, (start, (x * 0.55, y * 0.6), (x * 0.9, y * 0.86)), 45.0)
    ends = list(VILLAGES.values())
    for name, one, other in zip(
        ("Bergstraat", "Heirweg", "Boterdijk", "Oude Baan"), ends, ends[1:] + ends[:1], strict=True
    ):
        middle = ((one[0] + other[0]) * 0.58, (one[1] + other[1]) * 0.58)
        yield Street(name, TOWN, (one, middle, other), 90.0)


def _is_open(point: Point) -> bool:
    near_stream = min(hypot(point[0] - x, point[1] - y) for x, y in _NEAR)
    u = point[0] + _CENTRE.lean * point[1]
    v = point[1] - _CENTRE.rise * point[0]
    in_market = -178 < u < -92 and 62 < v < 148  # noqa: PLR2004 - between its four streets
    return near_stream < _BANK or in_market or _in_park(point)


_BANK: Final = 42.0
_NEAR: Final = [point for point in stream() if abs(point[0]) < 700]  # noqa: PLR2004 - the centre


def _in_park(point: Point) -> bool:
    """By the sides it crosses, as any polygon."""
    inside = False
    x, y = point
    for (x1, y1), (x2, y2) in zip(PARK, (*PARK[1:], PARK[0]), strict=True):
        if (y1 > y) != (y2 > y) and x < x1 + (y - y1) * (x2 - x1) / (y2 - y1):
            inside = not inside
    return inside


def _middle(block: tuple[Point, ...]) -> Point:
    return sum(x for x, _y in block) / len(block), sum(y for _x, y in block) / len(block)


def _blob(middle: Point, radius: float) -> tuple[Point, ...]:
    x, y = middle
    found = []
    for step in range(_STEPS):
        turn = 2 * pi * step / _STEPS
        reach = radius * (1 + 0.16 * sin(3 * turn + x) + 0.09 * sin(7 * turn + y))
        found.append((x + reach * cos(turn), y + reach * sin(turn)))
    return tuple(found)


def _round(radius: float, step: int) -> Point:
    turn = 2 * pi * step / _STEPS
    return radius * cos(turn), radius * sin(turn)


def _edge(step: int) -> Point:
    turn = 2 * pi * step / _STEPS
    return _round(_TOWN_RADIUS * (1 + 0.08 * sin(2 * turn) + 0.05 * sin(5 * turn)), step)


def _sector(nr: int, inner: float, outer: float | None) -> tuple[Point, ...]:
    """A quarter of a ring; without an outer radius as far as the boundary."""
    steps = range(nr * _STEPS // 4, (nr + 1) * _STEPS // 4 + 1)
    far = [_edge(step) if outer is None else _round(outer, step) for step in steps]
    return (*far, *(_round(inner, step) for step in reversed(steps)))
