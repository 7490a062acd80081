"""The server's time as this desk measures it, from what each answer says."""

from datetime import datetime, timedelta
from threading import Lock

from loket.kit.clock import Clock, monotonic

KEEP_BEST_SECONDS = 120.0
"""A better measurement is believed this long before a worse one may replace it: clocks drift."""


class ServerClock:
    """The time of this machine, moved by the measured difference with the server.

    An answer's own moment is taken to lie halfway between asking and receiving; of several
    measurements the one with the shortest way there and back errs least.
    """

    def __init__(self, base: Clock, difference: timedelta = timedelta(0)) -> None:
        self._base = base
        self._lock = Lock()
        self._difference = difference
        self._best: tuple[timedelta, float] | None = None

    def now(self) -> datetime:
        return self._base.now() + self._difference

    @property
    def difference(self) -> timedelta:
        return self._difference

    @property
    def measured(self) -> bool:
        """Whether a server was heard since the start."""
        return self._best is not None

    def base_now(self) -> datetime:
        """This machine's own time, to hand back to :meth:`observe`."""
        return self._base.now()

    def observe(self, *, server: datetime, asked: datetime, received: datetime) -> None:
        """Learn from an answer: its moment, and this machine's moments around the call."""
        way = received - asked
        if way < timedelta(0):
            return  # this machine's clock was set back during the call
        with self._lock:
            if self._is_better(way):
                self._difference = server - (asked + way / 2)
                self._best = (way, monotonic())

    def forget(self) -> None:
        """Take the next measurement, whatever it is: another server, or the same one restarted."""
        with self._lock:
            self._best = None

    def _is_better(self, way: timedelta) -> bool:
        if self._best is None:
            return True
        best, measured_at = self._best
        return way <= best or monotonic() - measured_at > KEEP_BEST_SECONDS
