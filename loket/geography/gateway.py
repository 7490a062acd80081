"""The map from the desk's side."""

from http import HTTPStatus
from types import NoneType

from loket.geography.messages import TilesThere, TownMap
from loket.geography.rules.tiles import Tile
from loket.link.http import Request, ServerLink, read
from loket.link.session import Session


class GeographyGateway:
    """Typed calls about streets and map."""

    def __init__(self, link: ServerLink, session: Session) -> None:
        self._link = link
        self._session = session

    def town_map(self, *, known_version: str | None = None) -> TownMap | None:
        """The map; None when ``known_version`` is still the present one."""
        headers = self._session.bearer()
        if known_version is not None:
            headers["If-None-Match"] = f'"{known_version}"'
        response = self._link.send(Request.get("/town-map", TownMap).with_headers(headers))
        if response.status_code == HTTPStatus.NOT_MODIFIED:
            return None
        return read(response, TownMap)

    def tiles_there(self) -> TilesThere:
        """Whether the town has a tile server."""
        asked = Request.get("/map-tiles", TilesThere).with_headers(self._session.bearer())
        return self._link.call(asked)

    def tile(self, tile: Tile) -> bytes:
        """One square as a picture."""
        path = f"/map-tiles/{tile.zoom}/{tile.column}/{tile.row}"
        asked = Request.get(path, NoneType).with_headers(self._session.bearer())
        return self._link.send(asked).content
