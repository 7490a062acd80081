"""So many at once, and the others in the order in which they came."""

from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock


class Turnstile:
    """Lets so many through at once; a place that comes free goes to who waits longest.

    A plain semaphore, or the queue of a pool, lets whoever comes at the right moment in before
    those who wait: of a crowd most are quick and a few wait for ever.
    """

    def __init__(self, places: int, seconds: float) -> None:
        self._free = places
        self._seconds = seconds
        self._mutex = Lock()
        self._line: deque[Lock] = deque()

    @property
    def waiting(self) -> int:
        return len(self._line)

    @contextmanager
    def through(self) -> Iterator[None]:
        """Wait for one's turn; raises :class:`TimeoutError` when it does not come in time."""
        turn = self._join()
        if not turn.acquire(timeout=self._seconds) and not self._came(turn):
            raise TimeoutError
        try:
            yield
        finally:
            self._pass_on()

    def _join(self) -> Lock:
        """A lock that is open when it is one's turn."""
        turn = Lock()
        with self._mutex:
            if self._free:
                self._free -= 1
            else:
                turn.acquire()
                self._line.append(turn)
        return turn

    def _came(self, turn: Lock) -> bool:
        """Whether the turn came just when it was given up; else it is left."""
        with self._mutex:
            if turn not in self._line:
                return True
            self._line.remove(turn)
            return False

    def _pass_on(self) -> None:
        with self._mutex:
            if self._line:
                self._line.popleft().release()
            else:
                self._free += 1
