"""What a waiting visitor may expect: the one place their page asks it."""

from datetime import datetime
from math import ceil, sqrt
from typing import Any

from sqlalchemy import Connection, bindparam, func, or_, select

from loket.catalogue.offer import Offer
from loket.queue.queries import open_counters, seated_people
from loket.queue.tables import TicketRow
from loket.visitor_page.wording import Outlook

_VARIES = 0.7
"""Deviation of one service time over its mean, as service at counters usually varies."""
_LIKELY = 1.28
"""Deviations on each side that hold four cases of five."""

_TICKET = TicketRow.metadata.tables["ticket"]
_AHEAD = (
    select(func.count())
    .select_from(_TICKET)
    .where(
        _TICKET.c.queue_id == bindparam("queue"),
        _TICKET.c.day == bindparam("day"),
        _TICKET.c.state == "waiting",
        or_(
            _TICKET.c.arrived_at < bindparam("arrived"),
            (_TICKET.c.arrived_at == bindparam("arrived")) & (_TICKET.c.id < bindparam("ticket")),
        ),
    )
)


def outlook(reads: Connection, offer: Offer, ticket: Any, moment: datetime) -> Outlook:
    """Who is before a waiting ticket, and the likely minutes that takes."""
    place = {
        "queue": ticket.queue_id,
        "day": ticket.day,
        "arrived": ticket.arrived_at,
        "ticket": ticket.id,
    }
    ahead = int(reads.execute(_AHEAD, place).scalar_one())
    seated = seated_people(reads, ticket.site_id, moment)
    counters = open_counters(offer, ticket.queue_id, seated)
    if not counters:
        return Outlook(ahead, None, None)
    usual = offer.product(ticket.product_id).mean_service_seconds / 60
    before = ahead + 1  # somebody at the counter may have to finish first
    middle = before * usual / counters
    likely = _LIKELY * _VARIES * usual * sqrt(before) / counters
    return Outlook(ahead, max(0, int(middle - likely)), ceil(middle + likely))
