"""What opening a counter would do at a site now: a what-if for each that could."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime

from sqlalchemy import Connection

from loket.catalogue.messages import Counter, DeskKind
from loket.catalogue.offer import Offer
from loket.catalogue.rules import VisitorClass
from loket.insight.messages import Advice, Advices
from loket.insight.rules.advice import Candidate, Effect, worthwhile
from loket.queue.forecaster import Forecaster
from loket.queue.queries import seated_people
from loket.queue.rules.waits.promise import forecast
from loket.queue.rules.waits.situation import OpenCounter
from loket.queue.turns import choices_of
from loket.simulation.what_if import Effect as Played
from loket.simulation.what_if import what_if

WhatIf = Callable[[Connection, Offer, str, Sequence[Counter]], list[Effect]]
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
        idle.sort(key=lambda counter: counter.id not in seated)
        candidates += [Candidate(counter.id, counter.id in seated) for counter in idle]
        effects += what_if(connection, offer, site, idle)
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


class Simulated:
    """What-ifs by playing the room with and without the counter (:mod:`loket.simulation`)."""

    def __init__(self, forecaster: Forecaster) -> None:
        self._forecaster = forecaster

    def __call__(
        self,
        connection: Connection,
        offer: Offer,
        site_id: str,
        counters: Sequence[Counter],
    ) -> list[Effect]:
        norms = {queue.id: queue.norm_minutes for queue in offer.catalogue.queues}
        situation, expected = self._forecaster.outlook(connection, site_id)
        waits = forecast(situation, expected, [(queue, _PLAIN) for queue in situation.settings])
        waiting = {one.who.queue_id for one in situation.line}
        trouble = {
            queue
            for queue in waiting
            if (queue, _PLAIN) not in waits or waits[queue, _PLAIN].middle > norms[queue]
        }
        found: list[Effect] = []
        for counter in _helpful(counters, trouble):
            opened = OpenCounter(counter.id, choices_of(counter))
            effects = what_if(situation, expected, open_counter=opened)
            found += _of_counter(counter.id, effects, trouble)
        return found


_PLAIN = VisitorClass.WALK_IN
MOST_PLAYED = 4
"""What-ifs in one answer: each plays the room twice."""


def _helpful(counters: Sequence[Counter], slow: set[str]) -> list[Counter]:
    """Those that serve a queue in trouble, who does so first before who does so besides."""
    first = [one for one in counters if slow & set(one.first_choice)]
    second = [one for one in counters if one not in first and slow & set(one.second_choice)]
    return [*first, *second][:MOST_PLAYED]


def _of_counter(counter_id: str, effects: Sequence[Played], trouble: set[str]) -> Iterator[Effect]:
    for one in effects:
        queue_id, visitor_class = one.stream
        if visitor_class is _PLAIN and one.after is not None and queue_id in trouble:
            before = None if one.before is None else one.before.middle
            yield Effect(counter_id, queue_id, before, one.after.middle)
