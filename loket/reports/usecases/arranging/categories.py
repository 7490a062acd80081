"""Categories: added, changed, closed and opened again; never deleted, reports have them."""

from typing import Any

from loket.catalogue.offer import Offer
from loket.reports.messages.arranging import ArrangedCategory, SeenArrangement, SetCategory
from loket.reports.queries.arrangements import CATEGORY, category_row
from loket.reports.queries.settings import read_arranged_categories
from loket.reports.rules.routing import Goal
from loket.reports.usecases.arranging.telling import (
    add_row,
    announce,
    change_row,
    check_name,
    check_sent_to,
    new_code,
)
from loket.staff.rules import Permission
from loket.store.work import Work

CATEGORY_ID = "rc-"


def add_category(work: Work, offer: Offer, command: SetCategory) -> ArrangedCategory:
    """One more; from now on reports are taken down under it."""
    work.allow(Permission.ARRANGE_REPORTS)
    values = _values(work, offer, command)
    code = new_code(work, CATEGORY, CATEGORY_ID, command.name)
    ident = f"{CATEGORY_ID}{code}"
    add_row(work, CATEGORY, {**values, "id": ident, "code": code, "closed_at": None})
    return _kept(work, offer, "add_report_category", ident, 1)


def change_category(
    work: Work, offer: Offer, category_id: str, command: SetCategory
) -> ArrangedCategory:
    """Other values; where its reports already are, they stay."""
    work.allow(Permission.ARRANGE_REPORTS)
    values = _values(work, offer, command)
    version = change_row(work, CATEGORY, category_id, command.seen_version, values)
    return _kept(work, offer, "change_report_category", category_id, version)


def close_category(
    work: Work, offer: Offer, category_id: str, command: SeenArrangement
) -> ArrangedCategory:
    """Nothing new is taken down under it; what is under it stays there."""
    work.allow(Permission.ARRANGE_REPORTS)
    values = {"closed_at": work.now}
    version = change_row(work, CATEGORY, category_id, command.seen_version, values)
    return _kept(work, offer, "close_report_category", category_id, version)


def reopen_category(
    work: Work, offer: Offer, category_id: str, command: SeenArrangement
) -> ArrangedCategory:
    """To be chosen again; refused when its name or where it goes is no longer free or there."""
    work.allow(Permission.ARRANGE_REPORTS)
    row = category_row(work.connection, category_id)
    check_sent_to(work, offer, Goal(row.department_id, row.party_id))
    values = {"name": row.name, "closed_at": None}
    version = change_row(work, CATEGORY, category_id, command.seen_version, values)
    return _kept(work, offer, "reopen_report_category", category_id, version)


def _values(work: Work, offer: Offer, command: SetCategory) -> dict[str, Any]:
    check_name(command.name)
    check_sent_to(work, offer, Goal(command.department_id, command.party_id))
    return {
        "name": command.name,
        "keywords": list(dict.fromkeys(command.keywords)),
        "department_id": command.department_id,
        "party_id": command.party_id,
        "team": command.team,
        "alert_phone": command.alert_phone or "",
        "alert_name": command.alert_name,
    }


def _kept(work: Work, offer: Offer, act: str, ident: str, version: int) -> ArrangedCategory:
    work.record(act, "report_category", ident, version=version)
    announce(work, offer, "categories")
    found = {one.id: one for one in read_arranged_categories(work.connection)}
    return work.commit(found[ident])
