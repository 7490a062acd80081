"""Replies on paper that wait for the post, and promises to call back."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, select

from loket.reports.messages.following import LettersToPost, LetterToPost, Promise, Promises
from loket.reports.queries.hiding import Sight
from loket.reports.queries.reports import REPORT, REPORTER
from loket.reports.tables import LetterRow, PromiseRow

_LETTER = LetterRow.metadata.tables["report_letter"]
_PROMISE = PromiseRow.metadata.tables["report_promise"]
_WAITING = (
    select(
        _LETTER,
        REPORT.c.reference,
        REPORT.c.title,
        REPORT.c.department_id,
        REPORT.c.counter_id,
        REPORTER.c.name,
        REPORTER.c.address,
        REPORTER.c.language,
    )
    .join(REPORT, REPORT.c.id == _LETTER.c.report_id)
    .join(REPORTER, REPORTER.c.id == _LETTER.c.reporter_id)
    .where(_LETTER.c.posted_at.is_(None))
    .order_by(_LETTER.c.written_at, _LETTER.c.id)
)
_PROMISES = (
    select(
        _PROMISE,
        REPORT.c.reference,
        REPORT.c.title,
        REPORT.c.department_id,
        REPORT.c.counter_id,
        REPORTER.c.name,
        REPORTER.c.phone,
    )
    .join(REPORT, REPORT.c.id == _PROMISE.c.report_id)
    .join(REPORTER, REPORTER.c.id == _PROMISE.c.reporter_id)
    .order_by(_PROMISE.c.due_at, _PROMISE.c.id)
)
_DUE = _PROMISES.where(_PROMISE.c.kept_at.is_(None), _PROMISE.c.due_at < bindparam("until"))
_OF_REPORT = _PROMISES.where(_PROMISE.c.report_id == bindparam("report"))


def read_letters(connection: Connection, sight: Sight) -> LettersToPost:
    """What is to be printed and posted, the oldest first."""
    rows = connection.execute(_WAITING)
    seen = (row for row in rows if sight.sees(row.department_id, row.counter_id))
    return LettersToPost(letters=[_letter(row) for row in seen])


def read_promises(connection: Connection, sight: Sight, until: datetime) -> Promises:
    """Who must be called before a moment and was not yet; what is over its time comes first."""
    rows = connection.execute(_DUE, {"until": until})
    return Promises(promises=[promise_of(row, sight) for row in rows])


def promises_of(connection: Connection, sight: Sight, report_id: str) -> list[Promise]:
    rows = connection.execute(_OF_REPORT, {"report": report_id})
    return [promise_of(row, sight) for row in rows]


def promise_of(row: Any, sight: Sight) -> Promise:
    seen = sight.sees(row.department_id, row.counter_id)
    return Promise(
        id=row.id,
        report_id=row.report_id,
        reference=row.reference,
        title=row.title if seen else "",
        reporter_name=row.name if seen else "",
        phone=row.phone if seen else "",
        due_at=row.due_at,
        for_user_id=row.for_user_id,
        kept_at=row.kept_at,
        note=row.note if seen else "",
    )


def _letter(row: Any) -> LetterToPost:
    return LetterToPost(
        id=row.id,
        report_id=row.report_id,
        reference=row.reference,
        name=row.name,
        address=row.address,
        language=row.language,
        title=row.title,
        text=row.text,
        written_at=row.written_at,
        posted_at=row.posted_at,
    )
