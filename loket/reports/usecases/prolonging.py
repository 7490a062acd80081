"""The dates of reports that wait for their citizen: each new day moves them on."""

from typing import Any, Final

from sqlalchemy import select, update

from loket.reports.queries.reports import REPORT
from loket.reports.rules.flow import ReportState
from loket.reports.usecases.ledger import due_of
from loket.staff.usecases import NOBODY, Done
from loket.store.work import Request, Store, Work

_WAITING: Final = REPORT.c.state == str(ReportState.WAITING_CITIZEN)
_ALL: Final = select(REPORT).where(_WAITING)


def move_waiting_on(store: Store) -> None:
    """Keep what lists sort by as the file explains it: days of waiting do not count.

    No act of anybody, so the version stays: whoever has the report before them is not disturbed.
    """
    with store.work(Request(NOBODY)) as work:
        behind = [row for row in work.connection.execute(_ALL).all() if _is_behind(work, row)]
        for row in behind:
            still = _WAITING & (REPORT.c.id == row.id) & (REPORT.c.version == row.version)
            later = update(REPORT).where(still).values(answer_due=due_of(work, row).due)
            work.connection.execute(later)
        if behind:
            work.commit(Done())


def _is_behind(work: Work, row: Any) -> bool:
    return bool(due_of(work, row).due != row.answer_due)
