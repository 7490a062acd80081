"""Reports as messages: one, and the columns that lists need."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, bindparam, or_, select

from loket.kit.clock import local_day
from loket.reports.messages.taking import Report, Reporter
from loket.reports.queries.hiding import Sight
from loket.reports.rules.flow import ReportState
from loket.reports.rules.kinds import (
    AnswerBy,
    Audience,
    PlaceKind,
    ReportKind,
    UnknownReport,
    Urgency,
)
from loket.reports.tables import ReporterRow, ReportRow
from loket.visits.messages import Channel, Language

REPORT = ReportRow.metadata.tables["report"]
REPORTER = ReporterRow.metadata.tables["report_reporter"]

_ONE = select(REPORT).where(REPORT.c.id == bindparam("report"))
_HOLD = _ONE.with_for_update()
_FOUND = select(REPORT).where(
    or_(REPORT.c.reference == bindparam("asked"), REPORT.c.code == bindparam("asked"))
)
_REPORTERS = (
    select(REPORTER).where(REPORTER.c.report_id == bindparam("report")).order_by(REPORTER.c.place)
)


def report_row(connection: Connection, report_id: str) -> Any:
    row = connection.execute(_ONE, {"report": report_id}).one_or_none()
    if row is None:
        raise UnknownReport(report=report_id)
    return row


def held_report(connection: Connection, report_id: str) -> Any:
    """The row, held until the end of the transaction."""
    row = connection.execute(_HOLD, {"report": report_id}).one_or_none()
    if row is None:
        raise UnknownReport(report=report_id)
    return row


def find_report(connection: Connection, sight: Sight, asked: str) -> Report:
    """By reference or barcode."""
    row = connection.execute(_FOUND, {"asked": asked}).one_or_none()
    if row is None:
        raise UnknownReport(report=asked)
    return report_of(row, sight)


def read_report(connection: Connection, sight: Sight, report_id: str) -> Report:
    return report_of(report_row(connection, report_id), sight)


def reporters_of(connection: Connection, report_id: str) -> Sequence[Any]:
    """Who is told how it goes, the one who made it first."""
    return connection.execute(_REPORTERS, {"report": report_id}).all()


def report_of(row: Any, sight: Sight) -> Report:
    seen = sight.sees(row.department_id, row.counter_id)
    return Report(
        id=row.id,
        reference=row.reference,
        code=row.code,
        site_id=row.site_id,
        kind=ReportKind(row.kind),
        title=row.title if seen else "",
        text=row.text if seen else "",
        category_id=row.category_id if seen else None,
        place_kind=PlaceKind(row.place_kind),
        address=row.address if seen else "",
        lat=row.lat if seen else None,
        lon=row.lon if seen else None,
        quarter=row.quarter if seen else "",
        outside=row.outside,
        urgency=Urgency(row.urgency),
        audience=Audience(row.audience),
        channel=Channel(row.channel),
        language=Language(row.language),
        registered_at=row.registered_at,
        state=ReportState(row.state),
        department_id=row.department_id if seen else None,
        party_id=row.party_id if seen else None,
        handler_id=row.handler_id if seen else None,
        receipt_due=row.receipt_due,
        answer_due=row.answer_due,
        reaction_due=row.reaction_due,
        confirmed_at=row.confirmed_at,
        answered_at=row.answered_at,
        resolved_at=row.resolved_at,
        returns=row.returns,
        hidden=not seen,
        version=row.version,
    )


def answered_on(row: Any) -> date | None:
    """The day of the answer as the council counts it; None: there is none yet.

    What was resolved without a reply that we sent was answered otherwise, or had nobody to answer.
    """
    moment = row.answered_at or row.resolved_at
    return local_day(moment) if moment else None


def reporter_of(row: Any) -> Reporter:
    return Reporter(
        id=row.id,
        place=row.place,
        anonymous=row.anonymous,
        name=row.name,
        on_behalf_of=row.on_behalf_of,
        phone=row.phone,
        email=row.email,
        address=row.address,
        answer_by=AnswerBy(row.answer_by),
        language=Language(row.language),
        joined_at=row.joined_at,
        said=row.said,
    )
