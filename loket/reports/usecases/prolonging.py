"""The dates of reports that wait for their citizen: each new day moves them on."""

from datetime import date
from typing import Any, Final

from sqlalchemy import select, update

from loket.reports.queries.reports import REPORT
from loket.reports.rules.flow import ReportState
from loket.reports.usecases.ledger import due_at
from loket.staff.usecases import NOBODY, Done
from loket.store.work import Request, Store

_WAITING: Final = REPORT.c.state == str(ReportState.WAITING_CITIZEN)
_ALL: Final = select(REPORT).where(_WAITING)


def move_waiting_on(store: Store) -> None:
    """Keep what lists sort by as the file explains it: days of waiting do not count.

    No act of anybody, so the version stays: whoever has the report before them is not disturbed.
    """
    behind = _behind(store)
    if not behind:  # nearly always: nobody waits for a writer that has nothing to write
        return
    with store.work(Request(NOBODY)) as work:
        for row, due in behind:
            still = _WAITING & (REPORT.c.id == row.id) & (REPORT.c.version == row.version)
            work.connection.execute(update(REPORT).where(still).values(answer_due=due))
        work.commit(Done())


def _behind(store: Store) -> list[tuple[Any, date]]:
    now = store.clock.now()
    with store.reading() as connection:
        dues = [(row, due_at(connection, row, now).due) for row in connection.execute(_ALL).all()]
    return [(row, due) for row, due in dues if due != row.answer_due]
