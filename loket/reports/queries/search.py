"""Full-text search over reports: FTS5 on SQLite, a ``tsvector`` on PostgreSQL, the same stems."""

from collections.abc import Iterable
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Select, select, text

from loket.reports.rules.stems import indexed, searched
from loket.reports.tables import ReportRow, ReportSearchRow

_REPORT = ReportRow.metadata.tables["report"]
_SEARCH = ReportSearchRow.metadata.tables["report_search"]
_WRITE: Final = {
    "sqlite": (
        text("DELETE FROM report_search WHERE rowid = :serial"),
        text("INSERT INTO report_search (rowid, serial, words) VALUES (:serial, :serial, :words)"),
    ),
    "postgresql": (
        text("DELETE FROM report_search WHERE serial = :serial"),
        text("INSERT INTO report_search (serial, words) VALUES (:serial, :words)"),
    ),
}


def index_report(connection: Connection, serial: int, texts: Iterable[str]) -> None:
    """Keep the words of a report findable; those of before are forgotten."""
    forget, write = _WRITE[connection.dialect.name]
    connection.execute(forget, {"serial": serial})
    connection.execute(write, {"serial": serial, "words": indexed(texts)})


def index_new(connection: Connection, texts: Iterable[tuple[int, Iterable[str]]]) -> None:
    """The same for many that were never indexed, by their serials."""
    _forget, write = _WRITE[connection.dialect.name]
    rows = [{"serial": serial, "words": indexed(said)} for serial, said in texts]
    if rows:
        connection.execute(write, rows)


def matching(dialect: str, question: str) -> ColumnElement[bool] | None:
    """The condition that a report answers a question; None where it asks nothing."""
    terms = searched(question)
    if not terms:
        return None
    if dialect == "sqlite":
        asked = " AND ".join(f'("{word}"* OR "{stem}")' for word, stem in terms)
        found: Select[Any] = select(text("rowid")).select_from(_SEARCH)
        hits = found.where(text("report_search MATCH :question").bindparams(question=asked))
    else:
        asked = " & ".join(f"({word}:* | {stem})" for word, stem in terms)
        hits = select(_SEARCH.c.serial).where(
            text("to_tsvector('simple', words) @@ to_tsquery('simple', :question)").bindparams(
                question=asked
            )
        )
    return _REPORT.c.serial.in_(hits)
