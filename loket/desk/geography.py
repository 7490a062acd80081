"""Streets, addresses and the map at a desk; all of it also while the server is away."""

from threading import Lock

from loket.desk.errors import NoTownMap
from loket.desk.map_shelf import MapShelf
from loket.desk.presence import Presence
from loket.geography.atlas import Atlas
from loket.geography.gateway import GeographyGateway
from loket.geography.messages import AddressHit, TilesThere, TownMap
from loket.geography.rules.spots import Spot
from loket.geography.rules.tiles import Tile
from loket.geography.rules.whereabouts import Where


class GeographyDesk:
    """Answers from the map on the desk's own shelf; only a desk without one asks the server.

    A newer map comes by itself, at each connection and after each import.
    """

    def __init__(self, presence: Presence, shelf: MapShelf, gateway: GeographyGateway) -> None:
        self._presence = presence
        self._gateway = gateway
        self._shelf = shelf
        self._lock = Lock()
        self._atlas: Atlas | None = None

    def map(self) -> TownMap:
        """The map that this desk has."""
        return self.atlas().map

    def search(self, text: str, limit: int = 8) -> tuple[AddressHit, ...]:
        """Addresses for what was typed so far, best first."""
        return self.atlas().search(text, limit)

    def nearest(self, spot: Spot) -> AddressHit | None:
        """The house beside a spot, or else the street."""
        return self.atlas().nearest(spot)

    def quarters(self) -> tuple[str, ...]:
        """The names of all quarters, in order."""
        return self.atlas().quarters()

    def quarter_of(self, spot: Spot) -> str | None:
        """The name of the quarter it lies in."""
        return self.atlas().quarter_of(spot)

    def where(self, spot: Spot) -> Where:
        """Whether it lies in the town, outside it, or nowhere."""
        return self.atlas().where(spot)

    def tiles(self) -> TilesThere:
        """Whether the server can give squares of another map; asks it."""
        with self._presence.as_somebody():
            return self._gateway.tiles_there()

    def tile(self, tile: Tile) -> bytes:
        """One of them; asks the server."""
        with self._presence.as_somebody():
            return self._gateway.tile(tile)

    def atlas(self) -> Atlas:
        """The map, ready to be asked; one for as long as the map stays the same."""
        with self._presence.as_somebody():
            found = self._at_hand()
        with self._lock:
            if self._atlas is None or self._atlas.map is not found:
                self._atlas = Atlas(found)
            return self._atlas

    def _at_hand(self) -> TownMap:
        try:
            return self._shelf.at_hand()
        except NoTownMap:
            return self._shelf.newest()
