"""Who is next: an accumulating priority, the same for server, screens and simulation.

Whoever waits gathers points by the minute, faster in one class than in another (Stanford, Taylor
and Ziedins 2014, *Waiting time distributions in the accumulating priority queue*). No class can
starve: points grow without end, and past the limit of a class only the time of waiting counts.
"""

import heapq
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TypeAlias

from loket.catalogue.rules import ClassRule, VisitorClass
from loket.queue.rules.life import TicketKind

QueueRules: TypeAlias = Mapping[VisitorClass, ClassRule]
Settings: TypeAlias = Mapping[str, QueueRules]
"""The rules of each queue by its id."""
_MINUTE = timedelta(minutes=1)


class WhyCode(StrEnum):
    """Why this person is next."""

    OVER_LIMIT = "over_limit"
    """Waited longer than their class ever should."""
    APPOINTMENT = "appointment"
    PRIORITY = "priority"
    LONGEST = "longest"
    """Nobody who may be called here waits longer."""
    EARNED = "earned"
    """Others wait longer, in a queue or a class whose turn comes nearer more slowly."""
    EARLY = "early"
    """Before the time of their appointment, because nobody else waits."""


@dataclass(frozen=True)
class Waiting:
    """Somebody who waits, as far as their place depends on it."""

    id: str
    number: str
    queue_id: str
    kind: TicketKind
    priority: str
    """Code of a reason for priority; empty: none."""
    arrived_at: datetime
    """The first arrival, also of who comes back from parking or another queue."""
    appointment_at: datetime | None = None

    @property
    def waits_from(self) -> datetime:
        """The later of arrival and appointment: before that nobody waits."""
        return max(self.arrived_at, self.appointment_at or self.arrived_at)

    @property
    def classes(self) -> tuple[VisitorClass, ...]:
        """Every class they belong to."""
        booked = (VisitorClass.APPOINTMENT,) if self.kind is TicketKind.APPOINTMENT else ()
        reason = (VisitorClass.PRIORITY,) if self.priority else ()
        return (*booked, *reason, VisitorClass.WALK_IN)


@dataclass(frozen=True)
class CounterQueues:
    """The queues a counter serves."""

    first: frozenset[str]
    second: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Why:
    """Why somebody is next: a code, numbers and minutes; never a name."""

    code: WhyCode
    minutes: int
    """Waited since arrival or appointment; of who is early, the minutes to go."""
    limit: int
    """Minutes that nobody of their class should wait longer."""
    at: datetime | None
    """The time of their appointment."""
    priority: str
    second_choice: str
    """The queue they come from when it is one of the counter's second choice; else empty."""
    then: str
    """Number of who would come after them; empty: nobody."""


@dataclass(frozen=True)
class Choice:
    """Who is next, and why."""

    ticket: Waiting
    why: Why


class _Tier(StrEnum):
    """From the first to be called to the last."""

    OVER_LIMIT = "1"
    FIRST_CHOICE = "2"
    SECOND_CHOICE = "3"
    EARLY = "4"
    EARLY_SECOND = "5"


_Place: TypeAlias = tuple[_Tier, float, datetime, str]


_Weights: TypeAlias = dict[tuple[str, TicketKind, bool], tuple[VisitorClass, ClassRule]]


@dataclass(frozen=True, slots=True)
class _Placed:
    place: _Place
    ticket: Waiting
    best: VisitorClass
    rule: ClassRule


def choose(
    waiting: Iterable[Waiting], now: datetime, settings: Settings, counter: CounterQueues
) -> Choice | None:
    """Who this counter calls next; None when nobody waits in its queues."""
    placed = _placed(waiting, now, settings, counter)
    first = heapq.nsmallest(2, placed, key=_by_place)
    if not first:
        return None
    then = first[1].ticket.number if len(first) > 1 else ""
    return Choice(first[0].ticket, _why(first[0], placed, now, counter, then))


def ranked(
    waiting: Iterable[Waiting], now: datetime, settings: Settings, counter: CounterQueues
) -> list[Waiting]:
    """Everybody this counter may call, in the order in which they would be called now."""
    placed = sorted(_placed(waiting, now, settings, counter), key=_by_place)
    return [one.ticket for one in placed]


def governing(ticket: Waiting, rules: QueueRules) -> VisitorClass:
    """The class that counts for who belongs to several: the one whose turn comes nearest."""
    return max(ticket.classes, key=lambda each: rules[each].rate)


def _by_place(placed: _Placed) -> _Place:
    return placed.place


def _placed(
    waiting: Iterable[Waiting], now: datetime, settings: Settings, counter: CounterQueues
) -> list[_Placed]:
    served = counter.first | counter.second
    known: _Weights = {}  # with five hundred waiting there are still few kinds of them
    return [_place(one, now, settings, counter, known) for one in waiting if one.queue_id in served]


def _weight(ticket: Waiting, rules: QueueRules) -> tuple[VisitorClass, ClassRule]:
    """The shortest limit of all their classes, so that a reason for priority never harms."""
    best = governing(ticket, rules)
    limit = min(rules[each].limit_minutes for each in ticket.classes)
    return best, ClassRule(rules[best].rate, limit)


def _place(
    ticket: Waiting, now: datetime, settings: Settings, counter: CounterQueues, known: _Weights
) -> _Placed:
    kind = (ticket.queue_id, ticket.kind, bool(ticket.priority))
    if kind not in known:
        known[kind] = _weight(ticket, settings[ticket.queue_id])
    best, rule = known[kind]
    waited = (now - ticket.waits_from) / _MINUTE
    second = ticket.queue_id not in counter.first
    if waited > rule.limit_minutes:
        tier, points = _Tier.OVER_LIMIT, waited
    elif ticket.waits_from > now:
        tier, points = (_Tier.EARLY_SECOND if second else _Tier.EARLY), waited
    else:
        tier, points = (_Tier.SECOND_CHOICE if second else _Tier.FIRST_CHOICE), rule.rate * waited
    return _Placed((tier, -points, ticket.arrived_at, ticket.id), ticket, best, rule)


def _why(
    first: _Placed, placed: list[_Placed], now: datetime, counter: CounterQueues, then: str
) -> Why:
    ticket = first.ticket
    return Why(
        code=_code(first, placed),
        minutes=int(abs(now - ticket.waits_from) / _MINUTE),
        limit=first.rule.limit_minutes,
        at=ticket.appointment_at,
        priority=ticket.priority,
        second_choice="" if ticket.queue_id in counter.first else ticket.queue_id,
        then=then,
    )


def _code(first: _Placed, placed: list[_Placed]) -> WhyCode:
    tier = first.place[0]
    if tier is _Tier.OVER_LIMIT:
        return WhyCode.OVER_LIMIT
    if tier in {_Tier.EARLY, _Tier.EARLY_SECOND}:
        return WhyCode.EARLY
    if first.best is VisitorClass.APPOINTMENT:
        return WhyCode.APPOINTMENT
    if first.best is VisitorClass.PRIORITY:
        return WhyCode.PRIORITY
    oldest = min(one.ticket.waits_from for one in placed)
    return WhyCode.LONGEST if first.ticket.waits_from <= oldest else WhyCode.EARNED
