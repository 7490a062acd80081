"""Houses on the map of the town, to which reports happen."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, hypot, radians
from typing import Final

from sqlalchemy import Connection, select

from loket.demo.history.chance import Chance
from loket.demo.town_map.features import MIDDLE
from loket.demo.town_map.layout import quarter_at
from loket.geography.rules.spots import DEGREE_METRES
from loket.geography.tables import AddressPointRow, StreetRow

_HOUSE = AddressPointRow.metadata.tables["address_point"]
_STREET = StreetRow.metadata.tables["street"]
_HOUSES: Final = (
    select(
        _HOUSE.c.house_number,
        _HOUSE.c.lat,
        _HOUSE.c.lon,
        _STREET.c.id,
        _STREET.c.name,
        _STREET.c.postal_code,
        _STREET.c.municipality,
    )
    .join(_STREET, _STREET.c.id == _HOUSE.c.street_id)
    .where(_HOUSE.c.box == "")
    .order_by(_STREET.c.municipality, _STREET.c.name, _HOUSE.c.house_number)
)
_LON_METRES: Final = DEGREE_METRES * cos(radians(MIDDLE.lat))
TOWN: Final = "Heidebeek"


@dataclass(frozen=True, slots=True)
class Somewhere:
    """A place a report is about."""

    street_id: str
    street: str
    number: str
    postal_code: str
    town: str
    lat: float
    lon: float

    @property
    def address(self) -> str:
        return f"{self.street} {self.number}, {self.town}"

    @property
    def letter_address(self) -> str:
        return f"{self.street} {self.number}, {self.postal_code} {self.town}"

    @property
    def quarter(self) -> str:
        x = (self.lon - MIDDLE.lon) * _LON_METRES
        y = (self.lat - MIDDLE.lat) * DEGREE_METRES
        return quarter_at((x, y))

    def moved(self, east: float, north: float) -> "Somewhere":
        """A point some metres away, known by the same house."""
        return Somewhere(
            self.street_id,
            self.street,
            self.number,
            self.postal_code,
            self.town,
            round(self.lat + north / DEGREE_METRES, 7),
            round(self.lon + east / _LON_METRES, 7),
        )

    def metres_to(self, other: "Somewhere") -> float:
        """Near enough, over some hundreds of metres."""
        east = (self.lon - other.lon) * _LON_METRES
        return hypot(east, (self.lat - other.lat) * DEGREE_METRES)


class Town:
    """Every house; some places have more trouble than others."""

    def __init__(self, houses: Sequence[Somewhere]) -> None:
        self.houses = houses

    def house(self, street: str, number: str, town: str = TOWN) -> Somewhere:
        return next(
            one
            for one in self.houses
            if one.street == street and one.number == number and one.town == town
        )

    def anywhere(self, chance: Chance) -> Somewhere:
        """Any house; half of the time one of the sore spots."""
        many = len(self.houses)
        if chance.happens(0.3):
            return self.houses[chance.randrange(many // 40) * 40]
        return self.houses[chance.randrange(many)]


def read_town(connection: Connection) -> Town:
    """The houses of the map as it was imported."""
    return Town(
        [
            Somewhere(row.id, row.name, row.house_number, row.postal_code, row.municipality, *at)
            for row in connection.execute(_HOUSES)
            for at in ((row.lat, row.lon),)
        ]
    )
