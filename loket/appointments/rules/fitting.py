"""Which booked appointments no longer fit a schedule, as it is or as it would be."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from loket.appointments.rules.capacity import Capacity, Counts, Span
from loket.appointments.rules.cells import cell_of, cells_for, moment_of
from loket.appointments.rules.schedule import Plan
from loket.kit.clock import local_day

Cells: TypeAlias = NDArray[np.int64]


class Unfit(StrEnum):
    """Why an appointment no longer fits."""

    CLOSED = "closed"
    """No appointments are offered during the whole of it."""
    FULL = "full"
    """More were booked at once than there now are places; these came last."""


@dataclass(frozen=True)
class BookedTime:
    """What a booked appointment takes of a calendar."""

    id: str
    starts_at: datetime
    minutes: int
    buffer_minutes: int
    booked_at: datetime

    @property
    def cells(self) -> range:
        """The five minutes of service."""
        first = cell_of(self.starts_at)
        return range(first, first + cells_for(self.minutes))

    @property
    def buffer(self) -> range:
        """Those of its buffer, which needs a place only where there still is an opening."""
        end = self.cells.stop
        return range(end, end + cells_for(self.buffer_minutes))


def unfit(plan: Plan, booked: Sequence[BookedTime]) -> dict[str, Unfit]:
    """Those that do not fit, by id. Where there are too many at once, who booked first stays."""
    if not booked:
        return {}
    begins, ends, buffers = _cells_of(booked)
    span = Span(int(begins.min()), int(buffers.max() - begins.min()))
    places = _places(plan, span)
    open_until = np.concatenate(([0], np.cumsum(places > 0)))
    opened = open_until[ends - span.first] - open_until[begins - span.first]
    closed = opened < ends - begins
    inside = [one for one, shut in zip(booked, closed, strict=True) if not shut]
    found = {one.id: Unfit.CLOSED for one, shut in zip(booked, closed, strict=True) if shut}
    return found | dict.fromkeys(_too_many(inside, places, span), Unfit.FULL)


def _cells_of(booked: Sequence[BookedTime]) -> tuple[Cells, Cells, Cells]:
    """Where each begins, where its service ends, and where its buffer does."""
    rows = [(one.cells.start, one.cells.stop, one.buffer.stop) for one in booked]
    begins, ends, buffers = np.array(rows, dtype=np.int64).T
    return begins, ends, buffers


def _places(plan: Plan, span: Span) -> Counts:
    first, last = local_day(moment_of(span.first)), local_day(moment_of(span.end))
    openings = [opening for day in plan.between(first, last) for opening in day.openings]
    return Capacity.of(openings, span).places


def _too_many(booked: Sequence[BookedTime], places: Counts, span: Span) -> list[str]:
    """Those for whom no place is left, once each who booked before has one."""
    left = places.astype(np.int64)
    for one in booked:
        left[_part(one.cells, span)] -= 1
        buffer = _part(one.buffer, span)
        left[buffer] -= places[buffer] > 0
    if left.min(initial=0) >= 0:
        return []
    crowded = left < 0
    asked = [one for one in booked if crowded[_whole(one, span)].any()]
    settled = {one.id for one in asked}
    left = places.astype(np.int64)
    for one in booked:
        if one.id not in settled:
            _take(left, one, places, span)
    ordered = sorted(asked, key=lambda one: (one.booked_at, one.id))
    return [one.id for one in ordered if not _take(left, one, places, span)]


def _take(left: Cells, one: BookedTime, places: Counts, span: Span) -> bool:
    """Take a place in each cell if every one has one left."""
    service, buffer = _part(one.cells, span), _part(one.buffer, span)
    needs = places[buffer] > 0
    if left[service].min() < 1 or (needs & (left[buffer] < 1)).any():
        return False
    left[service] -= 1
    left[buffer] -= needs
    return True


def _part(cells: range, span: Span) -> slice:
    return span.part(cells.start, cells.stop)


def _whole(one: BookedTime, span: Span) -> slice:
    return span.part(one.cells.start, one.buffer.stop)
