"""Squares of another map under pin and marks; where one is missing our own drawing shows."""

from collections import OrderedDict
from collections.abc import Callable, Iterator
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSizeF
from PySide6.QtGui import QImage, QPainter

from loket.geography.rules.spots import Nowhere, Spot
from loket.geography.rules.tiles import LEAST_ZOOM, MOST_ZOOM, Tile, tiles_between
from ui.widgets.town_map.model import Camera, Projection

_KEPT: Final = 300
"""Of 256 by 256 points: 75 MB at most."""
_AT_ONCE: Final = 2
"""A slow server must not keep what else a screen reads waiting."""


class TileLayer:
    """What came so far, and what is asked for: a few at once, the ones in view."""

    def __init__(self, ask: Callable[[Tile], object]) -> None:
        self._ask = ask
        self._images: OrderedDict[Tile, QImage | None] = OrderedDict()
        self._asked: set[Tile] = set()

    def put(self, tile: Tile, content: bytes | None) -> None:
        """It came; None: it cannot be had."""
        self._asked.discard(tile)
        image = QImage.fromData(content) if content else QImage()
        self._images[tile] = None if image.isNull() else image
        while len(self._images) > _KEPT:
            self._images.popitem(last=False)

    def forget_missing(self) -> None:
        """Ask again for what could not be had: the server is back."""
        self._images = OrderedDict((tile, one) for tile, one in self._images.items() if one)

    def paint(
        self, painter: QPainter, camera: Camera, projection: Projection, size: QSizeF
    ) -> bool:
        """Put what there is in place and ask for the rest; whether the view is full."""
        to_pixels, full = camera.transform(size), True
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        for tile in _in_view(camera, projection, size):
            image = self._image(tile)
            full = full and image is not None
            if image is not None:
                corners = (projection.to_metres(corner) for corner in tile.corners)
                first, last = (to_pixels.map(metres) for metres in corners)
                # To whole points: no seams between neighbours.
                area = QRectF(first.toPoint(), last.toPoint())
                painter.drawImage(area, image)
        return full

    def _image(self, tile: Tile) -> QImage | None:
        if tile in self._images:
            self._images.move_to_end(tile)
            return self._images[tile]
        if tile not in self._asked and len(self._asked) < _AT_ONCE:
            self._asked.add(tile)
            self._ask(tile)
        return None


def _in_view(camera: Camera, projection: Projection, size: QSizeF) -> Iterator[Tile]:
    zoom = max(LEAST_ZOOM, min(MOST_ZOOM, round(camera.zoom)))
    try:
        first, last = (
            projection.to_spot(camera.metres_at(pixel, size))
            for pixel in (QPointF(), QPointF(size.width(), size.height()))
        )
    except Nowhere:
        return iter(())
    return _nearest_first(tiles_between(first, last, zoom), _middle(first, last), zoom)


def _middle(first: Spot, last: Spot) -> Spot:
    return Spot((first.lat + last.lat) / 2, (first.lon + last.lon) / 2)


def _nearest_first(tiles: Iterator[Tile], middle: Spot, zoom: int) -> Iterator[Tile]:
    heart = Tile.at(middle, zoom)
    return iter(
        sorted(tiles, key=lambda one: abs(one.column - heart.column) + abs(one.row - heart.row))
    )
