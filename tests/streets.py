"""A map of two streets and a park, as a town would bring it, and ways to spoil it."""

import copy
import json
from typing import Any

from loket.geography.importing.planning import MapPlan, plan_map
from loket.geography.importing.records import Layers
from loket.geography.messages import MapArea, MapStreet, TownMap
from loket.geography.rules.whereabouts import AreaKind

LAT, LON = 51.1, 3.15
PLACED = {"postal_code": "8995", "municipality": "Heidebeek"}


def feature(kind: str, geometry: str, coordinates: Any, **properties: Any) -> dict[str, Any]:
    return {
        "type": "Feature",
        "properties": {"kind": kind, **properties},
        "geometry": {"type": geometry, "coordinates": coordinates},
    }


def square(size: float, lat: float = LAT, lon: float = LON) -> list[list[list[float]]]:
    """A ring around a spot, ``size`` degrees to each side."""
    signs = ((-1, -1), (1, -1), (1, 1), (-1, 1), (-1, -1))
    return [[[lon + x * size, lat + y * size] for x, y in signs]]


def address(number: str, lat: float, street: str = "Kerkstraat", **more: Any) -> dict[str, Any]:
    properties = {"street": street, "house_number": number, **PLACED, **more}
    return feature("address", "Point", [LON, lat], **properties)


def features() -> list[dict[str, Any]]:
    up = [[LON, LAT - 0.002], [LON, LAT + 0.002]]
    return [
        feature("boundary", "Polygon", square(0.02), name="Heidebeek"),
        feature("quarter", "Polygon", square(0.005), name="Centrum"),
        feature("green", "Polygon", square(0.001, LAT + 0.003), name="Stadspark"),
        feature("water", "LineString", [[LON - 0.01, LAT], [LON + 0.01, LAT]], name="Heidebeek"),
        feature("street", "LineString", up, name="Kerkstraat", **PLACED),
        feature("street", "LineString", [[LON, LAT], [LON + 0.003, LAT]], name="Markt", **PLACED),
        address("2", LAT + 0.0001),
        address("48", LAT + 0.001),
        address("48", LAT + 0.001, box="2"),
        address("48A", LAT + 0.0011),
        address("1", LAT, street="Markt"),
    ]


def file_of(found: list[dict[str, Any]], **more: Any) -> bytes:
    return json.dumps({"type": "FeatureCollection", "features": found, **more}).encode()


def changed(nr: int, **properties: Any) -> list[dict[str, Any]]:
    """The map with other properties, or ``geometry``, in the feature that counts as ``nr``."""
    found = copy.deepcopy(features())
    geometry = properties.pop("geometry", None)
    found[nr - 1]["properties"].update(properties)
    if geometry:
        found[nr - 1]["geometry"] = geometry
    return found


def plan_of(found: list[dict[str, Any]], current: Layers | None = None) -> MapPlan:
    return plan_map(file_of(found), current=current or Layers(), version=0)


def town_map(found: list[dict[str, Any]] | None = None) -> TownMap:
    """The map as a desk gets it, without a database."""
    layers = plan_of(found or features()).layers
    streets = []
    for key, street in layers.streets.items():
        houses = {a.house_number: at for a, at in layers.addresses.items() if a.street == key}
        streets.append(
            MapStreet(
                id=key.street_id,
                name=street.name,
                postal_code=key.postal_code,
                municipality=key.municipality,
                lines=[list(line) for line in street.lines],
                numbers=list(houses),
                spots=[part for spot in houses.values() for part in spot],
            )
        )
    areas = [
        MapArea(
            kind=AreaKind(kind),
            name=area.name,
            rings=[list(ring) for ring in area.rings],
            lines=[list(line) for line in area.lines],
        )
        for kind, found_areas in layers.areas.items()
        for area in found_areas
    ]
    return TownMap(version="1", streets=streets, areas=areas)
