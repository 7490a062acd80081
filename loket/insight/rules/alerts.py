"""What a supervisor must hear, by the thresholds of each queue: codes and figures, no sentences."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

SERIES_SHARE = 0.9
"""From so far used on a series of numbers is worth a word."""
ENOUGH_CALLED = 5
"""Below so many calls a share says nothing yet."""


class AlertCode(StrEnum):
    """In order of urgency."""

    UNATTENDED = "unattended"
    LONGEST_WAIT = "longest_wait"
    SERIES = "series"
    WITHIN_NORM = "within_norm"


@dataclass(frozen=True)
class Waiting:
    """Somebody who waits, and for how many minutes."""

    number: str
    minutes: int


@dataclass(frozen=True)
class QueueLook:
    """A queue as its thresholds see it."""

    queue_id: str
    norm_minutes: int
    target_percent: int
    """So many of a hundred must be called within the norm."""
    waiting: tuple[Waiting, ...]
    """Longest first."""
    open_counters: int
    called: int
    within_norm: int


@dataclass(frozen=True)
class SeriesLook:
    """Numbers of a series given today."""

    site_id: str
    prefix: str
    used: int
    of: int


@dataclass(frozen=True)
class Alert:
    """One thing that is wrong; ``about`` is the queue, or the site and prefix of a series."""

    code: AlertCode
    about: str
    params: tuple[tuple[str, int | str], ...] = ()

    @property
    def key(self) -> str:
        """What stays the same while it lasts, so that who closed it does not see it again."""
        return f"{self.code}:{self.about}"


def alerts(queues: Iterable[QueueLook], series: Iterable[SeriesLook] = ()) -> list[Alert]:
    """Everything that is over a threshold, the most urgent first."""
    found = [alert for queue in queues for alert in _of_queue(queue)]
    found += [alert for one in series for alert in _of_series(one)]
    return sorted(found, key=_urgency)


def share_percent(within: int, called: int) -> int | None:
    """Rounded down, so that no target is met by rounding; None while nobody was called."""
    return within * 100 // called if called else None


def _of_queue(queue: QueueLook) -> Iterator[Alert]:
    if queue.waiting and not queue.open_counters:
        params = (("waiting", len(queue.waiting)), ("minutes", queue.waiting[0].minutes))
        yield Alert(AlertCode.UNATTENDED, queue.queue_id, params)
    over = [one for one in queue.waiting if one.minutes > queue.norm_minutes]
    if over:
        yield Alert(AlertCode.LONGEST_WAIT, queue.queue_id, _longest(queue, over))
    share = share_percent(queue.within_norm, queue.called)
    if share is not None and queue.called >= ENOUGH_CALLED and share < queue.target_percent:
        params = (("percent", share), ("target", queue.target_percent))
        yield Alert(AlertCode.WITHIN_NORM, queue.queue_id, params)


def _longest(queue: QueueLook, over: list[Waiting]) -> tuple[tuple[str, int | str], ...]:
    first = over[0]
    then = next((one for one in queue.waiting if one.minutes <= queue.norm_minutes), None)
    return (
        ("number", first.number),
        ("minutes", first.minutes),
        ("norm", queue.norm_minutes),
        ("over", len(over)),
        ("then", then.number if then else ""),
        ("left", queue.norm_minutes - then.minutes if then else 0),
    )


def _of_series(one: SeriesLook) -> Iterator[Alert]:
    if one.used >= one.of * SERIES_SHARE:
        params = (("prefix", one.prefix), ("used", one.used), ("of", one.of))
        yield Alert(AlertCode.SERIES, f"{one.site_id}:{one.prefix}", params)


def _urgency(alert: Alert) -> tuple[int, int]:
    minutes = dict(alert.params).get("minutes", 0)
    return list(AlertCode).index(alert.code), -minutes if isinstance(minutes, int) else 0
