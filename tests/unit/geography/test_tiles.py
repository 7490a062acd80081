"""Numbers of map squares."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loket.geography.rules.spots import Box, Spot
from loket.geography.rules.tiles import NoTiles, Tile, check_tile, tiles_between

TOWN = Box(51_000_000, 3_700_000, 51_050_000, 3_800_000)
HALL = Spot(51.02, 3.75)


def test_the_numbering_is_everybodys() -> None:
    """As mercantile's documentation gives them."""
    assert Tile.at(Spot(40.1222, 20.685), 9) == Tile(9, 285, 193)
    north_west, _south_east = Tile(10, 486, 332).corners
    assert (north_west.lat, north_west.lon) == pytest.approx((53.33087298301705, -9.140625))


@given(st.floats(-85, 85), st.floats(-180, 179.9), st.integers(0, 19))
def test_a_spot_lies_in_its_square(lat: float, lon: float, zoom: int) -> None:
    first, last = Tile.at(Spot(lat, lon), zoom).corners
    assert last.lat - 1e-9 <= lat <= first.lat + 1e-9
    assert first.lon - 1e-9 <= lon <= last.lon + 1e-9


def test_a_rectangle_is_covered() -> None:
    found = list(tiles_between(Spot(51.03, 3.74), Spot(51.01, 3.76), 15))
    assert Tile.at(HALL, 15) in found
    assert len(found) == len(set(found)) == 3 * 4


@pytest.mark.parametrize("zoom", [11, 15, 19])
def test_the_town_is_shown(zoom: int) -> None:
    check_tile(Tile.at(HALL, zoom), TOWN)


@pytest.mark.parametrize(
    "tile",
    [
        Tile.at(Spot(52.37, 4.89), 15),
        Tile(3, 4, 2),
        Tile(20, 500_000, 300_000),
        Tile(15, -1, 0),
        Tile(15, 2**15, 10),
    ],
)
def test_nobody_fetches_the_world_through_the_town(tile: Tile) -> None:
    with pytest.raises(NoTiles):
        check_tile(tile, TOWN)


def test_a_town_without_a_map_has_no_squares() -> None:
    with pytest.raises(NoTiles):
        check_tile(Tile.at(HALL, 15), None)
