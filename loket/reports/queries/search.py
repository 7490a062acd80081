"""Full-text search over reports: FTS5 on SQLite, a ``tsvector`` on PostgreSQL, the same stems."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Connection,
    ScalarSelect,
    Select,
    TextClause,
    any_,
    func,
    literal_column,
    select,
    text,
)

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
        text(
            "INSERT INTO report_search (serial, words)"
            " VALUES (:serial, to_tsvector('simple', :words))"
        ),
    ),
}
_PLAN: Final = text("SET LOCAL plan_cache_mode = force_custom_plan")


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


@dataclass(frozen=True)
class Within:
    """Among which reports is searched, so that common words cost no more than rare ones."""

    since: ScalarSelect[int] | None = None
    """No earlier serial than this: that of the oldest one that is open."""
    newest: int | None = None
    """No more of the newest matches are needed; None: all of them."""
    before: int | None = None
    """Only those with a smaller serial."""


def plan_for_these_words(connection: Connection) -> None:
    """Until the end of the transaction; PostgreSQL's plan for any word is poor for most of them."""
    if connection.dialect.name == "postgresql":
        connection.execute(_PLAN)


def matching(dialect: str, question: str, within: Within = Within()) -> ColumnElement[bool] | None:
    """The condition that a report answers a question; None where it asks nothing."""
    terms = searched(question)
    if not terms:
        return None
    serial, found = _found(dialect, terms)
    hits: Select[Any] = select(serial).select_from(_SEARCH).where(found)
    if within.since is not None:
        hits = hits.where(serial >= within.since)
    if within.before is not None:
        hits = hits.where(serial < within.before)
    if within.newest is not None:
        hits = hits.order_by(serial.desc()).limit(within.newest)
    if dialect == "postgresql":
        # As an array each is looked up; otherwise all reports are passed over to find them.
        return _REPORT.c.serial == any_(func.array(hits.scalar_subquery()))
    return _REPORT.c.serial.in_(hits)


def _found(dialect: str, terms: Sequence[tuple[str, str]]) -> tuple[ColumnElement[Any], TextClause]:
    """The column of the serial, and the condition on the index."""
    if dialect == "sqlite":
        asked = " AND ".join(f'("{word}"* OR "{stem}")' for word, stem in terms)
        match = text("report_search MATCH :question").bindparams(question=asked)
        return literal_column("report_search.rowid"), match
    asked = " & ".join(f"({word}:* | {stem})" for word, stem in terms)
    match = text("words @@ to_tsquery('simple', :question)")
    return _SEARCH.c.serial, match.bindparams(question=asked)
