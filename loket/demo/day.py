"""The day of the demonstration: always Monday 16 March 2026, from nine o'clock."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import func, select

from loket.kit.clock import Clock, ShiftedClock, SystemClock
from loket.store.engine import Database
from loket.store.tables import JournalRow

STARTS = datetime(2026, 3, 16, 8, 0, tzinfo=UTC)
"""09:00 in Belgium."""


ENDS = STARTS + timedelta(hours=8, minutes=30)
"""17:30: too late to begin to look around."""


def is_over(database: Database) -> bool:
    """Whether the day has come to its end; then it begins again."""
    last = _last_act(database)
    return last is not None and last >= ENDS


def demonstration_clock(database: Database) -> Clock:
    """From nine o'clock, or from the last thing that happened on that day.

    The day stands still while no server runs, and never goes back.
    """
    last = _last_act(database)
    start = STARTS if last is None else max(last, STARTS)
    return ShiftedClock.starting_at(start, SystemClock())


def _last_act(database: Database) -> datetime | None:
    with database.reading() as connection:
        return connection.scalar(select(func.max(JournalRow.recorded_at)))
