"""How long a product takes at a counter: log-normal, learnt by product and hour, with priors.

Times of service at counters are close to log-normal (Brown and others 2005, *Statistical analysis
of a telephone call center*). What is seldom asked borrows from its service, that from its queue,
and that from the usual minutes of the catalogue: each level counts as so many observations.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

_WEIGHT = 8.0
"""Observations that the level above counts for."""
_HOUR_WEIGHT = 40.0
_USUAL_SPREAD = 0.5
"""Standard deviation of the logarithm where nothing was measured."""
_LEAST_MINUTES, _MOST_MINUTES = 0.2, 180.0
"""Outside these a time was no service: a press by mistake, a counter that was left."""


class Served(NamedTuple):
    """One measured time at a counter, from call to end."""

    product_id: str
    queue_id: str
    hour: int
    minutes: float


class Lineage(NamedTuple):
    """Where a product borrows from."""

    service_id: str
    queue_id: str
    usual_minutes: float


class LogNormal(NamedTuple):
    """A time whose logarithm (of minutes) is normal."""

    middle: float
    spread: float

    @property
    def mean_minutes(self) -> float:
        return math.exp(self.middle + self.spread**2 / 2)


_OTHERWISE = LogNormal(math.log(10), _USUAL_SPREAD)


@dataclass
class _Sums:
    """Of the logarithms of times relative to the usual ones."""

    count: float = 0.0
    total: float = 0.0
    squares: float = 0.0

    def add(self, value: float) -> None:
        self.count += 1
        self.total += value
        self.squares += value * value

    def towards(self, prior: LogNormal) -> LogNormal:
        """Their mean and spread, drawn to the prior by its weight."""
        weight = self.count + _WEIGHT
        mean = (self.total + _WEIGHT * prior.middle) / weight
        if not self.count:
            return LogNormal(mean, prior.spread)
        own = self.total / self.count
        within = max(0.0, self.squares - self.count * own * own)
        return LogNormal(mean, math.sqrt((within + _WEIGHT * prior.spread**2) / weight))


@dataclass(frozen=True)
class ServiceTimes:
    """What is expected of each product, by hour."""

    by_product: Mapping[str, LogNormal] = field(default_factory=dict)
    by_hour: Mapping[tuple[str, int], float] = field(default_factory=dict)
    """By queue and hour what is added to the logarithm."""
    by_queue: Mapping[str, LogNormal] = field(default_factory=dict)
    """Of whoever comes to a queue, whatever for."""
    otherwise: LogNormal = _OTHERWISE

    def of(self, product_id: str, queue_id: str, hour: int) -> LogNormal:
        found = self.by_product.get(product_id, self.otherwise)
        return LogNormal(found.middle + self.by_hour.get((queue_id, hour), 0.0), found.spread)

    def of_anybody(self, queue_id: str, hour: int) -> LogNormal:
        """Of somebody who is still to come to a queue."""
        found = self.by_queue.get(queue_id, self.otherwise)
        return LogNormal(found.middle + self.by_hour.get((queue_id, hour), 0.0), found.spread)

    def mean_minutes(self, product_id: str) -> float:
        return self.by_product.get(product_id, self.otherwise).mean_minutes


def learn(served: Iterable[Served], lineages: Mapping[str, Lineage]) -> ServiceTimes:
    """What the measured times tell of every product in ``lineages``."""
    kept = [
        one
        for one in served
        if one.product_id in lineages and _LEAST_MINUTES <= one.minutes <= _MOST_MINUTES
    ]
    town, queues, services, products = _sums(kept, lineages)
    everywhere = town.towards(LogNormal(0.0, _USUAL_SPREAD))
    relative: dict[str, LogNormal] = {}
    for product_id, lineage in lineages.items():
        of_queue = queues[lineage.queue_id].towards(everywhere)
        of_service = services[lineage.service_id].towards(of_queue)
        relative[product_id] = products[product_id].towards(of_service)
    by_product = {
        product_id: LogNormal(
            relative[product_id].middle + math.log(lineage.usual_minutes),
            relative[product_id].spread,
        )
        for product_id, lineage in lineages.items()
    }
    return ServiceTimes(by_product, _hours(kept, by_product), _mixes(kept, lineages))


_Many = defaultdict[str, _Sums]


def _sums(
    served: Iterable[Served], lineages: Mapping[str, Lineage]
) -> tuple[_Sums, _Many, _Many, _Many]:
    town = _Sums()
    queues, services, products = (_Many(_Sums), _Many(_Sums), _Many(_Sums))
    for one in served:
        lineage = lineages[one.product_id]
        value = math.log(one.minutes / lineage.usual_minutes)
        town.add(value)
        queues[one.queue_id].add(value)
        services[lineage.service_id].add(value)
        products[one.product_id].add(value)
    return town, queues, services, products


def _mixes(served: Iterable[Served], lineages: Mapping[str, Lineage]) -> dict[str, LogNormal]:
    """Per queue the times of all its products together; unmeasured: those of the catalogue."""
    usual: _Many = defaultdict(_Sums)
    for lineage in lineages.values():
        usual[lineage.queue_id].add(math.log(lineage.usual_minutes))
    found: _Many = defaultdict(_Sums)
    for one in served:
        found[one.queue_id].add(math.log(one.minutes))
    priors = {queue: LogNormal(s.total / s.count, _USUAL_SPREAD) for queue, s in usual.items()}
    nowhere = LogNormal(math.log(10), _USUAL_SPREAD)
    return {queue: found[queue].towards(priors.get(queue, nowhere)) for queue in {*priors, *found}}


def _hours(
    served: Iterable[Served], by_product: Mapping[str, LogNormal]
) -> dict[tuple[str, int], float]:
    """How much an hour differs, drawn to nothing."""
    found: dict[tuple[str, int], _Sums] = defaultdict(_Sums)
    for one in served:
        left = math.log(one.minutes) - by_product[one.product_id].middle
        found[one.queue_id, one.hour].add(left)
    return {key: sums.total / (sums.count + _HOUR_WEIGHT) for key, sums in found.items()}
