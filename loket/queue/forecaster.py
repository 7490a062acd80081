"""The forecaster of a server process: keeps each site's waits right, beside the acts of clerks."""

import logging
import threading
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, bindparam, func, select

from loket.catalogue.offer import Offer, Offers
from loket.catalogue.rules import VisitorClass
from loket.kit.clock import local, local_day, monotonic
from loket.queue.messages import QueueWait, Waits
from loket.queue.past import Past, read_past
from loket.queue.queries import seated_people
from loket.queue.rules.life import AT_COUNTER, TicketKind, TicketState
from loket.queue.rules.order import Waiting
from loket.queue.rules.waits.expectation import Expectation, Stream
from loket.queue.rules.waits.promise import forecast, new_visitors
from loket.queue.rules.waits.situation import AtCounter, InLine, OpenCounter, Situation
from loket.queue.rules.waits.told import Wait, rounded
from loket.queue.tables import TicketRow
from loket.queue.turns import choices_of, settings_of
from loket.store.feed import last_numbers
from loket.store.work import Store

log = logging.getLogger(__name__)

LEAST_GAP_SECONDS = 0.25
"""Between two forecasts of a process, so that a rush of acts keeps the processor for itself."""
SHARE_OF_TIME = 0.1
"""Of one processor that forecasting may take."""
GROWS_OLD_SECONDS = 20.0
"""Time passes without events, too: who is served comes nearer to the end."""
_TICKET = TicketRow.metadata.tables["ticket"]
_ALIVE = ["waiting", "called", "serving"]
_HERE = select(
    _TICKET.c.id,
    _TICKET.c.label,
    _TICKET.c.queue_id,
    _TICKET.c.product_id,
    _TICKET.c.kind,
    _TICKET.c.priority,
    _TICKET.c.state,
    _TICKET.c.arrived_at,
    _TICKET.c.appointment_at,
    _TICKET.c.counter_id,
    _TICKET.c.since,
    _TICKET.c.serving_since,
    _TICKET.c.last_called_at,
).where(
    _TICKET.c.site_id == bindparam("site"),
    _TICKET.c.day == bindparam("day"),
    _TICKET.c.state.in_(_ALIVE),
)
_CAME = (
    select(func.count())
    .select_from(_TICKET)
    .where(_TICKET.c.site_id == bindparam("site"), _TICKET.c.day == bindparam("day"))
)


@dataclass(frozen=True)
class SiteForecast:
    """The waits at a site, as of the events up to ``number``."""

    made_at: datetime
    number: int
    waits: Mapping[Stream, Wait]
    ahead: Mapping[str, int]
    """Who waited in each queue."""
    pace: Mapping[str, float]
    """Minutes that one more in a queue costs who comes after."""

    def promise(self, queue_id: str, ahead: int, *, priority: str) -> Wait | None:
        """For who comes now; tickets that the forecast has not seen yet are reckoned with."""
        plain = self.waits.get((queue_id, VisitorClass.WALK_IN))
        if plain is None:
            return None
        unseen = ahead - self.ahead.get(queue_id, 0)
        wait = plain.later(unseen * self.pace.get(queue_id, 0.0))
        first = self.waits.get((queue_id, VisitorClass.PRIORITY)) if priority else None
        return first if first is not None and first.middle < wait.middle else wait

    def message(self) -> Waits:
        return Waits(
            made_at=self.made_at,
            number=self.number,
            waits=[_told(stream, wait) for stream, wait in self.waits.items()],
        )


def _told(stream: Stream, wait: Wait) -> QueueWait:
    low, middle, high, sure = rounded(wait)
    return QueueWait(
        queue_id=stream[0],
        visitor_class=stream[1],
        low=low,
        middle=middle,
        high=high,
        sure=sure,
    )


Hears = Callable[[str, Waits], None]


class Forecaster:
    """Recomputes the waits of a site after its events, in a thread of its own; latest at hand."""

    def __init__(self, store: Store, offers: Offers, tell: Hears) -> None:
        self._store, self._offers, self._tell = store, offers, tell
        self._latest: dict[str, SiteForecast] = {}
        self._past: dict[str, tuple[date, str, Past]] = {}
        self._stale: set[str] = set()
        self._lock = threading.Lock()
        self._wake = threading.Event()
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="loket-forecaster")

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stopping.set()
        self._wake.set()
        if self._thread.is_alive():
            self._thread.join()

    def touch(self, site_id: str) -> None:
        """Something happened at the site."""
        with self._lock:
            self._stale.add(site_id)
        self._wake.set()

    def of(self, site_id: str) -> SiteForecast | None:
        """The latest of a site; None while there is none yet, or none of today."""
        found = self._latest.get(site_id)
        if found is None:
            self.touch(site_id)
            return None
        today = local_day(self._store.clock.now())
        return found if local_day(found.made_at) == today else None

    def _run(self) -> None:
        while not self._stopping.is_set():
            if not self._wake.wait(GROWS_OLD_SECONDS):
                for site_id in self._latest:
                    self.touch(site_id)
            self._wake.clear()
            began = monotonic()
            for site_id in self._take():
                self._renew(site_id)
            spent = monotonic() - began
            self._stopping.wait(max(LEAST_GAP_SECONDS, spent / SHARE_OF_TIME - spent))

    def _take(self) -> set[str]:
        with self._lock:
            stale, self._stale = self._stale, set()
        return stale

    def _renew(self, site_id: str) -> None:
        try:
            made = self.make(site_id)
        except Exception:  # the thread must outlive what a database does
            log.exception("the waits of %s are not renewed", site_id)
            return
        before = self._latest.get(site_id)
        self._latest[site_id] = made
        message = made.message()
        if before is None or before.message().waits != message.waits:
            self._tell(site_id, message)

    def make(self, site_id: str) -> SiteForecast:
        """Compute the waits of a site as it is now."""
        with self._store.reading() as connection:
            situation, expected = self.outlook(connection, site_id)
            number = last_numbers(connection).get(site_id, 0)
        return made_from(situation, expected, number)

    def outlook(self, connection: Connection, site_id: str) -> tuple[Situation, Expectation]:
        """A site as it is now, and what the past teaches of what comes."""
        offer, now = self._offers.now(connection), self._store.clock.now()
        situation = read_situation(connection, offer, site_id, now)
        place = {"site": site_id, "day": local_day(now)}
        seen = int(connection.execute(_CAME, place).scalar_one())
        past = self._past_of(connection, offer, site_id, now)
        return situation, past.expected(now, seen=seen, queues=situation.settings)

    def _past_of(self, connection: Connection, offer: Offer, site_id: str, now: datetime) -> Past:
        """Learnt once a day, and again with each version of the catalogue."""
        today, version = local_day(now), offer.catalogue.version
        known = self._past.get(site_id)
        if known is None or known[:2] != (today, version):
            known = (today, version, read_past(connection, offer, site_id, today))
            self._past[site_id] = known
        return known[2]


def made_from(situation: Situation, expected: Expectation, number: int) -> SiteForecast:
    """The forecast of a situation."""
    ahead: dict[str, int] = dict.fromkeys(situation.settings, 0)
    for one in situation.line:
        if one.who.queue_id in ahead:
            ahead[one.who.queue_id] += 1
    return SiteForecast(
        made_at=situation.now,
        number=number,
        waits=forecast(situation, expected, new_visitors(situation)),
        ahead=ahead,
        pace={queue: _pace(situation, expected, queue) for queue in situation.settings},
    )


def _pace(situation: Situation, expected: Expectation, queue_id: str) -> float:
    first = sum(queue_id in one.queues.first for one in situation.counters)
    second = sum(queue_id in one.queues.second for one in situation.counters)
    mean = expected.services.of_anybody(queue_id, local(situation.now).hour).mean_minutes
    return mean / max(1, first or second)


def read_situation(connection: Connection, offer: Offer, site_id: str, now: datetime) -> Situation:
    """The waiting room of a site now: two SELECTs."""
    place = {"site": site_id, "day": local_day(now)}
    rows = list(connection.execute(_HERE, place))
    seated = seated_people(connection, site_id, now)
    queues = [queue for queue in offer.catalogue.queues if queue.site_id == site_id]
    open_now = [
        counter
        for counter in offer.catalogue.counters
        if counter.id in seated
        and seated[counter.id].open
        and (counter.first_choice or counter.second_choice)
    ]
    return Situation(
        now=now,
        line=tuple(_in_line(rows)),
        busy=tuple(_at_counters(rows)),
        counters=tuple(OpenCounter(each.id, choices_of(each)) for each in open_now),
        settings=settings_of(queues),
        closes=_closing(offer, [queue.id for queue in queues], site_id, now),
    )


def _in_line(rows: Iterable[Any]) -> Iterable[InLine]:
    for row in rows:
        if row.state == TicketState.WAITING:
            who = Waiting(
                id=row.id,
                number=row.label,
                queue_id=row.queue_id,
                kind=TicketKind(row.kind),
                priority=row.priority,
                arrived_at=row.arrived_at,
                appointment_at=row.appointment_at,
            )
            yield InLine(who, row.product_id)


def _at_counters(rows: Iterable[Any]) -> Iterable[AtCounter]:
    for row in rows:
        if row.state in AT_COUNTER:
            since = row.last_called_at or row.since
            yield AtCounter(row.counter_id, row.id, row.queue_id, row.product_id, since)


def _closing(
    offer: Offer, queues: Iterable[str], site_id: str, now: datetime
) -> dict[str, datetime]:
    """Until when people come to each queue in its present opening."""
    found = {}
    for queue_id in queues:
        state = offer.timetable.at(now, site_id=site_id, queue_id=queue_id)
        if state.closes_at is not None:
            found[queue_id] = state.closes_at
    return found
