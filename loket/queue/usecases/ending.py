"""The end of the day: who was left behind is let go, so that tomorrow begins with nobody."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, select

from loket.catalogue.offer import Offer, Offers
from loket.kit.clock import local_day
from loket.queue.by_hand import setting_of
from loket.queue.rules.life import TicketState
from loket.queue.rules.opening import Span, hours_today
from loket.queue.tables import IS_ALIVE
from loket.queue.usecases.ledger import TICKET, hold, move
from loket.store.work import Actor, Request, Store
from loket.visits.usecases import close_left_open

_LEFT = (
    select(TICKET.c.id, TICKET.c.site_id, TICKET.c.queue_id, TICKET.c.day, TICKET.c.since)
    .where(
        TICKET.c.day < bindparam("today"),
        IS_ALIVE,
    )
    .order_by(TICKET.c.day, TICKET.c.id)
)
_WAY_OUT = {
    TicketState.WAITING: (TicketState.EXPIRED,),
    TicketState.PARKED: (TicketState.EXPIRED,),
    TicketState.NO_SHOW: (TicketState.EXPIRED,),
    TicketState.CALLED: (TicketState.NO_SHOW, TicketState.EXPIRED),
    TicketState.SERVING: (TicketState.DONE,),
}
"""By the moves that there are; nobody was served until the next morning."""


def end_days(store: Store, offers: Offers) -> int:
    """Let go of all tickets of earlier days, and close their visits; how many tickets it were.

    A counter that forgot to finish its last visitor could not call anybody the next morning.
    """
    today = local_day(store.clock.now())
    with store.reading() as connection:
        offer = offers.now(connection)
        left = connection.execute(_LEFT, {"today": today}).all()
        ends = [_end_of_service(connection, offer, ticket) for ticket in left]
    for ticket, at in zip(left, ends, strict=True):
        _let_go(store, ticket, at)
    close_left_open(store, today)
    return len(left)


def _end_of_service(connection: Connection, offer: Offer, ticket: Any) -> datetime:
    """When its queue closed that day, so that the figures of that day stay right."""
    hours = offer.timetable.on(ticket.day, site_id=ticket.site_id, queue_id=ticket.queue_id)
    hand = setting_of(connection, ticket.queue_id, ticket.day)
    spans = hours_today((Span(one.opens_at, one.closes_at) for one in hours.periods), hand)
    closed: list[datetime] = [span.end for span in spans]
    since: datetime = ticket.since
    return max([since, *closed])


def _let_go(store: Store, left: Any, at: datetime) -> None:
    system = Actor("", "", left.site_id, frozenset())
    with store.work(Request(system, occurred_at=at)) as work:
        ticket = hold(work, left.id)
        for state in _WAY_OUT.get(ticket.standing.state, ()):
            ticket = move(work, ticket, state, act="end_day")
        work.commit(ticket.message())
