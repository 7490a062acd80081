"""Parties outside the town hall: added, changed, closed and opened again."""

from typing import Any

from sqlalchemy import select

from loket.catalogue.offer import Offer
from loket.reports.messages.arranging import ArrangedParty, SeenArrangement, SetParty
from loket.reports.queries.arrangements import PARTY
from loket.reports.queries.settings import read_arranged_parties
from loket.reports.rules.kinds import PartyInUse
from loket.reports.usecases.arranging.telling import (
    add_row,
    announce,
    change_row,
    check_name,
    new_code,
)
from loket.staff.rules import Permission
from loket.store.work import Work

PARTY_ID = "rp-"


def add_party(work: Work, offer: Offer, command: SetParty) -> ArrangedParty:
    """One more to whom reports can be sent."""
    work.allow(Permission.ARRANGE_REPORTS)
    values = _values(command)
    ident = f"{PARTY_ID}{new_code(work, PARTY, PARTY_ID, command.name)}"
    add_row(work, PARTY, {**values, "id": ident, "closed_at": None})
    return _kept(work, offer, "add_report_party", ident, 1)


def change_party(work: Work, offer: Offer, party_id: str, command: SetParty) -> ArrangedParty:
    """Another name or another address, from the next report on."""
    work.allow(Permission.ARRANGE_REPORTS)
    version = change_row(work, PARTY, party_id, command.seen_version, _values(command))
    return _kept(work, offer, "change_report_party", party_id, version)


def close_party(work: Work, offer: Offer, party_id: str, command: SeenArrangement) -> ArrangedParty:
    """Nothing new goes there; refused while a category or a rule still sends to it."""
    work.allow(Permission.ARRANGE_REPORTS)
    # Who sends something to it meanwhile waits for this row, and finds it closed.
    work.connection.execute(select(PARTY.c.id).where(PARTY.c.id == party_id).with_for_update())
    version = change_row(work, PARTY, party_id, command.seen_version, {"closed_at": work.now})
    found = _found(work, party_id)
    if found.categories or found.rules:
        raise PartyInUse(name=found.name, categories=found.categories, rules=found.rules)
    return _kept(work, offer, "close_report_party", party_id, version)


def reopen_party(
    work: Work, offer: Offer, party_id: str, command: SeenArrangement
) -> ArrangedParty:
    """To be chosen again."""
    work.allow(Permission.ARRANGE_REPORTS)
    version = change_row(work, PARTY, party_id, command.seen_version, {"closed_at": None})
    return _kept(work, offer, "reopen_report_party", party_id, version)


def _values(command: SetParty) -> dict[str, Any]:
    check_name(command.name)
    return {"name": command.name, "email": command.email, "phone": command.phone or ""}


def _found(work: Work, ident: str) -> ArrangedParty:
    return {one.id: one for one in read_arranged_parties(work.connection)}[ident]


def _kept(work: Work, offer: Offer, act: str, ident: str, version: int) -> ArrangedParty:
    work.record(act, "report_party", ident, version=version)
    announce(work, offer, "parties")
    return work.commit(_found(work, ident))
