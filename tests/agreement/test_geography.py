"""Streets and map at a real desk: from the server, from its own disk, and after a change."""

import pytest

from loket.desk.facts import TownMapChanged
from loket.geography.importing.planning import plan_map
from loket.geography.queries import read_layers, read_map_version
from loket.geography.rules.spots import Spot
from loket.geography.rules.whereabouts import Where
from loket.link.errors import Unreachable
from loket.server.streets import carry_out
from tests.streets import LAT, LON, features, file_of

AWAY = "http://127.0.0.1:9"


def bring(store, found):
    with store.reading() as reads:
        current, version = read_layers(reads), read_map_version(reads)
    carry_out(store, plan_map(file_of(found), current=current, version=version))


def offline(desk, heard, route):
    route.go(AWAY)
    desk._presence._follower._interrupt()
    heard.until(lambda _fact: desk.picture().connection.state == "offline")


def errands_done(desk):
    """The map comes on an errand after connecting."""
    desk._presence._errands.submit(lambda: None).result(20)


def test_a_desk_finds_addresses_also_while_the_server_is_away(open_desk, route, store):
    bring(store, features())
    desk, heard = open_desk("loket-1", "tom")
    assert desk.geography.search("kerkstr 48")[0].label == "Kerkstraat 48, Heidebeek"
    online = desk.geography.map()
    offline(desk, heard, route)
    assert desk.geography.search("krekstraat 48 bus 2")[0].house_number == "48 bus 2"
    assert desk.geography.nearest(Spot(LAT + 0.001, LON)).house_number == "48"
    assert desk.geography.quarter_of(Spot(LAT, LON)) == "Centrum"
    assert desk.geography.where(Spot(51.4, 2.8)) is Where.NOWHERE
    assert desk.geography.map() == online


def test_the_map_stands_on_disk_for_the_next_start(open_desk, route, store):
    bring(store, features())
    first, _heard = open_desk("loket-1", "tom")
    errands_done(first)
    known = first.geography.map()
    second, heard = open_desk("loket-1", "tom")
    offline(second, heard, route)
    second._parts.map_shelf.doubt()
    assert second.geography.map() == known


def test_an_import_reaches_the_desks_that_are_open(open_desk, store):
    bring(store, features()[:6])
    desk, heard = open_desk("loket-1", "tom")
    assert desk.geography.search("kerkstraat 48")[0].house_number == ""
    bring(store, features())
    heard.until(TownMapChanged)
    assert desk.geography.search("kerkstraat 48")[0].house_number == "48"


def test_a_town_without_a_map_has_an_empty_one(open_desk):
    desk, _heard = open_desk("loket-1", "tom")
    assert desk.geography.map().streets == []
    assert desk.geography.search("kerkstraat") == ()
    assert desk.geography.nearest(Spot(LAT, LON)) is None


def test_a_desk_that_never_saw_a_map_says_so(open_desk, route, store, monkeypatch):
    desk, heard = open_desk("loket-1", "tom")
    errands_done(desk)
    offline(desk, heard, route)
    shelf = desk._parts.map_shelf
    monkeypatch.setattr(shelf, "_kept", None)
    shelf._file.unlink()
    shelf.doubt()
    with pytest.raises(Unreachable):
        desk.geography.search("kerkstraat")
