"""The map at a desk: in memory, on disk for when the server is away, checked by version."""

from pathlib import Path

from loket.desk.errors import NoTownMap
from loket.desk.shelf import Shelf
from loket.geography.gateway import GeographyGateway
from loket.geography.messages import TownMap


class MapShelf(Shelf[TownMap]):
    """The newest map that this desk could get."""

    def __init__(self, gateway: GeographyGateway, file: Path) -> None:
        super().__init__(gateway.town_map, TownMap, file, NoTownMap)
