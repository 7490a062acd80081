"""Arranging reports anew: everything a file says, in one transaction."""

from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy import Table, bindparam, delete, insert, update
from sqlalchemy.dialects import postgresql, sqlite

from loket.catalogue.offer import Offer
from loket.kit.ids import new_id
from loket.reports.arranging import ArrangementsFile, ReplyEntry
from loket.reports.messages.taking import Arrangements
from loket.reports.queries.arrangements import (
    CATEGORY,
    PARTY,
    REGULATION,
    REPLY_TEMPLATE,
    read_arrangements,
)
from loket.reports.rules.kinds import UnknownDepartment
from loket.staff.rules import Permission
from loket.store.work import Work

CATEGORY_ID: Final = "rc-"
PARTY_ID: Final = "rp-"
_CLOSE: Final[Mapping[str, Any]] = {
    table.name: update(table)
    .where(table.c.id.not_in(bindparam("kept", expanding=True)), table.c.closed_at.is_(None))
    .values(closed_at=bindparam("now"))
    for table in (CATEGORY, PARTY)
}


def arrange_reports(work: Work, offer: Offer, file: ArrangementsFile) -> Arrangements:
    """Make the categories, parties, terms and replies what the file says."""
    work.allow(Permission.IMPORT_CATALOGUE)
    write_arrangements(work, offer, file)
    return work.commit(read_arrangements(work.connection))


def write_arrangements(work: Work, offer: Offer, file: ArrangementsFile) -> None:
    """The same as part of another act; does not commit."""
    departments = {part.code: part.id for part in offer.catalogue.departments}
    parties = [_party(party.code, party.name, party.email) for party in file.parties]
    categories = [_category(one, departments) for one in file.categories]
    _keep(work, PARTY, parties)
    _keep(work, CATEGORY, categories)
    work.connection.execute(delete(REGULATION))
    if file.terms:
        terms = [{"kind": str(kind), **term.model_dump()} for kind, term in file.terms.items()]
        work.connection.execute(insert(REGULATION), terms)
    work.connection.execute(delete(REPLY_TEMPLATE))
    if file.replies:
        replies = [_reply(one) for one in file.replies]
        work.connection.execute(insert(REPLY_TEMPLATE), replies)
    work.record("arrange_reports", "report_category", "all", categories=len(categories))


def _keep(work: Work, table: Table, rows: list[dict[str, Any]]) -> None:
    """Write these, and close the others."""
    kept = [row["id"] for row in rows] or [""]
    work.connection.execute(_CLOSE[table.name], {"kept": kept, "now": work.now})
    if rows:
        dialect = sqlite if work.connection.dialect.name == "sqlite" else postgresql
        upsert = dialect.insert(table)
        given = {name: upsert.excluded[name] for name in rows[0] if name != "id"}
        work.connection.execute(
            upsert.on_conflict_do_update(index_elements=["id"], set_=given), rows
        )


def _party(code: str, name: str, email: str) -> dict[str, Any]:
    return {"id": f"{PARTY_ID}{code}", "name": name, "email": email, "closed_at": None}


def _category(entry: Any, departments: Mapping[str, str]) -> dict[str, Any]:
    if entry.department is not None and entry.department not in departments:
        raise UnknownDepartment(department=entry.department)
    return {
        "id": f"{CATEGORY_ID}{entry.code}",
        "code": entry.code,
        "name": entry.name,
        "keywords": entry.keywords,
        "department_id": departments[entry.department] if entry.department else None,
        "party_id": f"{PARTY_ID}{entry.party}" if entry.party else None,
        "team": entry.team,
        "alert_phone": entry.alert_phone or "",
        "closed_at": None,
    }


def _reply(entry: ReplyEntry) -> dict[str, Any]:
    return {
        "id": new_id(),
        "name": entry.name,
        "language": entry.language,
        "act": str(entry.act) if entry.act else "",
        "category_id": f"{CATEGORY_ID}{entry.category}" if entry.category else None,
        "text": entry.text,
        "version": 1,
    }
