"""The catalogue from the desk's side."""

from http import HTTPStatus

from loket.catalogue.messages import Catalogue
from loket.link.http import Request, ServerLink, read
from loket.link.session import Session


class CatalogueGateway:
    """Typed calls about what the town offers."""

    def __init__(self, link: ServerLink, session: Session) -> None:
        self._link = link
        self._session = session

    def catalogue(self, *, known_version: str | None = None) -> Catalogue | None:
        """The catalogue; None when ``known_version`` is still the present one."""
        headers = self._session.bearer()
        if known_version is not None:
            headers["If-None-Match"] = f'"{known_version}"'
        response = self._link.send(Request.get("/catalogue", Catalogue).with_headers(headers))
        if response.status_code == HTTPStatus.NOT_MODIFIED:
            return None
        return read(response, Catalogue)
