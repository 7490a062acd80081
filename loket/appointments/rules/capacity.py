"""Capacity of a calendar in cells, and the free moments that it leaves."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from loket.appointments.rules.cells import CELL_MINUTES, cell_of, moment_of
from loket.appointments.rules.lengths import Length
from loket.appointments.rules.schedule import Opening

Counts: TypeAlias = NDArray[np.int16]
Flags: TypeAlias = NDArray[np.bool_]
TakenPlaces: TypeAlias = NDArray[np.int64]
"""A row for each cell and place that is booked or held."""
TAKEN_BASE = 32
NEAR = 3


@dataclass(frozen=True)
class Span:
    """Cells from a first one, as many as the arrays beside it are long."""

    first: int
    size: int

    @classmethod
    def between(cls, begin: datetime, end: datetime) -> "Span":
        """The cells from a moment to another."""
        first = cell_of(begin)
        return cls(first, cell_of(end - timedelta(microseconds=1)) + 1 - first)

    @property
    def end(self) -> int:
        return self.first + self.size

    def part(self, begin: int, end: int) -> slice:
        """The cells from ``begin`` to ``end`` as far as they lie within."""
        return slice(max(begin - self.first, 0), min(max(end - self.first, 0), self.size))


@dataclass(frozen=True)
class Capacity:
    """What openings offer, per cell."""

    span: Span
    public: Counts
    desk: Counts
    starts: Flags
    """Where an appointment may begin."""

    @classmethod
    def of(cls, openings: Iterable[Opening], span: Span) -> "Capacity":
        public, desk = np.zeros(span.size, np.int16), np.zeros(span.size, np.int16)
        starts = np.zeros(span.size, np.bool_)
        for opening in openings:
            begin, end = cell_of(opening.starts_at), cell_of(opening.ends_at)
            cells = span.part(begin, end)
            public[cells] += opening.public_places
            desk[cells] += opening.desk_places
            step = opening.grid_minutes // CELL_MINUTES
            before = max(span.first - begin, 0)  # of this opening, outside the span
            starts[span.part(begin + -(-before // step) * step, end)][::step] = True
        return cls(span, public, desk, starts)

    @property
    def places(self) -> Counts:
        return self.public + self.desk

    def cells_of(
        self, first: int, length: Length, *, public_only: bool = False
    ) -> list[int] | None:
        """What is taken from a cell on, or nothing where its minutes do not lie within openings.

        Its buffer is taken wherever there still is an opening, also behind a short break.
        """
        offered = self.public if public_only else self.places
        service = range(first, first + length.cells)
        if service.stop > self.span.end or not offered[self._at(service)].all():
            return None
        behind = range(service.stop, min(service.stop + length.buffer_cells, self.span.end))
        return [*service, *(cell for cell in behind if offered[cell - self.span.first])]

    def _at(self, cells: range) -> slice:
        return self.span.part(cells.start, cells.stop)


@dataclass(frozen=True)
class Taken:
    """How many places are taken, per cell; of them the public ones."""

    all: Counts
    public: Counts


def taken_places(listed: str, *, but_not: str = "") -> TakenPlaces:
    """From their numbers with spaces between: cell × :data:`TAKEN_BASE` + place."""
    numbers = _numbers(listed)
    if but_not:
        numbers = np.setdiff1d(numbers, _numbers(but_not), assume_unique=True)
    return np.stack(np.divmod(numbers, TAKEN_BASE), axis=1)


def _numbers(listed: str) -> NDArray[np.int64]:
    if not listed:  # which numpy takes for a text it cannot read
        return np.empty(0, np.int64)
    return np.fromstring(listed, dtype=np.int64, sep=" ")


def taken_of(found: TakenPlaces, capacity: Capacity) -> Taken:
    """How much of the capacity is booked or held; all of it lies within its span."""
    size = capacity.span.size
    at = found[:, 0] - capacity.span.first
    counts = np.bincount(at, minlength=size).astype(np.int16)
    is_public = found[:, 1] <= capacity.public[at]
    public = np.bincount(at[is_public], minlength=size).astype(np.int16)
    return Taken(counts, public)


def free_starts(
    capacity: Capacity, taken: Taken, length: Length, *, public_only: bool = False
) -> Flags:
    """Where an appointment of this length may begin.

    Its minutes must lie within openings, in cells with a place left; its buffer only needs a place
    left where there still is an opening.
    """
    offered = capacity.public if public_only else capacity.places
    used = taken.public if public_only else taken.all
    full = used >= offered
    whole = _clear(full, length.cells)
    # Behind the last cell of the span there is no opening: a buffer may reach there.
    behind = _clear(full & (offered > 0), length.cells + length.buffer_cells, open_ended=True)
    return capacity.starts & whole & behind


def _clear(blocked: Flags, cells: int, *, open_ended: bool = False) -> Flags:
    """Where none of the next so many cells is blocked."""
    size = len(blocked)
    counted = np.zeros(size + cells + 1, np.int32)
    np.cumsum(blocked, out=counted[1 : size + 1])
    counted[size + 1 :] = counted[size]
    clear: Flags = counted[cells : cells + size] == counted[:size]
    if not open_ended:
        clear[max(size - cells + 1, 0) :] = False
    return clear


def moments(free: Flags, span: Span, *, begin: datetime, end: datetime) -> list[datetime]:
    """The moments that are free, from ``begin`` and before ``end``."""
    found = np.flatnonzero(free) + span.first
    kept = found[(found >= -(-_minutes(begin) // CELL_MINUTES)) & (found < cell_of(end))]
    return [moment_of(int(cell)) for cell in kept]


def _minutes(moment: datetime) -> int:
    """Since 1970, rounded up: a moment that began is past."""
    seconds = moment.timestamp()
    return int(-(-seconds // 60))


def nearest(free: Sequence[datetime], wanted: datetime) -> list[datetime]:
    """Up to three free moments closest to the one that was wanted, in order of time."""
    closest = sorted(free, key=lambda moment: (abs(moment - wanted), moment))[:NEAR]
    return sorted(closest)


def places_for(
    taken: TakenPlaces, capacity: Capacity, cells: Sequence[int], *, public_only: bool
) -> list[int] | None:
    """A place for each cell, or None when one of them is full.

    A clerk's booking takes the desk's own places first, so that those of the citizens stay.
    """
    held: dict[int, set[int]] = {}
    for cell, place in taken.tolist():
        held.setdefault(cell, set()).add(place)
    chosen: list[int] = []
    for cell in cells:
        at = cell - capacity.span.first
        public, desk = int(capacity.public[at]), int(capacity.desk[at])
        open_places = [*([] if public_only else range(public + 1, public + desk + 1))]
        open_places += range(1, public + 1)
        used = held.get(cell, set())
        free = [place for place in open_places if place not in used]
        if not free or len(used) >= public + desk:
            return None
        chosen.append(free[0])
    return chosen
