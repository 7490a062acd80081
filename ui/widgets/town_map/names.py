"""Where names stand: along their streets, upright to read, none over another."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from math import atan2, degrees, hypot

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QTransform

_BEND_DEGREES = 10.0
"""A name runs on over a bend that is no sharper."""
_TALL = 16.0
_MARGIN = 8.0


@dataclass(frozen=True)
class Name:
    """A name in pixels: its middle, and its turn in degrees clockwise."""

    text: str
    middle: QPointF
    turn: float
    width: float
    quiet: bool = False
    """Of a quarter: larger, behind the others."""

    def bounds(self) -> QRectF:
        """The upright rectangle around it."""
        own = QRectF(-self.width / 2 - 4, -_TALL / 2, self.width + 8, _TALL)
        turned = QTransform().translate(self.middle.x(), self.middle.y()).rotate(self.turn)
        return turned.mapRect(own)


class Room:
    """What is taken already."""

    def __init__(self, view: QRectF, taken: Iterable[QRectF] = ()) -> None:
        self.view = view.adjusted(_MARGIN, _MARGIN, -_MARGIN, -_MARGIN)
        self._taken = list(taken)

    def take(self, names: Iterable[Name]) -> Name | None:
        """The first that fits, which takes its place."""
        for name in names:
            bounds = name.bounds()
            if self.view.contains(bounds) and not any(bounds.intersects(t) for t in self._taken):
                self._taken.append(bounds)
                return name
        return None


def along(text: str, width: float, line: Iterable[QPointF], view: QRectF) -> Iterator[Name]:
    """Places for a name along a line of pixels, the best first."""
    runs = [seen for run in _runs(list(line)) if (seen := _seen(*run, view)) is not None]
    runs.sort(key=_length, reverse=True)
    for start, end in runs:
        room = _length((start, end)) - width - 2 * _MARGIN
        if room < 0:
            return
        turn = _upright(degrees(atan2(end.y() - start.y(), end.x() - start.x())))
        for share in (0.5, 0.25, 0.75, 0.1, 0.9):
            part = (_MARGIN + width / 2 + share * room) / _length((start, end))
            yield Name(text, start + (end - start) * part, turn, width)


def beside(
    text: str, width: float, line: Iterable[QPointF], view: QRectF, down: float
) -> Iterator[Name]:
    """Level places under a winding line."""
    seen = [point for point in line if view.contains(point)]
    for share in (0.2, 0.8, 0.5):
        if seen:
            point = seen[int(share * (len(seen) - 1))]
            yield Name(text, point + QPointF(0, down), 0.0, width)


def within(
    text: str, width: float, bounds: QRectF, view: QRectF, *, quiet: bool = False
) -> Iterator[Name]:
    """Level places inside an area, as far as it is in view."""
    seen = bounds.intersected(view)
    if seen.isEmpty() or bounds.width() < width:
        return
    for across, down in ((0.5, 0.5), (0.5, 0.3), (0.5, 0.7), (0.3, 0.5), (0.7, 0.5)):
        middle = seen.topLeft() + QPointF(seen.width() * across, seen.height() * down)
        yield Name(text, middle, 0.0, width, quiet)


def _runs(line: list[QPointF]) -> Iterator[tuple[QPointF, QPointF]]:
    """The line in stretches that are straight enough for a name."""
    start, before = 0, None
    for at, (one, other) in enumerate(pairwise(line)):
        turn = degrees(atan2(other.y() - one.y(), other.x() - one.x()))
        if before is not None and abs((turn - before + 180) % 360 - 180) > _BEND_DEGREES:
            yield line[start], one
            start = at
        before = turn
    if len(line) > 1:
        yield line[start], line[-1]


def _length(run: tuple[QPointF, QPointF]) -> float:
    return hypot(run[1].x() - run[0].x(), run[1].y() - run[0].y())


def _upright(turn: float) -> float:
    """Never upside down; what is nearly upright reads from below."""
    while turn >= 80:  # noqa: PLR2004 - degrees
        turn -= 180
    while turn < -100:  # noqa: PLR2004 - degrees
        turn += 180
    return turn


def _seen(start: QPointF, end: QPointF, view: QRectF) -> tuple[QPointF, QPointF] | None:
    """What of a stretch is in view (Liang and Barsky, 1984)."""
    first, last = 0.0, 1.0
    dx, dy = end.x() - start.x(), end.y() - start.y()
    sides = (
        (-dx, start.x() - view.left()),
        (dx, view.right() - start.x()),
        (-dy, start.y() - view.top()),
        (dy, view.bottom() - start.y()),
    )
    for towards, room in sides:
        if towards == 0:
            if room < 0:
                return None
        elif towards < 0:
            first = max(first, room / towards)
        else:
            last = min(last, room / towards)
    if first >= last:
        return None
    return start + (end - start) * first, start + (end - start) * last
