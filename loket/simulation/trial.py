"""Our promise on trial: beside two simple ones and an oracle that knows every time of service.

Days to learn from, days to calibrate on and days to be judged by are different days. The oracle is
our own forecast told how long everybody who is here now will take; it knows neither who is still to
come nor which counter will close, so that what lies between it and a baseline is what can be known.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from random import Random
from typing import NamedTuple

from loket.catalogue.rules import VisitorClass
from loket.queue.rules.waits.expectation import Calibration
from loket.queue.rules.waits.promise import (
    Kept,
    calibration,
    forecast,
)
from loket.queue.rules.waits.told import LIKELY, NEARLY_CERTAIN, Wait, rounded
from loket.simulation.day import Day, Visitor
from loket.simulation.learning import Lesson, situation_of
from loket.simulation.policies import accumulating
from loket.simulation.run import Outcome, Room, play_day

BOOTSTRAPS = 2000


class Told(NamedTuple):
    """What each way of promising told one visitor, and what came of it, in minutes."""

    day: int
    promised: Wait
    oracle: float
    people_ahead: float
    last_customer: float
    actual: float

    @property
    def errors(self) -> tuple[float, float, float, float]:
        """Of ours, the oracle, people ahead, the last customer's wait."""
        ours = rounded(self.promised)[1]
        return (
            abs(ours - self.actual),
            abs(self.oracle - self.actual),
            abs(self.people_ahead - self.actual),
            abs(self.last_customer - self.actual),
        )


@dataclass(frozen=True)
class Verdict:
    """Mean absolute errors in minutes, and the shares that the ranges held."""

    told: int
    ours: float
    oracle: float
    people_ahead: float
    last_customer: float
    gap_closed: float
    gap_low: float
    """The bounds between which the gap closed lies in 95 % of resampled days."""
    gap_high: float
    likely: float
    """Of those who were told a wait at all: *at once* would flatter it."""
    sure: float
    bias: float
    calibrated_with: Calibration

    def faults(self) -> Iterator[str]:
        """What does not hold."""
        if self.gap_closed < 0.5:  # noqa: PLR2004 - what was promised of it
            yield f"closes {self.gap_closed:.2f} of the gap, not half"
        for name, share, stated in (
            ("likely", self.likely, LIKELY),
            ("sure", self.sure, NEARLY_CERTAIN),
        ):
            if abs(share - stated) > 0.05:  # noqa: PLR2004 - five points
                yield f"the {name} range holds {share:.3f}, not {stated}"
        if not self.oracle <= self.ours:
            yield "the oracle is worse than we are: it is no oracle"


def put_to_the_test(days: Iterable[Day], lesson: Lesson, *, with_oracle: bool = True) -> list[Told]:
    """Everything told to walk-ins on these days, of those who were called in the end."""
    return [
        told
        for nr, day in enumerate(days)
        for told in _of_day(nr, day, lesson, with_oracle=with_oracle)
    ]


def calibrated(days: Iterable[Day], lesson: Lesson) -> Lesson:
    """The same lesson with what its own promises on these days teach."""
    kept = [
        Kept(told.promised, told.actual)
        for told in put_to_the_test(days, lesson, with_oracle=False)
    ]
    expectation = replace(lesson.expectation, calibration=calibration(kept))
    return replace(lesson, expectation=expectation)


def _of_day(nr: int, day: Day, lesson: Lesson, *, with_oracle: bool) -> list[Told]:
    told: dict[str, Told] = {}
    times = {one.id: one.minutes for one in day.visitors} if with_oracle else {}

    def watch(room: Room, visitor: Visitor) -> None:
        if visitor.appointment is None:
            made = _tell(nr, room, visitor, lesson, times)
            if made is not None:
                told[visitor.id] = made

    outcomes = play_day(day, accumulating, watch)
    waits = {one.visitor.id: one.wait for one in outcomes}
    return [
        one._replace(actual=wait)
        for visitor_id, one in told.items()
        if (wait := waits[visitor_id]) is not None
    ]


def _tell(
    nr: int, room: Room, visitor: Visitor, lesson: Lesson, times: dict[str, float]
) -> Told | None:
    situation, expected = situation_of(room), lesson.expected(room)
    each = VisitorClass.PRIORITY if visitor.priority else VisitorClass.WALK_IN
    stream = (visitor.queue_id, each)
    ours = forecast(situation, expected, [stream])
    if stream not in ours:
        return None  # no counter is open for it: nothing is promised
    told = {stream: ours[stream]}
    if times:
        told = forecast(situation, replace(expected, no_show=0.0), [stream], known=times)
    ahead = sum(one.queue_id == visitor.queue_id for one, _who in room.line.values())
    serving = situation.counters
    counters = sum(visitor.queue_id in one.queues.first | one.queues.second for one in serving)
    mean = lesson.mean_minutes.get(visitor.queue_id, 10.0)
    return Told(
        day=nr,
        promised=ours[stream],
        oracle=told[stream].middle,
        people_ahead=ahead * mean / max(1, counters),
        last_customer=room.last_waits.get(visitor.queue_id, 0.0),
        actual=0.0,
    )


def judge(told: Sequence[Told], lesson: Lesson, *, seed: int = 1) -> Verdict:
    """Errors, the share of the gap that is closed, and the shares that the ranges held."""
    by_day = [_sums(told, day) for day in sorted({one.day for one in told})]
    closed = _gap_closed(by_day)
    chance = Random(seed)  # noqa: S311 - resampling, no secret
    again = sorted(_gap_closed(chance.choices(by_day, k=len(by_day))) for _ in range(BOOTSTRAPS))
    ours, oracle, ahead, last = (sum(row[n] for row in by_day) / len(told) for n in range(4))
    return Verdict(
        told=len(told),
        ours=ours,
        oracle=oracle,
        people_ahead=ahead,
        last_customer=last,
        gap_closed=closed,
        gap_low=again[int(0.025 * BOOTSTRAPS)],
        gap_high=again[int(0.975 * BOOTSTRAPS)],
        likely=_share([_within(one) for one in told if _is_wait(one)]),
        sure=_share(
            [round(one.actual) <= rounded(one.promised)[3] for one in told if _is_wait(one)]
        ),
        bias=sum(rounded(one.promised)[1] - one.actual for one in told) / len(told),
        calibrated_with=lesson.expectation.calibration,
    )


def _is_wait(one: Told) -> bool:
    return rounded(one.promised)[1] >= 1


def _within(one: Told) -> bool:
    low, _middle, high, _sure = rounded(one.promised)
    return low <= round(one.actual) <= high


def _share(held: Sequence[bool]) -> float:
    return sum(held) / max(1, len(held))


def _sums(told: Sequence[Told], day: int) -> tuple[float, ...]:
    rows = [one.errors for one in told if one.day == day]
    return tuple(sum(row[n] for row in rows) for n in range(4))


def _gap_closed(by_day: Sequence[tuple[float, ...]]) -> float:
    """How much of the way from the better baseline to the oracle our promise goes."""
    ours, oracle, ahead, last = (sum(row[n] for row in by_day) for n in range(4))
    better = min(ahead, last)
    return (better - ours) / (better - oracle) if better > oracle else 0.0


def outcomes_of(days: Iterable[Day]) -> list[tuple[Day, list[Outcome]]]:
    """Days played by the rules of the town."""
    return [(day, play_day(day, accumulating)) for day in days]
