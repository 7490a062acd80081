"""From the bytes of a GeoJSON file to records, with every feature that cannot be read."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from loket.geography.importing import shapes
from loket.geography.importing.problems import FeatureRefused, MapProblem
from loket.geography.importing.records import (
    ADDRESSES,
    STREETS,
    AddressKey,
    AreaRecord,
    Flats,
    StreetKey,
)
from loket.geography.rules.whereabouts import AreaKind
from loket.kit.text import folded
from loket.wire.base import readable

_KINDS: Final = {
    "straat": STREETS,
    "adres": ADDRESSES,
    "grens": AreaKind.BOUNDARY,
    "wijk": AreaKind.QUARTER,
    "groen": AreaKind.GREEN,
    "plein": AreaKind.SQUARE,
    "gebouw": AreaKind.BUILDING,
}
_DUTCH: Final = {
    "kind": "soort",
    "name": "naam",
    "postal_code": "postcode",
    "municipality": "gemeente",
    "street": "straat",
    "house_number": "huisnummer",
    "box": "bus",
}
_NAMED: Final = {AreaKind.BOUNDARY, AreaKind.QUARTER}
_LONGEST_NAME, _LONGEST_NUMBER = 80, 12
_OUR_REFERENCE = re.compile(r"CRS84|EPSG:{1,2}4326$")


@dataclass
class MapRead:
    """What a file held: what could be read, and the problems of the rest."""

    streets: dict[StreetKey, tuple[str, Flats]] = field(default_factory=dict)
    addresses: dict[AddressKey, tuple[int, int]] = field(default_factory=dict)
    areas: dict[AreaKind, list[AreaRecord]] = field(default_factory=dict)
    places: dict[Any, int] = field(default_factory=dict)
    """The feature in which a key stood first."""
    kinds: set[str] = field(default_factory=set)
    problems: list[MapProblem] = field(default_factory=list)


def read_map_file(content: bytes) -> MapRead:
    """Read the file; whatever cannot be read becomes a problem."""
    read = MapRead()
    try:
        for nr, feature in enumerate(_features(content), 1):
            try:
                _take(read, nr, feature)
            except FeatureRefused as refused:
                problem = MapProblem(nr, refused.about, refused.code, refused.params)
                read.problems.append(problem)
    except FeatureRefused as refused:
        read.problems.append(MapProblem(0, "", refused.code, refused.params))
    return read


def _features(content: bytes) -> list[Any]:
    try:
        found = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise FeatureRefused("unreadable", why=str(error)[:120]) from error
    if not isinstance(found, dict) or not isinstance(found.get("features"), list):
        raise FeatureRefused("no_collection")
    crs = found.get("crs")
    if crs is not None and not _OUR_REFERENCE.search(_name_of(crs)):
        raise FeatureRefused("other_reference", found=_name_of(crs)[:80])
    if not found["features"]:
        raise FeatureRefused("no_features")
    features: list[Any] = found["features"]
    return features


def _name_of(crs: Any) -> str:
    """Files from before RFC 7946 may name another reference system."""
    properties = crs.get("properties") if isinstance(crs, dict) else None
    return str(properties.get("name", "?")) if isinstance(properties, dict) else "?"


def _take(read: MapRead, nr: int, feature: Any) -> None:
    properties = feature.get("properties") if isinstance(feature, dict) else None
    if not isinstance(properties, dict):
        raise FeatureRefused("no_feature")
    kind = _kind(properties)
    read.kinds.add(kind)
    geometry = feature.get("geometry")
    if kind == STREETS:
        _take_street(read, nr, properties, geometry)
    elif kind == ADDRESSES:
        _take_address(read, nr, properties, geometry)
    else:
        _take_area(read, nr, AreaKind(kind), properties, geometry)


def _kind(properties: Mapping[str, Any]) -> str:
    given = _text(properties, "kind", _LONGEST_NAME).casefold()
    found = _KINDS.get(given, given)
    if found not in {STREETS, ADDRESSES, *AreaKind}:
        raise FeatureRefused("unknown_kind", "kind", value=given)
    return found


def _take_street(read: MapRead, nr: int, properties: Mapping[str, Any], geometry: Any) -> None:
    name = _text(properties, "name", _LONGEST_NAME)
    key = _street_key(properties, name)
    first, known = read.streets.get(key, (name, ()))
    read.streets[key] = (first, known + shapes.lines(geometry))
    read.places.setdefault(key, nr)


def _take_address(read: MapRead, nr: int, properties: Mapping[str, Any], geometry: Any) -> None:
    street = _street_key(properties, _text(properties, "street", _LONGEST_NAME))
    number = _text(properties, "house_number", _LONGEST_NUMBER)
    box = _text(properties, "box", _LONGEST_NUMBER, required=False)
    key = AddressKey(street, number, box)
    first = read.places.setdefault(key, nr)
    if first != nr:
        raise FeatureRefused("twice", "house_number", first=first)
    read.addresses[key] = shapes.point(geometry)


def _take_area(
    read: MapRead, nr: int, kind: AreaKind, properties: Mapping[str, Any], geometry: Any
) -> None:
    name = _text(properties, "name", _LONGEST_NAME, required=kind in _NAMED)
    shape = shapes.area if kind is AreaKind.WATER else shapes.rings_only
    rings, lines = shape(geometry)
    if kind in _NAMED:
        first = read.places.setdefault((kind, name if kind is AreaKind.QUARTER else ""), nr)
        if first != nr:
            raise FeatureRefused("twice", "name", first=first)
    read.areas.setdefault(kind, []).append(AreaRecord(name, rings, lines))


def _street_key(properties: Mapping[str, Any], name: str) -> StreetKey:
    postal_code = _text(properties, "postal_code", _LONGEST_NUMBER)
    if not re.fullmatch(r"[1-9]\d{3}", postal_code, re.ASCII):
        raise FeatureRefused("bad_postal_code", "postal_code", value=postal_code)
    if len(folded(name)) > _LONGEST_NAME:  # some single signs are compared as several letters
        raise FeatureRefused("too_long", "name", limit=_LONGEST_NAME, length=len(folded(name)))
    return StreetKey.of(name, postal_code, _text(properties, "municipality", _LONGEST_NAME))


def _text(properties: Mapping[str, Any], name: str, longest: int, *, required: bool = True) -> str:
    """A property as text: postal codes and house numbers are often numbers in such files."""
    value = properties.get(name, properties.get(_DUTCH[name]))
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    if value is not None and not isinstance(value, str):
        raise FeatureRefused("no_text", name)
    text = (value or "").strip()
    if not text and required:
        raise FeatureRefused("missing", name)
    if len(text) > longest:
        raise FeatureRefused("too_long", name, limit=longest, length=len(text))
    try:
        return readable(text)
    except ValueError:
        raise FeatureRefused("no_text", name) from None
