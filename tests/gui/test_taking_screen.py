"""Reports in the whole window: drawn in each state, by keyboard, for all, told to the visit."""

import io

import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QPlainTextEdit, QWidget

from loket.reports.rules.kinds import CategoryClosed
from tests.gui import reports_room
from tests.gui import stub_reports as there
from tests.gui.reports_room import ReportsTown
from ui.core.actions import ScreenId
from ui.theme import look
from ui.widgets.choices import Segmented

CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier


class Place(reports_room.Place):
    @property
    def welcome(self):
        return self.workplace.welcome

    def pause(self):
        """As when the clerk listens for a moment."""
        model = self.model
        for timer in (model._ask_suggestions, model._ask_likes, model._keep):
            if timer.isActive():
                timer.stop()
                timer.timeout.emit()
        QApplication.processEvents()

    def commands(self, name):
        return [values for asked, *values in self.desk.asked if asked == name]


@pytest.fixture
def place_at(workplace_at):
    def build(*, size=(1440, 900), visitor=""):
        desk = ReportsTown()
        workplace = workplace_at(desk, "onthaal-1", size=size)
        workplace.shell.sign_in_as("sofie")
        if visitor:
            workplace.welcome.set_name(visitor)
        workplace.shell.open_screen(ScreenId.REPORTS)
        QApplication.processEvents()
        return Place(workplace, desk)

    return build


@pytest.fixture
def place(place_at):
    return place_at()


def photo():
    made = io.BytesIO()
    Image.new("RGB", (400, 300), (160, 150, 140)).save(made, "JPEG")
    return made.getvalue()


def fill(place, text=there.TEXT):
    place.model.type_text(text)
    place.model.type_place("Kerkstraat 48")
    place.model.take_place()
    place.pause()


# by keyboard alone


def test_from_the_first_word_to_the_receipt_without_the_mouse(place):
    place.press(Qt.Key.Key_1, ALT)
    place.press(Qt.Key.Key_4, ALT)
    assert QApplication.focusWidget() is place.screen.text.edit
    place.type("losse tegel op het voetpad")
    place.pause()
    place.press(Qt.Key.Key_1, CTRL)
    place.press(Qt.Key.Key_1, CTRL)
    place.press(Qt.Key.Key_Return, CTRL)
    command = place.commands("register")[0][0]
    assert command.text == "losse tegel op het voetpad"
    assert command.category_id == "k-tegel"
    assert place.commands("print_receipt") == [[command.visit.id]]
    assert place.screen.text.edit.toPlainText() == ""
    assert QApplication.focusWidget() is place.screen.text.edit


def test_control_s_registers_without_paper(place):
    place.type("losse tegel")
    place.press(Qt.Key.Key_S, CTRL)
    assert len(place.commands("register")) == 1
    assert place.commands("print_receipt") == []


def test_tab_leaves_the_text_and_enter_stays_in_it(place):
    place.type("een")
    place.press(Qt.Key.Key_Return)
    place.type("twee")
    assert place.screen.text.edit.toPlainText() == "een\ntwee"
    place.press(Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is not place.screen.text.edit


def test_an_address_is_found_and_taken_by_keys(place):
    place.screen.place.field.setFocus()
    place.type("kerkstr")
    assert place.screen.place_hits.isVisible()
    place.press(Qt.Key.Key_Down)
    place.press(Qt.Key.Key_Return)
    assert place.screen.place.field.text() == "Kerkstraat 4, Heidebeek"
    assert place.screen.place_hits.isHidden()


def test_another_category_is_found_and_taken_by_keys(place):
    place.screen.category.search.setFocus()
    place.type("lamp")
    assert place.screen.category_hits.isVisible()
    place.press(Qt.Key.Key_Return)
    assert place.screen.category_hits.isHidden()
    assert [row.item.id for row in place.screen.category.rows if row.isChecked()] == ["k-lamp"]


def test_escape_closes_the_list_and_keeps_what_was_typed(place):
    place.screen.place.field.setFocus()
    place.type("kerk")
    place.press(Qt.Key.Key_Escape)
    assert place.screen.place_hits.isHidden()
    assert place.screen.place.field.text() == "kerk"


def test_a_scan_while_typing_leaves_no_trace_in_the_text(place):
    place.model.type_text("losse tegel ")
    QApplication.processEvents()
    place.screen.text.edit.moveCursor(place.screen.text.edit.textCursor().MoveOperation.End)
    place.type("T7K2Q94TDXYZA")
    place.press(Qt.Key.Key_Return)
    assert place.workplace.shell.state.ticket is not None
    assert place.screen.text.edit.toPlainText() == "losse tegel "
    assert place.model.state.text == "losse tegel "


# files


def test_a_copied_picture_is_pasted_into_the_text_as_a_photo(place):
    image = QImage(60, 40, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.red)
    QGuiApplication.clipboard().setImage(image)
    place.screen.text.edit.setFocus()
    place.press(Qt.Key.Key_V, CTRL)
    assert len(place.screen.photos.tiles) == 1
    assert place.screen.text.edit.toPlainText() == ""


def test_files_are_dropped_and_taken_off(place, tmp_path):
    good, bad = tmp_path / "goed.jpg", tmp_path / "slecht.pdf"
    good.write_bytes(photo())
    bad.write_bytes(b"#!/bin/sh")
    dropped = QMimeData()
    dropped.setUrls([QUrl.fromLocalFile(str(good)), QUrl.fromLocalFile(str(bad))])
    place.screen.photos.take(dropped)
    assert [tile.face.name for tile in place.screen.photos.tiles] == ["goed.jpg"]
    assert place.model.state.files.wrong.startswith("slecht.pdf: ")
    place.screen.photos.tiles[0].cross.click()
    assert place.screen.photos.tiles == []


# what became of it


def test_the_visitor_at_the_welcome_desk_has_the_report(place_at):
    place = place_at(visitor="Marleen De Smedt")
    assert place.model.state.visit.startswith("Bezoek van Marleen De Smedt")
    fill(place)
    place.model.type_reporter("email", "m.desmedt@example.be")
    place.press(Qt.Key.Key_S, CTRL)
    acts = place.welcome.state.visitor.acts
    assert [act.title for act in acts] == ["M-2026-01873"]
    assert place.welcome.visit_now().id == place.commands("register")[0][0].visit.id


def test_a_visit_that_begins_with_a_report_goes_on_at_the_welcome_desk(place):
    fill(place)
    place.model.type_reporter("name", "Jan")
    place.model.type_reporter("email", "jan@example.be")
    place.press(Qt.Key.Key_S, CTRL)
    assert place.welcome.visit_now().visitor_name == "Jan"


def test_a_call_leaves_the_visitor_at_the_desk_alone(place_at):
    place = place_at(visitor="Marleen De Smedt")
    place.model.choose_channel("phone")
    fill(place)
    place.press(Qt.Key.Key_S, CTRL)
    assert place.welcome.state.visitor.acts == ()


def test_offline_the_visit_says_that_it_is_to_be_sent(place):
    place.desk.offline = True
    fill(place)
    place.press(Qt.Key.Key_Return, CTRL)
    assert [act.chip for act in place.welcome.state.visitor.acts] == ["Nog te verzenden"]
    assert place.window.messages.texts[0].startswith("Hier bewaard")


def test_a_refusal_is_said_and_the_text_stays(place):
    place.desk.fail_with["register"] = CategoryClosed(category="Voetpad")
    fill(place)
    place.press(Qt.Key.Key_S, CTRL)
    assert any("Voetpad" in text for text in place.window.messages.texts)
    assert place.screen.text.edit.toPlainText() == there.TEXT


def test_what_is_missing_gets_the_focus(place):
    place.press(Qt.Key.Key_Return, CTRL)
    assert QApplication.focusWidget() is place.screen.text.edit
    place.type("iets")
    place.model.type_reporter("name", "Jan")
    place.press(Qt.Key.Key_Return, CTRL)
    assert QApplication.focusWidget() is place.screen.dock.reporter.email.edit
    assert place.commands("register") == []


# for all, in each state

CONTROLS = (QAbstractButton, QLineEdit, QPlainTextEdit, Segmented)


def shown(root):
    return [widget for widget in root.findChildren(QWidget) if widget.isVisible()]


def test_every_control_has_a_name_and_a_place_in_the_tab_order(place):
    fill(place)
    place.model.add_picture("a.jpg", photo())
    QApplication.processEvents()
    controls = [one for one in shown(place.screen) if isinstance(one, CONTROLS)]
    assert len(controls) > 20
    for control in controls:
        assert control.accessibleName(), control
        assert control.focusPolicy() & Qt.FocusPolicy.TabFocus, control


def test_tab_goes_past_the_language_before_it_registers(place):
    place.screen.findChild(QPlainTextEdit).setFocus()
    reached = []
    for _ in range(40):
        reached.append(place.window.focusWidget().accessibleName())
        place.press(Qt.Key.Key_Tab)
    language = next(name for name in reached if name.startswith("Taal van het antwoord"))
    assert reached.index("E-mail") < reached.index(language) < reached.index("Enkel registreren")


def _nothing(_place):
    """As it is opened."""


def _too_long(place):
    fill(place, "woord " * 600)


def _linked(place):
    fill(place)
    place.model.link_to("r-1812")


def _wrong(place):
    place.model.type_reporter("name", "Jan")
    place.model.register(on_paper=True)


def _searching(place):
    place.model.search_category("t")
    place.model.type_place("kerk")


def _dangerous_call(place):
    place.model.choose_channel("phone")
    place.model.choose_urgency("dangerous")
    place.model.type_reporter("on_behalf_of", "vzw " + "De Vrienden van het Stadspark " * 2)
    fill(place)


def _five_files(place):
    for number in range(6):
        place.model.add_picture(f"{number}-{'lange naam ' * 8}.jpg", photo())


def _no_categories(place):
    place.model._arrangements = None
    place.model.toggle_nowhere()


@pytest.mark.parametrize(
    "state",
    [
        _nothing,
        fill,
        _too_long,
        _linked,
        _wrong,
        _searching,
        _dangerous_call,
        _five_files,
        _no_categories,
    ],
)
def test_every_state_is_drawn_and_nothing_overlaps(place_at, state):
    place = place_at(size=(1440, 900))
    state(place)
    _is_drawn_whole(place)
    place.window.resize(1280, 800)
    look.switch("dark")
    _is_drawn_whole(place)


def _is_drawn_whole(place):
    QApplication.processEvents()
    image = place.window.grab().toImage()
    assert not image.isNull()
    dock, page = place.screen.dock, place.screen
    assert dock.geometry().right() <= page.width()
    assert page.photos.geometry().bottom() <= page.height()
    assert page.alike.geometry().bottom() <= page.height()
    assert page.text.edit.height() >= 80
    assert dock.main.isVisible()
    assert dock.main.mapTo(page, dock.main.rect().bottomLeft()).y() <= page.height()
