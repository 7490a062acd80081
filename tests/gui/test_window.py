"""The whole window on a stub desk: keys, scans, messages, languages, accessibility."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QWidget

from loket.desk.facts import JobState, PictureChanged, PrintChanged, SessionEnded
from loket.link.disk import DiskFull
from loket.link.errors import Rejected, Unreachable
from loket.queue.picture import ConnectionState
from loket.wire.problem import Problem
from tests.gui import town
from tests.gui.hands import Hands
from tests.gui.stub_desk import StubDesk
from ui.core.actions import ScreenId
from ui.shell.printer_menu import PrinterMenu
from ui.shell.state import Stage
from ui.theme import look
from ui.widgets.choices import Segmented

CONTROLS = (QAbstractButton, QLineEdit, Segmented)


class Place(Hands):
    """A workplace with what a test does with it."""

    def __init__(self, workplace, desk, qtbot):
        self.workplace, self.desk, self._qtbot = workplace, desk, qtbot

    @property
    def window(self):
        return self.workplace.window

    @property
    def welcome(self):
        return self.window.opened(ScreenId.WELCOME)

    @property
    def counter(self):
        return self.window.opened(ScreenId.COUNTER)

    def texts(self):
        return self.window.messages.texts


@pytest.fixture
def place_at(workplace_at, qtbot):
    def build(code="onthaal-1", user="sofie", *, sign_in=True):
        desk = StubDesk(code)
        workplace = workplace_at(desk, code)
        if sign_in:
            workplace.shell.sign_in_as(user)
            QApplication.processEvents()
        return Place(workplace, desk, qtbot)

    return build


@pytest.fixture
def place(place_at):
    return place_at()


@pytest.fixture
def counter_place(place_at):
    return place_at("loket-3", "tom")


# signing in


def test_one_press_signs_in(place_at):
    place = place_at(sign_in=False)
    assert place.workplace.shell.state.stage is Stage.SIGN_IN
    assert QApplication.focusWidget() is place.window.sign_in.person_buttons[0]
    place.press(Qt.Key.Key_Return)
    assert place.desk.asked[0] == ("sign_in", "sofie", "x")
    assert place.workplace.shell.state.stage is Stage.WORKING
    assert place.window.top_bar.user.text() == "Sofie V."


def test_a_wrong_password_is_one_clear_sentence(place_at):
    place = place_at(sign_in=False)
    problem = Problem(
        type="",
        title="",
        status=401,
        code="staff.wrong_password",
        params={},
        fields=[],
        request_id="",
    )
    place.desk.fail_with["sign_in"] = Rejected(problem)
    view = place.window.sign_in
    view.name.edit.setText("sofie")
    view.password.edit.setFocus()
    place.type("nee")
    place.press(Qt.Key.Key_Return)
    assert view._wrong.text() == "Naam of wachtwoord klopt niet. Probeer opnieuw."
    assert place.workplace.shell.state.stage is Stage.SIGN_IN


def test_an_ended_session_leads_back_to_signing_in(place):
    place.workplace._on_fact(SessionEnded())
    assert place.workplace.shell.state.stage is Stage.SIGN_IN
    assert "afgelopen" in place.workplace.shell.state.sign_in.wrong


# the welcome desk by keyboard alone


def test_four_letters_and_enter_give_a_ticket(place):
    assert QApplication.focusWidget() is place.welcome.search
    place.type("iden")
    place.press(Qt.Key.Key_Return)
    assert place.desk.names()[1:] == ["issue_ticket", "print_slip"]
    assert place.texts() == ["Ticket A015 afgedrukt"]
    assert place.welcome.search.text() == ""
    assert QApplication.focusWidget() is place.welcome.search


def test_arrows_choose_and_escape_clears(place):
    place.type("rijb")
    place.press(Qt.Key.Key_Down)
    assert place.workplace.welcome.state.selected == 1
    place.press(Qt.Key.Key_Up)
    place.press(Qt.Key.Key_Up)
    assert place.workplace.welcome.state.selected == 4
    place.press(Qt.Key.Key_Escape)
    assert place.welcome.search.text() == ""


def test_ctrl_z_takes_the_ticket_back_but_undoes_typing_first(place):
    place.press(Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    place.type("rij")
    place.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert "withdraw" not in place.desk.names()
    place.press(Qt.Key.Key_Escape)
    place.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert "withdraw" in place.desk.names()


@pytest.mark.parametrize("key", [Qt.Key.Key_3, Qt.Key.Key_QuoteDbl])
def test_quick_products_also_on_azerty(place, key):
    place.press(key, Qt.KeyboardModifier.ControlModifier)
    issued = [entry for entry in place.desk.asked if entry[0] == "issue_ticket"]
    assert issued[0][2] == "p-adr"


def test_f9_is_the_next_visitor_and_f1_the_info(place):
    place.press(Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    place.press(Qt.Key.Key_F9)
    assert place.desk.names()[-1] == "end_encounter"
    place.type("iden")
    place.press(Qt.Key.Key_F1)
    assert place.welcome.info.isVisible()
    place.press(Qt.Key.Key_Escape)
    assert not place.welcome.info.isVisible()
    assert place.welcome.search.text() == "iden"


def test_the_undo_of_a_message_works(place):
    place.press(Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    toast = place.window.messages.toasts[0]
    toast.button.click()
    assert "withdraw" in place.desk.names()


def test_the_name_field_is_emptied_for_the_next_visitor(place):
    field = place.welcome.dock.name.edit
    field.setFocus()
    place.type("Marleen")
    place.press(Qt.Key.Key_F9)
    assert field.text() == ""


# scans and the omnibox


def test_a_scan_opens_its_ticket_from_anywhere_and_leaves_no_trace(place):
    place.welcome.dock.note.edit.setFocus()
    place.type("T7K2Q94TDXYZA")
    place.press(Qt.Key.Key_Return)
    assert ("find_ticket", "T7K2Q94TDXYZA") in place.desk.asked
    assert place.welcome.dock.note.edit.text() == ""
    assert place.window.ticket.isVisible()
    place.press(Qt.Key.Key_Escape)
    assert not place.window.ticket.isVisible()


def test_an_azerty_scan_is_read(place):
    place.workplace.shell.search("T7K2Q94TDXYZA")
    place.workplace.shell.choose()
    assert ("find_ticket", "T7K2Q94TDXYZA") in place.desk.asked


def test_the_omnibox_finds_tickets_and_products(place):
    place.press(Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    place.type("a016")
    assert place.workplace.shell.state.found[0].title == "A016"
    assert place.window.found.isVisible()
    place.press(Qt.Key.Key_Return)
    assert place.window.ticket.number.text() == "A016"
    place.press(Qt.Key.Key_Escape)
    place.press(Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    place.type("omgev")
    place.press(Qt.Key.Key_Return)
    assert place.welcome.search.text() == "Omgevingsloket"
    assert QApplication.focusWidget() is place.welcome.search


# the counter by keyboard alone


def test_call_start_finish_by_keys(counter_place):
    place = counter_place
    assert place.workplace.shell.state.screen is ScreenId.COUNTER
    place.press(Qt.Key.Key_F9)
    assert place.counter.card.number.text() == "A015"
    place.press(Qt.Key.Key_Return)
    assert place.counter.card.band.text == "In behandeling"
    place.press(Qt.Key.Key_Return)
    assert "finish" not in place.desk.names()
    assert place.desk.names().count("call_next") == 1
    place.press(Qt.Key.Key_F12)
    assert place.desk.names()[-1] == "finish"
    assert place.counter.card.band.text == "Vrij, druk op F9 voor de volgende"


def test_recall_no_show_put_back_by_keys(counter_place):
    place = counter_place
    place.desk.current = town.picture(town.called(), *town.WAITING)
    place.workplace._on_fact(PictureChanged(place.desk.current))
    place.press(Qt.Key.Key_F8)
    assert place.desk.names()[-1] == "recall"
    place.press(Qt.Key.Key_Backspace, Qt.KeyboardModifier.ControlModifier)
    assert place.desk.names()[-1] == "put_back"
    place.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert place.desk.names()[-1] == "undo"


def test_alt_digits_change_the_screen(counter_place):
    place = counter_place
    place.press(Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    assert place.workplace.shell.state.screen is ScreenId.WELCOME
    assert QApplication.focusWidget() is place.welcome.search
    place.press(Qt.Key.Key_Eacute, Qt.KeyboardModifier.AltModifier)
    assert place.workplace.shell.state.screen is ScreenId.COUNTER


def test_a_welcome_desk_has_only_its_screen(place):
    assert place.workplace.shell.state.screens == (ScreenId.WELCOME,)
    assert not place.window.rail.items[ScreenId.COUNTER].isVisible()


# the frame


def test_the_pill_tells_the_connection(place):
    for state, waiting, text in [
        (ConnectionState.OFFLINE, 3, "Offline · 3 te verzenden"),
        (ConnectionState.SENDING, 2, "Verzenden, nog 2"),
        (ConnectionState.CONNECTED, 0, "Verbonden"),
    ]:
        place.desk.current = town.picture(state=state, to_send=waiting)
        place.workplace._on_fact(PictureChanged(place.desk.current))
        assert place.window.top_bar.pill.text == text


def test_the_demonstration_is_marked(place):
    assert place.workplace.shell.state.clock == "ma 16 maart · 10:24"
    assert place.workplace.shell.state.demonstration == "demonstratie"


def test_the_theme_changes_at_once(place):
    place.workplace.change_theme("dark")
    assert look.theme() == "dark"
    assert QApplication.instance().palette().window().color() == look.colour("bg")


def test_another_language_keeps_the_visit(place):
    place.workplace.welcome.set_name("Marleen")
    place.press(Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    place.workplace.change_language("en")
    QApplication.processEvents()
    assert place.window.rail.items[ScreenId.WELCOME].text() == "Welcome desk"
    assert place.welcome.dock.name.edit.text() == "Marleen"
    assert place.workplace.welcome.state.visitor.acts[0].title == "A015"


def test_errors_stay_and_the_same_one_stands_once(place):
    place.workplace.say_unhandled(KeyError("x"))
    place.workplace.say_unhandled(KeyError("x"))
    assert len(place.texts()) == 1
    place.window.messages.toasts[0].button.click()
    assert place.texts() == []


def test_the_shortcut_page_lists_the_table(place):
    place.press(Qt.Key.Key_F1, Qt.KeyboardModifier.ControlModifier)
    assert place.window.shortcuts.isVisible()
    place.press(Qt.Key.Key_Escape)
    assert not place.window.shortcuts.isVisible()


def test_the_user_menu_offers_theme_language_printer_and_signing_out(place):
    menu = place.window.top_bar.menu()
    names = [action.text() for action in menu.actions() if action.text()]
    assert names == [
        "Donker thema",
        "Nederlands",
        "English",
        "Printer",
        "Sneltoetsen",
        "Afmelden",
    ]
    menu.deleteLater()


# printers


def printer_menu(place):
    menu = place.window.top_bar.menu()
    menu.deleteLater()
    return next(action.menu() for action in menu.actions() if action.text() == "Printer")


def shown_printers(menu):
    return [(action.text(), action.isChecked()) for action in menu.actions()]


def test_a_printer_is_chosen_and_kept_at_the_desk(place):
    menu = printer_menu(place)
    assert shown_printers(menu) == [("PDF-map", True), ("Balie-bon", False), ("Kopie A4", False)]
    menu.actions()[1].trigger()
    assert place.desk.chosen_printer == "Balie-bon"
    assert place.texts() == ["Deze werkplek drukt af op Balie-bon"]
    assert shown_printers(menu)[1] == ("Balie-bon", True)
    menu.actions()[0].trigger()
    assert place.desk.chosen_printer == ""
    assert place.texts() == ["Deze werkplek bewaart papieren als PDF"]


def test_a_printer_that_the_machine_misses_stays_on_offer_and_a_new_one_joins(place):
    menu = printer_menu(place)
    menu.actions()[1].trigger()
    place.desk.known_printers = ("Nieuw",)
    place.workplace.shell.printers.refresh()
    assert shown_printers(menu) == [("PDF-map", False), ("Balie-bon", True), ("Nieuw", False)]


def failed(place):
    """The slip of a ticket that was just given does not come out."""
    place.press(Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    job = place.desk.job(state=JobState.FAILED, printer="Balie-bon", reason="print.silent")
    place.desk.tell(PrintChanged(job))
    QApplication.processEvents()
    return place.window.messages.toasts[-1]


def test_a_paper_that_is_under_way_is_not_said_to_be_printed(place):
    job = place.desk.job(state=JobState.WAITING, printer="Balie-bon")
    place.desk.print_slip = lambda _issued: job
    place.press(Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    assert place.texts() == ["A015 naar Balie-bon gestuurd"]


def test_a_paper_that_failed_can_be_printed_again(place):
    toast = failed(place)
    assert "Balie-bon" in toast.text
    assert (toast.button.text(), toast.second.text()) == ("Opnieuw afdrukken", "Andere printer")
    toast.button.click()
    assert place.desk.asked[-1] == ("print_again", "j-1")
    assert place.texts() == ["A015 afgedrukt"]


def test_a_paper_that_failed_goes_to_another_printer_that_is_kept(place):
    failed(place).second.click()
    menu = place.window.findChildren(PrinterMenu)[-1]
    assert menu.isVisible()
    assert len(place.texts()) >= 1, "it stays until another printer is chosen"
    menu.actions()[2].trigger()
    menu.close()
    asked = [entry for entry in place.desk.asked if entry[0] in {"choose_printer", "print_again"}]
    assert asked == [("choose_printer", "Kopie A4"), ("print_again", "j-1")]
    assert place.texts() == ["A015 afgedrukt"]


def test_a_choice_that_cannot_be_kept_is_said(place):
    place.desk.fail_with["choose_printer"] = DiskFull(file="settings.json")
    menu = printer_menu(place)
    menu.actions()[1].trigger()
    assert "schijf" in place.texts()[0]
    assert shown_printers(menu)[0] == ("PDF-map", True)


# accessibility and rendering


def shown(root):
    return [widget for widget in root.findChildren(QWidget) if widget.isVisible()]


@pytest.mark.parametrize("kind", ["sign_in", "welcome", "counter"])
def test_every_control_has_a_name_and_a_place_in_the_tab_order(place_at, kind):
    place = {
        "sign_in": lambda: place_at(sign_in=False),
        "welcome": place_at,
        "counter": lambda: place_at("loket-3", "tom"),
    }[kind]()
    if kind == "welcome":
        place.type("rijb")
    if kind == "counter":
        place.desk.current = town.picture(town.called(), *town.WAITING)
        place.workplace._on_fact(PictureChanged(place.desk.current))
    controls = [one for one in shown(place.window) if isinstance(one, CONTROLS)]
    assert len(controls) > 3
    for control in controls:
        assert control.accessibleName(), control
        assert control.focusPolicy() & Qt.FocusPolicy.TabFocus, control
    enabled = {control for control in controls if control.isEnabled()}
    chain, start = set(), place.window.nextInFocusChain()
    step = start
    for _ in range(2000):
        chain.add(step)
        step = step.nextInFocusChain()
        if step is start:
            break
    assert enabled <= chain


def test_tab_goes_round_and_the_ring_follows(place):
    seen = []
    for _ in range(40):
        place.press(Qt.Key.Key_Tab)
        seen.append(QApplication.focusWidget())
    assert len({id(widget) for widget in seen}) > 10
    buttons = [one for one in seen if isinstance(one, QAbstractButton)]
    assert buttons
    buttons[-1].setFocus()
    QApplication.processEvents()
    assert place.window._ring.isVisible()
    place.welcome.search.setFocus()
    assert not place.window._ring.isVisible()


STATES = {
    "free": (),
    "called": (town.called(),),
    "serving": (town.serving(),),
    "over": (town.serving(seconds=4000),),
}


@pytest.mark.parametrize("cards", STATES)
def test_every_state_of_the_counter_can_be_drawn(place_at, cards):
    place = place_at("loket-3", "tom")
    place.desk.current = town.picture(*STATES[cards], *town.WAITING)
    place.workplace._on_fact(PictureChanged(place.desk.current))
    for size, theme in (((1280, 800), "light"), ((1440, 900), "dark"), ((1920, 1080), "dark")):
        look.switch(theme)
        place.window.resize(*size)
        QApplication.processEvents()
        assert place.window.grab().size().width() >= 1280


def test_long_names_and_empty_lists_are_drawn(place):
    place.workplace.welcome.set_name("N" * 80)
    place.workplace.welcome.commit_details()
    place.desk.current = town.picture(town.card("A015", name="Ö" * 80, note="x" * 80))
    place.workplace._on_fact(PictureChanged(place.desk.current))
    place.type("zzzzqqq")
    assert place.welcome.empty.isVisible()
    assert not place.window.grab().isNull()


def test_an_unchanged_picture_builds_nothing_anew(place):
    before = {id(widget) for widget in place.welcome.findChildren(QWidget)}
    place.type("rijb")
    middle = {id(widget) for widget in place.welcome.findChildren(QWidget)}
    place.desk.clock.advance(minutes=1)
    place.workplace._on_fact(PictureChanged(town.picture(*town.WAITING)))
    after = {id(widget) for widget in place.welcome.findChildren(QWidget)}
    assert before <= middle == after


def test_without_a_server_the_people_are_asked_for_until_it_answers(place_at):
    place = place_at(sign_in=False)
    shell = place.workplace.shell
    place.desk.demonstration, real = _unreachable, place.desk.demonstration
    shell.attach(place.desk)
    assert "niet bereikbaar" in shell.state.sign_in.wrong
    assert shell._asking.isActive()
    place.desk.demonstration = real
    shell._asking.stop()
    shell._asking.timeout.emit()
    assert shell.state.sign_in.wrong == ""
    assert not shell._asking.isActive()


def _unreachable():
    raise Unreachable
