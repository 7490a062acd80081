"""Waits per class of a played day: what a policy does to whom."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from loket.catalogue.rules import VisitorClass
from loket.queue.rules.order import governing
from loket.simulation.day import Day
from loket.simulation.run import Outcome


@dataclass(frozen=True)
class ClassWaits:
    """Minutes a class waited; ``over_limit`` is the share past the limit of its queue."""

    visitor_class: str
    visitors: int
    p50: float
    p90: float
    longest: float
    over_limit: float
    left: int
    """Went away."""
    unserved: int
    """Still there when the last counter closed."""


def by_class(played: Sequence[tuple[Day, list[Outcome]]]) -> Iterator[ClassWaits]:
    """One line per class, and one of everybody."""
    everybody = [(day, one) for day, outcomes in played for one in outcomes]
    for each in VisitorClass:
        of_class = [(day, one) for day, one in everybody if day.class_of(one.visitor) is each]
        if of_class:
            yield _waits(str(each), of_class)
    yield _waits("all", everybody)


def _waits(name: str, outcomes: Sequence[tuple[Day, Outcome]]) -> ClassWaits:
    waits = sorted(one.wait for _day, one in outcomes if one.wait is not None)
    over = [one.wait > _limit(day, one) for day, one in outcomes if one.wait is not None]
    return ClassWaits(
        visitor_class=name,
        visitors=len(outcomes),
        p50=percentile(waits, 0.5),
        p90=percentile(waits, 0.9),
        longest=waits[-1] if waits else 0.0,
        over_limit=sum(over) / max(1, len(over)),
        left=sum(one.left_at is not None for _day, one in outcomes),
        unserved=sum(one.left_at is None and one.called_at is None for _day, one in outcomes),
    )


def _limit(day: Day, outcome: Outcome) -> float:
    rules = day.settings[outcome.visitor.queue_id]
    best = governing(outcome.visitor.waiting(day.starts), rules)
    return rules[best].limit_minutes


def percentile(ordered: Sequence[float], share: float) -> float:
    """The value below which a share lies (nearest rank); 0 of nothing."""
    if not ordered:
        return 0.0
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]
