"""Where a report is: in which quarter, or outside the town; and what cannot be."""

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import Connection

from loket.geography.queries import Places
from loket.geography.rules.spots import Spot
from loket.geography.rules.whereabouts import Where
from loket.reports.messages.taking import Place


@dataclass(frozen=True)
class Located:
    """What the town's map knows of a place."""

    quarter: str = ""
    outside: bool = False
    """Outside the town: allowed, and to be forwarded."""


Locate = Callable[[Connection, Place], Located]
"""Refuses what cannot be: coordinates in the sea."""


class MapOfPlaces:
    """Looks a place up on the map; a town without a map knows no quarters and no border."""

    def __init__(self, places: Places) -> None:
        self._places = places

    def __call__(self, connection: Connection, place: Place) -> Located:
        if not place.address and place.lat is None:
            return Located()
        atlas = self._places.now(connection)
        if place.lat is None or place.lon is None:
            return Located(outside=atlas.is_elsewhere(place.address))
        spot = Spot(place.lat, place.lon)
        outside = atlas.checked(spot) is Where.OUTSIDE
        return Located(atlas.quarter_of(spot) or "", outside)
