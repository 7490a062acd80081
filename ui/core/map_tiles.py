"""Fetches squares of another map off the GUI thread, for a map that wants them."""

from functools import partial
from typing import Any, Protocol

from PySide6.QtCore import QObject, Signal

from loket.geography.messages import TilesThere
from loket.geography.rules.tiles import Tile
from ui.core.tasks import TaskRunner


class Tiles(Protocol):
    """The desk, as this needs it."""

    def tiles(self) -> TilesThere: ...
    def tile(self, tile: Tile) -> bytes: ...


class ShowsTiles(Protocol):
    """A map."""

    tile_wanted: Any
    """Signal with a :class:`Tile`."""

    def put_tile(self, tile: Tile, content: bytes | None) -> None: ...
    def show_tiles(self, credit: str | None) -> None: ...


class MapTiles(QObject):
    """Whether there are any, and each that is wanted."""

    told = Signal(object)
    """Whom they are from; None: the town has no tile server, or it is not known yet."""
    came = Signal(object, object)
    """A :class:`Tile` and its bytes; None: it cannot be had."""

    def __init__(self, desk: Tiles, tasks: TaskRunner, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._tasks = tasks
        self.credit: str | None = None
        """As last told."""

    def serve(self, shown: ShowsTiles) -> None:
        """Give a map what it wants, from now on."""
        shown.tile_wanted.connect(self.want)
        self.came.connect(shown.put_tile)
        self.told.connect(shown.show_tiles)
        shown.show_tiles(self.credit)

    def look(self) -> None:
        """Whether there are any now; what could not be had is wanted again."""
        self._tasks.run(
            self._desk.tiles,
            owner=self,
            done=self._on_told,
            failed=lambda _error: None,
            latest="tiles",
        )

    def _on_told(self, found: TilesThere) -> None:
        self.credit = found.credit if found.there else None
        self.told.emit(self.credit)

    def want(self, tile: Tile) -> None:
        self._tasks.run(
            partial(self._desk.tile, tile),
            owner=self,
            done=partial(self.came.emit, tile),
            failed=lambda _error: self.came.emit(tile, None),
        )
