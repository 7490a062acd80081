"""Everybody who has to do with the reports that a filter lets through."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, and_, bindparam, or_, select

from loket.reports.messages.following import Filter
from loket.reports.messages.informing import Involved, LastInformed
from loket.reports.queries.hiding import Sight
from loket.reports.queries.lists import conditions
from loket.reports.queries.reports import REPORT, REPORTER
from loket.reports.rules.involved import MOST_REPORTS, Everybody, TooManyInvolved, each_once
from loket.reports.rules.kinds import AnswerBy
from loket.reports.tables import AnnouncementRow, InformedRow
from loket.staff.tables import UserRow

ANNOUNCEMENT = AnnouncementRow.metadata.tables["report_announcement"]
INFORMED = InformedRow.metadata.tables["report_informed"]
_USER = UserRow.metadata.tables["staff_user"]
_PEOPLE: Final = (
    select(REPORTER)
    .join(REPORT, REPORT.c.id == REPORTER.c.report_id)
    .where(REPORTER.c.report_id.in_(bindparam("ids", expanding=True)))
    .order_by(REPORT.c.serial.desc(), REPORTER.c.place)
)
_LAST: Final = (
    select(ANNOUNCEMENT, _USER.c.name.label("user_name"))
    .join(INFORMED, INFORMED.c.announcement_id == ANNOUNCEMENT.c.id)
    .join(_USER, _USER.c.id == ANNOUNCEMENT.c.made_by)
    .where(INFORMED.c.report_id.in_(bindparam("ids", expanding=True)))
    .order_by(ANNOUNCEMENT.c.made_at.desc(), ANNOUNCEMENT.c.id.desc())
    .limit(1)
)


@dataclass(frozen=True)
class Gathered:
    """The reports of a list, and everybody in them."""

    reports: dict[str, Any]
    people: Everybody


def read_involved(
    connection: Connection, sight: Sight, asked: Filter, *, today: date, user_id: str
) -> Involved:
    """How many there are, by which way, and when some of them were last told something."""
    found = gather(connection, sight, asked, today=today, user_id=user_id)
    people = found.people
    last = last_informed(connection, list(found.reports))
    return Involved(
        reports=len(found.reports),
        people=len(people.reached),
        mail=people.by(AnswerBy.MAIL),
        sms=people.by(AnswerBy.SMS),
        letter=people.by(AnswerBy.LETTER),
        phone=people.by(AnswerBy.PHONE),
        unreachable=people.unreachable,
        doubles=people.doubles,
        last=_last(last) if last is not None else None,
    )


def gather(
    connection: Connection,
    sight: Sight,
    asked: Filter,
    *,
    today: date,
    user_id: str,
    hold: bool = False,
) -> Gathered:
    """``hold``: nobody else writes in these reports until the end of the transaction."""
    wanted = and_(*conditions(asked, sight, connection.dialect.name, today, user_id), _seen(sight))
    # In the order of their ids, so that two who hold many do not wait for each other.
    found = select(REPORT).where(wanted).order_by(REPORT.c.id).limit(MOST_REPORTS + 1)
    rows = connection.execute(found.with_for_update() if hold else found).all()
    if len(rows) > MOST_REPORTS:
        raise TooManyInvolved(limit=MOST_REPORTS)
    ids = [row.id for row in rows]
    people = each_once(connection.execute(_PEOPLE, {"ids": ids}).all()) if ids else each_once(())
    return Gathered({row.id: row for row in rows}, people)


def last_informed(connection: Connection, ids: Sequence[str]) -> Any | None:
    """The last time that anybody in these reports was told something together."""
    if not ids:
        return None
    return connection.execute(_LAST, {"ids": list(ids)}).one_or_none()


def _seen(sight: Sight) -> ColumnElement[bool]:
    """Nobody counts, or tells, who has to do with what they may not see."""
    if not sight.hidden:
        return REPORT.c.serial > 0
    return or_(
        REPORT.c.department_id.is_(None),
        REPORT.c.department_id.not_in(sorted(sight.hidden)),
        REPORT.c.counter_id == sight.counter_id,
    )


def _last(row: Any) -> LastInformed:
    return LastInformed(id=row.id, at=row.made_at, user_name=row.user_name, people=row.people)
