"""The screen of appointments in the whole window: drawn in each state, by keyboard, for all."""

from datetime import timedelta

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QWidget

from loket.appointments.rules.life import CancelReason
from loket.desk.facts import AppointmentsChanged
from loket.link.errors import Unreachable
from tests.gui import appointments_town as there
from tests.gui import town
from tests.gui.hands import Hands
from ui.appointments.state import DockMode, Look
from ui.core.actions import ScreenId
from ui.theme import look
from ui.widgets.choices import Segmented

CTRL = Qt.KeyboardModifier.ControlModifier
TUESDAY = there.MONDAY + timedelta(days=1)
TWO = there.at(TUESDAY, 14)


class Place(Hands):
    """A workplace with the screen open."""

    def __init__(self, workplace, desk):
        self.workplace, self.desk = workplace, desk

    @property
    def window(self):
        return self.workplace.window

    @property
    def screen(self):
        return self.window.opened(ScreenId.APPOINTMENTS)

    @property
    def model(self):
        return self.workplace._rooms[ScreenId.APPOINTMENTS]

    @property
    def grid(self):
        return self.screen.calendar.grid

    @property
    def bookings(self):
        return self.desk.appointments


@pytest.fixture
def place_at(workplace_at):
    def build(variant="picture", *, size=(1440, 900)):
        desk = there.AppointmentsTown(variant)
        workplace = workplace_at(desk, "onthaal-1", size=size)
        workplace.shell.sign_in_as("sofie")
        workplace.shell.open_screen(ScreenId.APPOINTMENTS)
        QApplication.processEvents()
        return Place(workplace, desk)

    return build


@pytest.fixture
def place(place_at):
    return place_at()


def talk(place):
    place.model.take_hit("p-rbo")
    place.model.choose_moment(town.SITE, TWO)
    QApplication.processEvents()


# by keyboard alone


def test_from_product_to_booked_without_the_mouse(place):
    assert QApplication.focusWidget() is place.screen.panel.product
    place.type("omwis")
    assert place.screen.hits.isVisible()
    place.press(Qt.Key.Key_Return)
    assert not place.screen.hits.isVisible()
    moments = place.screen.panel.moments.buttons
    assert QApplication.focusWidget() is moments[0]
    place.press(Qt.Key.Key_Down)
    place.press(Qt.Key.Key_Return)
    assert QApplication.focusWidget() is place.screen.form.name.edit
    place.type("Rachid Amrani")
    place.press(Qt.Key.Key_Tab)
    place.type("0470123456")
    place.press(Qt.Key.Key_Return, CTRL)
    asked = place.bookings.last("book")[1]
    assert (asked.contact.name, asked.contact.phone) == ("Rachid Amrani", "+32470123456")
    assert place.screen.file.isVisible()


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_both_enters_confirm(place, key):
    talk(place)
    place.type("Jo")
    place.press(key, CTRL)
    assert "book" in place.bookings.names()


def test_arrows_reach_every_block_and_enter_opens_it(place):
    place.grid.setFocus()
    blocks = {each.key for each in place.grid.targets if each.block}
    reached = set()
    for _page in range(5):
        for _each in range(60):
            place.press(Qt.Key.Key_Up)
        for _each in range(60):
            reached.add(place.grid.cursor_target.key)
            assert place.grid.cursor_target.spoken in place.grid.accessibleName()
            place.press(Qt.Key.Key_Down)
        place.press(Qt.Key.Key_Right)
    assert blocks <= reached


def test_right_of_friday_is_the_next_week_and_t_is_today(place):
    place.grid.setFocus()
    for _each in range(6):
        place.press(Qt.Key.Key_Right)
    assert place.screen.calendar.title.text() == "23 – 27 maart 2026"
    place.press(Qt.Key.Key_T)
    assert place.screen.calendar.title.text() == "16 – 20 maart 2026"


def test_t_in_a_field_is_a_letter(place):
    place.model.turn_page(1)
    place.screen.today.search.setFocus()
    place.type("t")
    assert place.screen.today.search.text() == "t"
    assert place.screen.calendar.title.text() == "23 – 27 maart 2026"


def test_a_free_place_is_chosen_with_enter(place):
    place.model.take_hit("p-rbo")
    place.grid.setFocus()
    free = next(each for each in place.grid.targets if each.slot)
    place.grid._go(free)
    place.press(Qt.Key.Key_Return)
    assert place.bookings.last("hold")[1].starts_at == free.slot.starts_at
    assert QApplication.focusWidget() is place.screen.form.name.edit


def test_a_click_chooses_a_free_place_or_opens_an_appointment(place):
    place.model.take_hit("p-rbo")
    free = next(each for each in place.grid.targets if each.slot)
    point = free.rect.translated(0, 10).center()
    QTest.mouseClick(place.grid, Qt.MouseButton.LeftButton, pos=point.toPoint())
    assert place.model.state.mode is DockMode.FORM
    taken = next(each for each in place.grid.targets if each.block)
    point = taken.rect.translated(0, 10).center()
    QTest.mouseClick(place.grid, Qt.MouseButton.LeftButton, pos=point.toPoint())
    assert place.model.state.file.id == taken.key


def test_closed_hours_are_not_chosen(place):
    place.model.take_hit("p-rbo")
    noon = QPointF(place.grid.shown.column_left(0) + 40, place.grid.shown.axis.y(12 * 60 + 45) + 10)
    assert place.grid.target_at(noon) is None


def test_f6_moves_and_esc_leaves_it_as_it_was(place):
    place.model.open_file("a-48113")
    place.press(Qt.Key.Key_F6)
    assert place.screen.calendar.banner.isVisible()
    place.press(Qt.Key.Key_Escape)
    assert not place.screen.calendar.banner.isVisible()
    assert place.screen.file.isVisible()


def test_cancelling_has_its_focus_on_the_safe_choice(place):
    place.model.open_file("a-48113")
    place.screen.file.cancel.click()
    assert QApplication.focusWidget() is place.screen.file.cancel_box.keep
    place.press(Qt.Key.Key_Escape)
    assert "cancel" not in place.bookings.names()
    place.screen.file.cancel.click()
    place.screen.file.cancel_box.buttons[CancelReason.TOWN].click()
    assert place.bookings.last("cancel")[2].reason is CancelReason.TOWN


def test_enter_on_the_card_checks_in(place):
    place.model.open_file("a-48113")
    assert QApplication.focusWidget() is place.screen.file.check_in
    place.press(Qt.Key.Key_Return)
    assert place.bookings.names().count("check_in") == 1


def test_the_toast_takes_a_check_in_back(place):
    place.screen.today.rows[0].button.click()
    assert "check_in" in place.bookings.names()
    place.window.messages.toasts[-1].button.click()
    assert "undo_check_in" in place.bookings.names()


def test_ctrl_p_prints_the_list_of_the_day(place):
    place.press(Qt.Key.Key_P, CTRL)
    assert place.bookings.last("print_day_list")[1:] == (town.SITE, there.MONDAY)


# what is held is let go


def test_another_screen_lets_go_and_back_holds_again(place):
    talk(place)
    place.type("Jo")
    place.workplace.shell.open_screen(ScreenId.WELCOME)
    QApplication.processEvents()
    assert place.bookings.held == {}
    place.workplace.shell.open_screen(ScreenId.APPOINTMENTS)
    QApplication.processEvents()
    assert len(place.bookings.held) == 1
    assert place.screen.form.name.edit.text() == "Jo"


def test_signing_out_lets_go_before_the_session_ends(place):
    talk(place)
    order = []
    place.desk._note = lambda name, *_values: order.append(name)
    before = place.bookings._note
    place.bookings._note = lambda name, *values: (order.append(name), before(name, *values))
    place.workplace.shell.sign_out()
    QApplication.processEvents()
    assert order.index("let_go") < order.index("sign_out")


def test_a_moment_just_taken_shows_three_buttons_and_focus_is_on_the_first(place):
    talk(place)
    place.type("Jo")
    moments = ",".join(there.at(TUESDAY, hour).isoformat() for hour in (15.5, 16, 9))
    place.bookings.fail_with["book"] = there.rejected("appointment.taken", near=moments)
    place.press(Qt.Key.Key_Return, CTRL)
    buttons = place.screen.form.trouble.buttons
    assert [each.text() for each in buttons] == [
        "di 17 maart · 15:30",
        "di 17 maart · 16:00",
        "di 17 maart · 09:00",
    ]
    assert QApplication.focusWidget() is buttons[0]
    del place.bookings.fail_with["book"]
    place.press(Qt.Key.Key_Return)
    assert place.bookings.last("hold")[1].starts_at == there.at(TUESDAY, 15.5)


def test_without_the_server_the_request_has_a_button(place):
    talk(place)
    place.type("Jo")
    place.bookings.fail_with["book"] = Unreachable()
    place.press(Qt.Key.Key_Return, CTRL)
    assert place.screen.form.trouble.request.isVisible()
    place.screen.form.trouble.request.click()
    assert "add_wish" in place.bookings.names()


def test_the_cursor_stays_while_others_book(place):
    place.grid.setFocus()
    place.press(Qt.Key.Key_Right)
    key = place.grid.cursor_target.key
    another = there.appointment(49000, starts_at=there.at(there.MONDAY, 14))
    place.bookings.booked["a-49000"] = another
    place.workplace._on_fact(AppointmentsChanged(there.QUEUE, another.starts_at, None))
    QApplication.processEvents()
    assert place.grid.cursor_target.key == key
    assert "a-49000" in {each.key for each in place.grid.targets}


# how it looks


@pytest.mark.parametrize(("size", "theme"), [((1440, 900), "light"), ((1280, 800), "dark")])
@pytest.mark.parametrize(
    "variant",
    ["picture", "busy", "three", "six", "full", "long", "closed", "away", "saturday"],
)
def test_every_state_can_be_drawn(place_at, variant, size, theme):
    place = place_at(variant, size=size)
    place.workplace.change_theme(theme)
    QApplication.processEvents()
    image = place.window.grab().toImage()
    assert (image.width(), image.height()) == size
    assert image.pixelColor(size[0] - 3, size[1] - 3).name() == look.colour("surface").name()


@pytest.mark.parametrize("mode", list(DockMode))
def test_every_dock_can_be_drawn_with_long_names(place_at, mode):
    place = place_at("long", size=(1280, 800))
    one = next(iter(place.bookings.booked))
    acts = {
        DockMode.TODAY: lambda: None,
        DockMode.FORM: lambda: talk(place),
        DockMode.FILE: lambda: place.model.open_file(one),
        DockMode.MOVE: lambda: (place.model.open_file(one), place.model.start_moving()),
        DockMode.WISH: lambda: (place.model.take_hit("p-rbo"), place.model.start_wish()),
    }
    acts[mode]()
    place.model.type_contact("name", there.LONG[:80])
    QApplication.processEvents()
    assert place.model.state.mode is mode
    place.window.grab()
    for one in place.screen.dock.findChildren(QWidget):
        if one.isVisible() and one.focusPolicy() != Qt.FocusPolicy.NoFocus:
            right = one.mapTo(place.screen.dock, one.rect().topRight()).x()
            assert right <= place.screen.dock.width() - 12, one.accessibleName()


def test_at_1280_three_days_stand_beside_each_other(place_at):
    assert len(place_at(size=(1280, 800)).grid.shown.columns) == 3


def test_three_desks_show_names_and_a_crowd_shows_counts(place_at):
    three = place_at("three")
    assert not three.grid.shown.counted(0)
    assert [each for each in three.grid.targets if each.block]


def test_a_crowd_shows_counts_and_each_by_day(place_at):
    full = place_at("full")
    assert full.grid.shown.counted(0)
    full.model.show_by_day(by_day=True)
    QApplication.processEvents()
    assert len([each for each in full.grid.targets if each.block]) == 400


def test_blocks_stay_in_their_column_and_do_not_cover_each_other(place):
    blocks = [each for each in place.grid.targets if each.block]
    for nr, one in enumerate(blocks):
        left = place.grid.shown.column_left(one.column)
        assert left < one.rect.left()
        assert one.rect.right() <= left + place.grid.shown.column_width
        assert not any(one.rect.intersects(other.rect) for other in blocks[:nr])


def test_looks_of_the_morning(place):
    looks = {each.block.title: each.block.look for each in place.grid.targets if each.block}
    assert looks["Hendrickx"] is Look.CALLED
    assert looks["Vandamme"] is Look.SERVING
    assert looks["Baert"] is Look.BOOKED


def test_everything_to_press_or_type_has_a_name_and_a_place_in_the_order(place_at):
    place = place_at("busy")
    talk(place)
    place.model.give_up()
    place.model.open_file("a-48113")
    QApplication.processEvents()
    kinds = (QAbstractButton, QLineEdit, Segmented)
    for kind in kinds:
        for one in place.screen.findChildren(kind):
            if one.isVisible() and one.objectName() != "qt_spinbox_lineedit":
                assert one.accessibleName(), one
                assert one.focusPolicy() != Qt.FocusPolicy.NoFocus
    seen = set()
    place.grid.setFocus()
    for _each in range(80):
        seen.add(QApplication.focusWidget())
        place.press(Qt.Key.Key_Tab)
    for kind in kinds:
        for one in place.screen.findChildren(kind):
            if one.isVisible() and one.isEnabled():
                assert one in seen, one.accessibleName()


def test_names_that_are_cut_are_whole_in_the_tooltip(place_at):
    place = place_at("long")
    target = next(each for each in place.grid.targets if each.block)
    assert there.LONG in target.spoken


def test_another_language_builds_it_anew(place):
    place.workplace.change_language("en")
    QApplication.processEvents()
    titles = [one.text() for one in place.screen.findChildren(QWidget) if hasattr(one, "text")
              and callable(one.text)]  # fmt: skip
    assert "Find an appointment" in titles
