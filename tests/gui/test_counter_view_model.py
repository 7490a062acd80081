"""The counter's intents: calling, serving, finishing, and what is refused."""

from datetime import timedelta

import pytest

from loket.catalogue.search import ProductIndex
from loket.link.errors import Rejected, Unreachable
from loket.wire.problem import Problem
from tests.gui import town
from tests.gui.stub_desk import StubDesk
from ui.core.directory import Directory
from ui.counter.state import Phase
from ui.counter.view_model import CounterViewModel


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
    return StubDesk("loket-3")


@pytest.fixture
def model(qapp, desk, tasks, nl, seconds):
    made = CounterViewModel(desk, tasks, nl, seconds)
    made.show_catalogue(Directory(town.CATALOGUE, town.SITE), ProductIndex(town.CATALOGUE))
    made.sit_at("c-loket-3")
    made.show_picture(desk.picture())
    made.messages = []
    made.said.connect(made.messages.append)
    return made


def show(model, desk, *cards):
    desk.current = town.picture(*cards, *town.WAITING)
    model.show_picture(desk.current)


def test_a_free_counter_says_what_to_press_and_whom_it_would_call(model):
    assert model.state.phase is Phase.FREE
    assert model.state.band.text == "Vrij, druk op F9 voor de volgende"
    assert model.state.big.detail == "A015 oproepen"
    assert [line.number for line in model.state.queue] == ["A015", "A016", "A017", "A018", "A019"]
    assert model.state.queue[0].chip_tone == "late"


def test_calling_shows_the_answer_before_the_picture_knows(model, desk):
    picture = desk.current
    model.call_next()
    desk.current = picture
    model.show_picture(picture)
    assert model.state.phase is Phase.CALLED
    assert model.state.visitor.number == "A015"
    assert model.state.band.text == "Opgeroepen, 00:00"
    assert "A015" not in [line.number for line in model.state.queue]


def test_a_second_f9_within_a_second_is_a_slip(model, desk, seconds):
    model.call_next()
    model.call_next()
    assert desk.names().count("call_next") == 1
    assert model.messages == []


def test_f9_on_a_called_ticket_is_refused_with_a_sentence(model, desk, seconds):
    model.call_next()
    seconds.now += 5
    model.call_next()
    assert desk.names().count("call_next") == 1
    assert model.messages[-1].text.startswith("A015 is opgeroepen en nog niet hier.")


def test_enter_starts_and_the_timer_runs(model, desk, seconds):
    model.call_next()
    model.press_main()
    assert desk.names()[-1] == "start"
    assert model.state.phase is Phase.SERVING
    desk.clock.advance(minutes=4, seconds=12)
    model.tick()
    assert model.state.visitor.timer == "04:12"
    assert model.state.big.detail == "A015 afronden, A016 oproepen"


def test_f9_while_serving_finishes_and_calls_the_next(model, desk, seconds):
    show(model, desk, town.serving())
    model.call_next()
    assert ("call_next", "t-A014") in desk.asked
    assert model.state.visitor.number == "A015"


def test_over_the_usual_time_is_a_late_band(model, desk):
    show(model, desk, town.serving(seconds=850))
    assert model.state.band.tone == "late"
    assert model.state.band.text == "Boven de richttijd, 14:10"
    assert model.state.visitor.over


def test_who_was_called_can_be_put_back_or_noted_absent(model, desk):
    show(model, desk, town.called())
    model.no_show()
    assert desk.names()[-2:] == ["mark_no_show"] or "mark_no_show" in desk.names()
    show(model, desk, town.called("A020", version=5))
    model.put_back()
    assert "put_back" in desk.names()
    assert model.state.phase is Phase.FREE


def test_acts_that_cannot_be_are_not_asked(model, desk):
    model.finish()
    model.start()
    model.recall()
    assert desk.names() == []


def test_undo_takes_back_the_last_act_once(model, desk):
    show(model, desk, town.called())
    model.no_show()
    model.undo()
    assert desk.names()[-1] == "undo"
    model.undo()
    assert desk.names().count("undo") == 1
    assert model.messages[-1].code == "queue.nothing_to_undo"


def test_a_stale_picture_is_said_and_the_screen_follows_the_truth(model, desk):
    show(model, desk, town.serving())
    problem = Problem(
        type="",
        title="",
        status=409,
        code="queue.stale_picture",
        params={},
        fields=[],
        request_id="",
    )
    desk.fail_with["call_next"] = Rejected(problem)
    model.call_next()
    assert model.messages[-1].code == "queue.stale_picture"
    desk.current = town.picture(*town.WAITING)
    model.show_picture(desk.current)
    assert model.state.phase is Phase.FREE


def test_an_unreachable_server_leaves_f9_free_to_try_again(model, desk):
    desk.fail_with["call_next"] = Unreachable()
    model.call_next()
    del desk.fail_with["call_next"]
    model.call_next()
    assert model.state.phase is Phase.CALLED


def test_while_calling_nothing_else_can_be_pressed(model, desk, tasks):
    tasks.hold()
    model.call_next()
    assert model.state.phase is Phase.CALLING
    assert model.state.band.text == "Oproepen…"
    tasks.release()
    assert model.state.phase is Phase.CALLED


def test_nobody_waiting_is_no_error(model, desk):
    desk.current = town.picture(town.card("D004", product="omg", queue="omg"))
    model.show_picture(desk.current)
    assert model.state.big.detail == "Niemand wacht"
    model.call_next()
    assert not model.messages[-1].wrong


def test_the_visitor_is_read_when_the_event_brought_no_name(model, desk):
    bare = town.called("A020", name="", note="")
    desk.current = town.picture(bare, *town.WAITING)
    full = town.called("A020", name="Aïcha Benali")
    desk.card = lambda _ticket_id: full
    model.show_picture(desk.current)
    assert model.state.visitor.name == "Aïcha Benali"


def test_own_day_is_shown(model):
    day = model.state.day
    assert (day.served, day.mean_service, day.mean_wait, day.no_shows) == (
        "9",
        "8:50",
        "16 min",
        "1",
    )
    assert day.since == "sinds 09:00"


def test_the_timer_never_runs_backwards(model, desk):
    show(model, desk, town.called(ago=0))
    desk.clock.moment -= timedelta(seconds=3)
    model.tick()
    assert model.state.visitor.timer == "00:00"


def test_another_session_forgets_everything(model, desk):
    show(model, desk, town.called())
    model.sit_at("c-loket-2")
    assert model.state.phase is Phase.FREE


def test_a_key_pressed_again_before_the_answer_asks_nothing_more(model, desk, tasks):
    show(model, desk, town.serving())
    tasks.hold()
    model.finish()
    model.finish()
    model.call_next()
    tasks.release()
    assert desk.names().count("finish") == 1
    assert "call_next" not in desk.names()
    assert not any(message.wrong for message in model.messages)


def test_after_a_refusal_the_next_act_is_asked_again(model, desk):
    show(model, desk, town.serving())
    desk.fail_with["finish"] = Unreachable()
    model.finish()
    del desk.fail_with["finish"]
    model.finish()
    assert desk.names().count("finish") == 2
