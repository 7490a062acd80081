"""Reading the map: as records for an import, whole for a desk, ready to be asked for a use case."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from threading import Lock
from typing import Any

from sqlalchemy import Connection, select

from loket.geography.atlas import Atlas
from loket.geography.importing.records import (
    AddressKey,
    AreaRecord,
    Flats,
    Layers,
    StreetKey,
    StreetRecord,
)
from loket.geography.messages import MapArea, MapStreet, TownMap
from loket.geography.rules.spots import MICRO
from loket.geography.rules.whereabouts import AreaKind
from loket.geography.tables import AddressPointRow, MapAreaRow, StreetRow, TownMapVersionRow

_STREETS = (
    select(StreetRow.__table__).where(StreetRow.retired.is_(False)).order_by(StreetRow.folded)
)
_ADDRESSES = select(AddressPointRow.__table__)
_AREAS = select(MapAreaRow.__table__).order_by(MapAreaRow.id)


def read_map_version(connection: Connection) -> int:
    """The version of the map; 0 before the first import."""
    return connection.scalar(select(TownMapVersionRow.version)) or 0


def read_layers(connection: Connection) -> Layers:
    """The map as it stands, in the form of an import."""
    keys: dict[str, StreetKey] = {}
    streets: dict[StreetKey, StreetRecord] = {}
    for row in connection.execute(_STREETS):
        key = StreetKey(row.folded, row.postal_code, row.municipality)
        keys[row.id] = key
        streets[key] = StreetRecord(row.name, _flats(row.lines))
    addresses = {
        AddressKey(keys[row.street_id], row.house_number, row.box): _micro(row)
        for row in connection.execute(_ADDRESSES)
    }
    areas: dict[AreaKind, tuple[AreaRecord, ...]] = {}
    for row in connection.execute(_AREAS):
        record = AreaRecord(row.name, _flats(row.rings), _flats(row.lines))
        kind = AreaKind(row.kind)
        areas[kind] = (*areas.get(kind, ()), record)
    return Layers(streets, addresses, areas)


def read_town_map(connection: Connection) -> TownMap:
    """All that a desk needs, in one SELECT per table."""
    houses: dict[str, dict[str, tuple[int, int]]] = defaultdict(dict)
    for row in connection.execute(_ADDRESSES):
        known = houses[row.street_id]
        if not row.box or row.house_number not in known:
            known[row.house_number] = _micro(row)
    return TownMap(
        version=str(read_map_version(connection)),
        streets=[_street(row, houses[row.id]) for row in connection.execute(_STREETS)],
        areas=[
            MapArea(kind=AreaKind(row.kind), name=row.name, rings=row.rings, lines=row.lines)
            for row in connection.execute(_AREAS)
        ],
    )


class Places:
    """Gives the atlas of now: one small look at the version, and rarely the whole map."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._known: tuple[int, Atlas] | None = None

    def now(self, connection: Connection) -> Atlas:
        """The map as this transaction sees it."""
        version = read_map_version(connection)
        known = self._known
        if known is not None and known[0] == version:
            return known[1]
        with self._lock:
            known = self._known
            if known is None or known[0] != version:
                known = self._known = (version, Atlas(read_town_map(connection)))
        return known[1]


def _street(row: Any, houses: Mapping[str, tuple[int, int]]) -> MapStreet:
    numbers = sorted(houses, key=_in_street)
    return MapStreet(
        id=row.id,
        name=row.name,
        postal_code=row.postal_code,
        municipality=row.municipality,
        lines=row.lines,
        numbers=numbers,
        spots=[part for number in numbers for part in houses[number]],
    )


def _in_street(number: str) -> tuple[int, str]:
    """2, 2A, 10: by the number first."""
    digits = "".join(sign for sign in number if sign.isdecimal())
    return int(digits or 0), number


def _micro(row: Any) -> tuple[int, int]:
    return round(row.lat * MICRO), round(row.lon * MICRO)


def _flats(value: Iterable[Iterable[int]]) -> Flats:
    return tuple(tuple(flat) for flat in value)
