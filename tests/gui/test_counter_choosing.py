"""Parking, referring, more products and pausing at the counter: the overlay and the dock."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from loket.catalogue.search import ProductIndex
from loket.queue.rules.opening import PauseReason
from tests.gui import town
from tests.gui.stub_desk import StubDesk
from ui.core.actions import ActionId
from ui.core.directory import Directory
from ui.counter.screen import CounterScreen
from ui.counter.state import Phase, PickerKind
from ui.counter.view_model import CounterViewModel


@pytest.fixture
def desk():
    return StubDesk("loket-3")


@pytest.fixture
def model(qapp, desk, tasks, nl):
    made = CounterViewModel(desk, tasks, nl)
    made.show_catalogue(Directory(town.CATALOGUE, town.SITE), ProductIndex(town.CATALOGUE))
    made.sit_at("c-loket-3", "u-tom")
    made.messages = []
    made.said.connect(made.messages.append)
    return made


def show(model, desk, *cards, **more):
    desk.current = town.picture(*cards, *town.WAITING, **more)
    model.show_picture(desk.current)


def titles(model):
    return [choice.title for choice in model.state.picker.choices]


def test_parking_asks_where_and_enter_alone_will_do(model, desk):
    show(model, desk, town.serving())
    model.park()
    assert model.state.picker.kind is PickerKind.PARK
    model.choose()
    assert ("park", "t-A014", "") in desk.asked
    assert model.state.phase is Phase.FREE
    assert model.messages[-1].text == "A014 geparkeerd"
    assert model.messages[-1].remedy == "undo"


def test_own_words_are_kept_as_they_were_typed(model, desk):
    show(model, desk, town.called())
    model.park()
    model.search_picker("haalt haar man")
    model.choose()
    assert ("park", "t-A014", "haalt haar man") in desk.asked
    model.show_picture(desk.current)
    [line] = model.state.parked
    assert (line.number, line.remark, line.button) == ("A014", "haalt haar man", "Hervatten")


def test_what_i_parked_comes_straight_back_and_another_waits_again(model, desk):
    theirs = town.parked("A009", by="u-nele", parker="Nele P.")
    show(model, desk, town.parked(name="Marleen De Smedt"), theirs)
    assert [line.number for line in model.state.parked] == ["A011", "A009"]
    model.resume("t-A009")
    assert ("resume", "t-A009") in desk.asked
    model.show_picture(desk.current)
    model.resume("t-A011")
    assert ("call_parked", "t-A011") in desk.asked
    assert model.state.visitor.number == "A011"
    assert model.state.visitor.name == "Marleen De Smedt"


def test_why_somebody_was_parked_is_read_when_the_event_did_not_say(model, desk):
    bare = town.parked("A009", remark="", parker="", by="u-nele")
    full = town.parked("A009", remark="bij de fotograaf", parker="Nele P.", by="u-nele")
    desk.card = lambda _ticket_id: full
    picture = town.picture(bare, *town.WAITING)
    model.show_picture(picture.with_visit_changed("v-A009"))
    assert model.state.parked[0].remark == "bij de fotograaf"
    assert "Nele P." in model.state.parked[0].detail


def test_referring_finds_queues_counters_and_products(model, desk):
    show(model, desk, town.serving())
    model.transfer()
    assert titles(model) == ["Snelloket", "Omgevingsloket", "Sociaal Huis", "Loket 2"]
    model.search_picker("loket 2")
    assert titles(model)[0] == "Loket 2"
    model.choose()
    assert ("transfer", "t-A014", {"counter_id": "c-loket-2"}) in desk.asked
    assert model.messages[-1].text == "A014 doorverwezen naar Loket 2"


def test_referring_to_a_product(model, desk):
    show(model, desk, town.serving())
    model.transfer()
    model.search_picker("rijbewijs afh")
    model.choose()
    assert ("transfer", "t-A014", {"product_id": "p-rba"}) in desk.asked
    assert model.state.phase is Phase.FREE


def test_arrows_go_round_and_a_new_letter_begins_at_the_top(model, desk):
    show(model, desk, town.serving())
    model.transfer()
    model.move_picker(-1)
    assert model.state.picker.chosen == 3
    model.search_picker("s")
    assert model.state.picker.chosen == 0


def test_one_more_product_and_its_papers(model, desk):
    show(model, desk, town.serving())
    model.change_products()
    model.search_picker("rijbewijs aanvraag")
    model.choose()
    model.show_picture(desk.current)
    assert model.state.visitor.also == "Ook voor Rijbewijs – aanvraag"
    assert "slaagattest" in model.state.help.bring
    assert model.state.help.bring.count("eID") == 1
    model.change_products()
    model.choose()
    assert ("remove_product", "t-A014", "p-rb") in desk.asked


def test_only_what_is_served_here_is_offered_as_one_more(model, desk):
    show(model, desk, town.serving())
    model.change_products()
    model.search_picker("vuilzakken")
    assert titles(model) == []
    model.choose()
    assert "add_product" not in desk.names()


def test_a_pause_until_and_its_end(model, desk):
    show(model, desk)
    model.pause()
    model.search_picker("overleg 10:45")
    assert [choice.detail for choice in model.state.picker.choices] == ["tot 10:45"]
    model.choose()
    kind, until = desk.asked[-1][1:]
    assert (kind, until.hour, until.minute) == (PauseReason.MEETING, 9, 45)
    assert model.state.band.text == "Pauze tot 10:45"
    model.pause()
    assert desk.names()[-1] == "end_pause"
    assert model.state.band.text == "Vrij, druk op F9 voor de volgende"


def test_a_time_that_is_over_is_not_taken(model, desk):
    show(model, desk)
    model.pause()
    model.search_picker("9:00")
    assert model.state.picker.choices[0].detail == ""


def test_while_something_is_chosen_no_other_key_acts(model, desk):
    show(model, desk, town.serving())
    model.park()
    model.call_next()
    model.finish()
    model.undo()
    assert not {"call_next", "finish", "undo"} & set(desk.names())
    model.park()
    assert model.state.picker is None, "the same key closes it"


def test_esc_clears_first_and_closes_then(model, desk):
    show(model, desk, town.serving())
    model.transfer()
    model.search_picker("soc")
    model.leave_picker()
    assert model.state.picker.query == ""
    model.leave_picker()
    assert model.state.picker is None


def test_who_left_meanwhile_is_not_parked(model, desk):
    show(model, desk, town.serving())
    model.park()
    show(model, desk)
    assert model.state.picker is None


def test_who_was_sent_to_another_open_counter_is_not_next_here(model, desk):
    named = town.card("A001", waited=60, only_counter_id="c-loket-2")
    show(model, desk, named)
    assert model.state.queue[0].number == "A015"
    lunch = town.counter_now("loket-2", "Nele P.", pause=PauseReason.LUNCH)
    model.show_picture(desk.current.with_counter_now(lunch))
    assert model.state.queue[0].number == "A001"


@pytest.fixture
def screen(qtbot, model, nl, desk):
    made = CounterScreen(model, nl)
    made.resize(1192, 744)
    made.show()
    QTest.qWaitForWindowExposed(made)
    yield made
    made.hide()
    made.deleteLater()


def test_the_overlay_by_keyboard(screen, model, desk):
    show(model, desk, town.serving())
    screen.do(ActionId.TRANSFER)
    assert QApplication.focusWidget() is screen.picker.field
    for sign in "soc":
        QTest.keyClick(screen.picker.field, sign)
    QTest.keyClick(screen.picker.field, Qt.Key.Key_Return)
    assert ("transfer", "t-A014", {"queue_id": "q-soc"}) in desk.asked
    assert screen.picker.isHidden()


def test_the_last_place_of_the_row_changes_hands(screen, model, desk):
    def shown():
        buttons = screen.actions_row.actions_by_id
        return [str(key) for key, button in buttons.items() if button.isVisible()]

    fixed = ["recall", "no_show", "transfer", "park"]
    show(model, desk, town.serving())
    assert shown() == [*fixed, "finish"]
    show(model, desk, town.called("A020"))
    assert shown() == [*fixed, "put_back"]
