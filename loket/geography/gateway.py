"""The map from the desk's side."""

from http import HTTPStatus

from loket.geography.messages import TownMap
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
