"""The picture of a display: numbers and counters, waits, a message; nobody's name, no product."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, select

from loket.catalogue.citizens import languages_of
from loket.catalogue.messages import Queue
from loket.catalogue.offer import Offer
from loket.displays.messages import DisplayCall, DisplayPicture, QueueWait
from loket.displays.queries import message_at
from loket.displays.rules import FRESH
from loket.displays.waits import expected_waits
from loket.displays.wording import opens_again, page_words, spoken_call, usual_message
from loket.kit.clock import local_day
from loket.queue.by_hand import is_open_now, settings_on
from loket.queue.forecaster import SiteForecast
from loket.queue.rules.life import ALIVE, TicketState
from loket.queue.tables import TicketRow
from loket.store.feed import last_numbers

SHOWN = 24
"""Calls in a picture: more than a page shows, so that none between two pictures is missing."""

_TICKET = TicketRow.metadata.tables["ticket"]
_CALLED_TO = [TicketState.CALLED, TicketState.SERVING, TicketState.DONE, TicketState.NO_SHOW]
"""States in which the last call still stands; who was put back, parked or sent on is not shown."""
_CALLS = (
    select(
        _TICKET.c.label,
        _TICKET.c.counter_id,
        _TICKET.c.calls,
        _TICKET.c.last_called_at,
        _TICKET.c.state,
    )
    .where(
        _TICKET.c.site_id == bindparam("site"),
        _TICKET.c.day == bindparam("day"),
        _TICKET.c.state.in_([str(state) for state in _CALLED_TO]),
        _TICKET.c.last_called_at.is_not(None),
        _TICKET.c.counter_id.is_not(None),
    )
    .order_by(_TICKET.c.last_called_at.desc(), _TICKET.c.label)
    .limit(SHOWN)
)
_ANYBODY = (
    select(_TICKET.c.id)
    .where(
        _TICKET.c.site_id == bindparam("site"),
        _TICKET.c.day == bindparam("day"),
        _TICKET.c.state.in_([str(state) for state in sorted(ALIVE - {TicketState.NO_SHOW})]),
    )
    .limit(1)
)


def read_picture(
    reads: Connection,
    offer: Offer,
    display: Any,
    *,
    epoch: str,
    moment: datetime,
    known: SiteForecast | None,
) -> DisplayPicture:
    """All that a display shows at a moment."""
    catalogue, site = offer.catalogue, display.site_id
    languages = languages_of(catalogue.town)
    by_hand = settings_on(reads, local_day(moment))
    open_queues = [
        queue
        for queue in catalogue.queues
        if queue.site_id == site and is_open_now(offer, queue, by_hand.get(queue.id), moment)
    ]
    closed = not open_queues and not _anybody(reads, site, moment)
    return DisplayPicture(
        epoch=epoch,
        number=last_numbers(reads).get(site, 0),
        server_time=moment,
        town=catalogue.town.name,
        site=next((each.name for each in catalogue.sites if each.id == site), ""),
        name=display.name,
        languages=languages,
        words={each: page_words(each) for each in languages},
        chime=display.chime,
        speech=display.speech,
        calls=_calls(reads, offer, site, languages, moment),
        waits=_waits(reads, offer, open_queues, moment, known),
        message=message_at(reads, site, moment) or usual_message(languages),
        closed=opens_again(languages, moment, _opens_next(offer, site, moment)) if closed else None,
    )


def _calls(
    reads: Connection, offer: Offer, site: str, languages: list[str], moment: datetime
) -> list[DisplayCall]:
    counters = {counter.id: counter.name for counter in offer.catalogue.counters}
    rows = reads.execute(_CALLS, {"site": site, "day": local_day(moment)})
    return [
        _call(row, counters[row.counter_id], languages, moment)
        for row in rows
        if row.counter_id in counters
    ]


def _call(row: Any, counter: str, languages: Iterable[str], moment: datetime) -> DisplayCall:
    waiting = row.state == TicketState.CALLED
    return DisplayCall(
        key=f"{row.label}-{row.calls}-{row.last_called_at:%H%M%S%f}",
        number=row.label,
        counter=counter,
        at=row.last_called_at,
        waiting=waiting,
        fresh=moment - row.last_called_at < FRESH,
        spoken=spoken_call(languages, row.label, counter),
    )


def _waits(
    reads: Connection,
    offer: Offer,
    queues: list[Queue],
    moment: datetime,
    known: SiteForecast | None,
) -> list[QueueWait]:
    """Of queues that give tickets now; of one that no counter serves nothing can be promised."""
    waits = expected_waits(reads, offer, queues, moment, known)
    promised = ((queue.name, waits.get(queue.id)) for queue in queues)
    return [
        QueueWait(queue=name, minutes=minutes) for name, minutes in promised if minutes is not None
    ]


def _anybody(reads: Connection, site: str, moment: datetime) -> bool:
    place = {"site": site, "day": local_day(moment)}
    return reads.execute(_ANYBODY, place).one_or_none() is not None


def _opens_next(offer: Offer, site: str, moment: datetime) -> datetime | None:
    queues: list[str | None] = [None]  # the site's own hours, for one without queues
    queues = [queue.id for queue in offer.catalogue.queues if queue.site_id == site] or queues
    found = (
        offer.timetable.at(moment, site_id=site, queue_id=queue).opens_next for queue in queues
    )
    return min((opens for opens in found if opens is not None), default=None)
