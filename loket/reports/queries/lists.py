"""The coordinator's list: views with their counts, filters, full text, page by page."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    and_,
    bindparam,
    case,
    false,
    func,
    or_,
    select,
    tuple_,
)

from loket.kit.clock import begin_of
from loket.reports.messages.following import (
    OPEN_VIEWS,
    Filter,
    Listed,
    ReportPage,
    ReportsAsked,
    View,
)
from loket.reports.queries.hiding import Sight
from loket.reports.queries.reports import REPORT, REPORTER, report_of
from loket.reports.queries.search import Within, matching, plan_for_these_words
from loket.reports.rules.flow import ENDED, OPEN, ReportState
from loket.staff.tables import UserRow

NEARLY_DUE: Final = timedelta(days=5)
"""So long before its date a report is nearly due."""
MOST_COUNTED: Final = 1000
"""Nobody reads further; and counting on costs more than the page itself."""
_MATCHES: Final = 3 * MOST_COUNTED
"""Of the newest that match: more than a page and its count need, also where some are open."""
# Written out, not bound: an index over what is open is used only where a planner sees that it may.
IS_OPEN: Final = REPORT.c.state.in_(
    bindparam("open_states", sorted(map(str, OPEN)), expanding=True, literal_execute=True)
)
_ENDED: Final = REPORT.c.state.in_([str(state) for state in sorted(ENDED)])
_REFERENCE: Final = re.compile(r"[mM]-\d{4}-\d{5,}")
# A sum has no index: otherwise all that is closed is passed over on the way to the oldest open one.
_OLDEST_OPEN: Final = select(func.min(REPORT.c.serial + 0)).where(IS_OPEN).scalar_subquery()
_WAITING: Final = (str(ReportState.WAITING_CITIZEN), str(ReportState.WAITING_THIRD))
_PEOPLE = (
    select(
        REPORTER.c.report_id,
        func.count().label("many"),
        func.max(case((REPORTER.c.place == 1, REPORTER.c.name), else_="")).label("name"),
    )
    .where(REPORTER.c.report_id.in_(bindparam("ids", expanding=True)))
    .group_by(REPORTER.c.report_id)
)

_USER = UserRow.metadata.tables["staff_user"]
_NAMES = select(_USER.c.id, _USER.c.name).where(_USER.c.id.in_(bindparam("ids", expanding=True)))


def without_index(column: ColumnElement[Any]) -> ColumnElement[Any]:
    """The column, but not its index: of ten years of reports few are open, and those have one."""
    return func.coalesce(column, "")


_AMONG_OPEN: Final[Mapping[View, Callable[[date, str], ColumnElement[bool]]]] = {
    View.LATE: lambda today, _user: REPORT.c.answer_due < today,
    View.NEARLY_DUE: lambda today, _user: REPORT.c.answer_due.between(today, today + NEARLY_DUE),
    View.NEW: lambda _today, _user: REPORT.c.state == str(ReportState.NEW),
    View.MINE: lambda _today, user: without_index(REPORT.c.handler_id) == user,
    View.ANSWERED: lambda _today, _user: REPORT.c.reaction_due.is_not(None),
    View.RETURNED: lambda _today, _user: and_(
        REPORT.c.state == str(ReportState.NEW), REPORT.c.returns > 0
    ),
    View.WAITING: lambda _today, _user: REPORT.c.state.in_(_WAITING),
}


def in_view(view: View, today: date, user_id: str) -> ColumnElement[bool]:
    """What a view lets through, for one person on one day."""
    if view is View.ENDED:
        return _ENDED
    if view is View.ALL:
        return REPORT.c.serial > 0
    if view is View.OPEN:
        return IS_OPEN
    return and_(IS_OPEN, _AMONG_OPEN[view](today, user_id))


def read_page(
    connection: Connection, sight: Sight, asked: ReportsAsked, *, today: date, user_id: str
) -> ReportPage:
    """One page of what the filter lets through."""
    dialect = connection.dialect.name
    wanted = and_(*conditions(asked, sight, dialect, today, user_id))
    by_date = asked.view in OPEN_VIEWS
    if asked.text.strip():
        plan_for_these_words(connection)
    # What is wanted is looked for once: the ids give the number, and the first page.
    every = _ordered(select(REPORT.c.id).where(wanted), by_date=by_date).limit(MOST_COUNTED)
    ids = connection.scalars(every).all()
    page = _after(asked, by_date=by_date) if asked.after else REPORT.c.id.in_(ids[: asked.many + 1])
    found = select(REPORT).where(and_(wanted, page) if asked.after else page)
    rows = connection.execute(_ordered(found, by_date=by_date).limit(asked.many + 1)).all()
    shown, more = rows[: asked.many], len(rows) > asked.many
    return ReportPage(
        reports=_listed(connection, sight, shown),
        next=_cursor(shown[-1], by_date=by_date) if more else None,
        total=len(ids),
        most=MOST_COUNTED,
    )


def conditions(
    asked: Filter, sight: Sight, dialect: str, today: date, user_id: str
) -> Iterator[ColumnElement[bool]]:
    yield in_view(asked.view, today, user_id)
    chosen = [(column, values) for column, values in _chosen(asked) if values]
    for place, (column, values) in enumerate(chosen):
        # SQLite knows not which of several is the rarest; PostgreSQL counts.
        best = asked.view not in OPEN_VIEWS and (place == 0 or dialect != "sqlite")
        yield (column if best else without_index(column)).in_(values)
    if asked.text.strip():
        narrow = bool(chosen or asked.since or asked.until)
        yield _answering(asked.text, sight, dialect, _within(asked, narrow=narrow))
    if asked.since is not None:
        yield REPORT.c.registered_at >= begin_of(asked.since)
    if asked.until is not None:
        yield REPORT.c.registered_at < begin_of(asked.until + timedelta(days=1))


def _chosen(asked: Filter) -> Iterator[tuple[ColumnElement[Any], Sequence[str]]]:
    """What lets the fewest through, of most towns, comes first."""
    yield REPORT.c.category_id, asked.category_ids
    yield REPORT.c.party_id, asked.party_ids
    yield REPORT.c.quarter, asked.quarters
    yield REPORT.c.handler_id, [asked.handler_id] if asked.handler_id else []
    yield REPORT.c.department_id, asked.department_ids
    yield REPORT.c.kind, [str(kind) for kind in asked.kinds]


def _within(asked: Filter, *, narrow: bool) -> Within:
    if asked.view in OPEN_VIEWS:
        return Within(since=_OLDEST_OPEN)
    after = asked.after.partition("|")[2] if isinstance(asked, ReportsAsked) else ""
    return Within(newest=None if narrow else _MATCHES, before=int(after) if after else None)


def _answering(text: str, sight: Sight, dialect: str, within: Within) -> ColumnElement[bool]:
    """By reference or by words; nobody learns by searching what they may not read."""
    if _REFERENCE.fullmatch(text.strip()):
        return REPORT.c.reference == text.strip().upper()
    words = matching(dialect, text, within)
    if words is None:
        return false()
    if sight.hidden:
        shown = or_(
            REPORT.c.department_id.is_(None), REPORT.c.department_id.not_in(sorted(sight.hidden))
        )
        words = and_(words, shown)
    return words


def _ordered(found: Select[Any], *, by_date: bool) -> Select[Any]:
    if by_date:
        return found.order_by(REPORT.c.answer_due, REPORT.c.serial)
    return found.order_by(REPORT.c.serial.desc())


def _after(asked: ReportsAsked, *, by_date: bool) -> ColumnElement[bool]:
    """What stands below the last one of the page before."""
    first, _bar, second = asked.after.partition("|")
    if by_date:
        seen = (date.fromisoformat(first), int(second))
        return tuple_(REPORT.c.answer_due, REPORT.c.serial) > seen
    return REPORT.c.serial < int(second)


def _cursor(row: Any, *, by_date: bool) -> str:
    return f"{row.answer_due if by_date else ''}|{row.serial}"


def _listed(connection: Connection, sight: Sight, rows: Sequence[Any]) -> list[Listed]:
    ids = [row.id for row in rows]
    people = {row.report_id: row for row in connection.execute(_PEOPLE, {"ids": ids})}
    handlers = list({row.handler_id for row in rows} - {None})
    names = {row.id: row.name for row in connection.execute(_NAMES, {"ids": handlers})}
    return [
        Listed(
            report=report,
            reporter_name="" if report.hidden else people[row.id].name,
            reporters=people[row.id].many,
            handler_name="" if report.hidden else names.get(row.handler_id, ""),
        )
        for row in rows
        for report in (report_of(row, sight),)
    ]
