"""The pictures of the sites that are looked at, put together from the catalogue and live facts."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from loket.catalogue.messages import Catalogue, Counter, DeskKind
from loket.insight.messages import Advices, QueueDay, Supervision
from loket.insight.rules.alerts import QueueLook, SeriesLook, Waiting
from loket.insight.rules.day import Plan
from loket.kit.i18n import Words
from loket.queue.messages import CounterNow, QueueNow, TicketCard
from loket.queue.picture import SitePicture
from loket.queue.rules.life import AT_COUNTER
from ui.core.directory import Directory, calls_tickets
from ui.core.figures import minutes
from ui.core.waiting import QueueFigures, figures, waits_from
from ui.supervisor.state import TOGETHER


@dataclass(frozen=True)
class Look:
    """All that the screen is made of at one moment."""

    catalogue: Catalogue
    pictures: Mapping[str, SitePicture]
    site: str
    """Which site is looked at, or :data:`TOGETHER`."""
    now: datetime
    day: Supervision | None = None
    advices: Advices | None = None
    chosen_queue: str = ""
    closed_alerts: frozenset[str] = field(default_factory=frozenset)
    refused_advice: frozenset[str] = field(default_factory=frozenset)

    @property
    def sites(self) -> list[str]:
        return [
            site.id
            for site in self.catalogue.sites
            if self.site in {site.id, TOGETHER} and site.id in self.pictures
        ]

    def queue_days(self) -> dict[str, QueueDay]:
        return {one.queue_id: one for one in self.day.queues} if self.day else {}

    def shown(self) -> list[SitePicture]:
        return [self.pictures[site] for site in self.sites]

    def is_here(self, counter_id: str) -> bool:
        return any(counter_id in picture.counters for picture in self.shown())


def queue_figures(look: Look, words: Words) -> list[QueueFigures]:
    """The queues of the sites that are looked at, in the order of the catalogue."""
    return [
        found
        for picture in look.shown()
        for found in figures(
            Directory(look.catalogue, picture.site_id), picture, look.now, words
        ).values()
    ]


def callers(look: Look) -> list[Counter]:
    """The counters that can call, in the order of the catalogue; welcome desks last.

    These call now and then only: they must not push a counter out of sight.
    """
    sites = set(look.sites)
    found = [
        counter
        for counter in look.catalogue.counters
        if counter.site_id in sites and calls_tickets(counter)
    ]
    return sorted(found, key=lambda counter: counter.kind is DeskKind.WELCOME)


def counters_now(look: Look) -> dict[str, CounterNow]:
    return {key: one for picture in look.shown() for key, one in picture.counters.items()}


def queues_now(look: Look) -> dict[str, QueueNow]:
    return {key: one for picture in look.shown() for key, one in picture.queues.items()}


def at_counters(look: Look) -> dict[str, TicketCard]:
    """By counter who is called or served there."""
    return {
        card.ticket.counter_id: card
        for picture in look.shown()
        for card in picture.cards.values()
        if card.ticket.state in AT_COUNTER and card.ticket.counter_id
    }


def looks(look: Look, queues: Iterable[QueueFigures]) -> Iterator[QueueLook]:
    """The queues as their thresholds see them."""
    days = look.queue_days()
    for found in queues:
        day = days.get(found.queue.id)
        yield QueueLook(
            queue_id=found.queue.id,
            norm_minutes=found.queue.norm_minutes,
            target_percent=found.queue.target_percent,
            waiting=tuple(
                Waiting(card.ticket.number, minutes(look.now - waits_from(card.ticket)))
                for card in sorted(found.waiting, key=lambda card: waits_from(card.ticket))
            ),
            open_counters=found.open_counters,
            called=day.called if day else 0,
            within_norm=day.within_norm if day else 0,
        )


def series_looks(look: Look) -> list[SeriesLook]:
    known = look.day.series if look.day else []
    return [SeriesLook(one.site_id, one.prefix, one.used, one.of) for one in known]


def plan_of(look: Look, queue_id: str) -> Plan | None:
    """The half hours of a queue with how many counters work for it now; None while not read."""
    day, hours = look.queue_days().get(queue_id), queues_now(look).get(queue_id)
    if day is None or look.day is None or hours is None:
        return None
    halves = look.day.halves
    is_open = [
        any(period.opens_at <= begins < period.closes_at for period in hours.hours)
        for begins in halves
    ]
    place = sum(begins <= look.now for begins in halves) - 1
    return Plan(
        expected=day.expected,
        staffed=day.staffed,
        usual=day.usual,
        is_open=is_open,
        now=place,
        open_now=working_for(look, queue_id),
        mean_service=day.mean_service,
    )


def working_for(look: Look, queue_id: str) -> float:
    """How many counters work for a queue now; one with more first choices counts in parts."""
    now = counters_now(look)
    return sum(
        1 / len(counter.first_choice)
        for counter in callers(look)
        if queue_id in counter.first_choice and counter.id in now and now[counter.id].open
    )
