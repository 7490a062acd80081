"""Reading visits."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, Row, bindparam, select

from loket.catalogue.offer import Offer
from loket.store.work import Actor
from loket.visits.messages import Act, ActKind, Channel, Language, Visit
from loket.visits.rules import UnknownVisit
from loket.visits.tables import ActRow, VisitRow

_VISIT = VisitRow.metadata.tables["visit"]
_ACT = ActRow.metadata.tables["act"]
_FIND = select(_VISIT).where(
    _VISIT.c.id == bindparam("visit"), _VISIT.c.site_id == bindparam("site")
)
_HOLD = _FIND.with_for_update()
_ACTS = select(_ACT).where(_ACT.c.visit_id == bindparam("visit")).order_by(_ACT.c.occurred_at)


def visit_row(connection: Connection, visit_id: str, site_id: str) -> Row[Any]:
    """The row of a visit at this site."""
    row = connection.execute(_FIND, {"visit": visit_id, "site": site_id}).one_or_none()
    if row is None:
        raise UnknownVisit(visit=visit_id)
    return row


def held_visit(connection: Connection, visit_id: str, site_id: str) -> Row[Any]:
    """The same, held until the end of the transaction: nobody closes it or goes on with it."""
    row = connection.execute(_HOLD, {"visit": visit_id, "site": site_id}).one_or_none()
    if row is None:
        raise UnknownVisit(visit=visit_id)
    return row


def read_visit(connection: Connection, visit_id: str, actor: Actor, offer: Offer) -> Visit:
    """A visit as the actor may see it: confidential acts of others without their contents."""
    row = visit_row(connection, visit_id, actor.site_id)
    acts = acts_of(connection, visit_id)
    visit = visit_of(row, [act_of(act, actor, offer) for act in acts])
    if is_confidential_for(row, acts, actor, offer):
        return visit.model_copy(update={"visitor_name": "", "note": "", "follow_up_code": ""})
    return visit


def is_confidential_for(visit: Any, acts: Iterable[Any], actor: Actor, offer: Offer) -> bool:
    """Whether the visitor came for a department whose visitors this desk does not know.

    The desk that began the visit has spoken with them, and knows.
    """
    if visit.counter_id == actor.counter_id:
        return False
    return any(act.product_id is not None and not may_see(actor, act, offer) for act in acts)


def acts_of(connection: Connection, visit_id: str) -> list[Any]:
    return list(connection.execute(_ACTS, {"visit": visit_id}))


def visit_of(row: Any, acts: list[Act]) -> Visit:
    return Visit(
        id=row.id,
        site_id=row.site_id,
        started_at=row.started_at,
        ended_at=row.ended_at,
        closed_at=row.closed_at,
        channel=Channel(row.channel),
        language=Language(row.language),
        visitor_name=row.visitor_name,
        priority=row.priority,
        note=row.note,
        follow_up_code=row.follow_up_code,
        acts=acts,
    )


def act_of(row: Any, actor: Actor, offer: Offer) -> Act:
    hidden = row.product_id is not None and not may_see(actor, row, offer)
    return Act(
        id=row.id,
        kind=ActKind(row.kind),
        occurred_at=row.occurred_at,
        recorded_at=row.recorded_at,
        counter_id=row.counter_id,
        ticket_id=row.ticket_id,
        product_id=None if hidden else row.product_id,
        text="" if hidden else row.text,
        about_id=None if hidden else row.about_id,
        reference="" if hidden else row.reference,
        at=None if hidden else row.at,
        undone=row.undone_at is not None,
    )


def may_see(actor: Actor, row: Any, offer: Offer) -> bool:
    """Who did it, and the department it belongs to, see a confidential act; others do not."""
    if not offer.is_confidential(row.product_id) or row.counter_id == actor.counter_id:
        return True
    return actor.counter_id in offer.counters_for(row.product_id, actor.site_id)
