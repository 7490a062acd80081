"""The rules behind the supervisor's screen: alerts, room, trends, what is worth advising."""

import pytest

from loket.insight.rules.advice import Candidate, Effect, worthwhile
from loket.insight.rules.alerts import (
    AlertCode,
    QueueLook,
    SeriesLook,
    Waiting,
    alerts,
    share_percent,
)
from loket.insight.rules.day import HALF, Plan, Stay, room, shortages, staffed, trend


def a_queue(*minutes, **other):
    given = {
        "queue_id": "q",
        "norm_minutes": 20,
        "target_percent": 85,
        "waiting": tuple(Waiting(f"A{nr:03d}", each) for nr, each in enumerate(minutes, 1)),
        "open_counters": 2,
        "called": 0,
        "within_norm": 0,
    }
    return QueueLook(**(given | other))


def codes(*queues, series=()):
    return [alert.code for alert in alerts(queues, series)]


def test_the_norm_itself_is_not_over_it():
    assert codes(a_queue(20)) == []
    assert codes(a_queue(21)) == [AlertCode.LONGEST_WAIT]


def test_who_passes_the_norm_next_is_named_with_when():
    alert = alerts([a_queue(23, 16, 3)])[0]
    assert dict(alert.params) == {
        "number": "A001",
        "minutes": 23,
        "norm": 20,
        "over": 1,
        "then": "A002",
        "left": 4,
    }


def test_people_without_a_counter_come_first():
    empty = a_queue(queue_id="empty", open_counters=0)
    left = a_queue(3, queue_id="left", open_counters=0)
    assert codes(a_queue(40), left, empty) == [AlertCode.UNATTENDED, AlertCode.LONGEST_WAIT]


@pytest.mark.parametrize(
    ("called", "within", "wrong"), [(4, 0, False), (20, 17, False), (20, 16, True), (0, 0, False)]
)
def test_a_share_counts_from_five_calls_on(called, within, wrong):
    found = codes(a_queue(called=called, within_norm=within))
    assert found == ([AlertCode.WITHIN_NORM] if wrong else [])


def test_no_target_is_met_by_rounding():
    assert share_percent(849, 1000) == 84
    assert share_percent(0, 0) is None


@pytest.mark.parametrize(("used", "wrong"), [(809, False), (810, True)])
def test_a_series_at_nine_tenths_is_told(used, wrong):
    found = codes(series=[SeriesLook("s", "A", used, 900)])
    assert found == ([AlertCode.SERIES] if wrong else [])


# the day


def a_plan(**other):
    given = {
        "expected": [6.0, 8.0, 9.0, 2.0],
        "staffed": [2.0, 0.0, 0.0, 0.0],
        "usual": [3.0, 3.0, 2.5, 3.0],
        "is_open": [True, True, True, False],
        "now": 1,
        "open_now": 3.0,
        "mean_service": 900,
    }
    return Plan(**(given | other))


def test_room_is_what_worked_what_is_open_and_what_usually_changes():
    assert room(a_plan()) == [4.0, 6.0, 5.0, None]


def test_opening_a_counter_moves_the_rest_of_the_day():
    assert room(a_plan(open_now=4.0)) == [4.0, 8.0, 7.0, None]


def test_without_earlier_days_what_is_open_stays_open():
    assert room(a_plan(usual=[0.0] * 4)) == [4.0, 6.0, 6.0, None]


def test_only_half_hours_ahead_are_short():
    short = shortages(a_plan())
    assert [(one.first, one.last, one.too_many) for one in short] == [(2, 2, 4)]
    assert shortages(a_plan(open_now=6.0)) == []


def test_a_counter_with_two_first_choices_counts_half_for_each():
    stay = Stay("q", arrived=0, waits_from=0, worked=(10, HALF + 10), counter_id="c")
    found = staffed([stay, stay], {"c": ["q", "r"]})
    assert found == {"q": {0: 0.5, 1: 0.5}, "r": {0: 0.5, 1: 0.5}}


def test_a_trend_counts_who_waits_at_each_moment_from_when_they_came():
    now = 10_000
    parked_meanwhile = (now - 3000, now - 600, None)
    assert trend([parked_meanwhile], now)[-4:] == [0, 2400, 2700, 3000]
    assert trend([], now) == [0] * 12


# advice


def an_effect(counter, before, after, queue="q"):
    return Effect(counter, queue, before, after)


def test_only_a_queue_over_its_norm_is_helped():
    candidates = [Candidate("a", seated=True), Candidate("b", seated=False)]
    norms = {"q": 20}
    assert worthwhile([an_effect("a", 19, 5)], candidates, norms) == []
    assert worthwhile([an_effect("a", 30, 28)], candidates, norms) == []
    found = worthwhile([an_effect("b", 34, 16), an_effect("a", 34, 16)], candidates, norms)
    assert [one.counter_id for one in found] == ["a", "b"]


def test_a_queue_that_nobody_serves_is_helped_first():
    candidates = [Candidate("a", seated=True), Candidate("b", seated=True)]
    found = worthwhile([an_effect("a", 60, 5), an_effect("b", None, 9)], candidates, {"q": 20})
    assert found[0].counter_id == "b"
