"""What opening a counter would do at a site now: a what-if for each that could."""

from collections import Counter as Counted
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime

from sqlalchemy import Connection, bindparam, func, select

from loket.catalogue.messages import Counter, DeskKind
from loket.catalogue.offer import Offer
from loket.insight.messages import Advice, Advices
from loket.insight.queries.past_days import PastDays
from loket.insight.rules.advice import Candidate, Effect, worthwhile
from loket.insight.rules.day import USUAL_SERVICE
from loket.kit.clock import local_day
from loket.queue.queries import open_counters, seated_people
from loket.queue.rules.life import expected_wait
from loket.queue.tables import TicketRow

_TICKET = TicketRow.metadata.tables["ticket"]
_WAITING = (
    select(_TICKET.c.queue_id, func.count().label("many"))
    .where(
        _TICKET.c.site_id == bindparam("site"),
        _TICKET.c.day == bindparam("day"),
        _TICKET.c.state == "waiting",
    )
    .group_by(_TICKET.c.queue_id)
)

WhatIf = Callable[[Connection, Offer, str, Sequence[Counter], datetime], list[Effect]]
"""The effects of opening each of some counters of a site; each is played on its own."""


def read_advice(
    connection: Connection, offer: Offer, what_if: WhatIf, sites: Sequence[str], now: datetime
) -> Advices:
    """The counters worth opening at some sites, the best one first."""
    norms = {queue.id: queue.norm_minutes for queue in offer.catalogue.queues}
    candidates: list[Candidate] = []
    effects: list[Effect] = []
    for site in sites:
        seated = seated_people(connection, site, now)
        idle = [
            counter
            for counter in _callers(offer, site)
            if counter.id not in seated or not seated[counter.id].open
        ]
        candidates += [Candidate(counter.id, counter.id in seated) for counter in idle]
        effects += what_if(connection, offer, site, idle, now)
    there = {one.counter_id: one.seated for one in candidates}
    return Advices(
        made_at=now,
        advices=[
            Advice(
                counter_id=one.counter_id,
                queue_id=one.queue_id,
                seated=there[one.counter_id],
                minutes_before=None if one.before is None else round(one.before),
                minutes_after=round(one.after),
            )
            for one in worthwhile(effects, candidates, norms)
        ],
    )


def _callers(offer: Offer, site_id: str) -> Iterator[Counter]:
    for counter in offer.catalogue.counters:
        serves = counter.first_choice or counter.second_choice
        if counter.site_id == site_id and serves and counter.kind is not DeskKind.OFFICE:
            yield counter


class RuleOfThumb:
    """People ahead × mean service ÷ counters, before and after: a what-if without a simulator."""

    def __init__(self, past: PastDays) -> None:
        self._past = past

    def __call__(
        self,
        connection: Connection,
        offer: Offer,
        site_id: str,
        counters: Sequence[Counter],
        now: datetime,
    ) -> list[Effect]:
        day = local_day(now)
        waiting: Counted[str] = Counted()
        for row in connection.execute(_WAITING, {"site": site_id, "day": day}):
            waiting[row.queue_id] = row.many
        seated = seated_people(connection, site_id, now)
        means = self._past.of(connection, offer, site_id, day).mean_service
        return [
            _effect(
                counter.id,
                queue_id,
                waiting[queue_id],
                means.get(queue_id, USUAL_SERVICE),
                open_counters(offer, queue_id, seated),
            )
            for counter in counters
            for queue_id in counter.first_choice
            if waiting[queue_id]
        ]


def _effect(counter_id: str, queue_id: str, ahead: int, mean: int, counters: int) -> Effect:
    before = expected_wait(ahead, mean, counters)
    after = ahead * mean / (counters + 1) / 60
    return Effect(
        counter_id, queue_id, None if before is None else before.total_seconds() / 60, after
    )
