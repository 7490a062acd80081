"""Changing the catalogue: an import is one transaction, all of it or nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select, update
from sqlalchemy.orm import Session

from loket.catalogue.identity import SERIES
from loket.catalogue.importing.kinds import Record
from loket.catalogue.importing.planning import Plan
from loket.catalogue.records import (
    KEPT,
    Keeping,
    Values,
    row_of,
    rows_of_counters,
    rows_of_services,
)
from loket.catalogue.tables import (
    CatalogueVersionRow,
    CounterQueueRow,
    Kept,
    OpeningExceptionRow,
    OpeningHoursRow,
    PriorityReasonRow,
    QueueClassRow,
    QuickProductRow,
    SeriesRow,
    ServiceAtSiteRow,
    TownRow,
)
from loket.kit.errors import Conflict, Invalid
from loket.store.base import Base

_REPLACED_TABLES = {
    "queue_classes": QueueClassRow,
    "opening_hours": OpeningHoursRow,
    "exceptions": OpeningExceptionRow,
    "quick_products": QuickProductRow,
    "priority_reasons": PriorityReasonRow,
}


class ImportHasProblems(Invalid):
    """The files have problems; nothing of them is imported."""

    code = "catalogue.import_has_problems"


class CatalogueMovedOn(Conflict):
    """Somebody changed the catalogue after the plan was made."""

    code = "catalogue.moved_on"


@dataclass(frozen=True)
class ImportCounts:
    """What an import did."""

    new: int
    changed: int
    gone: int
    version: int


def import_catalogue(connection: Connection, plan: Plan, *, now: datetime) -> ImportCounts:
    """Make the catalogue what the plan says; whoever owns the connection commits."""
    if plan.problems:
        raise ImportHasProblems(count=len(plan.problems))
    with Session(connection) as session:
        version = _take_version(session, plan, now)
        if plan.changes_anything:
            _write(session, plan)
    return ImportCounts(len(plan.new), len(plan.changed), len(plan.gone), version)


def _take_version(session: Session, plan: Plan, now: datetime) -> int:
    """Lock the one row that stands for the catalogue, and raise its version."""
    row = session.scalar(select(CatalogueVersionRow).with_for_update())
    standing = row.version if row else 0
    if standing != plan.version:
        raise CatalogueMovedOn(planned=plan.version, standing=standing)
    if not plan.changes_anything:
        return standing
    if row is None:
        # Two first imports at once: the second one fails on the primary key.
        session.add(CatalogueVersionRow(id=1, version=1, changed_at=now))
    else:
        row.version, row.changed_at = standing + 1, now
    session.flush()
    return standing + 1


def _write(session: Session, plan: Plan) -> None:
    replaced = [kind for kind in _REPLACED_TABLES if kind in plan.imported]
    for kind in replaced:
        session.execute(delete(_REPLACED_TABLES[kind]))
    if "town" in plan.imported:
        _write_town(session, next(iter(plan.records["town"].values())))
    if "queues" in plan.imported:
        _add_series(session, _records(plan, "queues"))
    for kind, keeping in KEPT.items():
        if kind in plan.imported:
            _write_kept(session, keeping, _records(plan, kind))
    _write_relations(session, plan)
    for kind in replaced:
        rows = [row_of(kind, record, nr) for nr, record in enumerate(_records(plan, kind))]
        _insert(session, _REPLACED_TABLES[kind], rows)


def _records(plan: Plan, kind: str) -> list[Record]:
    return list(plan.records[kind].values())


def _write_town(session: Session, record: Record) -> None:
    session.merge(TownRow(id=1, **record))
    session.flush()


def _add_series(session: Session, queues: Sequence[Record]) -> None:
    """Series are never taken away: numbers given out belong to them."""
    wanted = {q[name] for q in queues for name in ("walk_in_prefix", "appointment_prefix")}
    new = sorted(wanted - set(session.scalars(select(SeriesRow.prefix))))
    _insert(session, SeriesRow, [{"id": SERIES + p, "prefix": p} for p in new])


def _write_kept(session: Session, keeping: Keeping, records: Sequence[Record]) -> None:
    table = keeping.table
    rows: list[Values] = [
        {**keeping.values(record), "position": nr} for nr, record in enumerate(records)
    ]
    known = set(session.scalars(select(table.id)))
    _insert(session, table, [row for row in rows if row["id"] not in known])
    staying = [row for row in rows if row["id"] in known]
    gone = known - {row["id"] for row in rows}
    if staying:
        session.execute(update(table), staying)
    if gone:
        session.execute(update(table), [{"id": row_id, "retired": True} for row_id in sorted(gone)])


def _write_relations(session: Session, plan: Plan) -> None:
    if {"services", "queues"} & set(plan.imported):
        session.execute(delete(ServiceAtSiteRow))
        sites = {queue["code"]: queue["site"] for queue in _records(plan, "queues")}
        rows = rows_of_services(_records(plan, "services"), sites)
        _insert(session, ServiceAtSiteRow, rows)
    if {"counters", "queues"} & set(plan.imported):
        session.execute(delete(CounterQueueRow))
        _insert(session, CounterQueueRow, rows_of_counters(_records(plan, "counters")))


def _insert(session: Session, table: type[Base | Kept], rows: Sequence[Values]) -> None:
    if rows:
        session.execute(insert(table), rows)
