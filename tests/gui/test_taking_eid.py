"""The reporter from the eID in the whole window: F4, the button, and what stays as it was typed."""

import threading
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from loket.desk.eid import holder_of
from loket.devices.eid.errors import CardTooSlow
from tests.eid_card import BANK_CARD, NUMBER, eid
from tests.eid_readers import FakeReaders
from tests.gui import reports_room
from tests.gui.reports_room import ReportsTown
from ui.core.actions import ScreenId
from ui.core.tasks import ThreadTaskRunner
from ui.reports.taking.draft import Draft
from ui.reports.taking.view_model import TakingViewModel
from ui.widgets.eid_field import Eid

CTRL = Qt.KeyboardModifier.ControlModifier
NAME, ADDRESS = "Émilie Zoë Van den Broeck-D'Hondt", "Brusselsesteenweg 12 bus 3, 9000 Gent"


class TownWithReaders(ReportsTown):
    """The same desk, with card readers."""

    def __init__(self):
        super().__init__()
        self.readers = FakeReaders()

    def read_eid(self):
        self._note("read_eid")
        return holder_of(self.readers.read())


class Place(reports_room.Place):
    def __init__(self, workplace, desk):
        super().__init__(workplace, desk)
        self.readers = desk.readers

    @property
    def fields(self):
        return self.screen.dock.reporter.fields

    @property
    def eid(self):
        return self.fields["name"].button

    def shown(self, name):
        field = self.fields[name]
        return field.edit.text() if field.isVisible() else None

    def said(self):
        return self.window.messages.texts

    def kept(self):
        """The form as it was last kept on disk."""
        self.model._keep.stop()
        self.model._keep_now()
        return [values[0] for asked, *values in self.desk.asked if asked == "keep_draft"][-1]

    def reads(self):
        return self.desk.names().count("read_eid")


@pytest.fixture
def place(workplace_at):
    desk = TownWithReaders()
    workplace = workplace_at(desk, "onthaal-1", size=(1440, 900))
    workplace.shell.sign_in_as("sofie")
    workplace.shell.open_screen(ScreenId.REPORTS)
    QApplication.processEvents()
    return Place(workplace, desk)


def test_f4_fills_name_and_address_and_the_words_stay(place):
    place.type("losse tegel")
    place.model.type_place("Kerkstraat 48")
    place.model.type_reporter("email", "e@example.be")
    place.model.type_reporter("phone", "0470 12 34 56")
    place.readers.insert(eid())
    place.press(Qt.Key.Key_F4)
    assert (place.shown("name"), place.shown("address")) == (NAME, ADDRESS)
    assert place.eid.eid is Eid.READ
    assert place.screen.text.edit.toPlainText() == "losse tegel"
    assert place.shown("email") == "e@example.be"
    draft = Draft.model_validate_json(place.kept())
    assert (draft.where, draft.phone) == ("Kerkstraat 48", "0470 12 34 56")
    assert place.said() == ["Ingevuld vanaf de eID"]
    assert QApplication.focusWidget() is place.screen.text.edit


def test_the_button_in_the_field_does_the_same(place):
    place.readers.insert(eid())
    QTest.mouseClick(place.eid, Qt.MouseButton.LeftButton)
    assert place.shown("name") == NAME
    assert place.eid.accessibleName() == "eID lezen"


def test_the_button_is_reached_by_keyboard(place):
    place.readers.insert(eid())
    place.fields["name"].edit.setFocus()
    place.press(Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is not place.eid  # who types a name goes on to the next field
    place.fields["name"].edit.setFocus()
    place.press(Qt.Key.Key_Backtab)
    assert QApplication.focusWidget() is place.eid
    place.press(Qt.Key.Key_Return)
    assert place.shown("name") == NAME


def test_who_was_anonymous_no_longer_is(place):
    place.type("losse tegel")
    assert Draft.model_validate_json(place.kept()).anonymous
    place.readers.insert(eid())
    place.press(Qt.Key.Key_F4)
    place.press(Qt.Key.Key_S, CTRL)
    assert "register" not in place.desk.names()  # the answer by e-mail has nowhere to go
    place.model.type_reporter("email", "e@example.be")
    place.press(Qt.Key.Key_S, CTRL)
    command = next(values[0] for asked, *values in place.desk.asked if asked == "register")
    assert (command.reporter.name, command.reporter.address) == (NAME, ADDRESS)
    assert place.eid.eid is Eid.NOT_READ
    assert Draft.model_validate_json(place.kept()).address == ""


def test_the_second_card_replaces_the_first_person(place):
    place.readers.insert(eid())
    place.press(Qt.Key.Key_F4)
    place.readers.insert(eid({7: "Peeters", 8: "Jan"}, {1: "", 2: "", 3: ""}))
    place.press(Qt.Key.Key_F4)
    assert (place.shown("name"), place.shown("address")) == ("Jan Peeters", "")


@pytest.mark.parametrize(
    ("trouble", "said"),
    [
        ("service", "De dienst voor kaartlezers draait hier niet."),
        ("no card", "Er zit geen kaart in de lezer. Steek ze erin en druk opnieuw op F4."),
        ("bank", "Dit is geen Belgische eID."),
        ("pulled", "De kaart werd te vroeg uitgenomen."),
        ("two", "Er zit meer dan één eID in de lezers."),
        ("hangs", "De kaart raakt niet gelezen."),
    ],
)
def test_what_goes_wrong_is_said_and_everything_typed_stays(place, trouble, said):
    place.type("losse tegel")
    place.model.type_reporter("name", "Jan")
    match trouble:
        case "service":
            place.readers.end_service()
        case "bank":
            place.readers.insert(BANK_CARD)
        case "pulled":
            place.readers.insert(eid(goes_at=5))
        case "hangs":
            place.readers.insert(eid(goes_at=5, hangs=True))
        case "two":
            place.readers.insert(eid(), 0)
            place.readers.insert(eid(), 1)
    place.press(Qt.Key.Key_F4)
    assert place.said()[0].startswith(said)
    assert place.shown("name") == "Jan"
    assert place.eid.eid is Eid.NOT_READ
    assert place.screen.text.edit.toPlainText() == "losse tegel"


def test_what_was_wrong_is_no_longer_said_once_it_went_well(place):
    place.press(Qt.Key.Key_F4)
    place.press(Qt.Key.Key_F4)
    assert len(place.said()) == 1
    place.readers.insert(eid())
    place.press(Qt.Key.Key_F4)
    assert place.said() == ["Ingevuld vanaf de eID"]


def test_while_it_reads_that_shows_and_a_second_press_waits(place, tasks):
    place.readers.insert(eid())
    tasks.hold()
    place.press(Qt.Key.Key_F4)
    assert place.eid.eid is Eid.READING
    place.press(Qt.Key.Key_F4)
    place.type("tegel")
    QTest.mouseClick(place.eid, Qt.MouseButton.LeftButton)
    tasks.release()
    assert place.reads() == 1
    assert place.shown("name") == NAME
    assert place.screen.text.edit.toPlainText() == "tegel"


def test_a_card_for_a_form_that_was_emptied_is_for_nobody(place, tasks):
    place.type("tegel")
    place.readers.insert(eid())
    tasks.hold()
    place.press(Qt.Key.Key_F4)
    place.model.start_over()
    assert place.eid.eid is Eid.NOT_READ
    tasks.release()
    assert place.shown("name") == ""
    assert place.said() == []


def test_a_card_that_comes_after_the_next_visitor_is_for_nobody(place, tasks):
    place.workplace.welcome.set_name("Jan")
    place.workplace.shell.open_screen(ScreenId.WELCOME)
    place.workplace.shell.open_screen(ScreenId.REPORTS)
    place.readers.insert(eid())
    tasks.hold()
    place.press(Qt.Key.Key_F4)
    place.workplace.shell.open_screen(ScreenId.WELCOME)
    place.workplace.welcome.start_anew()
    place.workplace.welcome.set_name("An")
    place.workplace.shell.open_screen(ScreenId.REPORTS)
    tasks.release()
    assert place.shown("name") == "An"
    assert place.eid.eid is Eid.NOT_READ


def test_the_screen_may_be_left_and_the_name_stands_there_on_return(place, tasks):
    place.type("tegel")
    place.readers.insert(eid())
    tasks.hold()
    place.press(Qt.Key.Key_F4)
    place.workplace.shell.open_screen(ScreenId.WELCOME)
    tasks.release()
    place.workplace.shell.open_screen(ScreenId.REPORTS)
    QApplication.processEvents()
    assert place.shown("name") == NAME


def test_a_name_that_is_typed_over_is_no_longer_the_card_s(place):
    place.readers.insert(eid())
    place.press(Qt.Key.Key_F4)
    place.model.type_reporter("address", "")
    assert place.eid.eid is Eid.READ
    assert place.shown("address") == ""  # not taken away under the clerk's hands
    place.model.type_reporter("name", "Jan")
    assert place.eid.eid is Eid.NOT_READ


@pytest.mark.parametrize(
    ("validity", "said"),
    [
        ({4: "15.03.2026"}, "Ingevuld vanaf de eID, die na zo 15/03/2026 vervallen is"),
        ({4: "16.03.2026"}, "Ingevuld vanaf de eID"),
        ({3: "17.03.2026"}, "Ingevuld vanaf de eID, die pas vanaf di 17/03/2026 geldig is"),
        ({3: "16.03.2026"}, "Ingevuld vanaf de eID"),
        ({3: "", 4: ""}, "Ingevuld vanaf de eID"),
    ],
)
def test_a_card_out_of_its_time_fills_in_and_it_is_said(place, validity, said):
    place.readers.insert(eid(validity))
    place.press(Qt.Key.Key_F4)
    assert place.said() == [said]
    assert place.shown("name") == NAME


def test_the_copy_on_disk_has_name_and_address_and_no_more_of_the_card(place):
    place.readers.insert(eid())
    place.press(Qt.Key.Key_F4)
    kept = place.kept()
    assert NAME in kept
    assert NUMBER not in kept
    assert str(date(2034, 2, 1).year) not in kept
    assert "2024" not in kept


def test_ending_while_it_reads_leaves_no_thread(qtbot, nl):
    tasks, closing, begun = ThreadTaskRunner(), threading.Event(), threading.Event()
    desk = TownWithReaders()
    desk.sign_in("sofie", "")

    def hanging():
        begun.set()
        assert closing.wait(20)
        raise CardTooSlow

    desk.read_eid = hanging
    model = TakingViewModel(desk, tasks, nl)
    said = []
    model.said.connect(said.append)
    model.read_eid()
    assert begun.wait(20)
    model.deleteLater()
    QApplication.sendPostedEvents(model, 0)
    closing.set()
    tasks.close()
    assert said == []
    assert [one.name for one in threading.enumerate() if one.name.startswith("loket-")] == []
