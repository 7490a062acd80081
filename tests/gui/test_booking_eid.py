"""Whose appointment it is from the eID, in the whole window."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from loket.desk.eid import holder_of
from tests.eid_card import BANK_CARD, eid
from tests.eid_readers import FakeReaders
from tests.gui import appointments_town as there
from tests.gui import town
from tests.gui.hands import Hands
from ui.appointments.state import DockMode
from ui.core.actions import ScreenId
from ui.widgets.eid_field import Eid

NAME = "Émilie Zoë Van den Broeck-D'Hondt"
TWO = there.at(there.MONDAY.replace(day=17), 14)


class TownWithReaders(there.AppointmentsTown):
    def __init__(self):
        super().__init__()
        self.readers = FakeReaders()

    def read_eid(self):
        self._note("read_eid")
        return holder_of(self.readers.read())


class Place(Hands):
    def __init__(self, workplace, desk):
        self.workplace, self.desk, self.readers = workplace, desk, desk.readers
        self.window = workplace.window
        self.model = workplace._rooms[ScreenId.APPOINTMENTS]

    @property
    def form(self):
        return self.window.opened(ScreenId.APPOINTMENTS).form

    @property
    def name(self):
        return self.form.name.edit.text()


@pytest.fixture
def place(workplace_at):
    desk = TownWithReaders()
    workplace = workplace_at(desk, "onthaal-1", size=(1440, 900))
    workplace.shell.sign_in_as("sofie")
    workplace.shell.open_screen(ScreenId.APPOINTMENTS)
    QApplication.processEvents()
    return Place(workplace, desk)


def begin(place):
    place.model.take_hit("p-rbo")
    place.model.choose_moment(town.SITE, TWO)
    QApplication.processEvents()
    assert place.model.state.mode is DockMode.FORM


def test_f4_fills_the_name_and_what_was_typed_stays(place):
    begin(place)
    place.model.type_contact("phone", "0470 12 34 56")
    place.readers.insert(eid())
    place.press(Qt.Key.Key_F4)
    assert place.name == NAME
    assert place.form.phone.edit.text() == "0470 12 34 56"
    assert place.form.name.button.eid is Eid.READ
    assert place.window.messages.texts[-1] == "Ingevuld vanaf de eID"
    place.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    booked = place.desk.appointments.last("book")[1]
    assert booked.contact.name == NAME
    begin(place)
    assert place.form.name.button.eid is Eid.NOT_READ


@pytest.mark.parametrize("card", [None, BANK_CARD, eid(goes_at=4)])
def test_what_goes_wrong_leaves_the_form_alone(place, card):
    begin(place)
    place.model.type_contact("name", "Jan")
    if card:
        place.readers.insert(card)
    place.press(Qt.Key.Key_F4)
    assert place.name == "Jan"
    assert place.form.name.button.eid is Eid.NOT_READ
    assert place.window.messages.toasts


def test_a_card_for_a_form_that_was_left_is_for_nobody(place, tasks):
    begin(place)
    place.readers.insert(eid())
    tasks.hold()
    place.press(Qt.Key.Key_F4)
    assert place.form.name.button.eid is Eid.READING
    place.press(Qt.Key.Key_F4)
    place.model._back_to_file()
    tasks.release()
    assert place.desk.names().count("read_eid") == 1
    assert place.model.state.form.contact.name == ""


def test_where_no_name_is_asked_no_card_is_read(place):
    assert place.model.state.mode is DockMode.TODAY
    place.press(Qt.Key.Key_F4)
    assert "read_eid" not in place.desk.names()


def test_a_wrong_name_keeps_its_button_in_sight(place):
    begin(place)
    place.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert place.model.state.form.contact.name_wrong
    assert place.form.name.button.isVisible()
    place.readers.insert(eid())
    place.press(Qt.Key.Key_F4)
    assert place.model.state.form.contact.name_wrong == ""
