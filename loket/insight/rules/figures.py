"""What figures are made of: the share, the middle and the worst of many times."""

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from loket.kit.clock import local

Seconds = NDArray[np.int64]
NOT_KNOWN = -1
"""In an array of seconds: this ticket has no such time."""


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


@lru_cache(maxsize=20_000)
def local_hour(hours: int) -> str:
    """The hour on a Belgian wall clock, so many hours after 1970; both clock changes are right."""
    return f"{local(datetime.fromtimestamp(hours * 3600, UTC)):%H}"
