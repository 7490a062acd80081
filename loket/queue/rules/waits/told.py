"""A wait as it is told: a range in minutes. Without arrays, so that a desk starts quickly."""

from dataclasses import dataclass
from datetime import timedelta

LIKELY, NEARLY_CERTAIN = 0.8, 0.95
"""Stated shares: the likely range holds so many, and so many are called before the sure bound."""


@dataclass(frozen=True)
class Wait:
    """Minutes until a call: the likely range, its middle, and the nearly certain bound."""

    low: float
    middle: float
    high: float
    sure: float

    def later(self, minutes: float) -> "Wait":
        """The same, so many minutes later: of who is behind one more."""
        return Wait(
            max(0.0, self.low + minutes),
            max(0.0, self.middle + minutes),
            max(0.0, self.high + minutes),
            max(0.0, self.sure + minutes),
        )


def rule_of_thumb(wait: timedelta | None) -> Wait | None:
    """A range around a plain quotient, for when nothing better is at hand."""
    if wait is None:
        return None
    minutes = wait.total_seconds() / 60
    return Wait(0.6 * minutes, minutes, 1.6 * minutes, 2.2 * minutes)


def rounded(wait: Wait) -> tuple[int, int, int, int]:
    """Low, middle, high and sure in whole minutes as they are told."""
    return round(wait.low), round(wait.middle), max(1, round(wait.high)), max(1, round(wait.sure))
