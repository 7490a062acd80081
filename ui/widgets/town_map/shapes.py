"""The map as painter paths, made once per map and painted at any scale."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainterPath, QPolygonF

from loket.geography.messages import MapArea, TownMap
from loket.geography.rules.spots import Flat
from loket.geography.rules.whereabouts import AreaKind
from ui.widgets.town_map.model import Projection

_CELL_METRES = 800.0
"""Buildings are painted by such squares: a town has too many to look at each."""


@dataclass(frozen=True)
class Shape:
    """A path with its bounds and, where it has one, its name."""

    path: QPainterPath
    bounds: QRectF
    name: str = ""
    lines: tuple[tuple[QPointF, ...], ...] = ()
    """Of streets and streams: where a name may stand."""


@dataclass(frozen=True)
class Drawing:
    """Everything that is painted under pin and marks, in metres around ``projection``."""

    projection: Projection
    streets: Sequence[Shape] = ()
    streams: Sequence[Shape] = ()
    buildings: Sequence[Shape] = ()
    areas: dict[AreaKind, list[Shape]] = field(default_factory=dict)

    @classmethod
    def of(cls, town_map: TownMap) -> "Drawing":
        projection = Projection.of_map(town_map)
        areas: dict[AreaKind, list[Shape]] = defaultdict(list)
        streams = []
        for area in town_map.areas:
            if area.rings and area.kind is not AreaKind.BUILDING:
                areas[area.kind].append(_filled(area, projection))
            if area.lines:
                streams.append(_stroked(area.name, area.lines, projection))
        streets = [_stroked(s.name, s.lines, projection) for s in town_map.streets]
        return cls(projection, streets, streams, _in_cells(town_map, projection), dict(areas))


def _filled(area: MapArea, projection: Projection) -> Shape:
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.OddEvenFill)
    _add_rings(path, area.rings, projection)
    return Shape(path, path.boundingRect(), area.name)


def _add_rings(path: QPainterPath, rings: Iterable[Flat], projection: Projection) -> None:
    for ring in rings:
        path.addPolygon(QPolygonF(list(projection.points(ring))))
        path.closeSubpath()


def _stroked(name: str, lines: Iterable[Flat], projection: Projection) -> Shape:
    found = tuple(tuple(projection.points(line)) for line in lines)
    path = QPainterPath()
    for line in found:
        path.addPolygon(QPolygonF(list(line)))
    return Shape(path, path.boundingRect(), name, found)


def _in_cells(town_map: TownMap, projection: Projection) -> list[Shape]:
    paths: dict[tuple[int, int], QPainterPath] = defaultdict(QPainterPath)
    for area in town_map.areas:
        if area.kind is AreaKind.BUILDING and area.rings:
            first = next(iter(projection.points(area.rings[0])))
            cell = int(first.x() // _CELL_METRES), int(first.y() // _CELL_METRES)
            _add_rings(paths[cell], area.rings, projection)
    return [Shape(path, path.boundingRect()) for path in paths.values()]
