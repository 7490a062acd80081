"""The one stopwatch of the story."""

import time


def precise() -> float:
    """Seconds that only go forward, as finely as the machine can tell."""
    return time.perf_counter()
