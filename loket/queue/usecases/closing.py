"""The end of the day: what is still alive of days past is closed; a morning begins empty."""

from datetime import date, datetime, time, timedelta
from itertools import groupby

from sqlalchemy import bindparam, select, update

from loket.kit.clock import BRUSSELS, local_day
from loket.queue.rules import ALIVE, TicketState
from loket.queue.usecases.ledger import TICKET, find_held, move
from loket.store.work import Actor, Request, Store, Work
from loket.visits.tables import VisitRow
from loket.wire.base import WireOut

_VISIT = VisitRow.metadata.tables["visit"]
_LEFT_OVER = (
    select(TICKET.c.id, TICKET.c.site_id, TICKET.c.day)
    .where(
        TICKET.c.state.in_([str(state) for state in sorted(ALIVE)]),
        TICKET.c.day < bindparam("today"),
    )
    .order_by(TICKET.c.day, TICKET.c.site_id, TICKET.c.arrived_at)
)
_CLOSE_VISITS = (
    update(_VISIT)
    .where(_VISIT.c.day < bindparam("today"), _VISIT.c.closed_at.is_(None))
    .values(closed_at=_VISIT.c.started_at)
)
_WAYS_OUT = {
    TicketState.WAITING: (TicketState.EXPIRED,),
    TicketState.PARKED: (TicketState.EXPIRED,),
    TicketState.NO_SHOW: (TicketState.EXPIRED,),
    TicketState.CALLED: (TicketState.NO_SHOW, TicketState.EXPIRED),
    TicketState.SERVING: (TicketState.DONE,),
}


class Closed(WireOut):
    """A day was closed."""


def close_past_days(store: Store) -> int:
    """Close every ticket and visit of days before today; tells how many tickets there were."""
    today = local_day(store.clock.now())
    with store.reading() as connection:
        left = connection.execute(_LEFT_OVER, {"today": today}).all()
    for (day, site), tickets in groupby(left, key=lambda row: (row.day, row.site_id)):
        night = Request(Actor("", "", site, frozenset()), occurred_at=_last_second(day))
        with store.work(night) as work:
            for ticket in tickets:
                _close(work, ticket.id)
            work.commit(Closed())
    with store.database.writers.begin() as connection:
        connection.execute(_CLOSE_VISITS, {"today": today})
    return len(left)


def _close(work: Work, ticket_id: str) -> None:
    ticket = find_held(work, ticket_id)
    if ticket is None:
        return
    counter = ticket.standing.counter_id
    for state in _WAYS_OUT.get(ticket.standing.state, ()):
        ticket = move(work, ticket, state, act="close_day", counter_id=counter)


def _last_second(day: date) -> datetime:
    """Just before midnight in Belgium: nobody was served all night."""
    midnight = datetime.combine(day + timedelta(days=1), time(), tzinfo=BRUSSELS)
    return midnight - timedelta(seconds=1)
