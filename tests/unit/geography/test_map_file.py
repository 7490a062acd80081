"""What a file of map features may say, and what is refused with the feature it stands in."""

import json

import pytest

from loket.geography.command import map_lines
from loket.geography.importing.planning import Counts, plan_map
from loket.geography.importing.records import Layers
from loket.geography.rules.whereabouts import AreaKind
from loket.geography.sentences import KIND_NAMES, MAP_PROBLEMS
from loket.kit.i18n import words
from tests.streets import LAT, LON, PLACED, changed, feature, features, file_of, plan_of, square

KERKSTRAAT, MARKT, FIRST_HOUSE = 5, 6, 7


def found(plan):
    return [(p.feature, p.about, p.code) for p in plan.problems]


def test_a_whole_map_is_read():
    plan = plan_of(features())
    assert found(plan) == []
    assert plan.counts["street"] == Counts(new=2)
    assert plan.counts["address"] == Counts(new=5)
    assert plan.new == ("Kerkstraat, Heidebeek", "Markt, Heidebeek")


def test_what_is_the_same_changes_nothing():
    first = plan_of(features())
    assert not plan_of(features(), first.layers).changes_anything


BOWTIE = {"type": "Polygon", "coordinates": [[[LON, LAT], [LON + 0.01, LAT + 0.01],
          [LON + 0.01, LAT], [LON, LAT + 0.01], [LON, LAT]]]}  # fmt: skip


@pytest.mark.parametrize(
    ("nr", "spoilt", "about", "code"),
    [
        (KERKSTRAAT, {"name": ""}, "name", "missing"),
        (KERKSTRAAT, {"name": "K" * 81}, "name", "too_long"),
        (KERKSTRAAT, {"name": "ﷺ" * 10}, "name", "too_long"),
        (KERKSTRAAT, {"name": "Kerk\nstraat"}, "name", "no_text"),
        (KERKSTRAAT, {"name": ["x"]}, "name", "no_text"),
        (KERKSTRAAT, {"postal_code": "899"}, "postal_code", "bad_postal_code"),
        (KERKSTRAAT, {"kind": "straatje"}, "kind", "unknown_kind"),
        (KERKSTRAAT, {"geometry": {"type": "Point", "coordinates": [LON, LAT]}}, "",
         "wrong_geometry"),
        (KERKSTRAAT, {"geometry": {"type": "LineString", "coordinates": [[LON, LAT]]}}, "",
         "bad_geometry"),
        (KERKSTRAAT, {"geometry": {"type": "LineString", "coordinates": []}}, "", "bad_geometry"),
        (KERKSTRAAT, {"geometry": {"type": "LineString", "coordinates": "x"}}, "", "bad_geometry"),
        (FIRST_HOUSE, {"geometry": {"type": "Point", "coordinates": [LON]}}, "",
         "bad_coordinates"),
        (FIRST_HOUSE, {"geometry": {"type": "Point", "coordinates": [LON, "51"]}}, "",
         "bad_coordinates"),
        (FIRST_HOUSE, {"geometry": {"type": "Point", "coordinates": [LON, float("nan")]}}, "",
         "bad_coordinates"),
        (FIRST_HOUSE, {"geometry": {"type": "Point", "coordinates": [True, LAT]}}, "",
         "bad_coordinates"),
        (FIRST_HOUSE, {"geometry": {"type": "Point", "coordinates": [70123.0, 210456.0]}}, "",
         "not_wgs84"),
        (FIRST_HOUSE, {"geometry": {"type": "Point", "coordinates": [LAT, LON]}}, "",
         "not_in_belgium"),
        (FIRST_HOUSE, {"geometry": {"type": "Point", "coordinates": [2.8, 51.4]}}, "",
         "not_in_belgium"),
        (FIRST_HOUSE, {"house_number": "48", "box": ""}, "house_number", None),
        (FIRST_HOUSE, {"house_number": "1234567890123"}, "house_number", "too_long"),
        (FIRST_HOUSE, {"street": "Nergensstraat"}, "street", "unknown_street"),
        (1, {"geometry": BOWTIE}, "", "crosses_itself"),
        (1, {"geometry": {"type": "Polygon", "coordinates": [[[LON, LAT], [LON, LAT + 0.01]]]}}, "",
         "open_ring"),
        (2, {"kind": "boundary"}, "name", "twice"),
        (2, {"name": ""}, "name", "missing"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_its_feature(nr, spoilt, about, code):
    problems = found(plan_of(changed(nr, **spoilt)))
    if code is None:  # the second one with that number is the one to mend
        assert problems == [(nr + 1, about, "twice")]
    else:
        assert problems == [(nr, about, code)]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "unreadable"),
        (b"\xff\xfe\x00", "unreadable"),
        (b"[" * 100_000, "unreadable"),
        (b"[]", "no_collection"),
        (b'{"type": "FeatureCollection"}', "no_collection"),
        (b'{"features": []}', "no_features"),
        (b'{"features": [null]}', "no_feature"),
        (b'{"features": [{"properties": null}]}', "no_feature"),
    ],
)
def test_what_is_no_map_at_all(content, code):
    plan = plan_map(content, current=Layers(), version=0)
    assert [problem.code for problem in plan.problems] == [code]


def test_coordinates_of_another_system_are_named():
    lambert = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::31370"}}
    plan = plan_map(file_of(features(), crs=lambert), current=Layers(), version=0)
    assert [p.code for p in plan.problems] == ["other_reference"]
    ours = {"type": "name", "properties": {"name": "urn:ogc:def:crs:OGC:1.3:CRS84"}}
    assert not plan_map(file_of(features(), crs=ours), current=Layers(), version=0).problems


def test_a_mark_of_excel_and_dutch_words_do_as_well():
    dutch = {"soort": "straat", "naam": "Heirweg", "postcode": 8995, "gemeente": "Heidebeek"}
    line = {"type": "LineString", "coordinates": [[LON, LAT, 12.5], [LON + 0.01, LAT, 13.0]]}
    content = file_of([{"type": "Feature", "properties": dutch, "geometry": line}])
    plan = plan_map(b"\xef\xbb\xbf" + content, current=Layers(), version=0)
    assert found(plan) == []
    assert plan.new == ("Heirweg, Heidebeek",)


def test_stretches_of_one_street_are_one_street():
    more = feature("street", "LineString", [[LON, LAT], [LON, LAT - 0.01]], name="KERKSTRAAT",
                   **PLACED)  # fmt: skip
    streets = plan_of([*features(), more]).layers.streets
    assert {street.name: len(street.lines) for street in streets.values()} == {
        "Kerkstraat": 2,
        "Markt": 1,
    }


def test_a_kind_that_is_not_in_the_file_stays():
    first = plan_of(features())
    lake = feature("water", "Polygon", square(0.001), name="Vijver")
    plan = plan_of([lake], first.layers)
    assert list(plan.counts) == ["water"]
    assert plan.layers.streets == first.layers.streets
    assert [area.name for area in plan.layers.areas[AreaKind.WATER]] == ["Vijver"]


def test_an_address_goes_with_its_street():
    first = plan_of(features())
    only = [f for f in features() if f["properties"].get("name") == "Markt"]
    plan = plan_of(only, first.layers)
    assert plan.gone == ("Kerkstraat, Heidebeek",)
    assert plan.counts["address"] == Counts(gone=4)


def test_lines_are_thinned_to_what_can_be_seen():
    many = [[LON + nr * 1e-5, LAT] for nr in range(200)]
    plan = plan_of([feature("street", "LineString", many, name="Heirweg", **PLACED)])
    [street] = plan.layers.streets.values()
    assert len(street.lines[0]) == 4


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_problem_and_kind_can_be_said(language):
    say = words(language)
    spoilt = changed(KERKSTRAAT, kind="straatje")
    shown = "\n".join(map_lines(plan_of(spoilt), say))
    assert "straatje" in shown
    assert "5" in shown
    for problem in MAP_PROBLEMS.values():
        assert say(problem)
    assert set(KIND_NAMES) == {"street", "address", *AreaKind}
    assert any("2" in line for line in map_lines(plan_of(features()), say))


def test_the_id_of_a_street_is_its_own_for_good():
    [first, second] = plan_of(features()).layers.streets
    assert first.street_id == plan_of(features()[4:5]).layers.streets.popitem()[0].street_id
    assert first.street_id != second.street_id
    assert len(first.street_id) <= 36


def test_no_file_is_read_with_values_json_does_not_know():
    content = json.dumps({"features": [{"properties": {"kind": float("inf")}}]}).encode()
    assert [p.code for p in plan_map(content, current=Layers(), version=0).problems] == ["no_text"]
