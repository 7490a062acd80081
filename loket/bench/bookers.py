"""Many who book at once in the week of one calendar, until there is no place left."""

import random
import threading
from dataclasses import dataclass, field
from datetime import datetime

from loket.bench.calendar_town import CROWD_PRODUCT, SITES
from loket.bench.queue_load import PlainHttp, Refused
from loket.bench.queue_town import PASSWORD, LoadDesk
from loket.kit.clock import monotonic

_TAKEN = "409 appointment.taken"
_BUSY = "409 in_progress"


@dataclass
class Crowd:
    """All bookers together."""

    url: str
    desks: list[LoadDesk]
    moments: list[datetime]
    milliseconds: list[float] = field(default_factory=list)
    """Of each booking that was made."""
    refused: int = 0
    """Bookings of a moment that was just taken."""
    busy: int = 0
    """Told to come back: others held the calendar for seconds; tried again, as a desk does."""
    faults: list[str] = field(default_factory=list)
    seconds: float = 0.0
    _full: set[datetime] = field(default_factory=set)
    _at_the_door: threading.Lock = field(default_factory=threading.Lock)
    _tally: threading.Lock = field(default_factory=threading.Lock)

    def run(self) -> None:
        """Sign everybody in, start together, end when all moments are full."""
        ready = threading.Barrier(len(self.desks) + 1)
        threads = [
            threading.Thread(target=self._booker, args=(nr, desk, ready))
            for nr, desk in enumerate(self.desks)
        ]
        for thread in threads:
            thread.start()
        ready.wait()
        began = monotonic()
        for thread in threads:
            thread.join()
        self.seconds = monotonic() - began

    def _booker(self, nr: int, desk: LoadDesk, ready: threading.Barrier) -> None:
        http = PlainHttp(self.url)
        try:
            asked = {"username": desk.username, "password": PASSWORD, "desk": desk.code}
            with self._at_the_door:  # a server hears so many passwords at once and no more
                http.token = http.post("/sessions", asked)["token"]
            ready.wait()
            self._book_all(http, nr)
        except (OSError, Refused, ValueError) as error:
            self._fault(error)
            ready.abort()
        finally:
            http.close()

    def _book_all(self, http: PlainHttp, nr: int) -> None:
        """Moment after moment in an order of one's own, each until it is full."""
        mine = list(self.moments)
        random.Random(nr).shuffle(mine)  # noqa: S311 - an order, no secret
        for moment in mine:
            while moment not in self._full:
                began = monotonic()
                try:
                    http.post("/appointments", _booking(moment, nr))
                except Refused as refusal:
                    if _TAKEN in str(refusal):
                        self._full.add(moment)
                        self._refuse()
                    elif _BUSY in str(refusal):
                        self._wait_again()
                    else:
                        self._fault(refusal)
                        break
                else:
                    self._booked((monotonic() - began) * 1000)

    def _booked(self, milliseconds: float) -> None:
        with self._tally:
            self.milliseconds.append(milliseconds)

    def _refuse(self) -> None:
        with self._tally:
            self.refused += 1

    def _wait_again(self) -> None:
        with self._tally:
            self.busy += 1

    def _fault(self, error: Exception) -> None:
        with self._tally:
            self.faults.append(str(error))


def _booking(moment: datetime, nr: int) -> dict[str, object]:
    return {
        "product_ids": [CROWD_PRODUCT],
        "site_id": f"s-{SITES - 1}",
        "starts_at": moment.isoformat(),
        "contact": {"name": f"Booker {nr}"},
    }
