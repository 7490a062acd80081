"""What a clerk does with a visit."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from types import SimpleNamespace
from typing import Any

from sqlalchemy import bindparam, insert, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import IntegrityError

from loket.catalogue.offer import Offer
from loket.kit.clock import local, local_day
from loket.kit.ids import new_follow_up_code, new_id
from loket.staff.rules import Permission
from loket.store.work import Actor, Request, Store, Work
from loket.visits.messages import (
    Act,
    ActKind,
    AddAct,
    ChangeVisit,
    Receipt,
    StartVisit,
    Visit,
    VisitChanged,
    VisitDetails,
)
from loket.visits.queries import (
    act_of,
    acts_of,
    held_visit,
    is_confidential_for,
    read_visit,
    visit_of,
    visit_row,
)
from loket.visits.rules import (
    ActExists,
    UnknownPriority,
    VisitClosed,
    VisitConfidential,
    VisitExists,
    receipt_number,
)
from loket.visits.tables import ActRow, ReceiptRow, ReceiptYearRow, VisitRow
from loket.wire.base import WireOut

_VISIT = VisitRow.metadata.tables["visit"]
_ACT = ActRow.metadata.tables["act"]
_INSERT_VISIT = {
    "sqlite": sqlite.insert(_VISIT).on_conflict_do_nothing().returning(_VISIT.c.id),
    "postgresql": postgresql.insert(_VISIT).on_conflict_do_nothing().returning(_VISIT.c.id),
}
_INSERT_ACT = insert(_ACT)
_UNDO_ACT = update(_ACT).where(
    _ACT.c.visit_id == bindparam("visit"),
    _ACT.c.kind == bindparam("act_kind"),
    _ACT.c.about_id == bindparam("about"),
    _ACT.c.undone_at.is_(None),
)
_CHANGE = update(_VISIT).where(_VISIT.c.id == bindparam("visit"))


OnChanged = Callable[[Work, str, VisitDetails], None]
"""Told of new details in the same transaction; given by whoever keeps some of them elsewhere."""


@dataclass(frozen=True)
class OpenVisit:
    """A visit to which an act is being added in this transaction."""

    id: str
    values: Any
    is_new: bool


def start_visit(work: Work, offer: Offer, command: StartVisit) -> Visit:
    """Begin a visit, at the first input of the clerk."""
    work.allow(Permission.RECORD_VISIT)
    visit = open_visit(work, offer, command)
    if not visit.is_new:
        raise VisitExists(visit=command.id)
    return work.commit(visit_of(visit.values, []))


def open_visit(work: Work, offer: Offer, command: StartVisit) -> OpenVisit:
    """Begin the visit in this transaction, or go on with it if it has begun; does not commit."""
    check_priority(offer, command)
    values = _new_visit(work, command)
    added = work.connection.execute(_INSERT_VISIT[work.connection.dialect.name], values)
    if added.one_or_none() is not None:
        work.record("start_visit", "visit", command.id, channel=command.channel)
        return OpenVisit(command.id, SimpleNamespace(**values), is_new=True)
    row = held_visit(work.connection, command.id, work.actor.site_id)
    if row.closed_at is not None:
        _open_again(work, row)
    return OpenVisit(command.id, row, is_new=False)


def _open_again(work: Work, row: Any) -> None:
    """A visit ends with its last ticket; another ticket on the same day goes on with it.

    The visitor asks one thing more, or a ticket given while the server was away arrives now.
    """
    if row.day != local_day(work.now):
        raise VisitClosed(visit=row.id)
    close_visit(work, row.id, None)


def check_priority(offer: Offer, details: VisitDetails) -> None:
    if details.priority and details.priority not in offer.priorities:
        raise UnknownPriority(priority=details.priority)


def _new_visit(work: Work, command: StartVisit) -> dict[str, Any]:
    return {
        "id": command.id,
        "site_id": work.actor.site_id,
        "day": local_day(work.now),
        "started_at": work.now,
        "recorded_at": work.recorded_at,
        "user_id": work.actor.user_id,
        "counter_id": work.actor.counter_id,
        "follow_up_code": new_follow_up_code(),
        "changed_at": work.now,
        "ended_at": None,
        "closed_at": None,
        **_details(command),
    }


def _details(details: VisitDetails) -> dict[str, Any]:
    return {
        "channel": str(details.channel),
        "language": str(details.language),
        "visitor_name": details.visitor_name,
        "priority": details.priority,
        "note": details.note,
    }


def change_visit(
    work: Work, offer: Offer, visit_id: str, command: ChangeVisit, on_changed: OnChanged
) -> Visit:
    """Note what the clerk learnt about the visitor since.

    What a colleague noted later stays: an act that was delivered late does not overwrite it.
    """
    work.allow(Permission.RECORD_VISIT)
    check_priority(offer, command)
    row = held_visit(work.connection, visit_id, work.actor.site_id)
    if is_confidential_for(row, acts_of(work.connection, visit_id), work.actor, offer):
        raise VisitConfidential(visit=visit_id)
    if row.changed_at <= work.now:
        changed = {"changed_at": work.now, **_details(command)}
        work.connection.execute(_CHANGE, {"visit": visit_id, **changed})
        on_changed(work, visit_id, command)
        work.record("change_visit", "visit", visit_id)
    return _commit_changed(work, offer, visit_id)


def _commit_changed(work: Work, offer: Offer, visit_id: str) -> Visit:
    work.announce(work.actor.site_id, "visit_changed", VisitChanged(visit_id=visit_id))
    return work.commit(read_visit(work.connection, visit_id, work.actor, offer))


def add_act(work: Work, offer: Offer, visit_id: str, command: AddAct) -> Visit:
    """Note something done for the visitor that leaves no other trace."""
    work.allow(Permission.RECORD_VISIT)
    row = visit_row(work.connection, visit_id, work.actor.site_id)
    # What happened before it was closed may be delivered after.
    if row.closed_at is not None and row.closed_at < work.now:
        raise VisitClosed(visit=visit_id)
    if command.product_id is not None:
        offer.product(command.product_id)
    note_act(
        work,
        offer,
        visit_id,
        {
            "id": command.id,
            "kind": str(command.kind),
            "ticket_id": None,
            "product_id": command.product_id,
            "text": command.text,
        },
    )
    return _commit_changed(work, offer, visit_id)


def note_act(work: Work, offer: Offer, visit_id: str, values: dict[str, Any]) -> Act:
    """Add an act to a visit in this transaction; does not commit."""
    row = {
        "about_id": None,
        "reference": "",
        "at": None,
        **values,
        "visit_id": visit_id,
        "occurred_at": work.now,
        "recorded_at": work.recorded_at,
        "user_id": work.actor.user_id,
        "counter_id": work.actor.counter_id,
        "undone_at": None,
    }
    try:
        work.connection.execute(_INSERT_ACT, row)
    except IntegrityError as error:
        raise ActExists(act=row["id"]) from error
    return act_of(SimpleNamespace(**row), work.actor, offer)


def undo_act(work: Work, visit_id: str, kind: ActKind, about_id: str) -> None:
    """It was not so after all: it stays in the visit as undone. Does not commit."""
    asked = {"visit": visit_id, "act_kind": str(kind), "about": about_id, "undone_at": work.now}
    work.connection.execute(_UNDO_ACT, asked)


def end_encounter(work: Work, offer: Offer, visit_id: str) -> Visit:
    """The visitor leaves this desk; the visit itself goes on at the counter."""
    work.allow(Permission.RECORD_VISIT)
    row = visit_row(work.connection, visit_id, work.actor.site_id)
    if row.ended_at is None:
        work.connection.execute(_CHANGE, {"visit": visit_id, "ended_at": work.now})
        work.record("end_encounter", "visit", visit_id)
    return _commit_changed(work, offer, visit_id)


def hold_visit(work: Work, visit_id: str) -> None:
    """Hold a visit before deciding whether it ends here; does not commit."""
    held_visit(work.connection, visit_id, work.actor.site_id)


def close_visit(work: Work, visit_id: str, at: datetime | None) -> None:
    """Close a visit in this transaction, or with None open it again; does not commit."""
    work.connection.execute(_CHANGE, {"visit": visit_id, "closed_at": at})


_LEFT_OPEN = (
    update(_VISIT)
    .where(_VISIT.c.closed_at.is_(None), _VISIT.c.day < bindparam("today"))
    .values(closed_at=bindparam("at"))
)


class _Closed(WireOut):
    visits: int


def close_left_open(store: Store, today: date) -> None:
    """Close the visits of earlier days; their tickets were let go before."""
    with store.work(Request(Actor("", "", "", frozenset()))) as work:
        closed = work.connection.execute(_LEFT_OPEN, {"today": today, "at": work.now}).rowcount
        work.record("end_day", "visit", str(closed))
        if closed:
            work.commit(_Closed(visits=closed))


_YEAR = ReceiptYearRow.metadata.tables["receipt_year"]


def _next_receipt(dialect: str) -> Any:
    upsert = (sqlite if dialect == "sqlite" else postgresql).insert(_YEAR)
    return upsert.on_conflict_do_update(
        index_elements=["year"], set_={"last_number": _YEAR.c.last_number + 1}
    ).returning(_YEAR.c.last_number)


_NEXT_RECEIPT = {name: _next_receipt(name) for name in ("sqlite", "postgresql")}


def issue_receipt(work: Work, offer: Offer, visit_id: str, clerk: str) -> Receipt:
    """Number a print of the acts so far; ``clerk`` is the name that stands on it."""
    work.allow(Permission.RECORD_VISIT)
    visit = read_visit(work.connection, visit_id, work.actor, offer)
    year = local(work.now).year
    statement = _NEXT_RECEIPT[work.connection.dialect.name]
    number = work.connection.execute(statement, {"year": year, "last_number": 1}).scalar_one()
    row = {
        "id": new_id(),
        "year": year,
        "number": number,
        "visit_id": visit_id,
        "issued_at": work.now,
        "user_id": work.actor.user_id,
        "counter_id": work.actor.counter_id,
    }
    work.connection.execute(insert(ReceiptRow), row)
    work.record("issue_receipt", "visit", visit_id, number=receipt_number(year, number))
    return work.commit(
        Receipt(
            number=receipt_number(year, number),
            issued_at=work.now,
            issued_by=clerk,
            visit=visit,
        )
    )
