"""Lives of reports as rows of their tables, many at once."""

from collections.abc import Iterable
from itertools import islice
from typing import Any, Final

from sqlalchemy import Connection, insert

from loket.demo.bulk import insert_many
from loket.demo.reports.life import Life
from loket.reports.queries.search import index_new
from loket.reports.tables import (
    EntryRow,
    LetterRow,
    PromiseRow,
    ReporterRow,
    ReportRow,
    ReportYearRow,
)

_MILLION: Final = 1_000_000
_AT_ONCE: Final = 3000
_TABLES: Final = {
    name: row.metadata.tables[row.__tablename__]
    for name, row in (
        ("reporters", ReporterRow),
        ("entries", EntryRow),
        ("letters", LetterRow),
        ("promises", PromiseRow),
    )
}
_REPORT: Final = ReportRow.metadata.tables["report"]


def keep(connection: Connection, lives: Iterable[Life]) -> int:
    """Write them, and the last number of each year; says how many."""
    last: dict[int, int] = {}
    many = 0
    rest = iter(lives)
    while some := list(islice(rest, _AT_ONCE)):
        insert_many(connection, _REPORT, [life.row for life in some])
        for name, table in _TABLES.items():
            rows = [row for life in some for row in getattr(life, name)]
            insert_many(connection, table, rows)
        index_new(connection, ((life.row["serial"], _texts(life)) for life in some))
        for life in some:
            year, number = divmod(life.row["serial"], _MILLION)
            last[year] = max(number, last.get(year, 0))
        many += len(some)
    years = [{"year": year, "last_number": number} for year, number in last.items()]
    if years:
        connection.execute(insert(ReportYearRow), years)
    return many


def _texts(life: Life) -> list[Any]:
    """What the server keeps findable of a report; see its ``reindex``."""
    names = [f"{one['name']} {one['on_behalf_of']}" for one in life.reporters]
    row, said = life.row, [entry["text"] for entry in life.entries]
    return [row["reference"], row["title"], row["text"], row["address"], *names, *said]
