"""Streets and map on a real database: what an import writes, keeps and refuses; what desks get."""

import json
from pathlib import Path

import pytest
from sqlalchemy import insert, select
from sqlalchemy.exc import DBAPIError, IntegrityError

from loket.geography.importing.planning import MapPlan, plan_map
from loket.geography.queries import Places, read_layers, read_map_version, read_town_map
from loket.geography.rules.spots import Nowhere, Spot
from loket.geography.rules.whereabouts import AreaKind, Where
from loket.geography.tables import AddressPointRow, MapAreaRow, StreetRow
from loket.geography.usecases import MapHasProblems, MapMovedOn, import_map
from loket.kit.i18n import words
from loket.server.importing import SYSTEM
from loket.server.streets import NoMapFile, carry_out, import_streets
from loket.store.tables import EventRow, JournalRow
from loket.store.work import Request
from tests.builders import SITE
from tests.streets import LAT, LON, PLACED, address, changed, feature, features, file_of, square

NL = words("nl")


def plan(store, found=None) -> MapPlan:
    with store.reading() as reads:
        current, version = read_layers(reads), read_map_version(reads)
    return plan_map(file_of(found or features()), current=current, version=version)


def bring(store, found=None) -> MapPlan:
    made = plan(store, found)
    carry_out(store, made)
    return made


def the_map(store):
    with store.reading() as reads:
        return read_town_map(reads)


def test_what_was_imported_is_read_back_whole(store):
    made = bring(store)
    with store.reading() as reads:
        layers = read_layers(reads)
    assert layers.streets == made.layers.streets
    assert layers.addresses == made.layers.addresses
    assert {kind: set(areas) for kind, areas in layers.areas.items()} == {
        kind: set(areas) for kind, areas in made.layers.areas.items()
    }


def test_the_same_file_again_changes_nothing(store):
    bring(store)
    again = plan(store)
    assert not again.changes_anything
    carry_out(store, again)
    assert the_map(store).version == "1"


def test_the_map_has_each_house_number_once_in_order(store):
    bring(store, [*features(), address("10", LAT + 0.0004)])
    kerkstraat = next(street for street in the_map(store).streets if street.name == "Kerkstraat")
    assert kerkstraat.numbers == ["2", "10", "48", "48A"]
    assert kerkstraat.spot_of(2) == Spot(LAT + 0.001, LON)


def test_a_street_that_goes_and_comes_back_keeps_its_id(store):
    bring(store)
    before = {street.name: street.id for street in the_map(store).streets}
    bring(store, [f for f in features() if f["properties"].get("name") == "Markt"])
    assert [street.name for street in the_map(store).streets] == ["Markt"]
    with store.reading() as reads:
        retired = select(StreetRow.retired).where(StreetRow.id == before["Kerkstraat"])
        assert reads.scalar(retired)  # a report may point at it
    bring(store)
    assert {street.name: street.id for street in the_map(store).streets} == before


def test_another_way_to_write_a_street_is_the_same_street(store):
    bring(store)
    before = {street.name: street.id for street in the_map(store).streets}
    other = features()
    other[4]["properties"]["name"] = "KERKSTRAAT"
    made = bring(store, other)
    assert made.counts["street"].changed == 1
    after = {street.name: street.id for street in the_map(store).streets}
    assert after["KERKSTRAAT"] == before["Kerkstraat"]


def test_an_import_is_journalled_and_told_to_every_site(store):
    bring(store)
    with store.reading() as reads:
        acts = reads.scalars(select(JournalRow.data).where(JournalRow.act == "import_map")).all()
        told = reads.scalars(
            select(EventRow.data).where(
                EventRow.kind == "town_map_changed", EventRow.site_id == SITE
            )
        ).all()
    assert acts[0]["street"] == 2
    assert [json.loads(data) if isinstance(data, str) else data for data in told] == [
        {"version": 1}
    ]


def test_with_a_problem_nothing_is_imported(store):
    made = plan(store, changed(5, name=""))
    with pytest.raises(MapHasProblems):
        carry_out(store, made)
    assert the_map(store).version == "0"
    assert the_map(store).streets == []


def test_a_plan_for_an_older_map_is_refused(store):
    stale = plan(store)
    bring(store)
    with pytest.raises(MapMovedOn):
        carry_out(store, stale)


def test_half_an_import_is_none(store):
    made = plan(store)
    with store.work(Request(SYSTEM)) as work:
        import_map(work.connection, made, now=work.now)
        # the power goes here: no commit
    assert the_map(store).version == "0"


@pytest.mark.parametrize(
    ("table", "row"),
    [
        (MapAreaRow, {"kind": "swamp", "name": "", "rings": [], "lines": []}),
        (MapAreaRow, {"kind": "boundary", "name": "Twee", "rings": [], "lines": []}),
        (MapAreaRow, {"kind": "quarter", "name": "Centrum", "rings": [], "lines": []}),
        (MapAreaRow, {"kind": "quarter", "name": "", "rings": [], "lines": []}),
        (AddressPointRow, {"street_id": "none", "house_number": "1", "box": "", "lat": 51,
                           "lon": 3}),
        (AddressPointRow, {"street_id": "", "house_number": "1", "box": "", "lat": 0, "lon": 0}),
        (StreetRow, {"id": "str-x", "name": "KERKSTRAAT", "folded": "kerkstraat", "lines": [],
                     "retired": False, **PLACED}),
    ],
)  # fmt: skip
def test_the_database_itself_refuses_what_cannot_be(store, table, row):
    bring(store)
    if row.get("street_id") == "":
        row = {**row, "street_id": the_map(store).streets[0].id}
    with (
        pytest.raises((IntegrityError, DBAPIError)),
        store.database.writers.begin() as connection,
    ):
        connection.execute(insert(table.__table__), [row])


def test_places_are_read_again_only_for_another_version(store):
    places = Places()
    with store.reading() as reads:
        empty = places.now(reads)
        assert places.now(reads) is empty
    assert empty.search("kerkstraat") == ()
    bring(store)
    with store.reading() as reads:
        atlas = places.now(reads)
        assert places.now(reads) is atlas
    assert atlas.nearest(Spot(LAT + 0.001, LON)).label == "Kerkstraat 48, Heidebeek"
    assert atlas.quarter_of(Spot(LAT, LON)) == "Centrum"
    assert atlas.checked(Spot(LAT + 0.05, LON)) is Where.OUTSIDE
    with pytest.raises(Nowhere):
        atlas.checked(Spot(51.4, 2.8))


def test_a_desk_asks_the_map_by_version(store, sit):
    client = sit("sofie", "onthaal-1")
    first = client.get("/town-map")
    assert (first.status_code, first.json()["version"]) == (200, "0")
    bring(store)
    second = client.get("/town-map", headers={"If-None-Match": first.headers["ETag"]})
    assert second.status_code == 200
    assert {street["name"] for street in second.json()["streets"]} == {"Kerkstraat", "Markt"}
    again = client.get("/town-map", headers={"If-None-Match": second.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_nobody_gets_the_map_without_signing_in(server, sit):
    client = sit("sofie", "onthaal-1")
    client.http.headers.pop("Authorization")
    assert client.get("/town-map").status_code == 401


def test_the_command_shows_then_imports(store, tmp_path: Path, capsys):
    file = tmp_path / "kaart.geojson"
    file.write_bytes(file_of(features()))
    assert import_streets(store, file, NL, dry_run=True) == 0
    assert "Kerkstraat, Heidebeek" in capsys.readouterr().out
    assert the_map(store).version == "0"
    assert import_streets(store, file, NL, dry_run=False) == 0
    assert the_map(store).version == "1"
    assert "Kerkstraat, Heidebeek" in capsys.readouterr().out
    file.write_bytes(file_of(changed(5, postal_code="x")))
    assert import_streets(store, file, NL, dry_run=False) == 1
    assert "object 5 · postal_code: “x” is geen postcode" in capsys.readouterr().out
    assert the_map(store).version == "1"
    with pytest.raises(NoMapFile):
        import_streets(store, tmp_path / "weg.geojson", NL, dry_run=True)


def test_other_areas_leave_the_streets_alone(store):
    bring(store)
    bring(store, [feature("water", "Polygon", square(0.001), name="Vijver")])
    found = the_map(store)
    assert [area.name for area in found.areas if area.kind is AreaKind.WATER] == ["Vijver"]
    assert len(found.streets) == 2
