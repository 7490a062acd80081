"""Addresses as people type them, and the atlas that finds them."""

import pytest

from loket.geography.atlas import Atlas
from loket.geography.messages import MapStreet, TownMap
from loket.geography.rules.addresses import TypedAddress, readings, street_keys
from loket.geography.rules.spots import Spot, distance_m
from loket.geography.rules.whereabouts import Where
from loket.geography.search import AddressIndex
from tests.streets import LAT, LON, features, town_map


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("kerkstr 48 bus 2", TypedAddress("kerkstr", "48", "2")),
        ("Kerkstraat 48, Heidebeek", TypedAddress("kerkstraat", "48", "", "heidebeek")),
        ("Kerkstraat 48A", TypedAddress("kerkstraat", "48a")),
        ("Kerkstraat 48 a", TypedAddress("kerkstraat", "48a")),
        ("Kerkstraat 48/3", TypedAddress("kerkstraat", "48", "3")),
        ("Kerkstraat 48 b 12 8995 Heidebeek", TypedAddress("kerkstraat", "48", "12",
                                                           "8995 heidebeek")),
        ("Kérkstraat, 48", TypedAddress("kerkstraat", "48")),
        ("11-novemberlaan 5", TypedAddress("11-novemberlaan", "5")),
        ("Kerkstraat", TypedAddress("kerkstraat")),
        ("Markt, Kortbeek", TypedAddress("markt", place="kortbeek")),
    ],
)  # fmt: skip
def test_an_address_as_typed(typed, expected):
    assert readings(typed)[0] == expected


def test_a_number_may_belong_to_the_name():
    assert {reading.street for reading in readings("laan van 8 mei 12")} >= {"laan van 8 mei"}


@pytest.mark.parametrize(
    "typed", ["", " ", "48", ",,,", "12 13 14", "'; DROP TABLE street", "é" * 500]
)
def test_whatever_is_typed_is_read_somehow(typed):
    assert readings(typed)
    Atlas(town_map()).search(typed)


@pytest.mark.parametrize(
    ("short", "full"),
    [
        ("Gentse stwg.", "gentsesteenweg"),
        ("St.-Pietersstr.", "sintpietersstraat"),
        ("stationsln", "stationslaan"),
        ("Bibliotheekpl.", "bibliotheekplein"),
        ("Burg. De Smetstr", "burgemeesterdesmetstraat"),
    ],
)
def test_what_is_cut_short_is_written_out(short, full):
    assert street_keys(short)[-1] == full


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("kerk", "Kerkstraat, Heidebeek"),
        ("kerkstraat 48", "Kerkstraat 48, Heidebeek"),
        ("KERKSTR. 48 bus 2", "Kerkstraat 48 bus 2, Heidebeek"),
        ("kerkstraat 48a", "Kerkstraat 48A, Heidebeek"),
        ("krekstraat 48", "Kerkstraat 48, Heidebeek"),
        ("kerkstaat 2 heidebeek", "Kerkstraat 2, Heidebeek"),
        ("kerkstraat heidebeek 2", "Kerkstraat 2, Heidebeek"),
        ("8995 markt", ""),
        ("markt 8995", "Markt, Heidebeek"),
        ("kerkstraat 7", "Kerkstraat, Heidebeek"),
        ("xyz", ""),
    ],
)
def test_what_is_found_first(typed, first):
    hits = Atlas(town_map()).search(typed)
    assert (hits[0].label if hits else "") == first


def test_while_the_number_is_typed_longer_ones_follow():
    labels = [hit.label for hit in Atlas(town_map()).search("kerkstraat 4")]
    assert labels[:2] == ["Kerkstraat 48, Heidebeek", "Kerkstraat 48A, Heidebeek"]
    assert "Kerkstraat, Heidebeek" in labels


def test_no_more_than_asked_and_nothing_twice():
    hits = Atlas(town_map()).search("kerkstraat 4", limit=2)
    assert len(hits) == 2
    assert len({hit.label for hit in hits}) == 2


def test_a_hit_says_all_of_its_address():
    hit = Atlas(town_map()).search("kerkstraat 48")[0]
    assert (hit.street, hit.house_number, hit.postal_code) == ("Kerkstraat", "48", "8995")
    assert distance_m(hit.spot, Spot(LAT + 0.001, LON)) < 0.2
    assert hit.street_id.startswith("str-")


def test_the_same_street_of_another_village_goes_behind_the_place_that_was_typed():
    more = [f for f in features() if f["properties"]["kind"] == "street"]
    for one in more:
        one["properties"] |= {"municipality": "Kortbeek", "postal_code": "8996"}
    atlas = Atlas(town_map(features() + more))
    assert atlas.search("kerkstraat, kort")[0].municipality == "Kortbeek"
    assert atlas.search("kerkstraat 8995")[0].municipality == "Heidebeek"


def test_the_nearest_house_else_the_street_else_nothing():
    atlas = Atlas(town_map())
    assert atlas.nearest(Spot(LAT + 0.0009, LON)).label == "Kerkstraat 48, Heidebeek"
    street = atlas.nearest(Spot(LAT - 0.0019, LON + 0.0001))
    assert street.label == "Kerkstraat, Heidebeek"
    assert street.spot == Spot(LAT - 0.0019, LON + 0.0001)
    assert atlas.nearest(Spot(LAT + 0.01, LON)) is None
    assert Atlas(TownMap.empty()).nearest(Spot(LAT, LON)) is None


def test_quarter_and_boundary():
    atlas = Atlas(town_map())
    assert atlas.quarter_of(Spot(LAT, LON)) == "Centrum"
    assert atlas.quarter_of(Spot(LAT + 0.01, LON)) is None
    assert atlas.quarters() == ("Centrum",)
    assert atlas.where(Spot(LAT, LON)) is Where.INSIDE
    assert atlas.where(Spot(LAT + 0.03, LON)) is Where.OUTSIDE


def test_in_a_town_of_1500_streets_each_is_found_by_its_name_and_by_a_slip():
    streets = [
        MapStreet(
            id=f"str-{nr}",
            name=f"{_syllables(nr)}straat",
            postal_code="8995",
            municipality="Heidebeek",
            lines=[[51_000_000 + nr, 3_000_000, 51_000_000 + nr, 3_001_000]],
            numbers=["12"],
            spots=[51_000_000 + nr, 3_000_000],
        )
        for nr in range(1500)
    ]
    index = AddressIndex(streets)
    for street in streets[::50]:
        assert index.search(f"{street.name} 12")[0].street == street.name
        slip = street.name[0] + street.name[2] + street.name[1] + street.name[3:]
        assert street.name in [hit.street for hit in index.search(f"{slip} 12")]


def _syllables(nr: int) -> str:
    parts = ("ba", "ko", "li", "mer", "nu", "pe", "ro", "sta", "to", "ve", "wij", "zan")
    return (parts[nr % 12] + parts[nr // 12 % 12] + parts[nr // 144 % 12]).capitalize()
