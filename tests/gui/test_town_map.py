"""The map: every state is drawn, a click gives its spot back, keys do what the mouse does."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from loket.geography.messages import TownMap
from loket.geography.rules.spots import Spot, distance_m
from loket.geography.rules.tiles import LEAST_ZOOM, MOST_ZOOM
from tests.streets import LAT, LON, address, changed, features, town_map
from ui.theme import look
from ui.theme.look import colour
from ui.widgets.town_map.model import Camera, MapMarker, Projection
from ui.widgets.town_map.painting import placed_names
from ui.widgets.town_map.shapes import Drawing
from ui.widgets.town_map.widget import MapWords, TownMapView

WORDS = MapWords("Kaart", "Pijltjes verplaatsen de kaart.", "Dichterbij", "Verder weg")
HOUSE = Spot(LAT + 0.001, LON)


@pytest.fixture
def view(qtbot):
    made = TownMapView(WORDS)
    qtbot.addWidget(made)
    made.resize(360, 272)
    made.show_map(town_map())
    made.look_at(HOUSE)
    made.show()
    QApplication.processEvents()
    yield made
    made.hide()
    look.switch("light")


@pytest.fixture
def chosen(view):
    found = []
    view.spot_chosen.connect(found.append)
    view.marker_pressed.connect(found.append)
    return found


def drawn(view):
    return view.grab().toImage()


def holds(image, tone):
    wanted = colour(tone).rgb()
    return any(
        image.pixel(x, y) == wanted
        for x in range(0, image.width(), 2)
        for y in range(0, image.height(), 2)
    )


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("zoom", [LEAST_ZOOM, 14.0, 15.5, 16.6, MOST_ZOOM])
def test_each_zoom_is_drawn_in_both_themes(view, theme, zoom):
    look.switch(theme)
    view.zoom(zoom - view.camera.zoom)
    assert holds(drawn(view), "map_land")
    assert holds(drawn(view), "map_road") or zoom == LEAST_ZOOM


def test_streets_water_and_green_are_there(view):
    view.zoom(-1.5)
    for tone in ("map_road", "map_water", "map_green"):
        assert holds(drawn(view), tone), tone


def test_pin_and_marks_are_drawn_over_it(view):
    before = drawn(view)
    assert not holds(before, "accent")
    view.set_pin(HOUSE)
    assert holds(drawn(view), "accent")
    view.set_pin(None)
    assert drawn(view) == before
    mark = MapMarker("r-1", 1, HOUSE)
    view.set_markers((mark,))
    plain = drawn(view)
    view.set_markers((MapMarker("r-1", 1, HOUSE, chosen=True),))
    assert plain != drawn(view) != before


def test_a_town_without_a_map_is_land_and_takes_a_pin_all_the_same(qtbot, chosen, view):
    empty = TownMapView(WORDS)
    qtbot.addWidget(empty)
    empty.show_map(TownMap.empty())
    empty.resize(300, 200)
    empty.set_pin(HOUSE)
    assert distance_m(empty.spot_at(QPointF(150, 100)), HOUSE) < 1
    assert holds(drawn(empty), "map_land")


@pytest.mark.parametrize("zoom", [12.0, 16.6, 19.0])
def test_a_click_gives_the_spot_under_it_within_a_metre_or_a_pixel(view, chosen, zoom):
    view.zoom(zoom - view.camera.zoom)
    spot = view.spot_at(QPointF(100, 80))
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=QPoint(100, 80))
    [found] = chosen
    assert distance_m(found, spot) < 1
    assert (view.pixel_of(found) - QPointF(100, 80)).manhattanLength() < 0.01


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    st.floats(50.9, 51.3), st.floats(2.9, 3.4), st.floats(LEAST_ZOOM, MOST_ZOOM),
    st.integers(150, 1500), st.integers(100, 900),
)  # fmt: skip
def test_from_spot_to_pixel_and_back(lat, lon, zoom, width, height):
    projection, size = Projection(LAT, LON), QSizeF(width, height)
    camera = Camera(0, 0, zoom).at(projection.to_metres(Spot(LAT, LON)))
    spot = Spot(lat, lon)
    pixel = camera.transform(size).map(projection.to_metres(spot))
    back = projection.to_spot(camera.metres_at(pixel, size))
    assert distance_m(spot, back) < 0.01


@given(st.floats(-9, 9), st.integers(0, 360), st.integers(0, 272))
def test_what_is_under_the_pointer_stays_there_while_zooming(steps, x, y):
    size, at = QSizeF(360, 272), QPointF(x, y)
    before = Camera(120, -45, 15)
    after = before.zoomed(steps, at, size)
    assert LEAST_ZOOM <= after.zoom <= MOST_ZOOM
    moved = before.metres_at(at, size) - after.metres_at(at, size)
    assert moved.manhattanLength() < 1e-6


def test_a_mark_is_pressed_rather_than_the_ground_under_it(view, chosen):
    view.set_markers((MapMarker("r-1", 1, HOUSE), MapMarker("r-2", 2, Spot(LAT, LON))))
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=view.pixel_of(HOUSE).toPoint())
    assert chosen == ["r-1"]


def test_of_two_marks_on_one_spot_the_chosen_one_is_pressed(view, chosen):
    view.set_markers((MapMarker("r-1", 1, HOUSE), MapMarker("r-2", 2, HOUSE, chosen=True)))
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=view.pixel_of(HOUSE).toPoint())
    assert chosen == ["r-2"]


def test_dragging_moves_the_ground_and_chooses_nothing(view, chosen):
    before = view.pixel_of(HOUSE)
    QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=QPoint(100, 100))
    QTest.mouseMove(view, QPoint(120, 110))
    QTest.mouseMove(view, QPoint(160, 130))
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, pos=QPoint(160, 130))
    assert chosen == []
    moved = view.pixel_of(HOUSE) - before
    assert (moved - QPointF(60, 30)).manhattanLength() < 0.01


def test_the_wheel_zooms_around_the_pointer(view):
    at = QPointF(90, 60)
    spot, zoom = view.spot_at(at), view.camera.zoom
    wheel = QWheelEvent(at, view.mapToGlobal(at), QPoint(), QPoint(0, 120),
                        Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier,
                        Qt.ScrollPhase.NoScrollPhase, False)  # fmt: skip
    QApplication.sendEvent(view, wheel)
    assert view.camera.zoom > zoom
    assert (view.pixel_of(spot) - at).manhattanLength() < 0.01


@pytest.mark.parametrize(
    ("key", "dx", "dy"),
    [(Qt.Key.Key_Left, 1, 0), (Qt.Key.Key_Right, -1, 0), (Qt.Key.Key_Up, 0, 1),
     (Qt.Key.Key_Down, 0, -1)],
)  # fmt: skip
def test_arrows_move_the_map(view, key, dx, dy):
    before = view.pixel_of(HOUSE)
    QTest.keyClick(view, key)
    moved = view.pixel_of(HOUSE) - before
    assert (moved.x() > 0, moved.x() < 0) == (dx > 0, dx < 0)
    assert (moved.y() > 0, moved.y() < 0) == (dy > 0, dy < 0)


def test_plus_minus_and_the_buttons_zoom_to_a_limit(view):
    start = view.camera.zoom
    QTest.keyClick(view, Qt.Key.Key_Plus)
    assert view.camera.zoom == start + 1
    QTest.keyClick(view, Qt.Key.Key_Minus)
    view._smaller.click()
    assert view.camera.zoom == start - 1
    for _ in range(20):
        view._larger.click()
    assert view.camera.zoom == MOST_ZOOM


def test_enter_chooses_the_middle_and_ctrl_enter_is_left_to_the_form(view, chosen):
    QTest.keyClick(view, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert chosen == []
    QTest.keyClick(view, Qt.Key.Key_Return)
    [spot] = chosen
    assert distance_m(spot, HOUSE) < 1


def test_the_pin_comes_into_view_and_stays_where_it_is_in_view(view):
    near = Spot(HOUSE.lat + 0.0001, HOUSE.lon)
    before = view.camera
    view.set_pin(near)
    assert view.camera == before
    far = Spot(HOUSE.lat + 0.01, HOUSE.lon)
    view.set_pin(far)
    assert QRectF(view.rect()).contains(view.pixel_of(far))


def test_another_map_keeps_the_place_that_is_looked_at(view):
    spot = view.spot_at(QPointF(180, 136))
    fresh = town_map([*features(), address("4", LAT + 0.0002)])
    view.show_map(fresh.model_copy(update={"version": "2"}))
    assert distance_m(view.spot_at(QPointF(180, 136)), spot) < 1


def test_it_says_what_it_is_and_where_its_pin_stands(view):
    assert view.accessibleName() == "Kaart"
    view.describe("Kerkstraat 48, Heidebeek.")
    said = view.accessibleDescription()
    assert said == "Kerkstraat 48, Heidebeek. Pijltjes verplaatsen de kaart."
    assert [view._larger.accessibleName(), view._smaller.accessibleName()] == [
        "Dichterbij",
        "Verder weg",
    ]


def names_of(found_map, width=360, height=272, taken=(), zoom=16.6):
    drawing = Drawing.of(found_map)
    metres = drawing.projection.to_metres(Spot(LAT, LON))
    camera = Camera(metres.x(), metres.y(), zoom)
    return placed_names(drawing, camera, QSizeF(width, height), taken)


def test_names_stand_along_their_streets_and_never_over_another(view):
    found = names_of(town_map(), 900, 700)
    assert {"Kerkstraat", "Markt"} <= {name.text for name in found}
    turns = {name.text: name.turn for name in found}
    assert turns["Kerkstraat"] == pytest.approx(-90, abs=0.1)
    for at, one in enumerate(found):
        for other in found[at + 1 :]:
            assert not one.bounds().intersects(other.bounds())


def test_no_name_stands_where_something_else_does(view):
    assert names_of(town_map(), taken=[QRectF(0, 0, 360, 272)]) == []


def test_a_name_that_is_too_long_for_its_street_is_left_out(view):
    long = "Burgemeester Karel Van den Bulckestraat van Heidebeek tot Oosterwale en verder"
    found = names_of(town_map(changed(5, name=long)[:6]), 300, 200)
    assert long not in [name.text for name in found]


@pytest.mark.parametrize(("across", "up"), [(1, 0), (-1, 0), (0, 1), (0, -1), (-1, 1), (1, -1)])
def test_no_name_stands_upside_down_whichever_way_its_street_runs(view, across, up):
    ends = [[LON - across * 0.003, LAT - up * 0.003], [LON + across * 0.003, LAT + up * 0.003]]
    line = {"type": "LineString", "coordinates": ends}
    found = names_of(town_map(changed(5, geometry=line)[:5]), 900, 700)
    [turn] = [name.turn for name in found if name.text == "Kerkstraat"]
    assert -100 <= turn < 80
