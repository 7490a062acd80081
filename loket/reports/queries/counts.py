"""How many reports each view shows, who has them, and which of one's own are nearly due."""

from collections.abc import Collection
from datetime import date
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, and_, case, func, or_, select

from loket.reports.messages.following import OPEN_VIEWS, Counts, OpenAt, View
from loket.reports.queries.lists import IS_OPEN, in_view, without_index
from loket.reports.queries.reports import REPORT

_AT: Final = (
    select(REPORT.c.department_id, REPORT.c.party_id, func.count().label("open"))
    .where(IS_OPEN, or_(REPORT.c.department_id.is_not(None), REPORT.c.party_id.is_not(None)))
    .group_by(REPORT.c.department_id, REPORT.c.party_id)
)
_QUARTERS: Final = (
    select(REPORT.c.quarter)
    .where(IS_OPEN, REPORT.c.quarter != "")
    .distinct()
    .order_by(REPORT.c.quarter)
)


def read_counts(
    connection: Connection, *, today: date, user_id: str, departments: Collection[str]
) -> Counts:
    """Passes over what is open. ``departments``: those that the asker's desk works for."""
    shown = {view: in_view(view, today, user_id) for view in OPEN_VIEWS}
    columns: list[Any] = [_many(shown[view], str(view)) for view in OPEN_VIEWS]
    own = _own(user_id, departments)
    columns += [
        _many(and_(own, shown[View.LATE]), "own_late"),
        _many(and_(own, shown[View.NEARLY_DUE]), "own_nearly_due"),
    ]
    row = connection.execute(select(*columns).where(IS_OPEN)).one()
    at = [
        OpenAt(department_id=one.department_id, party_id=one.party_id, open=one.open)
        for one in connection.execute(_AT)
    ]
    counted = dict(row._mapping)  # noqa: SLF001 - so SQLAlchemy calls it
    return Counts(**counted, at=at, quarters=list(connection.scalars(_QUARTERS)))


def _many(condition: ColumnElement[bool], name: str) -> Any:
    return func.count(case((condition, 1))).label(name)


def _own(user_id: str, departments: Collection[str]) -> ColumnElement[bool]:
    """In the asker's hands, or waiting for somebody of their department."""
    nobodys = and_(
        REPORT.c.handler_id.is_(None),
        without_index(REPORT.c.department_id).in_(sorted(departments)),
    )
    return or_(without_index(REPORT.c.handler_id) == user_id, nobodys)
