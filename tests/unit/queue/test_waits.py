"""The forecast: service times that borrow, a room played on, ranges that learn from errors."""

import math
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loket.catalogue.rules import VisitorClass, usual_rules
from loket.queue.rules.life import TicketKind
from loket.queue.rules.order import CounterQueues, Waiting
from loket.queue.rules.waits.arrivals import Came, learn_habits
from loket.queue.rules.waits.expectation import Calibration, Expectation
from loket.queue.rules.waits.promise import Kept, calibrated, calibration, forecast
from loket.queue.rules.waits.situation import AtCounter, InLine, OpenCounter, Situation
from loket.queue.rules.waits.times import Lineage, LogNormal, Served, ServiceTimes, learn
from loket.queue.rules.waits.told import Wait, rounded
from loket.simulation.what_if import what_if

NOW = datetime(2026, 3, 16, 9, tzinfo=UTC)
SURE = Expectation(
    services=ServiceTimes({"p": LogNormal(math.log(10), 0.0)}), no_show=0.0, turnaround=0.0
)
"""Everything takes ten minutes, everybody is there."""
VAGUE = replace(SURE, services=ServiceTimes({"p": LogNormal(math.log(10), 0.5)}))
NEW = ("q", VisitorClass.WALK_IN)


def somebody(nr, *, queue="q", kind=TicketKind.WALK_IN, priority="", waited=5):
    at = NOW - timedelta(minutes=waited)
    return InLine(Waiting(f"t{nr:03d}", f"A{nr:03d}", queue, kind, priority, at), "p")


def counter(name, *, first=("q",), second=()):
    return OpenCounter(name, CounterQueues(frozenset(first), frozenset(second)))


def room(waiting=(), *, counters=None, busy=()):
    return Situation(
        now=NOW,
        line=tuple(waiting),
        busy=tuple(busy),
        counters=(counter("c1"),) if counters is None else tuple(counters),
        settings={"q": usual_rules(20), "other": usual_rules(20)},
        closes={"q": NOW + timedelta(hours=3), "other": NOW + timedelta(hours=3)},
    )


def told(situation, expected=SURE, stream=NEW):
    return forecast(situation, expected, [stream])[stream]


@pytest.mark.parametrize(
    ("waiting", "counters", "minutes"),
    [
        ([], ["c1"], 0),
        ([1, 2, 3], ["c1"], 30),
        ([1, 2, 3], ["c1", "c2"], 10),
        ([1, 2, 3, 4], ["c1", "c2"], 20),
        ([1, 2, 3], ["c1", "c2", "c3", "c4"], 0),
    ],
)
def test_certain_times_give_a_certain_wait(waiting, counters, minutes):
    situation = room(
        [somebody(nr, waited=9 - nr) for nr in waiting],
        counters=[counter(name) for name in counters],
    )
    assert rounded(told(situation)) == (
        minutes,
        minutes,
        max(1, minutes),
        max(1, minutes),
    )


def test_who_has_precedence_is_reckoned_with():
    line = [somebody(1), somebody(2), somebody(3)]
    plain = told(room(line)).middle
    assert told(room(line), stream=("q", VisitorClass.PRIORITY)).middle < plain
    booked = somebody(4, kind=TicketKind.APPOINTMENT, waited=1)
    assert told(room([*line, booked])).middle == pytest.approx(plain + 10)


def test_who_is_served_long_already_is_soon_done():
    def at(minutes):
        since = NOW - timedelta(minutes=minutes)
        return told(room(busy=[AtCounter("c1", "t", "q", "p", since)]), VAGUE).middle

    assert at(0.1) == pytest.approx(10, abs=1)
    assert at(8) < at(4) < at(0.1)


def test_a_second_choice_is_served_when_the_first_is_empty():
    shared = counter("c1", first=("other",), second=("q",))
    assert told(room(counters=[shared])).middle == 0
    busy_first = [somebody(nr, queue="other") for nr in range(3)]
    assert told(room(busy_first, counters=[shared])).middle == pytest.approx(30)


def test_later_arrivals_of_a_higher_class_push_back():
    line = [somebody(nr) for nr in range(5)]
    more = replace(SURE, arrivals={("q", VisitorClass.APPOINTMENT): 0.05})
    assert told(room(line), more).middle > told(room(line)).middle + 5


def test_nobody_serves_it():
    assert forecast(room(counters=[]), SURE, [NEW]) == {}
    elsewhere = [counter("c1", first=("other",))]
    assert forecast(room(counters=elsewhere), SURE, [NEW]) == {}


@settings(deadline=None, max_examples=30)
@given(st.integers(0, 12), st.integers(1, 4), st.randoms())
def test_one_more_waits_and_one_counter_more_helps(waiting, counters, chance):
    line = [somebody(nr, waited=chance.randint(1, 30)) for nr in range(waiting)]
    seats = [counter(f"c{nr}") for nr in range(counters)]
    now = told(room(line, counters=seats), VAGUE)
    assert now.low <= now.middle <= now.high <= now.sure
    more = told(room([*line, somebody(99, waited=0)], counters=seats), VAGUE)
    assert more.middle >= now.middle - 0.5
    helped = told(room(line, counters=[*seats, counter("extra")]), VAGUE)
    assert helped.middle <= now.middle + 0.5


def test_five_hundred_waiting_are_played_too():
    line = [somebody(nr, waited=nr / 10) for nr in range(500)]
    seats = [counter(f"c{nr}") for nr in range(5)]
    assert told(room(line, counters=seats)).middle == pytest.approx(1000, abs=20)


def test_what_one_counter_more_does():
    line = [somebody(nr) for nr in range(4)]
    effects = what_if(room(line), SURE, open_counter=counter("c2"))
    assert (effects[0].stream[0], effects[0].gain) == ("q", pytest.approx(20))
    closed = what_if(room(line, counters=[counter("c1"), counter("c2")]), SURE, close_counter="c2")
    assert closed[-1].gain == pytest.approx(-20)


def test_a_rare_product_borrows_from_its_service():
    lineages = {
        "often": Lineage("s", "q", 10),
        "rare": Lineage("s", "q", 20),
        "elsewhere": Lineage("other", "other", 10),
    }
    served = [Served("often", "q", 10, 5.0)] * 200 + [Served("rare", "q", 10, 30.0)]
    times = learn(served, lineages)
    assert times.of("often", "q", 10).mean_minutes == pytest.approx(5, rel=0.15)
    # half the usual time, as its service; its own one observation says more than usual
    assert 10 < times.mean_minutes("rare") < 15
    assert 4 < times.mean_minutes("elsewhere") < 8


def test_an_hour_that_is_slower_is_learnt():
    chance = Random(1)
    served = [
        Served("p", "q", hour, (14 if hour == 9 else 7) * chance.lognormvariate(0, 0.2))
        for hour in (9, 10)
        for _ in range(300)
    ]
    times = learn(served, {"p": Lineage("s", "q", 10)})
    assert times.of("p", "q", 9).middle > times.of("p", "q", 10).middle + 0.5


def test_arrivals_by_hour_and_how_today_compares():
    came = [Came("q", VisitorClass.WALK_IN, 1, 10)] * 60
    habits = learn_habits(came, {1: 5})
    usual = habits.rates(NOW, seen=0, queues=["q"])["q", VisitorClass.WALK_IN]
    assert usual == pytest.approx(0.2)
    busy = habits.rates(NOW, seen=25, queues=["q"])["q", VisitorClass.WALK_IN]
    assert busy == pytest.approx(0.4)
    assert habits.rates(NOW, seen=0, queues=["other"]) == {}


def test_calibration_makes_ranges_hold_their_share():
    chance = Random(3)

    def kept():
        middle = chance.uniform(5, 40)
        promised = Wait(0.8 * middle, middle, 1.2 * middle, 1.3 * middle)
        return Kept(promised, middle * 1.15 * chance.lognormvariate(0, 0.25))

    learnt = calibration([kept() for _ in range(3000)])
    judged = [kept() for _ in range(3000)]
    ranges = [rounded(calibrated(one.promised, learnt)) for one in judged]
    likely = [
        low <= round(one.actual) <= high
        for one, (low, _m, high, _s) in zip(judged, ranges, strict=True)
    ]
    sure = [round(one.actual) <= bound for one, (*_rest, bound) in zip(judged, ranges, strict=True)]
    assert sum(likely) / len(likely) == pytest.approx(0.8, abs=0.03)
    assert sum(sure) / len(sure) == pytest.approx(0.95, abs=0.02)


def test_a_few_promises_teach_nothing_yet():
    assert calibration([Kept(Wait(1, 2, 3, 4), 9.0)] * 10) == Calibration()
