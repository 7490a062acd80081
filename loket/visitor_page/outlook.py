"""What a waiting visitor may expect: the one place their page asks it."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, func, or_, select

from loket.catalogue.offer import Offer
from loket.queue.forecaster import SiteForecast
from loket.queue.queries import open_counters, seated_people
from loket.queue.rules.life import expected_wait
from loket.queue.rules.waits.told import rounded, rule_of_thumb
from loket.queue.tables import IS_WAITING, TicketRow
from loket.visitor_page.wording import Outlook

_TICKET = TicketRow.metadata.tables["ticket"]
_AHEAD = (
    select(func.count())
    .select_from(_TICKET)
    .where(
        _TICKET.c.queue_id == bindparam("queue"),
        _TICKET.c.day == bindparam("day"),
        IS_WAITING,
        or_(
            _TICKET.c.arrived_at < bindparam("arrived"),
            (_TICKET.c.arrived_at == bindparam("arrived")) & (_TICKET.c.id < bindparam("ticket")),
        ),
    )
)


def outlook(
    reads: Connection, offer: Offer, ticket: Any, moment: datetime, known: SiteForecast | None
) -> Outlook:
    """Who is before a waiting ticket, and the likely minutes of that; none while none is open."""
    place = {
        "queue": ticket.queue_id,
        "day": ticket.day,
        "arrived": ticket.arrived_at,
        "ticket": ticket.id,
    }
    ahead = int(reads.execute(_AHEAD, place).scalar_one())
    seated = seated_people(reads, ticket.site_id, moment)
    counters = open_counters(offer, ticket.queue_id, seated)
    wait = known.promise(ticket.queue_id, ahead, priority=ticket.priority) if known else None
    if wait is None:  # there is no forecast yet, or a counter has just opened
        usual = offer.product(ticket.product_id).mean_service_seconds
        wait = rule_of_thumb(expected_wait(ahead + 1, usual, counters))
    if wait is None or not counters:
        return Outlook(ahead, None, None)
    low, _middle, high, _sure = rounded(wait)
    return Outlook(ahead, low, high)
