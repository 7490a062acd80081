"""A year of reports, read once and counted."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, bindparam, select

from loket.catalogue.offer import Offer
from loket.kit.clock import begin_of, local_day
from loket.reports.messages.yearly import (
    YearAsked,
    YearLineShown,
    YearReport,
    YearRow,
    YearSection,
)
from loket.reports.queries.arrangements import CATEGORY, PARTY
from loket.reports.queries.hiding import Sight
from loket.reports.queries.reports import REPORT, answered_on
from loket.reports.rules.flow import ReportAct
from loket.reports.rules.yearly import YearLine, counted, theme_of
from loket.reports.tables import EntryRow

_ENTRY = EntryRow.metadata.tables["report_entry"]
_OF_YEAR = (
    select(
        REPORT,
        CATEGORY.c.name.label("category"),
        PARTY.c.name.label("party"),
    )
    .outerjoin(CATEGORY, CATEGORY.c.id == REPORT.c.category_id)
    .outerjoin(PARTY, PARTY.c.id == REPORT.c.party_id)
    .where(
        REPORT.c.kind == bindparam("kind"),
        REPORT.c.registered_at >= bindparam("begin"),
        REPORT.c.registered_at < bindparam("end"),
    )
    .order_by(REPORT.c.serial)
)
_RETURNED = (
    select(_ENTRY.c.report_id, _ENTRY.c.text)
    .where(
        _ENTRY.c.report_id.in_(bindparam("ids", expanding=True)),
        _ENTRY.c.act == str(ReportAct.RETURN),
    )
    .order_by(_ENTRY.c.report_id, _ENTRY.c.seq)
)


def read_year(
    connection: Connection, offer: Offer, sight: Sight, asked: YearAsked, now: datetime
) -> YearReport:
    """The figures, and the lists behind them; titles of confidential departments are left out."""
    begin, end = begin_of(date(asked.year, 1, 1)), begin_of(date(asked.year + 1, 1, 1))
    given = {"kind": str(asked.kind), "begin": begin, "end": end}
    rows = connection.execute(_OF_YEAR, given).all()
    names = {part.id: part.name for part in offer.catalogue.departments}
    today = local_day(now)
    lines = [_line(row, names) for row in rows]
    year = counted(lines, today)
    both = list(zip(rows, lines, strict=True))
    reasons = _reasons(connection, [row.id for row in rows if row.returns])
    return YearReport(
        year=asked.year,
        kind=asked.kind,
        made_at=now,
        total=year.total,
        average_days=year.average_days,
        median_days=year.median_days,
        sections=[
            YearSection(key=one.key, rows=[YearRow(key=k, count=n) for k, n in one.rows])
            for one in year.sections
        ],
        overdue=[
            _shown(row, line, sight, "")
            for row, line in both
            if line.answer_due < (line.answered or today)
        ],
        inadmissible=[
            _shown(row, line, sight, line.inadmissible) for row, line in both if line.inadmissible
        ],
        returned=[
            _shown(row, line, sight, reasons.get(row.id, "")) for row, line in both if row.returns
        ],
    )


def _line(row: Any, names: dict[str, str]) -> YearLine:
    return YearLine(
        channel=row.channel,
        theme=theme_of(row.category or ""),
        department=names.get(row.department_id, row.party or ""),
        registered=local_day(row.registered_at),
        confirmed=local_day(row.confirmed_at) if row.confirmed_at else None,
        answered=answered_on(row),
        receipt_due=row.receipt_due,
        answer_due=row.answer_due,
        inadmissible=row.inadmissible,
        founded=row.founded,
        solved=row.solved,
    )


def _shown(row: Any, line: YearLine, sight: Sight, reason: str) -> YearLineShown:
    seen = sight.sees(row.department_id, row.counter_id)
    return YearLineShown(
        reference=row.reference,
        registered_on=line.registered,
        title=row.title if seen else "",
        department=line.department,
        reason=reason if seen else "",
        due=line.answer_due,
        answered_on=line.answered,
    )


def _reasons(connection: Connection, ids: list[str]) -> dict[str, str]:
    """The last reason with which each came back."""
    rows = connection.execute(_RETURNED, {"ids": ids or [""]})
    return {row.report_id: row.text for row in rows}
