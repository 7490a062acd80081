"""Changing the map: an import is one transaction, all of it or nothing."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Table, bindparam, delete, insert, select, update

from loket.geography.importing.planning import MapPlan
from loket.geography.importing.records import ADDRESSES, STREETS, AreaRecord, StreetKey
from loket.geography.rules.spots import MICRO
from loket.geography.rules.whereabouts import AreaKind
from loket.geography.tables import AddressPointRow, MapAreaRow, StreetRow, TownMapVersionRow
from loket.kit.errors import Conflict, Invalid
from loket.store.base import Base

_STREET: Table = Base.metadata.tables[StreetRow.__tablename__]
_ADDRESS: Table = Base.metadata.tables[AddressPointRow.__tablename__]
_AREA: Table = Base.metadata.tables[MapAreaRow.__tablename__]
_VERSION: Table = Base.metadata.tables[TownMapVersionRow.__tablename__]


class MapHasProblems(Invalid):
    """The file has problems; nothing of it is imported."""

    code = "geography.import_has_problems"


class MapMovedOn(Conflict):
    """Somebody changed the map after the plan was made."""

    code = "geography.moved_on"


def import_map(connection: Connection, plan: MapPlan, *, now: datetime) -> int:
    """Make the map what the plan says; whoever owns the connection commits. Gives the version."""
    if plan.problems:
        raise MapHasProblems(count=len(plan.problems))
    version = _take_version(connection, plan, now)
    if STREETS in plan.counts:
        _write_streets(connection, plan)
    if ADDRESSES in plan.counts:
        _write_addresses(connection, plan)
    for kind in AreaKind:
        if kind in plan.counts:
            _write_areas(connection, kind, plan.layers.areas.get(kind, ()))
    return version


def _take_version(connection: Connection, plan: MapPlan, now: datetime) -> int:
    """Lock the one row that stands for the map, and raise its version."""
    standing = connection.scalar(select(_VERSION.c.version).with_for_update()) or 0
    if standing != plan.version:
        raise MapMovedOn(planned=plan.version, standing=standing)
    if not plan.changes_anything:
        return standing
    values = {"version": standing + 1, "changed_at": now}
    if standing:
        connection.execute(update(_VERSION).values(values))
    else:
        # Two first imports at once: the second one fails on the primary key.
        connection.execute(insert(_VERSION).values(id=1, **values))
    return standing + 1


def _write_streets(connection: Connection, plan: MapPlan) -> None:
    """Known streets keep their row, gone ones stay retired: reports point at them."""
    rows = {key.street_id: _street_row(key, plan) for key in plan.layers.streets}
    known = set(connection.scalars(select(_STREET.c.id)))
    staying = [{"row_id": row_id, **rows[row_id]} for row_id in sorted(known & rows.keys())]
    gone = sorted(known - rows.keys())
    if gone:
        connection.execute(
            update(_STREET).where(_STREET.c.id == bindparam("row_id")).values(retired=True),
            [{"row_id": row_id} for row_id in gone],
        )
    if staying:
        changing: dict[str, Any] = {name: bindparam(name) for name in ("name", "lines", "retired")}
        kept = [{name: row[name] for name in ("row_id", *changing)} for row in staying]
        connection.execute(
            update(_STREET).where(_STREET.c.id == bindparam("row_id")).values(changing), kept
        )
    _insert(connection, _STREET, [rows[row_id] for row_id in sorted(rows.keys() - known)])


def _street_row(key: StreetKey, plan: MapPlan) -> dict[str, Any]:
    record = plan.layers.streets[key]
    return {
        "id": key.street_id,
        "name": record.name,
        **key._asdict(),
        "lines": record.lines,
        "retired": False,
    }


def _write_addresses(connection: Connection, plan: MapPlan) -> None:
    connection.execute(delete(_ADDRESS))
    rows = [
        {
            "street_id": key.street.street_id,
            "house_number": key.house_number,
            "box": key.box,
            "lat": lat / MICRO,
            "lon": lon / MICRO,
        }
        for key, (lat, lon) in plan.layers.addresses.items()
    ]
    _insert(connection, _ADDRESS, rows)


def _write_areas(connection: Connection, kind: AreaKind, areas: Sequence[AreaRecord]) -> None:
    connection.execute(delete(_AREA).where(_AREA.c.kind == str(kind)))
    rows = [
        {"kind": str(kind), "name": area.name, "rings": area.rings, "lines": area.lines}
        for area in areas
    ]
    _insert(connection, _AREA, rows)


def _insert(connection: Connection, table: Table, rows: Sequence[dict[str, Any]]) -> None:
    if rows:
        connection.execute(insert(table), rows)
