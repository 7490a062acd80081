"""Arranging reports anew by a file: first what it would change, then that, in one transaction."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import Connection, Table, bindparam, delete, insert, select, update

from loket.catalogue.offer import Offer
from loket.kit.ids import new_id
from loket.reports.arranging import ArrangementsFile, ArrangementsUnreadable
from loket.reports.messages.arranging import Rule
from loket.reports.messages.taking import Arrangements
from loket.reports.queries.arrangements import (
    CATEGORY,
    PARTY,
    REPLY_TEMPLATE,
    read_arrangements,
    read_regulation,
)
from loket.reports.queries.settings import read_rule_list
from loket.reports.rules.kinds import ReportKind, UnknownDepartment
from loket.reports.rules.terms import Regulation
from loket.reports.usecases.arranging.categories import CATEGORY_ID
from loket.reports.usecases.arranging.dispatch import next_version, write_rules
from loket.reports.usecases.arranging.parties import PARTY_ID
from loket.reports.usecases.arranging.telling import announce
from loket.reports.usecases.arranging.terms import version_of, write_regulation
from loket.staff.rules import Permission
from loket.store.work import Work


class Change(StrEnum):
    NEW = "new"
    CHANGED = "changed"
    CLOSED = "closed"
    GONE = "gone"


@dataclass(frozen=True)
class Planned:
    """One thing that an import would do."""

    part: str
    """``category``, ``party``, ``terms``, ``reply``, ``rules``."""
    change: Change
    name: str


@dataclass(frozen=True)
class _Rows:
    """What is written of one table: whole new rows, new values by id, and what ends."""

    table: Table
    part: str
    new: tuple[dict[str, Any], ...]
    changed: Mapping[str, dict[str, Any]]
    ended: Mapping[str, str]
    """Names by id: closed, or of replies removed."""

    def planned(self) -> Iterable[Planned]:
        end = Change.GONE if self.table is REPLY_TEMPLATE else Change.CLOSED
        yield from (Planned(self.part, Change.NEW, row["name"]) for row in self.new)
        yield from (Planned(self.part, Change.CHANGED, r["name"]) for r in self.changed.values())
        yield from (Planned(self.part, end, name) for name in self.ended.values())


@dataclass(frozen=True)
class ArrangementsPlan:
    """What a file would change of what stands in the database."""

    rows: tuple[_Rows, ...]
    terms: Mapping[ReportKind, Regulation]
    rules: list[Rule] | None

    def changes(self) -> tuple[Planned, ...]:
        """In the order in which they are told."""
        of_rows = [one for rows in self.rows for one in rows.planned()]
        of_terms = [Planned("terms", Change.CHANGED, str(kind)) for kind in self.terms]
        of_rules = [Planned("rules", Change.CHANGED, str(len(self.rules)))] if self.rules else []
        if self.rules == []:
            of_rules = [Planned("rules", Change.GONE, "0")]
        return (*of_rows, *of_terms, *of_rules)


_ADD: Final = {table.name: insert(table) for table in (CATEGORY, PARTY, REPLY_TEMPLATE)}
_CHANGE: Final = {
    table.name: update(table).where(table.c.id == bindparam("ident"))
    for table in (CATEGORY, PARTY, REPLY_TEMPLATE)
}


def arrange_reports(work: Work, offer: Offer, file: ArrangementsFile) -> Arrangements:
    """Make of the arrangements what the file says."""
    work.allow(Permission.IMPORT_CATALOGUE)
    write_arrangements(work, offer, file)
    return work.commit(read_arrangements(work.connection))


def write_arrangements(work: Work, offer: Offer, file: ArrangementsFile) -> None:
    """The same as part of another act; does not commit."""
    plan = plan_arrangements(work.connection, offer, file)
    for rows in plan.rows:
        _write(work, rows)
    for kind, terms in plan.terms.items():
        write_regulation(work, kind, terms, version_of(work, kind))
    if plan.rules is not None:
        next_version(work)
        write_rules(work, plan.rules)
    changes = plan.changes()
    work.record("arrange_reports", "report_arrangements", "all", changes=len(changes))
    for part in dict.fromkeys(one.part for one in changes):
        announce(work, offer, part)


def plan_arrangements(
    connection: Connection, offer: Offer, file: ArrangementsFile
) -> ArrangementsPlan:
    """What the file would change; nothing is written."""
    departments = {part.code: part.id for part in offer.catalogue.departments}
    parties = _parties(file) if file.parties is not None else None
    known = [row["id"] for row in parties] if parties is not None else _open_parties(connection)
    goals = _Goals(departments, frozenset(known))
    categories = [_category(one, goals) for one in file.categories]
    rows = [_compared(connection, CATEGORY, "category", categories)]
    if parties is not None:
        rows.insert(0, _compared(connection, PARTY, "party", parties))
    if file.replies is not None:
        rows.append(_compared_replies(connection, [_reply(one) for one in file.replies]))
    return ArrangementsPlan(
        rows=tuple(rows),
        terms=_changed_terms(connection, file),
        rules=_changed_rules(connection, file, goals),
    )


@dataclass(frozen=True)
class _Goals:
    """Where a file may send to."""

    departments: Mapping[str, str]
    parties: frozenset[str]

    def of(self, entry: Any) -> dict[str, str | None]:
        if entry.department is not None and entry.department not in self.departments:
            raise UnknownDepartment(department=entry.department)
        party = f"{PARTY_ID}{entry.party}" if entry.party else None
        if party is not None and party not in self.parties:
            raise ArrangementsUnreadable(where="party", what=f"no party is called {entry.party}")
        department = self.departments[entry.department] if entry.department else None
        return {"department_id": department, "party_id": party}


def _open_parties(connection: Connection) -> list[str]:
    return list(connection.scalars(select(PARTY.c.id).where(PARTY.c.closed_at.is_(None))))


def _compared(
    connection: Connection, table: Table, part: str, wanted: list[dict[str, Any]]
) -> _Rows:
    """Beside what is kept: what is new, what is another, and what the file no longer names."""
    kept = {row["id"]: row for row in connection.execute(select(table)).mappings()}
    named = {row["id"] for row in wanted}
    return _Rows(
        table,
        part,
        new=tuple(row for row in wanted if row["id"] not in kept),
        changed={
            row["id"]: row
            for row in wanted
            if row["id"] in kept and any(kept[row["id"]][name] != row[name] for name in row)
        },
        ended={
            ident: row["name"]
            for ident, row in kept.items()
            if ident not in named and row.get("closed_at", True) in {None, True}
        },
    )


def _compared_replies(connection: Connection, wanted: list[dict[str, Any]]) -> _Rows:
    """Replies have no code: they are known by name and language."""
    every = connection.execute(select(REPLY_TEMPLATE))
    known = {(row.name, row.language): row.id for row in every}
    for row in wanted:
        row["id"] = known.get((row["name"], row["language"]), row["id"])
    return _compared(connection, REPLY_TEMPLATE, "reply", wanted)


def _changed_terms(connection: Connection, file: ArrangementsFile) -> dict[ReportKind, Regulation]:
    """The kinds that get other terms; one that the file leaves out gets the usual ones."""
    if file.terms is None:
        return {}
    told = {kind: Regulation(**entry.model_dump()) for kind, entry in file.terms.items()}
    every = {kind: told.get(kind, Regulation()) for kind in ReportKind}
    return {
        kind: terms for kind, terms in every.items() if read_regulation(connection, kind) != terms
    }


def _changed_rules(
    connection: Connection, file: ArrangementsFile, goals: _Goals
) -> list[Rule] | None:
    """The list, where it says another thing than the one that is kept; None: it does not."""
    if file.rules is None:
        return None
    codes = {f"{CATEGORY_ID}{one.code}" for one in file.categories}
    wanted = []
    for entry in file.rules:
        named = [f"{CATEGORY_ID}{code}" for code in entry.categories]
        lost = next((ident for ident in named if ident not in codes), None)
        if lost is not None:
            what = f"no category is called {lost.removeprefix(CATEGORY_ID)}"
            raise ArrangementsUnreadable(where="rules", what=what)
        goal = goals.of(entry)
        wanted.append(Rule(kinds=entry.kinds, category_ids=named, quarters=entry.quarters, **goal))
    kept = read_rule_list(connection).rules
    return None if [_said(one) for one in kept] == [_said(one) for one in wanted] else wanted


def _said(rule: Rule) -> tuple[Any, ...]:
    """What a rule says, whatever its id."""
    sets = frozenset(rule.kinds), frozenset(rule.category_ids), frozenset(rule.quarters)
    return (*sets, rule.department_id, rule.party_id)


def _write(work: Work, rows: _Rows) -> None:
    """Whoever ends makes its name free first."""
    table, connection = rows.table, work.connection
    if rows.ended and table is REPLY_TEMPLATE:
        connection.execute(delete(table).where(table.c.id.in_(list(rows.ended))))
    for ident in rows.ended if table is not REPLY_TEMPLATE else ():
        _change(work, table, ident, {"closed_at": work.now})
    for ident, values in rows.changed.items():
        _change(work, table, ident, {name: v for name, v in values.items() if name != "id"})
    if rows.new:
        connection.execute(_ADD[table.name], [{**row, "version": 1} for row in rows.new])


def _change(work: Work, table: Table, ident: str, values: dict[str, Any]) -> None:
    statement = _CHANGE[table.name].values(**values, version=table.c.version + 1)
    work.connection.execute(statement, {"ident": ident})


def _parties(file: ArrangementsFile) -> list[dict[str, Any]]:
    return [
        {
            "id": f"{PARTY_ID}{one.code}",
            "name": one.name,
            "email": one.email,
            "phone": one.phone or "",
            "closed_at": None,
        }
        for one in file.parties or ()
    ]


def _category(entry: Any, goals: _Goals) -> dict[str, Any]:
    return {
        "id": f"{CATEGORY_ID}{entry.code}",
        "code": entry.code,
        "name": entry.name,
        "keywords": entry.keywords,
        **goals.of(entry),
        "team": entry.team,
        "alert_phone": entry.alert_phone or "",
        "alert_name": entry.alert_name,
        "closed_at": None,
    }


def _reply(entry: Any) -> dict[str, Any]:
    return {
        "id": new_id(),
        "name": entry.name,
        "language": entry.language,
        "act": str(entry.act) if entry.act else "",
        "category_id": f"{CATEGORY_ID}{entry.category}" if entry.category else None,
        "text": entry.text,
    }
