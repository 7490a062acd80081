"""The supervisor's screen in the whole window: drawn in each state, by keyboard, for everyone."""

import subprocess
import sys
from math import isnan

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QMenu, QWidget

from loket.desk.facts import PictureChanged
from tests.gui import supervision_town as there
from tests.gui.hands import Hands
from ui.core.actions import ScreenId
from ui.supervisor.parts.chart import scale, steps
from ui.supervisor.state import Bar
from ui.theme import look
from ui.widgets.choices import Segmented


class Place(Hands):
    """A workplace with the supervisor's screen open."""

    def __init__(self, workplace, desk):
        self.workplace, self.desk = workplace, desk

    @property
    def window(self):
        return self.workplace.window

    @property
    def screen(self):
        return self.window.opened(ScreenId.QUEUES)

    @property
    def model(self):
        return self.workplace._rooms[ScreenId.QUEUES]


@pytest.fixture
def place_at(workplace_at):
    def build(variant="busy", *, size=(1440, 900)):
        desk = there.desk(variant)
        workplace = workplace_at(desk, "toezicht", size=size)
        workplace.shell.sign_in_as("an")
        QApplication.processEvents()
        return Place(workplace, desk)

    return build


@pytest.fixture
def place(place_at):
    return place_at()


def test_a_supervisors_desk_begins_with_it(place):
    assert place.workplace.shell.state.screen is ScreenId.QUEUES
    assert QApplication.focusWidget() is place.screen.table


def test_a_counter_clerk_does_not_have_it(place_at, place):
    permissions = [one for one in place.desk.session.user.permissions if one != "figures.see"]
    user = place.desk.session.user.model_copy(update={"permissions": permissions})
    session = place.desk.session.model_copy(update={"user": user})
    from ui.shell import faces

    assert ScreenId.QUEUES not in faces.screens(session, None)


@pytest.mark.parametrize(("size", "theme"), [((1440, 900), "light"), ((1280, 800), "dark")])
@pytest.mark.parametrize("variant", ["busy", "calm", "empty", "offline", "long"])
def test_every_state_can_be_drawn(place_at, variant, size, theme):
    place = place_at(variant, size=size)
    place.workplace.change_theme(theme)
    QApplication.processEvents()
    image = place.window.grab().toImage()
    assert (image.width(), image.height()) == size
    ground = image.pixelColor(size[0] - 4, size[1] - 4)
    assert ground.name() == look.colour("bg").name()


def test_the_chart_is_drawn_anew_in_the_colours_of_the_theme(place):
    plot = place.screen.chart.plot
    for theme in ("dark", "light"):
        place.workplace.change_theme(theme)
        QApplication.processEvents()
        seen = plot.grab().toImage()
        assert seen.pixelColor(seen.width() - 8, 2).name() == look.colour("surface").name()


def test_the_page_does_not_scroll_at_1440_by_900(place):
    from ui.widgets.cards import Scrolled

    page = place.screen.findChild(Scrolled)
    assert page.verticalScrollBar().maximum() == 0


def test_arrows_choose_a_queue_and_enter_opens_its_menu(place):
    place.press(Qt.Key.Key_Down)
    assert place.model.state.chart.subject == "Snelloket"
    place.press(Qt.Key.Key_Return)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    texts = [(action.text(), action.isEnabled()) for action in menu.actions()]
    assert texts == [
        ("Tickets geven voor Snelloket", False),
        ("Vandaag geen tickets meer voor Snelloket", True),
    ]
    menu.actions()[1].trigger()
    menu.close()
    assert "close_queue" in place.desk.names()


def test_a_counter_is_closed_from_its_menu_and_arrows_go_among_them(place):
    grid = place.screen.counters
    grid.buttons[0].setFocus()
    place.press(Qt.Key.Key_Right)
    place.press(Qt.Key.Key_Down)
    assert QApplication.focusWidget() is grid.buttons[4]
    place.press(Qt.Key.Key_Return)
    menu = QApplication.activePopupWidget()
    assert [action.text() for action in menu.actions()] == ["Snel 1 sluiten"]
    menu.actions()[0].trigger()
    menu.close()
    assert ("close_counter", "c-snel-1") in place.desk.asked


def test_f9_follows_the_advice_and_f7_refuses_it(place):
    place.press(Qt.Key.Key_F7)
    assert place.screen.advice.take.text() == "Loket 6 openen"
    place.press(Qt.Key.Key_F9)
    assert ("open_counter", "c-loket-6") in place.desk.asked


def test_f6_speaks_in_the_waiting_room_and_escape_goes_back(place):
    place.press(Qt.Key.Key_F6)
    panel = place.screen.room
    assert panel.isVisible()
    assert QApplication.focusWidget() is panel.texts["nl"].edit
    panel.texts["nl"].edit.setText("Even geduld")
    place.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert "say" in place.desk.names()
    assert not panel.isVisible()
    place.press(Qt.Key.Key_F6)
    assert panel.clear.isEnabled()
    place.press(Qt.Key.Key_Escape)
    assert not panel.isVisible()
    assert QApplication.focusWidget() is place.screen.table


def test_what_was_typed_stays_until_it_is_said(place):
    place.press(Qt.Key.Key_F6)
    place.screen.room.texts["nl"].edit.setText("Even ged")
    place.press(Qt.Key.Key_Escape)
    place.press(Qt.Key.Key_F6)
    assert place.screen.room.texts["nl"].edit.text() == "Even ged"


def test_another_language_keeps_the_screen_watched(place):
    place.workplace.change_language("en")
    QApplication.processEvents()
    assert place.model._watching
    assert place.desk.overview.watched == {there.SITE}
    assert place.model.state.alert.title == "Burgerzaken is over the norm"


def test_another_screen_ends_the_watching(place):
    place.press(Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    assert place.desk.overview.watched == frozenset()
    place.press(Qt.Key.Key_7, Qt.KeyboardModifier.AltModifier)
    assert place.desk.overview.watched == {there.SITE}


def test_every_control_has_a_name_and_a_place_in_the_tab_order(place):
    place.press(Qt.Key.Key_F6)
    kinds = (QAbstractButton, QLineEdit, Segmented)
    controls = [one for one in place.screen.findChildren(QWidget) if isinstance(one, kinds)]
    shown = [one for one in controls if one.isVisible() and one.isEnabled()]
    assert len(shown) > 20
    for control in (*shown, place.screen.table, place.screen.chart):
        assert control.accessibleName(), control
    for control in (*shown, place.screen.table):
        assert control.focusPolicy() & Qt.FocusPolicy.TabFocus, control
    for tile in place.screen.tiles.tiles:
        assert tile.accessibleName()


def test_an_unchanged_picture_builds_nothing_anew(place):
    heard = []
    place.model.state_changed.connect(heard.append)
    place.workplace._on_fact(PictureChanged(place.desk.current))
    assert heard == []


def test_charts_are_imported_only_when_one_is_drawn():
    said = "import sys, ui.places, ui.supervisor.screen; print('pyqtgraph' in sys.modules)"
    ran = subprocess.run(
        [sys.executable, "-c", said], capture_output=True, text=True, check=True, encoding="utf-8"
    )
    assert ran.stdout.strip() == "False"


def test_the_line_of_room_is_broken_where_it_is_closed():
    bars = tuple(Bar(there.NOW, 0, 0.0, room) for room in (6.0, None, 5.0))
    x, y = steps(bars)
    assert x == [0, 1, 1, 2, 3]
    assert [value for value in y if not isnan(value)] == [6.0, 6.0, 5.0, 5.0]


@pytest.mark.parametrize(("top", "last"), [(4.4, 4), (10.1, 10), (37, 30), (1200, 1000)])
def test_the_scale_has_whole_visitors(top, last):
    assert scale(top)[-1] == last
    assert len(scale(top)) <= 7
