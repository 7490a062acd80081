"""The catalogue at a desk: in memory, on disk for when the server is away, checked by version."""

from pathlib import Path

from loket.catalogue.gateway import CatalogueGateway
from loket.catalogue.messages import Catalogue
from loket.desk.errors import NoCatalogue
from loket.desk.shelf import Shelf


class CatalogueShelf(Shelf[Catalogue]):
    """The newest catalogue that this desk could get."""

    def __init__(self, gateway: CatalogueGateway, file: Path) -> None:
        super().__init__(gateway.catalogue, Catalogue, file, NoCatalogue)
