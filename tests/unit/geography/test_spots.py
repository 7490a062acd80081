"""Distances, inside and outside, and what cannot be."""

from math import inf, nan

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from loket.geography.messages import AddressHit
from loket.geography.rules.spots import (
    Nowhere,
    Spot,
    distance_m,
    is_inside,
    line_distance_m,
    middle_of,
)
from loket.geography.rules.whereabouts import Where, checked, where

SPOTS = st.builds(Spot, st.floats(-89, 89), st.floats(-179, 179))
NEAR = st.builds(Spot, st.floats(50.9, 51.3), st.floats(3.0, 3.4))
BOUNDARY = [[51_050_000, 3_100_000, 51_050_000, 3_200_000, 51_150_000, 3_200_000, 51_150_000,
             3_100_000]]  # fmt: skip


@given(SPOTS, SPOTS)
def test_a_distance_is_the_same_both_ways_and_at_most_half_the_earth(one, other):
    assert distance_m(one, other) == pytest.approx(distance_m(other, one), abs=1e-3)
    assert 0 <= distance_m(one, other) <= 20_016_000
    assert distance_m(one, one) == 0


@given(NEAR, NEAR, NEAR)
def test_no_way_round_is_shorter(one, between, other):
    detour = distance_m(one, between) + distance_m(between, other)
    assert distance_m(one, other) <= detour + 1e-6


@given(NEAR, NEAR)
def test_a_line_of_one_stretch_is_as_far_as_its_nearest_end_at_most(spot, end):
    line = [*end.micro, *Spot(51.1, 3.2).micro]
    assert line_distance_m(spot, [line]) <= distance_m(spot, end) * 1.01 + 1


def test_a_known_distance():
    # Brussels to Antwerp, their cathedrals.
    metres = distance_m(Spot(50.8479, 4.3601), Spot(51.2203, 4.4015))
    assert metres == pytest.approx(41_500, rel=0.01)


@pytest.mark.parametrize(("lat", "lon"), [(nan, 3), (51, inf), (91, 3), (51, -181)])
def test_what_is_no_spot_is_never_made(lat, lon):
    with pytest.raises(Nowhere):
        Spot(lat, lon)


def test_no_spot_comes_in_over_the_wire_either():
    hit = {name: "x" for name in AddressHit.model_fields if name != "spot"}
    with pytest.raises((Nowhere, ValidationError)):
        AddressHit.model_validate_json(
            AddressHit(**hit, spot=Spot(51, 3)).model_dump_json().replace("51.0", "511.0")
        )


@pytest.mark.parametrize(
    ("lat", "lon", "expected"),
    [
        (51.10, 3.15, Where.INSIDE),
        (51.20, 3.15, Where.OUTSIDE),  # the town beside
        (51.33, 3.20, Where.OUTSIDE),  # Zeebrugge, on land
        (51.38, 2.80, Where.NOWHERE),  # in the sea
        (50.85, 5.69, Where.NOWHERE),  # Maastricht's side of the country: too far
        (48.85, 2.35, Where.NOWHERE),  # Paris
        (0.0, 0.0, Where.NOWHERE),
    ],
)
def test_where_a_spot_lies(lat, lon, expected):
    assert where(Spot(lat, lon), BOUNDARY) is expected


def test_what_is_nowhere_is_refused_and_what_is_outside_is_not():
    assert checked(Spot(51.2, 3.15), BOUNDARY) is Where.OUTSIDE
    with pytest.raises(Nowhere):
        checked(Spot(51.38, 2.8), BOUNDARY)


def test_a_town_without_a_boundary_takes_the_country_for_its_own():
    assert where(Spot(50.85, 4.35), []) is Where.INSIDE
    assert where(Spot(48.85, 2.35), []) is Where.NOWHERE


@pytest.mark.parametrize(
    "spot",
    [Spot(51.22, 2.93), Spot(49.68, 5.81), Spot(50.63, 6.03), Spot(51.46, 4.45), Spot(50.74, 3.21),
     Spot(50.72, 5.85), Spot(49.51, 5.50), Spot(51.09, 2.59), Spot(50.02, 4.37)],
)  # fmt: skip
def test_every_corner_of_the_country_is_in_it(spot):
    # Ostend, Arlon, Eupen, Essen, Mouscron, Voeren, Torgny, De Panne, Momignies' side
    assert where(spot, []) is Where.INSIDE


@given(NEAR)
def test_between_two_neighbours_a_spot_lies_in_one(spot):
    edge = 3_200_000
    west = [50_000_000, 2_000_000, 50_000_000, edge, 52_000_000, edge, 52_000_000, 2_000_000]
    east = [50_000_000, edge, 50_000_000, 5_000_000, 52_000_000, 5_000_000, 52_000_000, edge]
    assert is_inside(spot, [west]) != is_inside(spot, [east])


def test_a_ring_in_a_ring_is_a_hole():
    hole = [51_090_000, 3_140_000, 51_090_000, 3_160_000, 51_110_000, 3_160_000, 51_110_000,
            3_140_000]  # fmt: skip
    assert not is_inside(Spot(51.10, 3.15), [*BOUNDARY, hole])
    assert is_inside(Spot(51.06, 3.15), [*BOUNDARY, hole])


@pytest.mark.parametrize(
    ("line", "middle"),
    [([0, 0, 10, 20], (5, 10)), ([0, 0, 4, 4, 10, 20], (4, 4)), ([7, 8], (7, 8)),
     ([0, 0, 2, 2, 4, 4, 6, 6], (3, 3))],
)  # fmt: skip
def test_the_middle_of_a_line(line, middle):
    assert middle_of([line]).micro == middle


def test_no_line_has_no_middle():
    assert middle_of([]) is None
    assert middle_of([[]]) is None
