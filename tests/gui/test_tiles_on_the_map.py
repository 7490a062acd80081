"""Squares of another map: they hide our own drawing where they came, and only there."""

import io

import pytest
from PIL import Image
from PySide6.QtWidgets import QApplication

from loket.geography.rules.spots import Spot
from loket.geography.rules.tiles import Tile
from tests.streets import LAT, LON, town_map
from ui.theme.look import colour
from ui.widgets.town_map.widget import MapWords, TownMapView

WORDS = MapWords("Kaart", "Pijltjes verplaatsen de kaart.", "Dichterbij", "Verder weg")
HERE = Spot(LAT + 0.001, LON)
THEIRS = "#123456"


def picture() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (256, 256), THEIRS).save(out, "PNG")
    return out.getvalue()


@pytest.fixture
def view(qtbot):
    made = TownMapView(WORDS)
    qtbot.addWidget(made)
    made.wanted = []
    made.tile_wanted.connect(made.wanted.append)
    made.resize(360, 272)
    made.show_map(town_map())
    made.look_at(HERE)
    made.show_tiles("© Iemand")
    made.show()
    QApplication.processEvents()
    yield made
    made.hide()


def share_of(view, tone):
    image = view.grab().toImage()
    spots = [(x, y) for x in range(10, 300, 10) for y in range(10, 230, 10)]
    return sum(image.pixelColor(x, y).name() == tone for x, y in spots) / len(spots)


def fetch_all(view, content):
    seen = 0
    while seen < len(view.wanted):
        view.put_tile(view.wanted[seen], content)
        seen += 1
        view.grab()
    return seen


def test_the_middle_is_asked_first_and_few_at_once(view):
    view.grab()
    assert len(view.wanted) == 2
    assert view.wanted[0] == Tile.at(HERE, 17)


def test_they_hide_our_own_drawing_once_they_came(view):
    assert share_of(view, colour("map_land").name()) > 0.2
    assert fetch_all(view, picture()) >= 4
    assert share_of(view, THEIRS) > 0.95


@pytest.mark.parametrize("broken", [None, b"", b"<html>"])
def test_where_none_can_be_had_our_own_drawing_stays(view, broken):
    asked = fetch_all(view, broken)
    assert share_of(view, colour("map_land").name()) > 0.2
    view.grab()
    assert len(view.wanted) == asked
    view.show_tiles("© Iemand")
    view.grab()
    assert len(view.wanted) == asked + 2


def test_without_a_map_server_nothing_is_asked(view):
    view.show_tiles(None)
    before = len(view.wanted)
    view.zoom(1.0)
    view.grab()
    assert len(view.wanted) == before


def test_far_from_everything_nothing_breaks(view):
    view.look_at(Spot(89.9, 179.9))
    view.grab()
    assert view.grab().width() == 360
