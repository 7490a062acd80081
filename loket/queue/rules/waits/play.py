"""The waiting room played on from now, many times at once: arrays of draws, one step per call.

Each step takes, in every draw, the counter that is free first, and gives it whoever is next by
the rules of :mod:`loket.queue.rules.order`. Within a class of a queue it is first come, first
served, so that only the heads of these streams need be compared. The same random numbers serve
every forecast: two situations differ by what differs in them, not by luck.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from statistics import NormalDist
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from loket.catalogue.rules import VisitorClass
from loket.kit.clock import local
from loket.queue.rules.order import QueueRules, Waiting, governing
from loket.queue.rules.waits.expectation import Expectation, Stream
from loket.queue.rules.waits.situation import AtCounter, Situation
from loket.queue.rules.waits.times import LogNormal

Floats: TypeAlias = npt.NDArray[np.float64]
Ints: TypeAlias = npt.NDArray[np.int64]

SEED = 20260316
_NEVER = 1e9
_NOBODY = -1e7
"""Points below this: nobody who may be called."""
_FIRST, _SECOND, _UNSERVED = 2e5, 1e5, -1e12
_EARLY, _NOT_HERE = -3e5, -1e15
_OVER = 1e7
_PIECES = 1024
_LATER = 1.6
"""Arrivals are drawn this much further than the work at hand reaches."""
_LOOK_EVERY = 4


@dataclass(frozen=True)
class _Line:
    """A stream: who is in it from the start, and who is asked about."""

    queue_id: str
    rate: int
    limit: int
    starts: list[float]
    services: list[LogNormal | float]
    """A plain number is a time that is known."""
    asked: Stream | None
    arrivals: float


def play(
    situation: Situation,
    expected: Expectation,
    asked: Iterable[Stream],
    *,
    known: Mapping[str, float] | None = None,
) -> dict[Stream, Floats]:
    """The minutes until a call, in every draw, for who would come to these streams now.

    Streams that no open counter serves are left out. ``known`` has minutes at the counter of
    tickets whose time is certain: what an oracle would know.
    """
    served = {queue for counter in situation.counters for queue in counter.queues.first}
    served |= {queue for counter in situation.counters for queue in counter.queues.second}
    wanted = [stream for stream in asked if stream[0] in served]
    if not wanted:
        return {}
    lines = _lines(situation, expected, wanted, served, known or {})
    draws = _draws(sum(len(line.starts) for line in lines))
    return _Room(situation, expected, lines, draws, known or {}).run()


def _draws(waiting: int) -> int:
    """Many people average out: with 500 waiting a few dozen draws tell as much."""
    return 100 if waiting <= 100 else 48  # noqa: PLR2004 - measured


def effective(classes: Sequence[VisitorClass], rules: QueueRules) -> tuple[int, int]:
    """Rate and limit of who belongs to these classes, as order has them."""
    rate = max(rules[each].rate for each in classes)
    return rate, min(rules[each].limit_minutes for each in classes)


_CLASSES = {
    VisitorClass.WALK_IN: (VisitorClass.WALK_IN,),
    VisitorClass.PRIORITY: (VisitorClass.PRIORITY, VisitorClass.WALK_IN),
    VisitorClass.APPOINTMENT: (VisitorClass.APPOINTMENT, VisitorClass.WALK_IN),
}


def stream_of(who: Waiting, rules: QueueRules) -> Stream:
    """The stream somebody waits in."""
    return who.queue_id, governing(who, rules)


def _lines(
    situation: Situation,
    expected: Expectation,
    wanted: Sequence[Stream],
    served: set[str],
    known: Mapping[str, float],
) -> list[_Line]:
    hour = local(situation.now).hour
    found: dict[tuple[str, int, int], _Line] = {}

    def line(queue: str, classes: Sequence[VisitorClass]) -> _Line:
        rate, limit = effective(classes, situation.settings[queue])
        key = (queue, rate, limit)
        if key not in found:
            found[key] = _Line(queue, rate, limit, [], [], None, 0.0)
        return found[key]

    for one in sorted(situation.line, key=lambda each: (each.who.waits_from, each.who.id)):
        if one.who.queue_id in served:
            its = line(one.who.queue_id, one.who.classes)
            its.starts.append((one.who.waits_from - situation.now).total_seconds() / 60)
            time = expected.services.of(one.product_id, one.who.queue_id, hour)
            its.services.append(known.get(one.who.id, time))
    for stream in wanted:
        its = line(stream[0], _CLASSES[stream[1]])
        found[its.queue_id, its.rate, its.limit] = _with(its, asked=stream)
    for stream, rate in expected.arrivals.items():
        if stream[0] in served and stream[0] in situation.closes and rate > 0:
            its = line(stream[0], _CLASSES[stream[1]])
            key = (its.queue_id, its.rate, its.limit)
            found[key] = _with(its, arrivals=its.arrivals + rate)
    return list(found.values())


def _with(line: _Line, **changed: Any) -> _Line:
    return _Line(**{**vars(line), **changed})


class _Room:
    """The arrays, and the steps over them."""

    def __init__(
        self,
        situation: Situation,
        expected: Expectation,
        lines: list[_Line],
        draws: int,
        known: Mapping[str, float],
    ) -> None:
        self._situation, self._expected, self._draws = situation, expected, draws
        self._hour = local(situation.now).hour
        self._normals, self._exponentials = _chances(draws)
        self._column = 0
        self._known = known
        self._lay_out(lines)
        self._seat(lines)

    def _lay_out(self, lines: list[_Line]) -> None:
        """Streams side by side: who waits, who is asked about, who is still to come, nobody."""
        reach = self._reach(lines)
        starts, services, early, firsts = [], [], [], []
        width = 0
        self._asked: list[tuple[Stream, int, int]] = []
        for place, line in enumerate(lines):
            firsts.append(width)
            come, later = self._later(line, reach)
            here = len(line.starts)
            started = np.broadcast_to(np.array(line.starts), (self._draws, here))
            asked = 0 if line.asked is None else 1
            if line.asked is not None:
                self._asked.append((line.asked, place, width + here))
            zero = np.zeros((self._draws, asked))
            starts += [started, zero, come, np.full((self._draws, 1), 2 * _NEVER)]
            services += [self._services(line), zero, later, np.zeros((self._draws, 1))]
            early += [_EARLY] * here + [0.0] * asked + [_NOT_HERE] * (come.shape[1] + 1)
            width += here + asked + come.shape[1] + 1
        self._width = width
        self._starts = np.concatenate(starts, axis=1).ravel()
        self._services_flat = np.concatenate(services, axis=1).ravel()
        self._early = np.tile(np.array(early), self._draws)
        self._rates = np.array([float(line.rate) for line in lines])
        self._limits = np.array([float(line.limit) for line in lines])
        rows = np.arange(self._draws, dtype=np.int64)[:, None]
        self._heads = rows * width + np.array(firsts, dtype=np.int64)
        self._called = np.full(self._draws * width, _NEVER)
        self._leave(width)

    def _leave(self, width: int) -> None:
        """When each goes away, counted from now or from their arrival; never who is asked about."""
        rate = self._expected.leaving
        self._gone: Floats | None = None
        if rate > 0:
            spent = self._take(self._exponentials, width) / rate
            gone = np.maximum(self._starts, 0.0) + spent.ravel()
            asked = np.array([column for _stream, _place, column in self._asked])
            gone.reshape(self._draws, width)[:, asked] = _NEVER
            self._gone = gone

    def _reach(self, lines: list[_Line]) -> float:
        """Minutes that the work at hand may take, roughly."""
        work = sum(
            each if isinstance(each, float) else each.mean_minutes
            for line in lines
            for each in line.services
        )
        busiest = max((len(line.starts) for line in lines), default=0)
        counters = max(1, len(self._situation.counters))
        return min(240.0, 20.0 + _LATER * max(work / counters, 6.0 * busiest / counters))

    def _later(self, line: _Line, reach: float) -> tuple[Floats, Floats]:
        """Arrivals still to come and their times at a counter."""
        closes = self._situation.closes.get(line.queue_id)
        if not line.arrivals or closes is None:
            return np.zeros((self._draws, 0)), np.zeros((self._draws, 0))
        count = int(line.arrivals * reach + 2 * (line.arrivals * reach) ** 0.5) + 1
        come = np.cumsum(self._take(self._exponentials, count), axis=1) / line.arrivals
        until = (closes - self._situation.now).total_seconds() / 60
        come[come > until] = 2 * _NEVER
        time = self._expected.services.of_anybody(line.queue_id, self._hour)
        spent = np.exp(time.middle + time.spread * self._take(self._normals, count))
        return come, spent + self._expected.turnaround

    def _services(self, line: _Line) -> Floats:
        """Minutes from call to call, for everybody who waits here."""
        count = len(line.services)
        normals = self._take(self._normals, count)
        sure = [each for each in line.services if not isinstance(each, LogNormal)]
        middles = np.array([e.middle if isinstance(e, LogNormal) else 0.0 for e in line.services])
        spreads = np.array([e.spread if isinstance(e, LogNormal) else 0.0 for e in line.services])
        spent: Floats = np.exp(middles + spreads * normals)
        absent = self._expected.no_show
        if absent > 0:
            # A column of its own, so that who is absent has nothing to do with how long it takes.
            there = self._take(self._normals, count) < NormalDist().inv_cdf(1 - absent)
            spent = np.where(there, spent, self._expected.no_show_minutes)
        if sure:
            for place, each in enumerate(line.services):
                if not isinstance(each, LogNormal):
                    spent[:, place] = each
        return spent + self._expected.turnaround

    def _seat(self, lines: list[_Line]) -> None:
        """When each counter is free, and what it may call."""
        counters = self._situation.counters
        busy = {one.counter_id: one for one in self._situation.busy}
        free = [
            self._left(busy[each.id]) if each.id in busy else np.zeros(self._draws)
            for each in counters
        ]
        self._free = np.stack(free, axis=1)
        base = np.full((len(counters), len(lines)), _UNSERVED)
        for row, counter in enumerate(counters):
            for place, line in enumerate(lines):
                if line.queue_id in counter.queues.first:
                    base[row, place] = _FIRST
                elif line.queue_id in counter.queues.second:
                    base[row, place] = _SECOND
        self._base = base
        self._over = np.where(base > 0, _OVER, _UNSERVED)

    def _left(self, busy: AtCounter) -> Floats:
        """Minutes until the counter calls again, given how long it is busy already."""
        spent = max(0.05, (self._situation.now - busy.since).total_seconds() / 60)
        if busy.ticket_id in self._known:
            left = max(0.0, self._known[busy.ticket_id] - spent)
            return np.full(self._draws, left + self._expected.turnaround)
        time = self._expected.services.of(busy.product_id, busy.queue_id, self._hour)
        passed = NormalDist(time.middle, time.spread).cdf(float(np.log(spent)))
        grid, quantiles = _normal_grid()
        chance = np.interp(self._take(self._normals, 1)[:, 0], quantiles, grid)
        later = np.interp(np.minimum(passed + (1 - passed) * chance, grid[-1]), grid, quantiles)
        still: Floats = np.maximum(np.exp(time.middle + time.spread * later) - spent, 0.25)
        return still + self._expected.turnaround

    def _take(self, pool: Floats, count: int) -> Floats:
        """The next columns of the pool of chance, round and round."""
        places = (self._column + np.arange(count)) % _PIECES
        self._column = (self._column + count) % _PIECES
        taken: Floats = pool[:, places]
        return taken

    def run(self) -> dict[Stream, Floats]:
        """Step until everybody who is asked about was called."""
        rows = np.arange(self._draws, dtype=np.int64)
        targets = [(place, rows * self._width + column) for _s, place, column in self._asked]
        steps = 3 * self._width + 40 * self._free.shape[1]
        for step in range(steps):
            if step % _LOOK_EVERY == 0 and all(
                (self._heads[:, place] > target).all() for place, target in targets
            ):
                break
            self._step(rows)
        return {
            stream: np.minimum(self._called[rows * self._width + column], _NEVER)
            for stream, _place, column in self._asked
        }

    def _step(self, rows: Ints) -> None:
        heads, free = self._heads, self._free
        counter = free.argmin(axis=1)
        now = free[rows, counter]
        head = self._starts.take(heads)
        waited = now[:, None] - head
        base = self._base.take(counter, axis=0)
        points = np.where(waited >= 0, waited * self._rates, waited + self._early.take(heads))
        points += base
        over = waited > self._limits
        if over.any():
            points = np.where(over, waited + self._over.take(counter, axis=0), points)
        place = points.argmax(axis=1)
        somebody = points[rows, place] > _NOBODY
        chosen = heads[rows, place]
        spent = self._services_flat.take(chosen)
        if self._gone is not None:
            spent = np.where(self._gone.take(chosen) < now, 0.0, spent)
        until = now + spent
        if not somebody.all():
            coming = np.where(base > 0, head, 2 * _NEVER).min(axis=1)
            until = np.where(somebody, until, np.minimum(coming, _NEVER))
        self._called[chosen[somebody]] = now[somebody]
        heads[rows, place] = chosen + somebody
        free[rows, counter] = until


@lru_cache(maxsize=4)
def _chances(draws: int) -> tuple[Floats, Floats]:
    """Standard normals and exponentials, evenly spread in each column and shuffled."""
    chance = np.random.default_rng(SEED)
    even = (np.arange(draws) + 0.5) / draws
    grid, quantiles = _normal_grid()
    normals = chance.permuted(np.tile(np.interp(even, grid, quantiles), (_PIECES, 1)), axis=1)
    exponentials = chance.permuted(np.tile(-np.log1p(-even), (_PIECES, 1)), axis=1)
    return np.ascontiguousarray(normals.T), np.ascontiguousarray(exponentials.T)


@lru_cache(maxsize=1)
def _normal_grid() -> tuple[Floats, Floats]:
    """The normal distribution as a table: shares, and the quantiles at them."""
    normal = NormalDist()
    quantiles = np.linspace(-4.5, 4.5, 1801)
    return np.array([normal.cdf(float(each)) for each in quantiles]), quantiles
