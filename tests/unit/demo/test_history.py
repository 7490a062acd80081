"""The made-up weeks obey the rules that real ones obey."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date
from itertools import pairwise

import pytest

from loket.demo.history.past import PastTicket, PastVisit
from loket.demo.history.weeks import FIRST_DAY, LAST_DAY, Heidebeek
from loket.demo.people import PEOPLE
from loket.kit.clock import local, local_day
from loket.kit.ids import is_code, is_follow_up_code
from loket.queue.rules.life import MOVES, TicketKind, TicketState
from loket.visits.messages import ActKind, Channel


@pytest.fixture(scope="module")
def visits(town) -> list[PastVisit]:
    return list(Heidebeek(*town, PEOPLE).history(date(2026, 1, 5), date(2026, 2, 1)))


@pytest.fixture(scope="module")
def tickets(visits: list[PastVisit]) -> list[PastTicket]:
    return [visit.ticket for visit in visits if visit.ticket is not None]


def of_site(visits: Iterable[PastVisit], site: str) -> list[PastVisit]:
    return [visit for visit in visits if visit.site_id == site and visit.ticket is not None]


def test_the_same_seed_gives_the_same_weeks(town):
    days = date(2026, 1, 5), date(2026, 1, 6)
    once, twice = (list(Heidebeek(*town, PEOPLE).history(*days)) for _ in range(2))
    assert once == twice
    assert once != list(Heidebeek(*town, PEOPLE, seed="anders").history(*days))


def test_a_day_does_not_depend_on_where_the_history_begins(town, visits: list[PastVisit]):
    day = date(2026, 1, 14)
    alone = list(Heidebeek(*town, PEOPLE).history(day, day))
    assert alone == [visit for visit in visits if visit.day == day]


def test_numbers_have_no_gaps_per_site_day_and_series(visits: list[PastVisit]):
    numbers = defaultdict(list)
    for visit in visits:
        if visit.ticket is not None:
            numbers[visit.site_id, visit.day, visit.ticket.prefix].append(visit.ticket)
    for given in numbers.values():
        given.sort(key=lambda ticket: ticket.number)
        assert [ticket.number for ticket in given] == list(range(1, len(given) + 1))
        assert all(a.arrived_at <= b.arrived_at for a, b in pairwise(given))


def test_prefix_and_queue_belong_together(town, tickets: list[PastTicket]):
    queues = {queue.id: queue for queue in town[0].queues}
    for ticket in tickets:
        queue = queues[ticket.queue_id]
        booked = ticket.kind is TicketKind.APPOINTMENT
        assert ticket.prefix == (queue.appointment_prefix if booked else queue.walk_in_prefix)


def test_each_state_follows_from_the_one_before(tickets: list[PastTicket]):
    for ticket in tickets:
        assert ticket.stays[0].state is TicketState.WAITING
        assert ticket.stays[0].from_at == ticket.arrived_at
        for before, after in pairwise(ticket.stays):
            assert after.state in MOVES[before.state]
            assert before.to_at == after.from_at
            assert before.from_at <= after.from_at
        assert ticket.stays[-1].to_at is None
        assert not MOVES[ticket.stays[-1].state]


def test_a_counter_has_one_ticket_at_a_time(tickets: list[PastTicket]):
    at_counter = defaultdict(list)
    for ticket in tickets:
        there = [stay for stay in ticket.stays if stay.counter_id]
        if there:
            at_counter[there[0].counter_id].append((there[0].from_at, there[-1].to_at))
    assert len(at_counter) > 8
    for times in at_counter.values():
        times.sort()
        assert all(left <= called for (_, left), (called, _) in pairwise(times))


def test_a_clerk_sits_at_one_desk_a_day(visits: list[PastVisit]):
    desks = defaultdict(set)
    for visit in visits:
        desks[visit.user_id, visit.day].add(visit.counter_id)
        for stay in visit.ticket.stays if visit.ticket else ():
            if stay.counter_id:
                desks[stay.user_id, local_day(stay.from_at)].add(stay.counter_id)
    assert {len(used) for used in desks.values()} == {1}


def test_counters_serve_their_own_queues(town, tickets: list[PastTicket]):
    serves = {c.id: {*c.first_choice, *c.second_choice} for c in town[0].counters}
    for ticket in tickets:
        assert all(ticket.queue_id in serves[s.counter_id] for s in ticket.stays if s.counter_id)


def test_tickets_are_given_while_the_queue_is_open(town, visits: list[PastVisit]):
    table = town[1]
    for visit in visits:
        ticket = visit.ticket
        if ticket is not None:
            day = table.on(visit.day, site_id=visit.site_id, queue_id=ticket.queue_id)
            in_hours = any(ticket.arrived_at in period for period in day.periods)
            assert in_hours or ticket.kind is TicketKind.APPOINTMENT


def test_everything_happens_on_its_own_day_and_in_order(visits: list[PastVisit]):
    for visit in visits:
        assert visit.started_at < visit.ended_at <= visit.closed_at
        assert local_day(visit.started_at) == local_day(visit.closed_at) == visit.day
        assert all(visit.started_at <= act.at <= visit.ended_at for act in visit.acts)


def test_ids_and_codes_are_like_real_ones_and_never_twice(
    visits: list[PastVisit], tickets: list[PastTicket]
):
    ids = [visit.id for visit in visits] + [ticket.id for ticket in tickets]
    ids += [act.id for visit in visits for act in visit.acts]
    assert len(ids) == len(set(ids))
    assert len({ticket.code for ticket in tickets}) == len(tickets)
    assert all(is_code(ticket.code) for ticket in tickets)
    assert all(is_follow_up_code(visit.follow_up_code) for visit in visits)


def test_monday_is_the_peak_and_a_day_has_some_210_tickets(town, visits: list[PastVisit]):
    per_day = Counter(visit.day for visit in of_site(visits, "site-stadhuis"))
    weekdays = [count for day, count in per_day.items() if day.isoweekday() <= 5]
    assert 195 < sum(weekdays) / len(weekdays) < 230
    of_weekday = Counter()
    for day, count in per_day.items():
        of_weekday[day.isoweekday()] += count
    assert of_weekday[1] > 1.2 * of_weekday[2] > 1.2 * of_weekday[5]
    assert 10 < per_day[date(2026, 1, 17)] < 50  # the quick-service counter on Saturday
    assert per_day[date(2026, 1, 18)] == 0


def test_holidays_and_short_days(town):
    found = list(Heidebeek(*town, PEOPLE).history(date(2025, 12, 24), date(2026, 1, 2)))
    days = {visit.day for visit in found}
    assert not days & {date(2025, 12, 25), date(2025, 12, 26), date(2026, 1, 1), date(2026, 1, 2)}
    eve = [visit for visit in found if visit.day == date(2025, 12, 24) and visit.ticket]
    assert max(local(visit.started_at).hour for visit in eve) < 12


def test_waits_services_and_endings_are_believable(tickets: list[PastTicket]):
    endings = Counter(ticket.stays[-1].state for ticket in tickets)
    assert endings[TicketState.DONE] / len(tickets) > 0.93
    assert endings[TicketState.WITHDRAWN] > 10
    assert endings[TicketState.EXPIRED] > 10
    cards = [t for t in tickets if t.product_id == "p-identiteitskaart-aanvraag"]
    served = [s for ticket in cards for s in ticket.stays if s.state is TicketState.SERVING]
    mean = sum((s.to_at - s.from_at).total_seconds() for s in served) / len(served) / 60
    assert 8 < mean < 14
    waits = [t.stays[1].from_at - t.arrived_at for t in cards]
    assert 4 < sum(wait.total_seconds() for wait in waits) / len(waits) / 60 < 30


def test_other_acts_and_channels(visits: list[PastVisit]):
    kinds = Counter(act.kind for visit in visits for act in visit.acts)
    assert kinds[ActKind.INFORMATION_GIVEN] > kinds[ActKind.REFERRED] > 10
    channels = Counter(visit.channel for visit in visits)
    assert channels[Channel.PHONE] > 500
    assert {visit.priority for visit in visits} == {"", "mobility", "stroller"}


def test_the_thirteen_weeks(town):
    assert (LAST_DAY - FIRST_DAY).days == 13 * 7 - 3  # from a Monday to a Friday
    assert FIRST_DAY.isoweekday() == 1
