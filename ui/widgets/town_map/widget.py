"""The widget: moved by hand, wheel and keys; it tells which spot or mark was chosen."""

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from loket.geography.messages import TownMap
from loket.geography.rules.spots import Nowhere, Spot
from loket.geography.rules.tiles import Tile
from ui.theme.paint import box
from ui.widgets.town_map import painting
from ui.widgets.town_map.model import PLACE_ZOOM, Camera, MapMarker
from ui.widgets.town_map.shapes import Drawing
from ui.widgets.town_map.tiles import TileLayer
from ui.widgets.town_map.zoom_button import BUTTON, ZoomButton

_RADIUS = 10.0
_GAP, _EDGE = 4, 8
_KEY_PIXELS = 64.0
_ARROWS = {
    Qt.Key.Key_Left: (1, 0),
    Qt.Key.Key_Right: (-1, 0),
    Qt.Key.Key_Up: (0, 1),
    Qt.Key.Key_Down: (0, -1),
}
_STEPS = {Qt.Key.Key_Plus: 1.0, Qt.Key.Key_Equal: 1.0, Qt.Key.Key_Minus: -1.0}
_NOTCH = 120.0
"""Eighths of a degree that a usual wheel turns at once."""
_SLIP = 4.0
"""Pixels a hand moves while it only clicks."""


@dataclass(frozen=True)
class MapWords:
    """What the map says of itself, in the language of the screen."""

    name: str
    keys: str
    """How it is moved without a mouse."""
    zoom_in: str
    zoom_out: str


class TownMapView(QWidget):
    """The town, a pin, and numbered marks.

    A click or Enter only tells the spot: whoever shows the map decides and sets the pin.
    """

    spot_chosen = Signal(object)
    """A :class:`Spot`."""
    marker_pressed = Signal(str)
    tile_wanted = Signal(object)
    """A :class:`Tile` that is in view; answered with :meth:`put_tile`."""

    def __init__(self, words: MapWords) -> None:
        super().__init__()
        self._words = words
        self._drawing = Drawing.of(TownMap.empty())
        self._version = ""
        self._camera = Camera()
        self._pin: Spot | None = None
        self._markers: tuple[MapMarker, ...] = ()
        self._tiles: TileLayer | None = None
        self._credit = ""
        self._pressed_at: QPointF | None = None
        self._dragged = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(200, 140)
        self.setAccessibleName(words.name)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self._larger = ZoomButton(words.zoom_in, "ph.plus-bold", self)
        self._smaller = ZoomButton(words.zoom_out, "ph.minus-bold", self)
        self._larger.clicked.connect(lambda: self.zoom(1.0))
        self._smaller.clicked.connect(lambda: self.zoom(-1.0))
        self.describe("")

    # What it shows

    def show_map(self, town_map: TownMap) -> None:
        """Another map; the same one again costs nothing."""
        if town_map.version != self._version:
            looked = None if not self._version else self.spot_at(self._middle())
            self._version = town_map.version
            self._drawing = Drawing.of(town_map)
            at = QPointF() if looked is None else self._drawing.projection.to_metres(looked)
            self._camera = self._camera.at(at)
            self.update()

    def show_tiles(self, credit: str | None) -> None:
        """Another map over our own drawing, and whom it is from; None: only our own."""
        if credit is None:
            self._tiles = None
        elif self._tiles is None:
            self._tiles = TileLayer(self.tile_wanted.emit)
        else:
            self._tiles.forget_missing()
        self._credit = credit or ""
        self.update()

    def put_tile(self, tile: Tile, content: bytes | None) -> None:
        """A square that was wanted; None: it cannot be had."""
        if self._tiles is not None:
            self._tiles.put(tile, content)
            self.update()

    def set_pin(self, spot: Spot | None) -> None:
        """Put the pin, and come to it where it is out of view."""
        if spot == self._pin:
            return
        first = self._pin is None
        self._pin = spot
        if spot is not None and not self._is_in_view(spot):
            self.look_at(spot, close=first)
        self.update()

    def set_markers(self, markers: tuple[MapMarker, ...]) -> bool:
        """Whether these are others than before."""
        if markers == self._markers:
            return False
        self._markers = markers
        self.update()
        return True

    def look_at_all(self) -> None:
        """As close as all marks allow."""
        spots = [self._drawing.projection.to_metres(mark.spot) for mark in self._markers]
        if spots:
            self._camera = Camera.around(spots, self._size())
            self.update()

    def look_at(self, spot: Spot, *, close: bool = True) -> None:
        """Bring a spot to the middle; ``close`` shows the streets around it."""
        zoom = max(self._camera.zoom, PLACE_ZOOM) if close else self._camera.zoom
        point = self._drawing.projection.to_metres(spot)
        self._camera = Camera(point.x(), point.y(), zoom)
        self.update()

    def describe(self, place: str) -> None:
        """What who cannot see the map is told of its pin, before the keys."""
        said = " ".join(part for part in (place, self._words.keys) if part)
        self.setAccessibleDescription(said)

    @property
    def camera(self) -> Camera:
        return self._camera

    # Between spots and pixels

    def spot_at(self, pixel: QPointF) -> Spot | None:
        """The spot under a pixel; None off the earth."""
        try:
            metres = self._camera.metres_at(pixel, self._size())
            return self._drawing.projection.to_spot(metres)
        except Nowhere:
            return None

    def pixel_of(self, spot: Spot) -> QPointF:
        metres = self._drawing.projection.to_metres(spot)
        return self._camera.transform(self._size()).map(metres)

    def zoom(self, steps: float, around: QPointF | None = None) -> None:
        """Larger or smaller, around the middle unless told otherwise."""
        self._camera = self._camera.zoomed(steps, around or self._middle(), self._size())
        self.update()

    def _size(self) -> QSizeF:
        return QSizeF(self.size())

    def _middle(self) -> QPointF:
        return QPointF(self.width() / 2, self.height() / 2)

    def _is_in_view(self, spot: Spot) -> bool:
        inner = QRectF(self.rect()).adjusted(24, painting.PIN_TALL, -24, -8)
        return self._camera.zoom >= PLACE_ZOOM - 2 and inner.contains(self.pixel_of(spot))

    def _marker_at(self, pixel: QPointF) -> MapMarker | None:
        for marker in reversed(self._in_order()):
            if painting.mark_rect(self.pixel_of(marker.spot), chosen=True).contains(pixel):
                return marker
        return None

    def _in_order(self) -> list[MapMarker]:
        """As they are painted: the chosen one over the others."""
        return sorted(self._markers, key=lambda marker: (marker.chosen, -marker.number))

    # What is done to it

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        if event.button() is Qt.MouseButton.LeftButton:
            self._pressed_at, self._dragged = event.position(), False

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        if self._pressed_at is None:
            return
        moved = event.position() - self._pressed_at
        if self._dragged or moved.manhattanLength() > _SLIP:
            self._dragged = True
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
            self._camera = self._camera.moved(moved.x(), moved.y())
            self._pressed_at = event.position()
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        if event.button() is not Qt.MouseButton.LeftButton or self._pressed_at is None:
            return
        self._pressed_at = None
        self.setCursor(Qt.CursorShape.CrossCursor)
        if not self._dragged:
            self._choose(event.position())

    def _choose(self, pixel: QPointF) -> None:
        marker = self._marker_at(pixel)
        if marker is not None:
            self.marker_pressed.emit(marker.id)
            return
        spot = self.spot_at(pixel)
        if spot is not None:
            self.spot_chosen.emit(spot)

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 - Qt's name
        self.zoom(event.angleDelta().y() / _NOTCH / 2, event.position())
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        key = Qt.Key(event.key())
        if key in _ARROWS:
            across, down = _ARROWS[key]
            self._camera = self._camera.moved(across * _KEY_PIXELS, down * _KEY_PIXELS)
            self.update()
        elif key in _STEPS:
            self.zoom(_STEPS[key])
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not self._modified(event):
            spot = self.spot_at(self._middle())
            if spot is not None:
                self.spot_chosen.emit(spot)
        else:
            super().keyPressEvent(event)

    def _modified(self, event: QKeyEvent) -> bool:
        """Ctrl+Enter belongs to the form around the map."""
        return bool(event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip:
            marker = self._marker_at(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), marker.name if marker else "", self)
            return True
        return super().event(event)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        self.update()
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        self.update()
        super().focusOutEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        left = self.width() - BUTTON.width() - _EDGE
        top = self.height() - BUTTON.height() - _EDGE
        self._smaller.move(left, top)
        self._larger.move(left, top - BUTTON.height() - _GAP)
        super().resizeEvent(event)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(360, 270)

    # How it looks

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        painter = QPainter(self)
        area = QRectF(self.rect())
        shape = QPainterPath()
        shape.addRoundedRect(area, _RADIUS, _RADIUS)
        painter.setClipPath(shape)
        painter.save()
        painting.paint_ground(painter, self._drawing, self._camera, self._size())
        painter.restore()
        if not self._paint_tiles(painter):
            found = painting.placed_names(self._drawing, self._camera, self._size(), self._taken())
            painting.paint_names(painter, found, self._camera)
        self._paint_marks(painter)
        box(painter, area, line="border", radius=_RADIUS)
        painter.end()

    def _paint_tiles(self, painter: QPainter) -> bool:
        """Whether they hide our own drawing, and carry their own names."""
        if self._tiles is None:
            return False
        size = self._size()
        full = self._tiles.paint(painter, self._camera, self._drawing.projection, size)
        if self._credit:
            painting.paint_credit(painter, self._credit, size)
        return full

    def _taken(self) -> list[QRectF]:
        """Where no name may stand."""
        taken = [QRectF(self._larger.geometry()), QRectF(self._smaller.geometry())]
        taken += [
            painting.mark_rect(self.pixel_of(marker.spot), chosen=marker.chosen)
            for marker in self._markers
        ]
        if self._pin is not None:
            taken.append(painting.pin_rect(self.pixel_of(self._pin)))
        return taken

    def _paint_marks(self, painter: QPainter) -> None:
        if self._pin is not None:
            painting.paint_pin(painter, self.pixel_of(self._pin))
        # Over the pin, which is seen beside them; half a number is not read.
        for marker in self._in_order():
            painting.paint_mark(painter, marker, self.pixel_of(marker.spot))
        if self.hasFocus():
            painting.paint_cross(painter, self._middle())
