"""What a supervisor can do, and what the screen then shows."""

from dataclasses import replace

import pytest

from loket.desk.facts import OtherSiteChanged
from loket.link.errors import Rejected
from loket.queue.picture import ConnectionState
from loket.wire.problem import Problem
from tests.gui import supervision_town as there
from ui.core.directory import Directory
from ui.supervisor.state import TOGETHER, Place
from ui.supervisor.view_model import SLOW_SECONDS, SupervisorViewModel


class Seconds:
    def __init__(self):
        self.now = 100.0

    def __call__(self):
        return self.now


@pytest.fixture
def seconds():
    return Seconds()


@pytest.fixture
def desk():
    return there.desk()


@pytest.fixture
def model(qapp, desk, tasks, nl, seconds):
    made = SupervisorViewModel(desk, tasks, nl, seconds)
    made.show_catalogue(Directory(there.CATALOGUE, there.SITE))
    made.begin(desk.sign_in("an", "x"))
    made.show_picture(desk.picture())
    made.looked_at(made)
    made.messages = []
    made.said.connect(made.messages.append)
    return made


def show(model, desk, *cards):
    desk.current = there.picture(cards=list(cards))
    model.show_picture(desk.current)


def cell(model, code):
    return next(one for one in model.state.counters if one.counter_id == f"c-{code}")


def line(model, code):
    return next(one for one in model.state.queues if one.queue_id == f"q-{code}")


def test_the_most_urgent_alert_is_one_sentence(model):
    alert = model.state.alert
    assert alert.title == "Burgerzaken zit boven de norm"
    assert alert.text == (
        "A009 wacht al 23 min, de norm is 20 min. Ook A010 gaat er over 4 min voorbij."
    )


def test_an_alert_that_was_closed_returns_only_after_it_was_over(model, desk):
    model.close_alert()
    assert model.state.alert.title == "Burgerzaken haalt het doel niet"
    model.close_alert()
    assert model.state.alert is None
    show(model, desk)
    show(model, desk, *there.WAITING)
    assert model.state.alert.title == "Burgerzaken zit boven de norm"


def test_people_without_a_counter_are_told_first(model, desk):
    desk.current = replace(there.picture(), queues=there.picture().queues | {})
    closed = {
        key: one.model_copy(update={"open_counters": 0}) if key == "q-soc" else one
        for key, one in desk.current.queues.items()
    }
    model.show_picture(replace(desk.current, queues=closed))
    assert model.state.alert.title == "Sociaal Huis heeft geen open loket"
    assert line(model, "soc").unattended


def test_the_tiles_say_what_the_rows_say(model):
    figures = [(tile.figure, tile.detail) for tile in model.state.tiles]
    assert figures == [
        ("14", "2 meer dan vorige maandag"),
        ("23 min", "A009, Burgerzaken"),
        ("13 min", "laatste uur"),
        ("60", "van ± 198 verwacht"),
        ("83 %", "doel 85 %"),
    ]
    assert [tile.warns for tile in model.state.tiles] == [False, True, False, False, True]


def test_a_closed_queue_where_nobody_waits_stands_last(model):
    assert [one.queue_id for one in model.state.queues][-1] == "q-wonen"
    assert line(model, "wonen").shut == "gesloten tot 13:30"
    assert line(model, "burgerzaken").open == "3 van 4"


def test_counters_say_who_serves_whom_how_long(model):
    assert cell(model, "loket-2").over
    assert (cell(model, "loket-2").timer, cell(model, "loket-2").word) == ("21:10", "lang")
    assert cell(model, "snel-2").word == "roept"
    assert cell(model, "loket-6").detail == "Pauze tot 10:30"
    assert cell(model, "loket-4").place is Place.EMPTY
    assert model.state.counted == "7 bezig, 1 pauze, 1 gesloten"


def test_the_chart_follows_the_chosen_queue_and_names_the_shortage(model):
    chart = model.state.chart
    assert chart.subject == "Burgerzaken"
    assert chart.short.text == "6 te veel"
    assert [band.text for band in chart.breaks] == ["middagsluiting"]
    assert 2 < chart.now < 3
    model.choose_queue("q-snel")
    assert model.state.chart.subject == "Snelloket"
    assert line(model, "snel").selected


def test_advice_says_what_it_does_and_the_next_best_comes_after_not_now(model):
    advice = model.state.advice
    assert advice.title == "Open tussen 10:30 en 12:00 een extra loket voor Burgerzaken"
    assert (advice.before, advice.after) == ("± 34 min", "± 16 min")
    model.refuse_advice()
    assert model.state.advice.button == "Loket 6 openen"
    model.take_advice()
    assert ("open_counter", "c-loket-6") in model._desk.asked


def test_advice_where_nobody_sits_says_whom_to_ask(model, desk):
    model.take_advice()
    assert "open_counter" not in desk.names()
    assert model.messages[-1].text.startswith("Er zit niemand aan Loket 4.")


def test_pressing_a_counter_closes_or_opens_it(model, desk):
    model.toggle_counter("c-loket-1")
    model.toggle_counter("c-loket-6")
    assert desk.asked[-1][0] in {"supervision", "advice"}
    acts = [entry for entry in desk.asked if entry[0] in {"close_counter", "open_counter"}]
    assert acts == [("close_counter", "c-loket-1"), ("open_counter", "c-loket-6")]


def test_an_act_that_is_refused_is_said(model, desk):
    problem = Problem(
        type="",
        title="",
        status=409,
        code="queue.nobody_there",
        params={"counter": "Loket 1"},
        fields=[],
        request_id="",
    )
    desk.fail_with["close_counter"] = Rejected(problem)
    model.toggle_counter("c-loket-1")
    assert "Loket 1" in model.messages[-1].text
    assert not model.state.busy


def test_queues_are_opened_and_closed_by_hand(model, desk):
    model.close_queue("q-snel")
    model.open_queue("q-wonen")
    assert {"close_queue", "open_queue"} <= set(desk.names())


def test_other_sites_are_followed_only_while_they_are_looked_at(model, desk):
    assert desk.overview.watched == {there.SITE}
    model.choose_site(TOGETHER)
    assert desk.overview.watched == {there.SITE, there.OTHER}
    model.hear(OtherSiteChanged(there.picture(there.OTHER)))
    assert "q-kortbeek" in {one.queue_id for one in model.state.queues}
    assert model.state.tiles[0].figure == "15"
    model.left(model)
    assert desk.overview.watched == frozenset()


def test_slow_figures_are_read_every_half_minute(model, desk, seconds):
    before = desk.names().count("supervision")
    model.tick()
    assert desk.names().count("supervision") == before
    seconds.now += SLOW_SECONDS
    model.tick()
    assert desk.names().count("supervision") == before + 1


def test_without_a_server_it_is_not_live(model, desk):
    model.show_picture(there.picture(state=ConnectionState.OFFLINE))
    assert not model.state.is_live
    assert model.state.live == "niet live: de server is weg"


def test_a_message_needs_dutch_and_a_time_to_come(model, desk):
    model.speak_in_room()
    room = model.room
    room.say({"nl": "", "fr": "Bonjour"}, "")
    assert room.state.wrong == "Schrijf het bericht eerst in het Nederlands."
    room.say({"nl": "Even geduld"}, "25:00")
    assert room.state.wrong == "Schrijf het uur als 11:30."
    room.say({"nl": "Even geduld"}, "9:30")
    assert room.state.wrong == "Dat uur is voorbij. Kies een later uur."
    assert "say" not in desk.names()
    room.say({"nl": "Even geduld", "fr": ""}, "11:30")
    site, command = next(entry[1:] for entry in desk.asked if entry[0] == "say")
    assert site == there.SITE
    assert command.until_at.isoformat() == "2026-03-16T10:30:00+00:00"
    assert room.state.now == "“Even geduld” tot 11:30"
    room.clear()
    assert room.state.now == ""


def test_a_screen_is_paired_with_the_site_that_is_looked_at(model, desk):
    model.speak_in_room()
    model.room.pair(" 7K2Q94 ", "Wachtzaal")
    command = next(entry[1] for entry in desk.asked if entry[0] == "pair")
    assert (command.code, command.site_id) == ("7K2Q94", there.SITE)
    assert model.messages[-1].text == "Wachtzaal is gekoppeld"
