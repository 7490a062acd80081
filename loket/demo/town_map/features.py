"""The map as a file that any town could bring: GeoJSON, read by the importer like theirs."""

import json
from collections.abc import Iterable, Iterator
from math import cos, radians
from typing import Any, Final

from loket.demo.town_map import layout
from loket.demo.town_map.grids import Point
from loket.geography.rules.spots import DEGREE_METRES, Spot

MIDDLE: Final = Spot(51.1000, 3.1500)
"""Where Kerkstraat crosses the line of Markt and Molendreef, more or less."""
_LON_METRES: Final = DEGREE_METRES * cos(radians(MIDDLE.lat))


def map_file() -> bytes:
    """The whole map of Heidebeek."""
    collection = {"type": "FeatureCollection", "features": list(_features())}
    return json.dumps(collection, ensure_ascii=False).encode()


def _features() -> Iterator[dict[str, Any]]:
    yield _polygon("boundary", layout.TOWN, layout.boundary())
    for name, ring in layout.quarters().items():
        yield _polygon("quarter", name, ring)
    yield _line("water", layout.TOWN, layout.stream())
    yield _polygon("green", "Stadspark", layout.PARK)
    yield _polygon("water", "", layout.POND)
    for name, ring in layout.woods().items():
        yield _polygon("green", name, ring)
    yield _polygon("square", "Markt", layout.market())
    for block in layout.buildings():
        yield _polygon("building", "", block)
    for street in layout.streets():
        yield _line("street", street.name, street.line, **_placed(street.place))
    yield from _addresses()


def _addresses() -> Iterator[dict[str, Any]]:
    for house in layout.all_houses():
        yield _feature(
            {"type": "Point", "coordinates": _position(house.at)},
            kind="address",
            street=house.street,
            house_number=house.number,
            box=house.box,
            **_placed(house.place),
        )


def _placed(place: str) -> dict[str, str]:
    return {"postal_code": layout.POSTAL_CODES[place], "municipality": place}


def _line(kind: str, name: str, line: Iterable[Point], **more: str) -> dict[str, Any]:
    coordinates = [_position(point) for point in line]
    geometry = {"type": "LineString", "coordinates": coordinates}
    return _feature(geometry, kind=kind, name=name, **more)


def _polygon(kind: str, name: str, ring: Iterable[Point]) -> dict[str, Any]:
    found = [_position(point) for point in ring]
    geometry = {"type": "Polygon", "coordinates": [[*found, found[0]]]}
    return _feature(geometry, kind=kind, name=name)


def _feature(geometry: dict[str, Any], **properties: str) -> dict[str, Any]:
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def _position(point: Point) -> list[float]:
    x, y = point
    return [round(MIDDLE.lon + x / _LON_METRES, 7), round(MIDDLE.lat + y / DEGREE_METRES, 7)]
