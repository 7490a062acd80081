"""Between records of an import and rows: each kind in both directions, side by side."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select
from sqlalchemy.orm import Session

from loket.catalogue.identity import (
    COUNTER,
    DEPARTMENT,
    PRODUCT,
    QUEUE,
    SERIES,
    SERVICE,
    SITE,
    code_of,
)
from loket.catalogue.importing.kinds import KINDS, Record, Records
from loket.catalogue.queries import standing
from loket.catalogue.tables import (
    CounterQueueRow,
    CounterRow,
    DepartmentRow,
    Kept,
    OpeningExceptionRow,
    OpeningHoursRow,
    PriorityReasonRow,
    ProductRow,
    QueueClassRow,
    QueueRow,
    QuickProductRow,
    ServiceAtSiteRow,
    ServiceRow,
    SiteRow,
    TownRow,
)

Values = dict[str, Any]
"""The columns of one row."""


@dataclass(frozen=True)
class Keeping:
    """How a kind that is retired rather than deleted is kept."""

    table: type[Kept]
    prefix: str
    references: Mapping[str, tuple[str, str]]
    """Field to column and prefix of the id in it."""
    apart: tuple[str, ...] = ()
    """Fields that are kept in a table of their own."""

    def values(self, record: Record) -> Values:
        """The row of a record, but for its place among the others."""
        values: Values = {"id": self.prefix + record["code"], "retired": False}
        for name, value in record.items():
            if name in self.references:
                column, prefix = self.references[name]
                values[column] = prefix + value
            elif name not in self.apart:
                values[name] = value
        return values

    def record(self, row: Any, fields: Iterable[str], apart: Mapping[str, Any]) -> Values:
        """The record of a row; ``apart`` has what is kept elsewhere."""
        record: Values = {}
        for name in fields:
            if name in self.references:
                column, prefix = self.references[name]
                record[name] = code_of(getattr(row, column), prefix)
            else:
                record[name] = apart[name] if name in apart else _frozen(getattr(row, name))
        return record


KEPT: Mapping[str, Keeping] = {
    "sites": Keeping(SiteRow, SITE, {}),
    "departments": Keeping(DepartmentRow, DEPARTMENT, {}),
    "queues": Keeping(
        QueueRow,
        QUEUE,
        {
            "site": ("site_id", SITE),
            "walk_in_prefix": ("walk_in_series_id", SERIES),
            "appointment_prefix": ("appointment_series_id", SERIES),
        },
    ),
    "services": Keeping(
        ServiceRow, SERVICE, {"department": ("department_id", DEPARTMENT)}, ("queues",)
    ),
    "counters": Keeping(
        CounterRow, COUNTER, {"site": ("site_id", SITE)}, ("first_choice", "second_choice")
    ),
    "products": Keeping(ProductRow, PRODUCT, {"service": ("service_id", SERVICE)}),
}
"""In the order in which rows may be written."""

REPLACED = ("queue_classes", "opening_hours", "exceptions", "quick_products", "priority_reasons")
"""Kinds of which the rows are replaced whole: nothing points at them."""


_ORDERED = ("queue_classes", "priority_reasons")


def read_records(connection: Connection) -> Records:
    """The catalogue as it stands, in the form of an import."""
    with Session(connection) as session:
        return _records(session)


def _records(session: Session) -> Records:
    found = {name: _kept(session, name) for name in KEPT} | {
        "town": _town(session),
        "queue_classes": _queue_classes(session),
        "opening_hours": _opening_hours(session),
        "exceptions": _exceptions(session),
        "quick_products": _quick_products(session),
        "priority_reasons": _priority_reasons(session),
    }
    return {kind.name: {kind.key_of(rec): rec for rec in found[kind.name]} for kind in KINDS}


def _kept(session: Session, name: str) -> list[Values]:
    keeping = KEPT[name]
    fields = next([known.name for known in kind.fields] for kind in KINDS if kind.name == name)
    apart = _APART[name](session) if name in _APART else {}
    empty = dict.fromkeys(keeping.apart, ())
    return [
        keeping.record(row, fields, empty | apart.get(row.id, {}))
        for row in standing(session, keeping.table)
    ]


def _queues_of_services(session: Session) -> dict[str, Values]:
    found: dict[str, Values] = {}
    rows = session.execute(
        select(ServiceAtSiteRow.service_id, ServiceAtSiteRow.queue_id).order_by(
            ServiceAtSiteRow.queue_id
        )
    )
    for service_id, queue_id in rows:
        values = found.setdefault(service_id, {"queues": ()})
        values["queues"] += (code_of(queue_id, QUEUE),)
    return found


def _choices_of_counters(session: Session) -> dict[str, Values]:
    found: dict[str, Values] = {}
    for row in session.scalars(select(CounterQueueRow).order_by(CounterQueueRow.position)):
        values = found.setdefault(row.counter_id, {"first_choice": (), "second_choice": ()})
        values[_CHOICES[row.choice - 1]] += (code_of(row.queue_id, QUEUE),)
    return found


_CHOICES = ("first_choice", "second_choice")
_APART: Mapping[str, Callable[[Session], dict[str, Values]]] = {
    "services": _queues_of_services,
    "counters": _choices_of_counters,
}


def _town(session: Session) -> list[Values]:
    row = session.get(TownRow, 1)
    kind = KINDS[0]
    return [] if row is None else [{f.name: _frozen(getattr(row, f.name)) for f in kind.fields}]


def _queue_classes(session: Session) -> list[Values]:
    ordered = select(QueueClassRow).order_by(QueueClassRow.position)
    return [
        {
            "queue": code_of(row.queue_id, QUEUE),
            "visitor_class": row.visitor_class,
            "rate": row.rate,
            "limit_minutes": row.limit_minutes,
        }
        for row in session.scalars(ordered)
    ]


def _opening_hours(session: Session) -> list[Values]:
    return [
        {
            "site": code_of(row.site_id, SITE),
            "queue": row.queue_id and code_of(row.queue_id, QUEUE),
            "weekday": row.weekday,
            "opens": row.opens,
            "closes": row.closes,
            "valid_from": row.valid_from,
            "valid_to": row.valid_to,
        }
        for row in session.scalars(select(OpeningHoursRow).order_by(OpeningHoursRow.id))
    ]


def _exceptions(session: Session) -> list[Values]:
    return [
        {
            "site": row.site_id and code_of(row.site_id, SITE),
            "queue": row.queue_id and code_of(row.queue_id, QUEUE),
            "day": row.day,
            "name": row.name,
            "opens": row.opens,
            "closes": row.closes,
        }
        for row in session.scalars(select(OpeningExceptionRow).order_by(OpeningExceptionRow.id))
    ]


def _quick_products(session: Session) -> list[Values]:
    return [
        {
            "site": code_of(row.site_id, SITE),
            "place": row.place,
            "product": code_of(row.product_id, PRODUCT),
        }
        for row in session.scalars(
            select(QuickProductRow).order_by(QuickProductRow.site_id, QuickProductRow.place)
        )
    ]


def _priority_reasons(session: Session) -> list[Values]:
    ordered = select(PriorityReasonRow).order_by(PriorityReasonRow.position)
    return [
        {"code": row.code, "name": row.name, "icon": row.icon} for row in session.scalars(ordered)
    ]


def rows_of_services(records: Sequence[Record], sites: Mapping[str, str]) -> list[Values]:
    """Rows of ``service_at_site``; ``sites`` has the site of each queue, by code."""
    return [
        {
            "service_id": SERVICE + record["code"],
            "site_id": SITE + sites[queue],
            "queue_id": QUEUE + queue,
        }
        for record in records
        for queue in record["queues"]
    ]


def rows_of_counters(records: Sequence[Record]) -> list[Values]:
    """Rows of ``counter_queue``."""
    return [
        {
            "counter_id": COUNTER + record["code"],
            "queue_id": QUEUE + queue,
            "choice": choice,
            "position": position,
        }
        for record in records
        for choice, name in enumerate(_CHOICES, 1)
        for position, queue in enumerate(record[name])
    ]


def row_of(kind: str, record: Record, position: int) -> Values:
    """The row of a record of a kind in :data:`REPLACED`."""
    references = {"site": ("site_id", SITE), "queue": ("queue_id", QUEUE)}
    references["product"] = ("product_id", PRODUCT)
    values: Values = {"position": position} if kind in _ORDERED else {}
    for name, value in record.items():
        column, prefix = references.get(name, (name, ""))
        values[column] = prefix + value if prefix and value is not None else value
    return values


def _frozen(value: Any) -> Any:
    """Lists come out of JSON; records hold tuples."""
    return tuple(_frozen(part) for part in value) if isinstance(value, list) else value
