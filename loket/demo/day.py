"""The day of the demonstration: always Monday 16 March 2026, from nine o'clock."""

from datetime import UTC, datetime

from sqlalchemy import func, select

from loket.kit.clock import Clock, ShiftedClock, SystemClock
from loket.store.engine import Database
from loket.store.tables import JournalRow

STARTS = datetime(2026, 3, 16, 8, 0, tzinfo=UTC)
"""09:00 in Belgium."""


def demonstration_clock(database: Database) -> Clock:
    """From nine o'clock, or from the last thing that happened on that day.

    The day stands still while no server runs, and never goes back.
    """
    with database.reading() as connection:
        last: datetime | None = connection.scalar(select(func.max(JournalRow.recorded_at)))
    start = STARTS if last is None else max(last, STARTS)
    return ShiftedClock.starting_at(start, SystemClock())
