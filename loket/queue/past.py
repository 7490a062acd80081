"""What thirteen weeks of rows teach the forecast, and how yesterday's promises were kept."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

import numpy as np
from sqlalchemy import Connection, bindparam, select

from loket.catalogue.offer import Offer
from loket.catalogue.rules import VisitorClass
from loket.kit.clock import local
from loket.queue.messages import PromiseError, Promises
from loket.queue.rules.life import TicketKind
from loket.queue.rules.order import Waiting, governing
from loket.queue.rules.waits.arrivals import Came, Habits, learn_habits
from loket.queue.rules.waits.expectation import Expectation
from loket.queue.rules.waits.promise import Kept, calibration
from loket.queue.rules.waits.times import Lineage, Served, learn
from loket.queue.rules.waits.told import Wait
from loket.queue.tables import TicketRow
from loket.queue.turns import settings_of

_TICKET = TicketRow.metadata.tables["ticket"]
WEEKS = 13
_LEAST_CALLED = 50
"""Below this many calls the usual shares hold."""
_LONGEST_WAY = 3.0
"""Minutes from call to counter: more was a recall, or a clerk who forgot to press."""
_PAST = select(
    _TICKET.c.queue_id,
    _TICKET.c.product_id,
    _TICKET.c.day,
    _TICKET.c.kind,
    _TICKET.c.priority,
    _TICKET.c.state,
    _TICKET.c.arrived_at,
    _TICKET.c.appointment_at,
    _TICKET.c.first_called_at,
    _TICKET.c.last_called_at,
    _TICKET.c.serving_since,
    _TICKET.c.ended_at,
    _TICKET.c.promised_minutes,
    _TICKET.c.promised_low,
    _TICKET.c.promised_high,
    _TICKET.c.promised_sure,
).where(
    _TICKET.c.site_id == bindparam("site"),
    _TICKET.c.day >= bindparam("since"),
    _TICKET.c.day < bindparam("until"),
)


@dataclass(frozen=True)
class Past:
    """What a site's weeks teach; read once a day."""

    expectation: Expectation
    habits: Habits

    def expected(self, now: datetime, *, seen: int, queues: Iterable[str]) -> Expectation:
        """For now, with the arrivals of this hour; ``seen`` is who came today so far."""
        return replace(self.expectation, arrivals=self.habits.rates(now, seen=seen, queues=queues))


def read_past(connection: Connection, offer: Offer, site_id: str, day: date) -> Past:
    """Learn from the weeks before a day."""
    span = {"site": site_id, "since": day - timedelta(weeks=WEEKS), "until": day}
    rows = list(connection.execute(_PAST, span))
    return Past(
        replace(
            _shares(rows),
            services=learn(_served(rows), _lineages(offer, site_id)),
            calibration=calibration([kept for row in rows if (kept := kept_of(row)) is not None]),
        ),
        _habits(rows, offer),
    )


def _lineages(offer: Offer, site_id: str) -> dict[str, Lineage]:
    found = {}
    for product in offer.catalogue.products:
        queue = offer.queue_for(product, site_id)
        place = queue.id if queue else ""
        found[product.id] = Lineage(product.service_id, place, product.usual_minutes)
    return found


def _served(rows: Iterable[Any]) -> Iterable[Served]:
    for row in rows:
        if row.state == "done" and row.serving_since and row.last_called_at:
            way = _minutes(row.serving_since - row.last_called_at)
            spent = _minutes(row.ended_at - row.serving_since) + min(way, _LONGEST_WAY)
            yield Served(
                row.product_id, row.queue_id, local(row.serving_since).hour, max(0.0, spent)
            )


def _shares(rows: Iterable[Any]) -> Expectation:
    """Who does not show, and who leaves in a minute of waiting."""
    called = [row for row in rows if row.first_called_at is not None]
    if len(called) < _LEAST_CALLED:
        return Expectation()
    absent = sum(row.serving_since is None for row in called)
    gone = [row for row in rows if row.first_called_at is None and row.state == "withdrawn"]
    waited = sum(_minutes(row.first_called_at - row.arrived_at) for row in called)
    waited += sum(_minutes(row.ended_at - row.arrived_at) for row in gone if row.ended_at)
    return Expectation(
        no_show=min(0.2, absent / len(called)), leaving=min(0.05, len(gone) / max(1.0, waited))
    )


def _habits(rows: Iterable[Any], offer: Offer) -> Habits:
    settings = settings_of(offer.catalogue.queues)
    days: dict[int, set[date]] = defaultdict(set)
    came = []
    for row in rows:
        if row.queue_id in settings:
            days[row.day.isoweekday()].add(row.day)
            each = _class_of(row, settings[row.queue_id])
            hour = local(row.arrived_at).hour
            came.append(Came(row.queue_id, each, row.day.isoweekday(), hour))
    return learn_habits(came, {weekday: len(found) for weekday, found in days.items()})


def _class_of(row: Any, rules: Mapping[VisitorClass, Any]) -> VisitorClass:
    kind = TicketKind(row.kind)
    return governing(Waiting("", "", row.queue_id, kind, row.priority, row.arrived_at), rules)


def kept_of(row: Any) -> Kept | None:
    """A promise with its range, and the wait it was about; None where there was none."""
    if row.promised_low is None or row.first_called_at is None:
        return None
    promised = Wait(row.promised_low, row.promised_minutes, row.promised_high, row.promised_sure)
    return Kept(promised, max(0.0, _minutes(row.first_called_at - row.arrived_at)))


def read_promises(connection: Connection, site_id: str, day: date) -> Promises:
    """How the promises of a day were kept, by queue: for the supervisor."""
    span = {"site": site_id, "since": day, "until": day + timedelta(days=1)}
    by_queue: dict[str, list[Kept]] = defaultdict(list)
    for row in connection.execute(_PAST, span):
        kept = kept_of(row)
        if kept is not None:
            by_queue[row.queue_id].append(kept)
    return Promises(
        day=day, queues=[_error(queue, kept) for queue, kept in sorted(by_queue.items())]
    )


def _error(queue_id: str, kept: list[Kept]) -> PromiseError:
    errors = np.array([one.promised.middle - one.actual for one in kept])
    likely = [one.promised.low <= round(one.actual) <= one.promised.high for one in kept]
    sure = [round(one.actual) <= one.promised.sure for one in kept]
    return PromiseError(
        queue_id=queue_id,
        promises=len(kept),
        mean_absolute_error=round(float(np.abs(errors).mean()), 2),
        bias=round(float(errors.mean()), 2),
        likely_held=round(sum(likely) / len(kept), 3),
        sure_held=round(sum(sure) / len(kept), 3),
    )


def _minutes(span: timedelta) -> float:
    return span.total_seconds() / 60
