"""From a GeoJSON geometry to flat rows of micro-degrees: checked, and no finer than can be seen.

Shapely finds rings that cross themselves and thins lines without making them cross.
"""

from collections.abc import Callable, Iterable
from math import isfinite
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from loket.geography.importing.problems import FeatureRefused
from loket.geography.importing.records import Flats
from loket.geography.rules.spots import MICRO, Spot
from loket.geography.rules.whereabouts import is_in_belgium

_FINEST = 4e-6
"""Degrees: less than half a metre."""
_MOST_LON, _MOST_LAT = 180.0, 90.0
_LEAST_RING = 4


def point(geometry: Any) -> tuple[int, int]:
    """Latitude and longitude of a Point."""
    coordinates = _of_type(geometry, "Point")
    lon, lat = _position(coordinates)
    return round(lat * MICRO), round(lon * MICRO)


def lines(geometry: Any) -> Flats:
    """The lines of a LineString or MultiLineString."""
    found = _of_type(geometry, "LineString", "MultiLineString")
    parts = [found] if geometry["type"] == "LineString" else _list(found)
    return tuple(_flat(_thinned(shapely.LineString(_line(part)))) for part in parts)


def rings(geometry: Any) -> Flats:
    """All rings of a Polygon or MultiPolygon, holes among them."""
    found = _of_type(geometry, "Polygon", "MultiPolygon")
    polygons = [found] if geometry["type"] == "Polygon" else _list(found)
    return tuple(flat for polygon in polygons for flat in _polygon(polygon))


def area(geometry: Any) -> tuple[Flats, Flats]:
    """Rings and lines of either kind, for water."""
    _of_type(geometry, "LineString", "MultiLineString", "Polygon", "MultiPolygon")
    if "Line" in geometry["type"]:
        return (), lines(geometry)
    return rings(geometry), ()


def _polygon(coordinates: Any) -> Iterable[tuple[int, ...]]:
    parts = [_ring(part) for part in _list(coordinates)]
    if not parts:
        raise FeatureRefused("bad_geometry")
    made = shapely.Polygon(parts[0], parts[1:])
    if not made.is_valid:
        raise FeatureRefused("crosses_itself", why=str(shapely.is_valid_reason(made)))
    thin = _thinned(made)
    for ring in (thin.exterior, *thin.interiors):
        yield _flat(ring)[:-2]  # the last point is the first


def _thinned(shape: BaseGeometry) -> Any:
    return shapely.simplify(shape, _FINEST, preserve_topology=True)


def _flat(shape: BaseGeometry) -> tuple[int, ...]:
    return tuple(round(part * MICRO) for x, y in shape.coords for part in (y, x))


def _line(coordinates: Any) -> list[tuple[float, float]]:
    found = [_position(position) for position in _list(coordinates)]
    if len(set(found)) < 2:  # noqa: PLR2004 - a line has two ends
        raise FeatureRefused("bad_geometry")
    return found


def _ring(coordinates: Any) -> list[tuple[float, float]]:
    found = [_position(position) for position in _list(coordinates)]
    if len(found) < _LEAST_RING or found[0] != found[-1]:
        raise FeatureRefused("open_ring")
    return found


def _position(value: Any) -> tuple[float, float]:
    """Longitude and latitude, as GeoJSON has them; a height behind them is left out."""
    parts = _list(value)[:2]
    if len(parts) < 2 or not all(_is_number(part) for part in parts):  # noqa: PLR2004 - x and y
        raise FeatureRefused("bad_coordinates")
    lon, lat = (float(part) for part in parts)
    if abs(lon) > _MOST_LON or abs(lat) > _MOST_LAT:
        raise FeatureRefused("not_wgs84")
    if not is_in_belgium(Spot(lat, lon)):
        raise FeatureRefused("not_in_belgium", lat=f"{lat:.5f}", lon=f"{lon:.5f}")
    return lon, lat


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and isfinite(value)


def _of_type(geometry: Any, *types: str) -> Any:
    found = geometry.get("type") if isinstance(geometry, dict) else None
    if found not in types:
        raise FeatureRefused("wrong_geometry", found=str(found), expected=", ".join(types))
    return geometry.get("coordinates")


def _list(value: Any) -> list[Any]:
    if not isinstance(value, list) or not value:
        raise FeatureRefused("bad_geometry")
    return value


Reader = Callable[[Any], tuple[Flats, Flats]]


def rings_only(geometry: Any) -> tuple[Flats, Flats]:
    return rings(geometry), ()
