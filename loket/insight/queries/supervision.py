"""The day that is going on, beyond what the live board tells: three small SELECTs per site."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, and_, bindparam, or_, select

from loket.catalogue.messages import Queue
from loket.catalogue.offer import Offer
from loket.insight.messages import PromisesKept, QueueDay, SeriesUse, Supervision
from loket.insight.queries.past_days import STAYS, Past, PastDays, first_choices, stay_of
from loket.insight.rules.day import (
    TREND_POINTS,
    TREND_STEP,
    USUAL_SERVICE,
    Stay,
    arrivals,
    begins,
    half_of,
    slot_of,
    staffed,
    trend,
)
from loket.kit.clock import local_day
from loket.queue.rules.life import LAST_NUMBER
from loket.queue.tables import SeriesDayRow, TicketIntervalRow, TicketRow
from loket.store.durations import epoch_seconds

_TICKET = TicketRow.metadata.tables["ticket"]
_INTERVAL = TicketIntervalRow.metadata.tables["ticket_interval"]
_SERIES = SeriesDayRow.metadata.tables["series_day"]
_TREND = timedelta(seconds=TREND_POINTS * TREND_STEP)
_WAITS = (
    select(
        _INTERVAL.c.queue_id,
        epoch_seconds(_TICKET.c.arrived_at).label("here"),
        epoch_seconds(_TICKET.c.appointment_at).label("appointment"),
        epoch_seconds(_INTERVAL.c.from_at).label("start"),
        epoch_seconds(_INTERVAL.c.to_at).label("end"),
    )
    .join(_INTERVAL, _INTERVAL.c.ticket_id == _TICKET.c.id)
    .where(
        _TICKET.c.site_id == bindparam("site"),
        _TICKET.c.day == bindparam("day"),
        _INTERVAL.c.state == "waiting",
        _INTERVAL.c.undone_at.is_(None),
        or_(_INTERVAL.c.to_at.is_(None), _INTERVAL.c.to_at >= bindparam("since")),
    )
)
_USED = select(_SERIES.c.series_id, _SERIES.c.last_number).where(
    and_(_SERIES.c.site_id == bindparam("site"), _SERIES.c.day == bindparam("day"))
)


@dataclass(frozen=True)
class _SiteDay:
    """A site's day so far."""

    site_id: str
    stays: list[Stay]
    waits: dict[str, list[tuple[int, int, int | None]]]
    past: Past


def read_supervision(
    connection: Connection, offer: Offer, past: PastDays, sites: Sequence[str], now: datetime
) -> Supervision:
    """The day at some sites."""
    day = local_day(now)
    found = [_site_day(connection, offer, past, site, now) for site in sites]
    queues = [queue for queue in offer.catalogue.queues if queue.site_id in sites]
    halves = _halves(offer, queues, found, now)
    learnt = sorted({learnt for site in found for learnt in site.past.days})
    nearest = [site.past.days[0] for site in found if site.past.days]
    return Supervision(
        made_at=now,
        halves=[begins(half) for half in halves],
        learnt_from=[one.isoformat() for one in learnt],
        compared_with=max(nearest).isoformat() if nearest else None,
        queues=[
            queue_day
            for site in found
            for queue_day in _queue_days(offer, site, queues, halves, now)
        ],
        series=[use for site in sites for use in _series(connection, offer, site, day)],
        promises=_promises(found),
    )


def _site_day(
    connection: Connection, offer: Offer, past: PastDays, site_id: str, now: datetime
) -> _SiteDay:
    day, second = local_day(now), int(now.timestamp())
    rows = connection.execute(STAYS, {"site": site_id, "days": [day]})
    waits: dict[str, list[tuple[int, int, int | None]]] = defaultdict(list)
    asked = {"site": site_id, "day": day, "since": now - _TREND}
    for row in connection.execute(_WAITS, asked):
        here = max(row.here, row.appointment or 0)
        waits[row.queue_id].append((here, row.start, row.end))
    stays = [stay_of(row, second) for row in rows]
    return _SiteDay(site_id, stays, waits, past.of(connection, offer, site_id, day))


def _halves(
    offer: Offer, queues: Sequence[Queue], sites: Sequence[_SiteDay], now: datetime
) -> list[int]:
    """From the first opening or arrival to the last closing or arrival; nothing on a closed day."""
    day = local_day(now)
    hours = [
        period
        for queue in queues
        for period in offer.timetable.on(day, site_id=queue.site_id, queue_id=queue.id).periods
    ]
    known = [half_of(period.opens_at) for period in hours]
    known += [half_of(period.closes_at - timedelta(seconds=1)) for period in hours]
    came = {half for site in sites for halves in arrivals(site.stays).values() for half in halves}
    known += came
    return list(range(min(known), max(known) + 1)) if known else []


def _queue_days(
    offer: Offer, site: _SiteDay, queues: Sequence[Queue], halves: Sequence[int], now: datetime
) -> list[QueueDay]:
    came = arrivals(site.stays)
    at_work = staffed(site.stays, first_choices(offer))
    before = site.past.waited_at_this_time(now)
    stays: dict[str, list[Stay]] = defaultdict(list)
    for stay in site.stays:
        stays[stay.queue_id].append(stay)
    slots = [slot_of(half) for half in halves]
    nothing: dict[int, float] = {}
    return [
        QueueDay(
            queue_id=queue.id,
            arrived=[came[queue.id][half] for half in halves],
            expected=_at(site.past.expected.get(queue.id, nothing), slots),
            staffed=_at(at_work.get(queue.id, nothing), halves),
            usual=_at(site.past.usual.get(queue.id, nothing), slots),
            mean_service=site.past.mean_service.get(queue.id, USUAL_SERVICE),
            trend=trend(site.waits[queue.id], int(now.timestamp())),
            waited_before=before.get(queue.id, 0),
            **_counts(queue, stays[queue.id], int(now.timestamp())),
        )
        for queue in queues
        if queue.site_id == site.site_id
    ]


def _at(found: Any, places: Sequence[int]) -> list[float]:
    return [round(found.get(place, 0.0), 2) for place in places]


def _counts(queue: Queue, stays: Sequence[Stay], now: int) -> dict[str, int]:
    """What became of those who came today."""
    waits = [
        (stay.called, max(0, stay.called - stay.waits_from))
        for stay in stays
        if stay.called is not None
    ]
    lately = [wait for called, wait in waits if called > now - 3600]
    return {
        "called": len(waits),
        "within_norm": sum(wait <= queue.norm_minutes * 60 for _called, wait in waits),
        "called_last_hour": len(lately),
        "waited_last_hour": sum(lately),
        "served": sum(stay.served is not None for stay in stays),
    }


def _promises(sites: Sequence[_SiteDay]) -> PromisesKept | None:
    """How the promises of the last working day were kept; None where there were none."""
    known = [one for site in sites for one in site.past.promises]
    many = sum(one.promises for one in known)
    days = [site.past.working_day for site in sites if site.past.promises]
    last = max((day for day in days if day is not None), default=None)
    if not many or last is None:
        return None
    return PromisesKept(
        day=last.isoformat(),
        promises=many,
        mean_error=_weighed([(one.mean_absolute_error, one.promises) for one in known]),
        likely_held=_weighed([(one.likely_held, one.promises) for one in known]),
    )


def _weighed(values: Sequence[tuple[float, int]]) -> float:
    total = sum(weight for _value, weight in values)
    return round(sum(value * weight for value, weight in values) / total, 3)


def _series(connection: Connection, offer: Offer, site_id: str, day: date) -> list[SeriesUse]:
    prefixes = {series_id: prefix for prefix, series_id in offer.prefixes.items()}
    rows = connection.execute(_USED, {"site": site_id, "day": day})
    return [
        SeriesUse(
            site_id=site_id,
            prefix=prefixes.get(row.series_id, ""),
            used=row.last_number,
            of=LAST_NUMBER,
        )
        for row in rows
    ]
