"""The rows of a booking as bare SQL: what the database alone can do on this machine, now."""

import itertools
import threading

from loket.bench.queue_floor import Writer, opened_writers
from loket.kit.clock import monotonic

_TABLES = (
    "CREATE TABLE floor_calendar (id INTEGER PRIMARY KEY, version INTEGER NOT NULL)",
    """CREATE TABLE floor_appointment (id BIGINT PRIMARY KEY, reference TEXT NOT NULL UNIQUE,
    queue INTEGER NOT NULL, starts_at TEXT NOT NULL, state TEXT NOT NULL, name TEXT NOT NULL)""",
    "CREATE INDEX floor_day ON floor_appointment (queue, starts_at)",
    """CREATE TABLE floor_cell (queue INTEGER NOT NULL, cell INTEGER NOT NULL,
    place INTEGER NOT NULL, appointment BIGINT NOT NULL, PRIMARY KEY (queue, cell, place))""",
    """CREATE TABLE floor_step (appointment BIGINT NOT NULL, seq INTEGER NOT NULL,
    act TEXT NOT NULL, PRIMARY KEY (appointment, seq))""",
)
_DROP = ("floor_step", "floor_cell", "floor_appointment", "floor_calendar")
_HOLD = "UPDATE floor_calendar SET version = version WHERE id = 1"
_ADD = "INSERT INTO floor_appointment VALUES (?, ?, 1, '2026-03-16 09:00', 'booked', 'Load')"
_TAKE = "INSERT INTO floor_cell VALUES (1, ?, 1, ?)"
_STEP = "INSERT INTO floor_step VALUES (?, 1, 'book')"


def bookings_per_second(database_url: str, *, writers: int, seconds: float, cells: int) -> float:
    """Bookings a second in one calendar: its row held, an appointment, its cells, its step."""
    with opened_writers(database_url, writers) as opened:
        try:
            _prepare(opened[0])
            return _measure(opened, seconds, cells)
        finally:
            _clear(opened[0])


def _prepare(writer: Writer) -> None:
    _clear(writer)
    for table in _TABLES:
        writer.do((table, ()))
    writer.do(("INSERT INTO floor_calendar VALUES (1, 0)", ()))


def _clear(writer: Writer) -> None:
    for table in _DROP:
        writer.do((f"DROP TABLE IF EXISTS {table}", ()))


def _measure(writers: list[Writer], seconds: float, cells: int) -> float:
    numbers = itertools.count(1)
    counts = [0] * len(writers)
    until = monotonic() + seconds

    def book(place: int) -> None:
        while monotonic() < until:
            nr = next(numbers)
            taken = [(_TAKE, (nr * cells + cell, nr)) for cell in range(cells)]
            writers[place].do((_HOLD, ()), (_ADD, (nr, f"K-{nr}")), *taken, (_STEP, (nr,)))
            counts[place] += 1

    threads = [threading.Thread(target=book, args=(place,)) for place in range(len(writers))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(counts) / seconds
