"""Who may handle a report: everybody at work with that right, who knows the department first."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, bindparam, func, select

from loket.catalogue.offer import Offer
from loket.reports.messages.handing import Colleague, Colleagues
from loket.reports.queries.hiding import Sight
from loket.reports.queries.lists import IS_OPEN
from loket.reports.queries.reports import REPORT, report_row
from loket.staff.queries import roles_of
from loket.staff.rules import Permission, permissions_of
from loket.staff.tables import DeskAuthorRow, UserRoleRow, UserRow

_USER = UserRow.metadata.tables["staff_user"]
_ROLE = UserRoleRow.metadata.tables["staff_user_role"]
_SAT = DeskAuthorRow.metadata.tables["desk_author"]
_STAFF: Final = (
    select(_USER.c.id, _USER.c.name, func.aggregate_strings(_ROLE.c.role, ",").label("roles"))
    .join(_ROLE, _ROLE.c.user_id == _USER.c.id)
    .where(_USER.c.active)
    .group_by(_USER.c.id, _USER.c.name)
)
_ONE: Final = (
    select(
        _USER.c.id,
        _USER.c.name,
        _USER.c.active,
        func.aggregate_strings(_ROLE.c.role, ",").label("roles"),
    )
    .outerjoin(_ROLE, _ROLE.c.user_id == _USER.c.id)
    .where(_USER.c.id == bindparam("user"))
    .group_by(_USER.c.id, _USER.c.name, _USER.c.active)
)
_DESKS: Final = select(_SAT.c.user_id, _SAT.c.counter_id)
_IN_HAND: Final = (
    select(REPORT.c.handler_id, func.count().label("open"))
    .where(IS_OPEN, REPORT.c.handler_id.is_not(None))
    .group_by(REPORT.c.handler_id)
)


@dataclass(frozen=True)
class Member:
    """Somebody of the staff, as far as it matters to whom a report may go."""

    id: str
    name: str
    active: bool
    permissions: frozenset[str]
    departments: frozenset[str]
    """Those that the desks where they sat work for."""

    @property
    def handles(self) -> bool:
        return self.active and Permission.HANDLE_REPORT in self.permissions

    def knows(self, offer: Offer, department_id: str | None) -> bool:
        """Whether they may see what a department has."""
        return department_id not in offer.hidden_from(self.permissions, self.departments)


def read_colleagues(
    connection: Connection, offer: Offer, sight: Sight, report_id: str
) -> Colleagues:
    """Who may get this report: those of its department first, then the others by name."""
    report = report_row(connection, report_id)
    sight.check(report)
    found = [
        one
        for one in _members(connection, offer)
        if one.handles and one.knows(offer, report.department_id)
    ]
    opened = {row.handler_id: row.open for row in connection.execute(_IN_HAND)}
    shown = [_colleague(one, report.department_id, opened.get(one.id, 0)) for one in found]
    return Colleagues(colleagues=sorted(shown, key=lambda one: (not one.near, one.name.casefold())))


def member_of(connection: Connection, offer: Offer, user_id: str) -> Member | None:
    """One of the staff, whether they still work here or not."""
    row = connection.execute(_ONE, {"user": user_id}).one_or_none()
    if row is None:
        return None
    desks = connection.scalars(
        select(_SAT.c.counter_id).where(_SAT.c.user_id == bindparam("user")), {"user": user_id}
    )
    departments = {part for desk in desks for part in offer.departments_at(desk)}
    return _member(row, departments, active=row.active)


def _members(connection: Connection, offer: Offer) -> list[Member]:
    known: dict[str, set[str]] = defaultdict(set)
    for row in connection.execute(_DESKS):
        known[row.user_id] |= offer.departments_at(row.counter_id)
    return [_member(row, known[row.id], active=True) for row in connection.execute(_STAFF)]


def _member(row: Any, departments: set[str], *, active: bool) -> Member:
    granted = permissions_of(roles_of(row.roles))
    return Member(row.id, row.name, active, granted, frozenset(departments))


def _colleague(one: Member, department_id: str | None, opened: int) -> Colleague:
    return Colleague(id=one.id, name=one.name, near=department_id in one.departments, open=opened)
