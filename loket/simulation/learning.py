"""What played days teach a forecast, as the weeks of a town teach the server."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from loket.kit.clock import local, local_day
from loket.queue.rules.waits.arrivals import Came, Habits, learn_habits
from loket.queue.rules.waits.expectation import Expectation
from loket.queue.rules.waits.situation import AtCounter, InLine, OpenCounter, Situation
from loket.queue.rules.waits.times import Lineage, Served, learn
from loket.simulation.day import Day, Visitor
from loket.simulation.run import NO_SHOW_MINUTES, TURNAROUND, Outcome, Room


@dataclass(frozen=True)
class Lesson:
    """All that a forecast knows of the past."""

    expectation: Expectation
    habits: Habits
    mean_minutes: dict[str, float]
    """Per queue the plain mean, for baselines."""

    def expected(self, room: Room) -> Expectation:
        """For now: with the arrivals of this hour."""
        now = room.day.moment(room.minute)
        seen = sum(one.at < room.minute for one in room.day.visitors)
        rates = self.habits.rates(now, seen=seen, queues=room.day.settings)
        return replace(self.expectation, arrivals=rates)


def learn_from(played: Sequence[tuple[Day, list[Outcome]]], lineages: dict[str, Lineage]) -> Lesson:
    """From whole days and what became of their visitors."""
    served = [one for day, outcomes in played for one in _served(day, outcomes)]
    called = [one for _day, outcomes in played for one in outcomes if one.called_at is not None]
    waited = sum(one.wait or 0.0 for one in called)
    left = [one for _day, outcomes in played for one in outcomes if one.left_at is not None]
    waited += sum(one.left_at - one.visitor.at for one in left if one.left_at is not None)
    absent = sum(one.visitor.absent for one in called)
    weekdays = Counter(local_day(day.starts).isoweekday() for day, _outcomes in played)
    return Lesson(
        Expectation(
            services=learn(served, lineages),
            no_show=absent / max(1, len(called)),
            no_show_minutes=NO_SHOW_MINUTES,
            leaving=len(left) / max(1.0, waited),
            turnaround=TURNAROUND,
        ),
        learn_habits((one for day, _outcomes in played for one in _came(day)), weekdays),
        _means(served),
    )


def _served(day: Day, outcomes: Iterable[Outcome]) -> Iterable[Served]:
    for one in outcomes:
        if one.called_at is not None and not one.visitor.absent:
            hour = local(day.moment(one.called_at)).hour
            visitor = one.visitor
            yield Served(visitor.product_id, visitor.queue_id, hour, visitor.minutes)


def _came(day: Day) -> Iterable[Came]:
    weekday = local_day(day.starts).isoweekday()
    for one in day.visitors:
        hour = local(day.moment(one.at)).hour
        yield Came(one.queue_id, day.class_of(one), weekday, hour)


def _means(served: Iterable[Served]) -> dict[str, float]:
    sums: Counter[str] = Counter()
    counts: Counter[str] = Counter()
    for one in served:
        sums[one.queue_id] += one.minutes  # type: ignore[assignment]  # a sum of minutes
        counts[one.queue_id] += 1
    return {queue: sums[queue] / count for queue, count in counts.items()}


def situation_of(room: Room) -> Situation:
    """The waiting room as the server would see it at this moment."""
    day = room.day
    closes = {queue: day.moment(day.closing(queue)) for queue in day.settings}
    now = day.moment(room.minute)
    return Situation(
        now=now,
        line=tuple(InLine(who, visitor.product_id) for visitor, who in room.line.values()),
        busy=tuple(
            _at_counter(day, desk, visitor, since) for desk, (visitor, since) in room.busy.items()
        ),
        counters=tuple(
            OpenCounter(desk.id, desk.queues) for desk in day.desks if desk.id in room.open
        ),
        settings=day.settings,
        closes={queue: until for queue, until in closes.items() if until > now},
    )


def _at_counter(day: Day, desk: str, visitor: Visitor, since: float) -> AtCounter:
    return AtCounter(desk, visitor.id, visitor.queue_id, visitor.product_id, day.moment(since))
