"""Telling everybody involved something: pressed twice, sent once, and nothing typed is lost."""

import pytest

from loket.desk.facts import ReportsChanged
from loket.link.errors import TimedOut, Unreachable
from loket.reports.messages.informing import LastInformed
from loket.reports.rules.involved import InformedMeanwhile
from tests.gui import reports_town as town
from ui.reports.following.state import Page
from ui.reports.following.view_model import FollowingViewModel


@pytest.fixture
def desk():
    return town.StubFollowingDesk()


@pytest.fixture
def model(desk, tasks, nl):
    made = FollowingViewModel(desk, tasks, nl)
    made.know_town(town.a_catalogue())
    made.look()
    return made


@pytest.fixture
def told(desk):
    """The commands that were sent."""

    def commands():
        return [command for name, command in desk.reports.done if name == "inform_all"]

    return commands


def press_twice(model):
    model.inform()
    model.inform()


def test_the_list_as_it_is_filtered_is_counted(model, desk):
    model.choose_view("late")
    model.narrow("quarter", "Centrum")
    model.narrow("kind", "complaint")
    model.show_involved()
    state = model.state.inform
    assert state.what == "Te laat · Klacht · wijk Centrum: 23 meldingen, 31 personen"
    assert [way.many for way in state.ways] == [20, 6, 3, 2]
    assert desk.reports.asked_involved[-1].quarters == ["Centrum"]
    assert "2 personen stonden er dubbel" in "\n".join(state.notes)
    model.narrow("quarter", "")
    assert desk.reports.asked_involved[-1].quarters == []


def test_the_second_press_sends_it_once(model, desk, told, tasks):
    model.show_involved()
    model.type_inform("Dag {naam}")
    model.inform()
    assert (told(), model.state.inform.armed) == ([], True)
    tasks.hold()
    model.inform()
    model.inform()
    tasks.release()
    [command] = told()
    assert (command.text, command.seen_people, command.seen_last) == ("Dag {naam}", 31, None)
    assert (model.state.page, model.state.inform.text) == (Page.FILE, "")
    assert desk.reports.asked_involved != []


def test_whoever_types_on_is_asked_again(model, told):
    model.show_involved()
    model.type_inform("Dag")
    model.inform()
    model.type_inform("Dag allemaal")
    model.inform()
    assert (told(), model.state.inform.armed) == ([], True)


def test_others_than_those_that_were_asked_about_are_asked_again(model, desk, told):
    model.show_involved()
    model.type_inform("Dag")
    model.inform()
    desk.reports.people = town.some_people(people=32, mail=21)
    model.hear(ReportsChanged("r-9"))
    assert not model.state.inform.armed
    press_twice(model)
    assert told()[0].seen_people == 32


@pytest.mark.parametrize("text", ["", "  ", "Op {dag} komen we"])
def test_what_cannot_be_sent_is_said_at_once(model, told, text):
    model.show_involved()
    model.type_inform(text)
    press_twice(model)
    assert (told(), bool(model.state.inform.wrong)) == ([], True)


def test_refused_keeps_what_is_typed_and_shows_who_was_quicker(model, desk, told):
    model.show_involved()
    model.type_inform("Dag")
    last = LastInformed(id="a-1", at=town.NOW, user_name="Jef", people=31)
    desk.reports.refuses = InformedMeanwhile(name="Jef", people=31)
    model.inform()
    desk.reports.people = town.some_people(last=last)
    model.inform()
    state = model.state.inform
    assert (state.text, state.armed) == ("Dag", False)
    assert "Jef" in state.wrong
    assert "Jef" in state.last
    desk.reports.refuses = None
    press_twice(model)
    assert told()[-1].seen_last == "a-1"


def test_without_an_answer_the_same_act_is_tried_again(model, desk, told):
    model.show_involved()
    model.type_inform("Dag")
    desk.reports.refuses = TimedOut()
    press_twice(model)
    desk.reports.refuses = None
    press_twice(model)
    first, second = told()
    assert first.id == second.id
    model.show_involved()
    model.type_inform("Iets anders")
    press_twice(model)
    assert told()[-1].id != first.id


def test_without_a_server_nobody_is_counted(model, desk):
    def away(_asked):
        raise Unreachable

    desk.reports.involved = away
    model.show_involved()
    assert (model.state.inform.can_send, bool(model.state.inform.wrong)) == (False, True)


def test_only_who_dispatches_may(model, desk):
    desk.session.user.permissions = ["report.handle"]
    model.refresh()
    assert not model.state.list.can_inform
    model.show_involved()
    assert model.state.page is Page.FILE
