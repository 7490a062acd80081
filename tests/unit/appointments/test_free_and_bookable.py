"""What is free can be booked, and nothing else: whatever the openings, lengths and bookings."""

from datetime import UTC, date, datetime, timedelta

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from loket.appointments.queries.calendars import days_of
from loket.appointments.queries.free import span_of
from loket.appointments.rules.capacity import (
    Capacity,
    Taken,
    TakenPlaces,
    free_starts,
    places_for,
    taken_of,
)
from loket.appointments.rules.cells import cell_of
from loket.appointments.rules.lengths import Length
from loket.appointments.rules.schedule import DayPlan, Opening

DAY = date(2026, 3, 17)
EIGHT = datetime(2026, 3, 17, 7, 0, tzinfo=UTC)
SPAN = span_of(DAY, DAY)
LAST = 40
"""Openings begin within so many cells of eight o'clock."""

openings = st.builds(
    lambda begin, cells, public, desk, grid: Opening(
        EIGHT + timedelta(minutes=5 * begin),
        EIGHT + timedelta(minutes=5 * (begin + cells)),
        public,
        desk,
        grid,
    ),
    st.integers(0, LAST),
    st.integers(1, 24),
    st.integers(0, 2),
    st.integers(0, 2),
    st.sampled_from([5, 10, 15, 30]),
)
lengths = st.builds(Length, st.integers(1, 9).map(lambda n: 5 * n), st.sampled_from([0, 5, 15, 30]))
wishes = st.lists(st.tuples(st.integers(0, LAST + 24), lengths, st.booleans()), max_size=25)


def _slow(capacity: Capacity, used: dict[int, int], first: int, length: Length) -> bool:
    """The rule, cell by cell: a place in each of its own, and behind it where there is any."""
    places = dict(enumerate(capacity.places.tolist(), SPAN.first))
    own = range(first, first + length.cells)
    behind = range(own.stop, own.stop + length.buffer_cells)
    asked = [*own, *(cell for cell in behind if places.get(cell, 0))]
    return all(used.get(cell, 0) < places.get(cell, 0) for cell in asked)


def _places(rows: list[tuple[int, int]]) -> TakenPlaces:
    return np.array(rows, np.int64).reshape(-1, 2)


def _taken(rows: list[tuple[int, int]], capacity: Capacity) -> Taken:
    return taken_of(_places(rows), capacity)


@given(st.lists(openings, min_size=1, max_size=4), wishes)
def test_free_moments_and_no_others_can_be_booked(
    opened: list[Opening], wanted: list[tuple[int, Length, bool]]
) -> None:
    capacity = Capacity.of(opened, SPAN)
    rows: list[tuple[int, int]] = []
    for after, length, public_only in wanted:
        first = cell_of(EIGHT) + after
        used: dict[int, int] = {}
        for cell, _place in rows:
            used[cell] = used.get(cell, 0) + 1
        free = free_starts(
            capacity, taken_of(_places(rows), capacity), length, public_only=public_only
        )
        at = first - SPAN.first
        if not public_only:
            begins = bool(capacity.starts[at])
            assert bool(free[at]) == (begins and _slow(capacity, used, first, length))
        if not capacity.starts[at]:
            continue
        cells = capacity.cells_of(first, length, public_only=public_only)
        places = (
            None
            if cells is None
            else places_for(_places(rows), capacity, cells, public_only=public_only)
        )
        assert bool(free[at]) == (places is not None)
        if cells is not None and places is not None:
            rows += zip(cells, places, strict=True)
    assert len(set(rows)) == len(rows)
    for cell, place in rows:
        assert 1 <= place <= capacity.places[cell - SPAN.first]
    day = days_of([DayPlan(DAY, tuple(opened), "")], _places(rows), SPAN, booked={}, held={})[0]
    assert all(0 <= slot.taken <= capacity.places.max() for slot in day.slots)
    assert day.free_minutes == day.place_minutes - 5 * len(rows)
