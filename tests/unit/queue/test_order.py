"""Who is next: the rules of PRODUCT one by one, and what must hold whatever comes."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loket.catalogue.rules import ClassRule, VisitorClass
from loket.queue.rules.life import TicketKind
from loket.queue.rules.order import CounterQueues, Waiting, WhyCode, choose, ranked

NOW = datetime(2026, 3, 16, 9, 30, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
RULES = {
    VisitorClass.APPOINTMENT: ClassRule(3, 10),
    VisitorClass.PRIORITY: ClassRule(2, 20),
    VisitorClass.WALK_IN: ClassRule(1, 60),
}
SETTINGS = {"first": RULES, "other": RULES, "second": RULES}
COUNTER = CounterQueues(frozenset({"first", "other"}), frozenset({"second"}))


def walk_in(number, waited, *, queue="first", priority="", at=None, booked=False):
    return Waiting(
        id=f"t-{number}",
        number=number,
        queue_id=queue,
        kind=TicketKind.APPOINTMENT if at is not None or booked else TicketKind.WALK_IN,
        priority=priority,
        arrived_at=NOW - waited * MINUTE,
        appointment_at=None if at is None else NOW - at * MINUTE,
    )


def booked(number, *, due, waited=20, **more):
    """Somebody whose appointment was ``due`` minutes ago."""
    return walk_in(number, waited, at=due, **more)


def mobile(number, waited, **more):
    return walk_in(number, waited, priority="mobility", **more)


def called(*waiting):
    choice = choose(waiting, NOW, SETTINGS, COUNTER)
    return choice and choice.ticket.number


def why(*waiting):
    return choose(waiting, NOW, SETTINGS, COUNTER).why


@pytest.mark.parametrize(
    ("first", "others"),
    [
        # points grow with the rate of the class
        (walk_in("A002", 13), [booked("P001", due=4)]),
        (booked("P001", due=5), [walk_in("A002", 13)]),
        (mobile("A003", 7), [walk_in("A002", 13)]),
        (walk_in("A002", 15), [mobile("A003", 7)]),
        # the highest class counts for who belongs to two
        (booked("P002", due=5, priority="mobility"), [mobile("A003", 7)]),
        # a late appointment holder waits from their arrival
        (walk_in("A002", 13), [booked("P001", due=30, waited=4)]),
        # past the limit of the class before all within theirs, oldest first
        (booked("P001", due=11, waited=12), [walk_in("A002", 59)]),
        (walk_in("A002", 61), [booked("P001", due=11, waited=12)]),
        (walk_in("A001", 70), [walk_in("A002", 61), mobile("A003", 21)]),
        # early appointments when due, or when nobody else waits
        (walk_in("A002", 0), [booked("P001", due=-1)]),
        (booked("P001", due=-5), [booked("P002", due=-9, waited=40)]),
        (walk_in("S001", 1, queue="second"), [booked("P001", due=-1)]),
        (booked("P002", due=-9), [booked("P001", due=-1, queue="second")]),
        # the second choice when the first is empty, or one there is over its limit
        (walk_in("A002", 1), [walk_in("S001", 59, queue="second")]),
        (walk_in("S001", 61, queue="second"), [walk_in("A002", 59)]),
        (walk_in("S001", 9, queue="second"), [walk_in("X001", 90, queue="elsewhere")]),
        # ties go by arrival
        (walk_in("A002", 10), [mobile("A003", 5)]),
    ],
)
def test_who_is_next(first, others):
    assert called(first, *others) == first.number
    assert called(*others, first) == first.number


def test_nobody_is_nobody():
    assert choose([walk_in("X001", 90, queue="elsewhere")], NOW, SETTINGS, COUNTER) is None


def test_why_an_appointment():
    told = why(booked("P001", due=6), walk_in("A015", 14))
    assert (told.code, told.minutes, told.then) == (WhyCode.APPOINTMENT, 6, "A015")
    assert told.at == NOW - 6 * MINUTE


@pytest.mark.parametrize(
    ("waiting", "code", "minutes"),
    [
        ([walk_in("A001", 61)], WhyCode.OVER_LIMIT, 61),
        ([mobile("A001", 9), walk_in("A002", 12)], WhyCode.PRIORITY, 9),
        ([walk_in("A001", 12), walk_in("A002", 9)], WhyCode.LONGEST, 12),
        ([walk_in("A001", 12), walk_in("S001", 20, queue="second")], WhyCode.EARNED, 12),
        ([booked("P001", due=-6)], WhyCode.EARLY, 6),
    ],
)
def test_why_another(waiting, code, minutes):
    told = why(*waiting)
    assert (told.code, told.minutes) == (code, minutes)


def test_second_choice_is_told():
    assert why(walk_in("S001", 5, queue="second")).second_choice == "second"
    assert why(walk_in("A001", 5)).second_choice == ""


@st.composite
def rooms(draw):
    count = draw(st.integers(1, 25))
    whole = st.integers(-15, 100)
    return [
        Waiting(
            id=f"t{nr:03d}",
            number=f"A{nr:03d}",
            queue_id=draw(st.sampled_from(["first", "other", "second"])),
            kind=draw(st.sampled_from(list(TicketKind))),
            priority=draw(st.sampled_from(["", "mobility"])),
            arrived_at=NOW - abs(draw(whole)) * MINUTE,
            appointment_at=draw(st.one_of(st.none(), whole.map(lambda m: NOW - m * MINUTE))),
        )
        for nr in range(count)
    ]


@settings(deadline=None)
@given(rooms(), st.randoms())
def test_the_choice_is_the_head_of_the_order_whatever_the_rows_come_in(room, chance):
    order = ranked(room, NOW, SETTINGS, COUNTER)
    shuffled = list(room)
    chance.shuffle(shuffled)
    assert ranked(shuffled, NOW, SETTINGS, COUNTER) == order
    choice = choose(shuffled, NOW, SETTINGS, COUNTER)
    assert choice.ticket == order[0]
    assert choice.why.then == (order[1].number if len(order) > 1 else "")


@settings(deadline=None)
@given(rooms(), st.integers(0, 24), st.integers(1, 60))
def test_who_came_sooner_is_never_later_for_it(room, place, sooner):
    one = room[place % len(room)]
    earlier = Waiting(**{**vars(one), "arrived_at": one.arrived_at - sooner * MINUTE})
    others = [each for each in room if each is not one]
    before = ranked(room, NOW, SETTINGS, COUNTER).index(one)
    after = ranked([*others, earlier], NOW, SETTINGS, COUNTER).index(earlier)
    assert after <= before


@settings(deadline=None)
@given(rooms(), st.integers(0, 24))
def test_a_reason_for_priority_never_harms(room, place):
    one = room[place % len(room)]
    helped = Waiting(**{**vars(one), "priority": "mobility"})
    others = [each for each in room if each is not one]
    before = ranked(room, NOW, SETTINGS, COUNTER).index(one)
    assert ranked([*others, helped], NOW, SETTINGS, COUNTER).index(helped) <= before


@settings(deadline=None)
@given(rooms())
def test_over_the_limit_goes_before_within_and_oldest_first(room):
    order = ranked(room, NOW, SETTINGS, COUNTER)
    over = [_over(one) for one in order]
    assert over == sorted(over, reverse=True)
    waits = [one.waits_from for one in order if _over(one)]
    assert waits == sorted(waits)


def _over(one):
    best = max(one.classes, key=lambda each: RULES[each].rate)
    return NOW - one.waits_from > RULES[best].limit_minutes * MINUTE


@settings(deadline=None)
@given(st.lists(st.sampled_from(["walk_in", "mobility", "booked"]), min_size=60, max_size=120))
def test_nobody_starves_while_a_counter_serves(arrivals):
    """Twice as many come as can be served, half of them with precedence; none is left behind.

    Once over the limit only those who waited longer go first: each call shortens that line, and
    nobody who comes later joins it ahead.
    """
    room, passed = [], {}
    for nr, kind in enumerate(arrivals):
        now = NOW + nr * MINUTE
        at = now if kind == "booked" else None
        room.append(
            Waiting(
                id=f"t{nr:03d}",
                number=f"A{nr:03d}",
                queue_id="first",
                kind=TicketKind.APPOINTMENT if at else TicketKind.WALK_IN,
                priority="mobility" if kind == "mobility" else "",
                arrived_at=now,
                appointment_at=at,
            )
        )
        if nr % 2:
            chosen = choose(room, now, SETTINGS, COUNTER).ticket
            room.remove(chosen)
            for one in room:
                late = now - one.waits_from > RULES[VisitorClass.WALK_IN].limit_minutes * MINUTE
                if late and chosen.waits_from > one.waits_from:
                    passed[one.id] = chosen.id
    assert passed == {}
