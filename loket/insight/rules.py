"""What figures are made of: the share, the middle and the worst of many times."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from loket.kit.clock import local
from loket.kit.errors import Invalid

Seconds = NDArray[np.int64]
NOT_KNOWN = -1
"""In an array of seconds: this ticket has no such time."""
LONGEST_PERIOD_YEARS = 11


class By(StrEnum):
    """What the rows of a table of figures stand for."""

    SERVICE = "service"
    PRODUCT = "product"
    QUEUE = "queue"
    COUNTER = "counter"
    CHANNEL = "channel"
    HOUR = "hour"
    WEEKDAY = "weekday"
    DAY = "day"
    MONTH = "month"


IN_ORDER = frozenset({By.HOUR, By.WEEKDAY, By.DAY, By.MONTH})
"""Rows of these follow the calendar; those of the others begin with the busiest."""


class Outcome(StrEnum):
    """How a ticket ended, or that it has not."""

    SERVED = "served"
    NO_SHOW = "no_show"
    WITHDRAWN = "withdrawn"
    UNSERVED = "unserved"
    """Left without being served: still waiting, or parked, at the end of the day."""
    OPEN = "open"


class PeriodUnreadable(Invalid):
    """The period ends before it begins, or is longer than the database can be old."""

    code = "insight.period"


@dataclass(frozen=True)
class Spread:
    """Times of many tickets, in whole seconds; all zero when there are none."""

    count: int
    mean: int
    p50: int
    p90: int
    max: int


def spread(times: Seconds) -> Spread:
    """What is known of some times; percentiles by nearest rank, so that each was really waited."""
    known = times[times != NOT_KNOWN]
    if known.size == 0:
        return Spread(0, 0, 0, 0, 0)
    p50, p90 = np.percentile(known, [50, 90], method="inverted_cdf")
    return Spread(int(known.size), round(float(known.mean())), int(p50), int(p90), int(known.max()))


def outcome(state: str, *, no_shows: int) -> Outcome:
    """How a ticket ended; who was called and never came is a no-show at the end of the day too."""
    match state:
        case "done":
            return Outcome.SERVED
        case "withdrawn":
            return Outcome.WITHDRAWN
        case "no_show":
            return Outcome.NO_SHOW
        case "expired":
            return Outcome.NO_SHOW if no_shows else Outcome.UNSERVED
        case _:
            return Outcome.OPEN


def check_period(first: date, last: date) -> None:
    if not first <= last <= first.replace(year=first.year + LONGEST_PERIOD_YEARS, day=1):
        raise PeriodUnreadable(first=first.isoformat(), last=last.isoformat())


@lru_cache(maxsize=20_000)
def local_hour(hours: int) -> str:
    """The hour on a Belgian wall clock, so many hours after 1970; both clock changes are right."""
    return f"{local(datetime.fromtimestamp(hours * 3600, UTC)):%H}"
