"""Heidebeek's map has what the picture shows, and is the same at every start."""

import pytest

from loket.demo.town_map.features import MIDDLE, map_file
from loket.geography.importing.planning import plan_map
from loket.geography.importing.records import Layers
from loket.geography.rules.spots import is_inside
from loket.geography.rules.whereabouts import AreaKind


@pytest.fixture(scope="module")
def plan():
    return plan_map(map_file(), current=Layers(), version=0)


def test_the_file_has_no_problem_and_is_the_same_again(plan):
    assert plan.problems == ()
    assert not plan_map(map_file(), current=plan.layers, version=1).changes_anything


def test_the_names_of_the_picture_and_of_the_catalogue_are_there(plan):
    places = {(street.name, key.municipality) for key, street in plan.layers.streets.items()}
    wanted = {"Kerkstraat", "Markt", "Stationslaan", "Molendreef", "Heirweg", "Bibliotheekplein"}
    assert {(name, "Heidebeek") for name in wanted} <= places
    assert ("Kerkplein", "Kortbeek") in places
    assert 180 <= len(places) <= 300


def test_kerkstraat_48_stands_in_the_middle(plan):
    spots = {
        (key.street.folded, key.street.municipality, key.house_number): spot
        for key, spot in plan.layers.addresses.items()
    }
    lat, lon = spots["kerkstraat", "Heidebeek", "48"]
    assert abs(lat - MIDDLE.micro[0]) < 800
    assert abs(lon - MIDDLE.micro[1]) < 800


def test_the_quarters_lie_side_by_side(plan):
    quarters = plan.layers.areas[AreaKind.QUARTER]
    assert 6 <= len(quarters) <= 10
    holding = [area.name for area in quarters if is_inside(MIDDLE, area.rings)]
    assert holding == ["Centrum"]
