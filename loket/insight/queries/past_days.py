"""What the same weekdays before tell of a day at a site; read once a day."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from threading import Lock
from typing import Any

from sqlalchemy import Connection, bindparam, select

from loket.catalogue.offer import Offer
from loket.insight.rules.day import (
    LEARNT_WEEKS,
    Stay,
    arrivals,
    by_slot,
    mean_service,
    same_weekdays,
    staffed,
    waiting_at,
)
from loket.kit.clock import BRUSSELS, local
from loket.queue.messages import PromiseError
from loket.queue.past import read_promises
from loket.queue.tables import TicketRow
from loket.store.durations import epoch_seconds

_TICKET = TicketRow.metadata.tables["ticket"]
STAYS = select(
    _TICKET.c.day,
    _TICKET.c.queue_id,
    _TICKET.c.counter_id,
    _TICKET.c.state,
    epoch_seconds(_TICKET.c.arrived_at).label("arrived"),
    epoch_seconds(_TICKET.c.appointment_at).label("appointment"),
    epoch_seconds(_TICKET.c.first_called_at).label("called"),
    epoch_seconds(_TICKET.c.serving_since).label("serving"),
    epoch_seconds(_TICKET.c.ended_at).label("ended"),
).where(
    _TICKET.c.site_id == bindparam("site"), _TICKET.c.day.in_(bindparam("days", expanding=True))
)


def stay_of(row: Any, until: int | None = None) -> Stay:
    """A ticket's way through its day; ``until`` ends what is still going on."""
    done = row.state == "done"
    end = row.ended if done else until if row.state in {"called", "serving"} else row.called
    worked = None if row.called is None or row.counter_id is None else (row.called, end or 0)
    return Stay(
        queue_id=row.queue_id,
        arrived=row.arrived,
        waits_from=max(row.arrived, row.appointment or 0),
        called=row.called,
        left_waiting=row.called if row.called is not None else row.ended,
        worked=worked,
        counter_id=row.counter_id or "",
        served=row.ended - row.serving if done and row.serving is not None else None,
    )


@dataclass(frozen=True)
class Past:
    """The same weekdays before, at one site."""

    days: tuple[date, ...] = ()
    """The nearest first."""
    expected: Mapping[str, Mapping[int, float]] = field(default_factory=dict)
    """Arrivals, by queue and slot of the wall clock."""
    usual: Mapping[str, Mapping[int, float]] = field(default_factory=dict)
    """Counters at work, likewise."""
    mean_service: Mapping[str, int] = field(default_factory=dict)
    nearest: Sequence[Stay] = ()
    """Everybody of the nearest of these days."""
    working_day: date | None = None
    """The nearest day before on which the site was open."""
    promises: Sequence[PromiseError] = ()
    """How those of that day were kept, by queue."""

    def waited_at_this_time(self, now: datetime) -> dict[str, int]:
        """How many waited in each queue on the nearest day, when the wall clock showed the same."""
        if not self.days:
            return {}
        then = datetime.combine(self.days[0], local(now).time(), tzinfo=BRUSSELS)
        return waiting_at(self.nearest, int(then.timestamp()))


class PastDays:
    """The past of each site, kept for the day and the version of the catalogue."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[date, str, Past]] = {}
        self._lock = Lock()

    def of(self, connection: Connection, offer: Offer, site_id: str, day: date) -> Past:
        wanted = (day, offer.catalogue.version)
        with self._lock:
            known = self._known.get(site_id)
            if known is None or known[:2] != wanted:
                known = (*wanted, read_past_days(connection, offer, site_id, day))
                self._known[site_id] = known
            return known[2]


def read_past_days(connection: Connection, offer: Offer, site_id: str, day: date) -> Past:
    """The last eight of the same weekdays that were ordinary and on which people came.

    A holiday, or a day with other hours than usual, is left out.
    """
    ordinary = [
        before
        for before in same_weekdays(day)
        if not offer.timetable.on(before, site_id=site_id).reason
    ]
    by_day = _by_day(connection, site_id, ordinary[:LEARNT_WEEKS])
    before = _working_day_before(offer, site_id, day)
    kept = read_promises(connection, site_id, before).queues if before else ()
    if not by_day:
        return Past(working_day=before, promises=kept)
    choices = first_choices(offer)
    everybody = list(by_day.values())
    return Past(
        days=tuple(by_day),
        expected=by_slot([arrivals(stays) for stays in everybody]),
        usual=by_slot([staffed(stays, choices) for stays in everybody]),
        mean_service=mean_service(stay for stays in everybody for stay in stays),
        nearest=everybody[0],
        working_day=before,
        promises=kept,
    )


def _working_day_before(offer: Offer, site_id: str, day: date) -> date | None:
    """None when it was closed all week."""
    week = (day - timedelta(days=back) for back in range(1, 8))
    return next((one for one in week if offer.timetable.on(one, site_id=site_id).periods), None)


def _by_day(connection: Connection, site_id: str, days: Iterable[date]) -> dict[date, list[Stay]]:
    found: dict[date, list[Stay]] = {}
    rows = connection.execute(STAYS, {"site": site_id, "days": list(days)})
    for row in sorted(rows, key=lambda row: row.day, reverse=True):
        found.setdefault(row.day, []).append(stay_of(row))
    return found


def first_choices(offer: Offer) -> dict[str, list[str]]:
    """The queues that each counter serves first."""
    return {counter.id: counter.first_choice for counter in offer.catalogue.counters}
