"""What every change of the arrangements ends with, and the rows they share."""

from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy import Table, bindparam, insert, select, update
from sqlalchemy.exc import IntegrityError

from loket.catalogue.offer import Offer
from loket.kit.errors import NotFound
from loket.kit.text import folded
from loket.reports.messages.arranging import ArrangementsChanged
from loket.reports.queries.arrangements import CATEGORY, PARTY, REPLY_TEMPLATE
from loket.reports.rules.kinds import (
    ArrangementStale,
    NameMissing,
    NameTaken,
    UnknownCategory,
    UnknownDepartment,
    UnknownParty,
    UnknownReply,
)
from loket.reports.rules.routing import Goal, check_goal
from loket.store.work import Work

CODE_LENGTH: Final = 31
_UNKNOWN: Final[Mapping[str, type[NotFound]]] = {
    CATEGORY.name: UnknownCategory,
    PARTY.name: UnknownParty,
    REPLY_TEMPLATE.name: UnknownReply,
}
_CHANGE: Final = {
    table.name: update(table)
    .where(table.c.id == bindparam("ident"), table.c.version == bindparam("seen"))
    .values(version=table.c.version + 1)
    .returning(table.c.id, table.c.version)
    for table in (CATEGORY, PARTY, REPLY_TEMPLATE)
}
_CODE: Final = {table.name: select(table.c.id) for table in (CATEGORY, PARTY)}


def announce(work: Work, offer: Offer, part: str) -> None:
    """Tell every desk that this part of the arrangements is another than a moment ago."""
    for site in offer.catalogue.sites:
        work.announce(site.id, "report_arrangements_changed", ArrangementsChanged(part=part))


def check_name(name: str) -> None:
    if not name:
        raise NameMissing


def check_sent_to(work: Work, offer: Offer, goal: Goal) -> None:
    """One department or one party, and one that is there."""
    check_goal(goal)
    known = {part.id for part in offer.catalogue.departments}
    if goal.department_id is not None and goal.department_id not in known:
        raise UnknownDepartment(department=goal.department_id)
    if goal.party_id is not None:
        still = select(PARTY.c.id).where(PARTY.c.id == goal.party_id, PARTY.c.closed_at.is_(None))
        if work.connection.execute(still.with_for_update()).one_or_none() is None:
            raise UnknownParty(party=goal.party_id)


def add_row(work: Work, table: Table, values: dict[str, Any]) -> None:
    """A new row; its name is refused where another one in use has it."""
    try:
        work.connection.execute(insert(table), {**values, "version": 1})
    except IntegrityError as error:
        raise NameTaken(name=values["name"]) from error


def change_row(work: Work, table: Table, ident: str, seen: int, values: dict[str, Any]) -> int:
    """Change what its author saw; gives the new version."""
    statement = _CHANGE[table.name].values(**values)
    try:
        row = work.connection.execute(statement, {"ident": ident, "seen": seen}).one_or_none()
    except IntegrityError as error:
        raise NameTaken(name=values.get("name", "")) from error
    if row is None:
        raise _why_not(work, table, ident)
    version: int = row.version
    return version


def _why_not(work: Work, table: Table, ident: str) -> Exception:
    found = work.connection.execute(select(table.c.id).where(table.c.id == ident)).one_or_none()
    return ArrangementStale() if found is not None else _UNKNOWN[table.name](id=ident)


def new_code(work: Work, table: Table, prefix: str, name: str) -> str:
    """A code that a file can name it by, made from its name: ``voetpad-losse-tegel``."""
    taken = set(work.connection.scalars(_CODE[table.name]))
    plain = "".join(sign if sign.isascii() and sign.isalnum() else " " for sign in folded(name))
    code = "-".join(plain.split())[:CODE_LENGTH].strip("-") or "nieuw"
    number, tried = 1, code
    while f"{prefix}{tried}" in taken:
        number += 1
        tail = f"-{number}"
        tried = code[: CODE_LENGTH - len(tail)].strip("-") + tail
    return tried
