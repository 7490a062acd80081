"""Years of tickets that are over, written quickly: one real ticket's rows, copied within SQL."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection, Date, Table, bindparam, text

from loket.queue.tables import TicketIntervalRow, TicketRow
from loket.visits.tables import VisitRow

_VISIT = VisitRow.metadata.tables["visit"]
_TICKET = TicketRow.metadata.tables["ticket"]
_INTERVAL = TicketIntervalRow.metadata.tables["ticket_interval"]
TICKETS_A_DAY = 800


def add_days(connection: Connection, template: str, last: date, *, first: int, days: int) -> None:
    """Copy a finished ticket, its visit and its intervals, to days before ``last``.

    ``first`` counts the days that were added before. All copies hold the same times: for what is
    measured only how many rows there are counts.
    """
    for nr in range(first, first + days):
        asked = {"template": template, "day": last - timedelta(days=nr + 1), "nr": nr}
        for statement in _COPIES:
            connection.execute(statement, asked)


def _copy(table: Table, own: Mapping[str, str], where: str) -> Any:
    """``INSERT … SELECT`` of each of a day's tickets; ``own`` gives the columns that differ."""
    names = [column.name for column in table.columns]
    values = ", ".join(own.get(name, f'old."{name}"') for name in names)
    columns = ", ".join(f'"{name}"' for name in names)
    statement = text(
        f"INSERT INTO {table.name} ({columns}) "  # noqa: S608 - names of our own tables
        f"WITH RECURSIVE day(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM day"
        f" WHERE n < {TICKETS_A_DAY}) SELECT {values} FROM {table.name} old, day WHERE {where}"
    )
    return statement.bindparams(bindparam("day", type_=Date())) if "day" in own else statement


_KEY = "'old-' || CAST(:nr AS VARCHAR) || '-' || CAST(day.n AS VARCHAR)"
_CODE = "'T' || CAST(100000000000 + CAST(:nr AS BIGINT) * 1000 + day.n AS VARCHAR)"
_OF_TEMPLATE = "(SELECT visit_id FROM ticket WHERE ticket.id = :template)"
_COPIES = (
    _copy(_VISIT, {"id": _KEY, "day": ":day"}, f"old.id = {_OF_TEMPLATE}"),
    _copy(
        _TICKET,
        {
            "id": _KEY,
            "visit_id": _KEY,
            "code": _CODE,
            "day": ":day",
            "number": "day.n",
            "page_token": "NULL",
        },
        "old.id = :template",
    ),
    _copy(_INTERVAL, {"ticket_id": _KEY}, "old.ticket_id = :template"),
)
