"""The stopwatches of the story."""

import time


def precise() -> float:
    """Seconds that only go forward, as finely as the machine can tell."""
    return time.perf_counter()


def own_work() -> float:
    """Seconds in which this thread had a processor: what is missing was waiting for others."""
    return time.thread_time()
