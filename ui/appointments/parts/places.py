"""Which things of a calendar can be pointed at, and which is next when an arrow is pressed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QRectF

from ui.appointments.layout import Axis, counted
from ui.appointments.state import Block, DayColumn, Look, SlotFace

STRIP, STRIP_LEFT, LANES_LEFT, LANES_RIGHT = 8.0, 3.0, 13.0, 2.0
_GAP = 1.0
_WORST = (Look.LATE, Look.CALLED, Look.SERVING, Look.ARRIVED, Look.OWN, Look.BOOKED)


@dataclass(frozen=True)
class Target:
    """A block, or the free places of a row."""

    column: int
    start: int
    lane: int
    rect: QRectF
    spoken: str
    block: Block | None = None
    slot: SlotFace | None = None

    @property
    def key(self) -> str:
        if self.block is not None:
            return self.block.key
        return f"slot:{self.slot.starts_at.isoformat()}" if self.slot else ""

    @property
    def starts_at(self) -> datetime | None:
        return self.slot.starts_at if self.slot else None


@dataclass(frozen=True)
class Geometry:
    """The page of days in pixels."""

    axis: Axis
    left: float
    width: float
    columns: tuple[DayColumn, ...]
    by_day: bool = False

    @property
    def column_width(self) -> float:
        return self.width / max(1, len(self.columns))

    def column_left(self, place: int) -> float:
        return self.left + place * self.column_width

    def lanes_width(self) -> float:
        return self.column_width - LANES_LEFT - LANES_RIGHT

    def counted(self, place: int) -> bool:
        """Whether that day shows counts; a day on its own rather scrolls sideways."""
        return not self.by_day and counted(self.columns[place].lanes, self.lanes_width())

    def lane_rect(self, place: int, span: tuple[int, int], lane: int, lanes: int = 1) -> QRectF:
        """Where something stands that takes so many lanes from this one on."""
        width = self.lanes_width() / self.columns[place].lanes
        left = self.column_left(place) + LANES_LEFT + lane * width
        top, bottom = self.axis.y(span[0]), self.axis.y(span[1])
        return QRectF(left, top, width * lanes - _GAP, bottom - top - _GAP)

    def block_rect(self, place: int, block: Block) -> QRectF:
        return self.lane_rect(place, (block.start, block.end), block.lane)

    def strip_rect(self, place: int, slot: SlotFace) -> QRectF:
        top, bottom = self.axis.y(slot.start), self.axis.y(slot.end)
        left = self.column_left(place) + STRIP_LEFT
        return QRectF(left, top, STRIP, bottom - top - _GAP)

    def row_rect(self, place: int, slot: SlotFace) -> QRectF:
        """The whole row of a slot, beside its strip."""
        return self.lane_rect(place, (slot.start, slot.end), 0, self.columns[place].lanes)


def targets(geometry: Geometry) -> tuple[Target, ...]:
    """All that the keyboard reaches: day by day, from early to late."""
    found: list[Target] = []
    for place, column in enumerate(geometry.columns):
        here = _of_day(geometry, place, column)
        found += sorted(here, key=lambda each: (each.start, each.lane))
    return tuple(found)


def _of_day(geometry: Geometry, place: int, column: DayColumn) -> list[Target]:
    counts = geometry.counted(place)
    here = [
        Target(place, each.start, each.lane, geometry.block_rect(place, each), each.spoken, each)
        for each in column.blocks
        if not counts
    ]
    for slot in column.slots:
        if counts or (slot.left and not slot.past):
            rect = _free_rect(geometry, place, column, slot, counts=counts)
            here.append(Target(place, slot.start, 99, rect, slot.spoken, slot=slot))
    return here


def _free_rect(
    geometry: Geometry, place: int, column: DayColumn, slot: SlotFace, *, counts: bool
) -> QRectF:
    """The first lane of the row in which nothing stands; the whole row where counts are shown."""
    if counts:
        return geometry.row_rect(place, slot)
    taken = {each.lane for each in column.blocks if each.start < slot.end and slot.start < each.end}
    lane = next((each for each in range(slot.places) if each not in taken), slot.places - 1)
    return geometry.lane_rect(place, (slot.start, slot.end), min(lane, column.lanes - 1))


def busiest(column: DayColumn, slot: SlotFace) -> Look:
    """What a count is coloured for: the most urgent that is in it."""
    looks = {each.look for each in column.blocks if each.start < slot.end and slot.start < each.end}
    return next((look for look in _WORST if look in looks), Look.DONE if looks else Look.BOOKED)


def stepped(all_of_them: Sequence[Target], key: str, down: int) -> Target | None:
    """The next of the same day, above or below."""
    here = _found(all_of_them, key)
    if here is None:
        return all_of_them[0] if all_of_them else None
    same = [each for each in all_of_them if each.column == here.column]
    place = same.index(here) + down
    return same[place] if 0 <= place < len(same) else here


def sideways(all_of_them: Sequence[Target], key: str, step: int) -> Target | None:
    """The nearest in time on the day beside it; None: the page has to be turned."""
    here = _found(all_of_them, key)
    if here is None:
        return all_of_them[0] if all_of_them else None
    beside = [each for each in all_of_them if (each.column - here.column) * step > 0]
    if not beside:
        return None
    nearest = min((abs(each.column - here.column) for each in beside), default=0)
    column = [each for each in beside if abs(each.column - here.column) == nearest]
    return min(column, key=lambda each: (abs(each.start - here.start), abs(each.lane - here.lane)))


def _found(all_of_them: Sequence[Target], key: str) -> Target | None:
    return next((each for each in all_of_them if each.key == key), None)
