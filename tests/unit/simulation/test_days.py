"""Days that are played: nobody is lost, policies differ as they should, files are read."""

import json
from datetime import date

import pytest

from loket.catalogue.rules import VisitorClass
from loket.demo.days import DemoTown, demo_town
from loket.simulation.day import DayUnreadable, read_day
from loket.simulation.learning import learn_from
from loket.simulation.outcomes import by_class
from loket.simulation.policies import POLICIES
from loket.simulation.run import play_day
from loket.simulation.trial import judge, outcomes_of, put_to_the_test

MORNING = {
    "starts": "2026-03-16T08:00:00+00:00",
    "queues": [
        {"id": "bz", "norm_minutes": 20, "classes": {"priority": {"rate": 9, "limit_minutes": 9}}}
    ],
    "counters": [{"id": "loket-1", "first": ["bz"], "second": [], "shifts": [[0, 20], [30, 90]]}],
    "visitors": [
        {"at": 1, "queue": "bz", "product": "eid", "minutes": 10},
        {"at": 2, "queue": "bz", "product": "eid", "minutes": 10},
        {"at": 3, "queue": "bz", "product": "eid", "minutes": 10, "leaves_after": 5},
        {"at": 5, "queue": "bz", "product": "eid", "minutes": 10, "priority": "mobility"},
        {"at": 6, "queue": "bz", "product": "eid", "minutes": 10, "appointment": 12},
        {"at": 80, "queue": "bz", "product": "eid", "minutes": 10, "absent": True},
    ],
}


@pytest.fixture
def file(tmp_path):
    def write(told):
        path = tmp_path / "day.json"
        path.write_text(json.dumps(told), encoding="utf-8")
        return path

    return write


@pytest.fixture(scope="module")
def town() -> DemoTown:
    return demo_town()


def called(day, policy):
    outcomes = play_day(day, POLICIES[policy])
    assert len(outcomes) == len(day.visitors)
    order = sorted((one.called_at, one.visitor.id) for one in outcomes if one.called_at is not None)
    return [(round(at, 1), ident) for at, ident in order], outcomes


def test_a_morning_by_our_rules(file):
    day = read_day(file(MORNING))
    assert day.settings["bz"][VisitorClass.PRIORITY].rate == 9
    order, outcomes = called(day, "accumulating")
    # the counter is away from 20 to 30, but ends what it has in hand: 1 + 10.2, then 21.4 -> 30
    assert order == [
        (1.0, "v0000"),
        (11.2, "v0003"),
        (30.0, "v0004"),
        (40.2, "v0001"),
        (80.0, "v0005"),
    ]
    assert outcomes[2].left_at == 8
    assert outcomes[4].wait == pytest.approx(18)


def test_other_policies_call_others(file):
    day = read_day(file(MORNING))
    assert [ident for _at, ident in called(day, "fifo")[0]][:3] == ["v0000", "v0001", "v0003"]
    assert [ident for _at, ident in called(day, "strict")[0]][:3] == ["v0000", "v0003", "v0004"]


@pytest.mark.parametrize(
    "change",
    [
        {"starts": "16 maart"},
        {"starts": "2026-03-16T08:00:00"},
        {"queues": []},
        {"visitors": [{"at": 1, "queue": "bz"}]},
        {"counters": [{"id": "x", "first": ["elsewhere"], "shifts": []}]},
        {"visitors": [{"at": "soon", "queue": "bz", "minutes": 1}]},
    ],
)
def test_what_is_no_day_is_refused(file, change):
    with pytest.raises(DayUnreadable):
        read_day(file(MORNING | change))


def test_no_file_is_refused(tmp_path):
    with pytest.raises(DayUnreadable):
        read_day(tmp_path / "nothing.json")


def test_days_of_the_town_are_the_same_for_the_same_seed(town):
    first, again = (list(town.days(date(2026, 3, 16), 2, seed=5)) for _ in range(2))
    other = next(town.days(date(2026, 3, 16), 1, seed=6))
    assert first == again
    assert first[0].visitors != other.visitors
    assert len(first[0].visitors) > 150


def test_nobody_is_lost_and_no_class_starves(town):
    days = list(town.days(date(2026, 3, 16), 3, seed=5))
    longest = {}
    for name, policy in POLICIES.items():
        waits = {
            line.visitor_class: line for line in by_class([(d, play_day(d, policy)) for d in days])
        }
        assert waits["all"].visitors == sum(len(day.visitors) for day in days)
        longest[name] = waits["appointment"].p90, waits["walk_in"].longest
    assert longest["accumulating"][0] < longest["fifo"][0]
    assert longest["accumulating"][1] <= longest["strict"][1]


def test_a_trial_tells_errors_and_shares(town):
    past = outcomes_of(town.days(date(2026, 2, 2), 8, seed=1))
    lesson = learn_from(past, town.lineages())
    told = put_to_the_test(town.days(date(2026, 3, 16), 1, seed=2), lesson)
    verdict = judge(told, lesson)
    assert verdict.told == len(told) > 50
    # one day proves little: the whole trial is `python -m loket simulate --forecast`
    assert verdict.oracle < verdict.ours < verdict.last_customer
    assert verdict.gap_low <= verdict.gap_closed <= verdict.gap_high
    assert 0 < verdict.likely < 1
