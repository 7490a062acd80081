"""The range that is told to whoever comes now, and what our own past errors make of it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from loket.catalogue.rules import VisitorClass
from loket.queue.rules.waits.expectation import Calibration, Expectation, Stream
from loket.queue.rules.waits.play import play
from loket.queue.rules.waits.situation import Situation
from loket.queue.rules.waits.told import LIKELY, NEARLY_CERTAIN, Wait

_QUANTILES = [(1 - LIKELY) / 2, 0.5, (1 + LIKELY) / 2, NEARLY_CERTAIN]
_ENOUGH = 60
"""Kept promises below which our past errors tell nothing yet."""
_ROUNDING = 0.5
_LEAST_WAY = 0.5
"""Minutes: a way to a bound that is shorter says nothing about its factor."""


class Kept(NamedTuple):
    """A promise of the past and what became of it, in minutes."""

    promised: Wait
    actual: float


def forecast(
    situation: Situation,
    expected: Expectation,
    asked: Iterable[Stream],
    *,
    known: Mapping[str, float] | None = None,
) -> dict[Stream, Wait]:
    """The wait of who would come now, per stream; those that nobody serves are left out."""
    found = play(situation, expected, asked, known=known)
    return {
        stream: calibrated(_wait(drawn), expected.calibration) for stream, drawn in found.items()
    }


def new_visitors(situation: Situation) -> list[Stream]:
    """Who may come now: to every queue, and with a reason for priority where people wait.

    Where nobody waits a reason for priority gains nothing.
    """
    waiting = {one.who.queue_id for one in situation.line}
    plain = [(queue, VisitorClass.WALK_IN) for queue in situation.settings]
    return plain + [(queue, VisitorClass.PRIORITY) for queue in sorted(waiting)]


def _wait(drawn: npt.NDArray[np.float64]) -> Wait:
    low, middle, high, sure = np.quantile(drawn, _QUANTILES)
    return Wait(float(low), float(middle), float(high), float(sure))


def calibrated(wait: Wait, by: Calibration) -> Wait:
    """The middle moved and the ways to the bounds stretched as the past teaches."""
    middle = wait.middle * by.middle
    return Wait(
        low=max(0.0, middle - (wait.middle - wait.low) * by.middle * by.low),
        middle=middle,
        high=middle + (wait.high - wait.middle) * by.middle * by.high,
        sure=middle + (wait.sure - wait.middle) * by.middle * by.sure,
    )


def calibration(kept: Sequence[Kept]) -> Calibration:
    """Factors with which the past promises would have held their stated shares.

    Conformal: the factor of a bound is the quantile of how far reality went on the way to it, to
    the half minute by which what is told is rounded.
    """
    told = [one for one in kept if one.promised.middle >= 1]
    if len(told) < _ENOUGH:
        return Calibration()
    middle = min(1.5, max(0.67, _best_factor(told)))
    moved = [_moved(one, middle) for one in told]
    return Calibration(
        middle,
        low=_factor([_way(m, m.promised.low) for m in moved], LIKELY),
        high=_factor([_way(m, m.promised.high) for m in moved], LIKELY),
        sure=_factor([_way(m, m.promised.sure) for m in moved], 2 * NEARLY_CERTAIN - 1),
    )


def _best_factor(told: Sequence[Kept]) -> float:
    """The factor with the least absolute error: the median ratio, long waits counting more."""
    ratios = np.array([one.actual / one.promised.middle for one in told])
    weights = np.array([one.promised.middle for one in told])
    order = np.argsort(ratios)
    half = np.searchsorted(np.cumsum(weights[order]), weights.sum() / 2)
    return float(ratios[order][min(half, len(told) - 1)])


def _moved(kept: Kept, middle: float) -> Kept:
    only_middle = replace(Calibration(), middle=middle)
    return Kept(calibrated(kept.promised, only_middle), kept.actual)


def _way(kept: Kept, bound: float) -> float:
    """How far reality went on the way from the middle to a bound: 1 is at the bound."""
    way = bound - kept.promised.middle
    gone = kept.actual - kept.promised.middle
    return ((gone if way > 0 else -gone) - _ROUNDING) / max(_LEAST_WAY, abs(way))


def _factor(ways: Sequence[float], share: float) -> float:
    """So far that the bound holds for its side: a share of both sides is half of it on each."""
    return min(3.0, max(0.4, float(np.quantile(ways, (1 + share) / 2))))
