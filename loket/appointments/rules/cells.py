"""Time in cells of five minutes: what an appointment takes, so that capacity can be a constraint.

A cell is numbered by the minutes since 1970-01-01 UTC, divided by five. Belgian clocks change by
whole hours, so the grid of the wall clock and that of the cells are one.
"""

from datetime import UTC, datetime, timedelta
from math import ceil

CELL_MINUTES = 5
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_CELL = timedelta(minutes=CELL_MINUTES)


def cell_of(moment: datetime) -> int:
    """The cell in which a moment falls."""
    return (moment - _EPOCH) // _CELL


def moment_of(cell: int) -> datetime:
    """When a cell begins."""
    return _EPOCH + cell * _CELL


def is_whole(moment: datetime) -> bool:
    """Whether a cell begins at this moment."""
    return not (moment - _EPOCH) % _CELL


def cells_for(minutes: int) -> int:
    """How many cells so many minutes take."""
    return ceil(minutes / CELL_MINUTES)
