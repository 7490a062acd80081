"""Where things stand in a calendar: lanes, minutes, hours of a clock that changes, pages."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.appointments.layout import (
    DAY,
    Axis,
    Span,
    axis,
    counted,
    days_with,
    lanes,
    minute_of,
    most_at_once,
    page,
    span,
    surname,
    turned,
)

MONDAY = date(2026, 3, 16)
WEEK = tuple(MONDAY + timedelta(days=step) for step in range(7))
FIVE = WEEK[:5]
FORWARD, BACK = date(2026, 3, 29), date(2026, 10, 25)


def utc(day, hour, minute=0):
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=UTC)


SPANS = st.lists(
    st.builds(
        lambda start, length: Span(start, start + length), st.integers(0, 1380), st.integers(1, 60)
    ),
    max_size=60,
)


@given(SPANS)
def test_nothing_covers_anything(spans):
    given_lanes = lanes(spans)
    for first in range(len(spans)):
        for second in range(first):
            if given_lanes[first] == given_lanes[second]:
                assert not spans[first].touches(spans[second])


@given(SPANS)
def test_no_more_lanes_than_stand_beside_each_other_at_once(spans):
    busiest = max(
        (sum(one.start <= at < one.end for one in spans) for at in {each.start for each in spans}),
        default=0,
    )
    assert most_at_once(spans) == busiest


def test_twenty_beside_each_other_have_twenty_lanes():
    assert sorted(lanes([Span(540, 570)] * 20)) == list(range(20))


def test_a_lane_is_used_again_as_soon_as_it_is_free():
    assert lanes([Span(540, 570), Span(540, 600), Span(570, 600)]) == [0, 1, 0]


def test_minutes_are_those_of_the_wall_clock():
    assert minute_of(utc(MONDAY, 9, 28)) == 10 * 60 + 28  # winter: an hour ahead of UTC
    assert minute_of(utc(date(2026, 7, 1), 9, 28)) == 11 * 60 + 28


def test_over_the_hour_that_is_left_out_it_takes_what_the_wall_shows():
    assert span(utc(FORWARD, 0, 30), 60, FORWARD) == Span(90, 210)  # 1:30 to 3:30


def test_in_the_hour_that_comes_twice_nothing_has_no_height():
    shown = span(utc(BACK, 0, 30), 60, BACK)  # 2:30 in summer to 2:30 in winter
    assert (shown.start, shown.end) == (150, 210)


def test_two_of_the_hour_that_comes_twice_stand_beside_each_other():
    first, second = (span(utc(BACK, hour, 15), 30, BACK) for hour in (0, 1))
    assert first == second
    assert lanes([first, second]) == [0, 1]


@pytest.mark.parametrize(("day", "hours"), [(FORWARD, 23), (BACK, 25), (MONDAY, 24)])
def test_a_whole_day_is_drawn_whole_however_long_it_is(day, hours):
    midnight = datetime(day.year, day.month, day.day, tzinfo=UTC)
    begins = midnight - timedelta(hours=2 if day == BACK else 1)
    assert span(begins, hours * 60, day) == Span(0, DAY)


def test_what_goes_on_past_midnight_is_cut_there():
    assert span(utc(MONDAY, 22, 30), 120, MONDAY) == Span(23 * 60 + 30, DAY)


def test_a_leap_day_is_a_day():
    assert span(utc(date(2028, 2, 29), 9), 30, date(2028, 2, 29)) == Span(600, 630)


def test_the_axis_holds_all_there_is_in_whole_hours():
    shown = axis([Span(8 * 60 + 15, 9 * 60), Span(17 * 60, 18 * 60 + 10)], grid=30, room=2000)
    assert (shown.first, shown.last) == (8 * 60, 18 * 60 + 30)
    assert shown.hours().start == 8 * 60


def test_days_without_openings_still_have_hours():
    shown = axis([], grid=30, room=600)
    assert (shown.first, shown.last) == (9 * 60, 17 * 60)


def test_minutes_and_pixels_are_one_to_one():
    shown = Axis(9 * 60, 18 * 60, 1.2)
    assert shown.y(10 * 60) == pytest.approx(72)
    assert shown.minute(shown.y(613)) in {612, 613}
    assert shown.y(0) == 0
    assert shown.y(DAY) == shown.height


def test_a_row_of_five_minutes_can_still_be_read():
    assert axis([Span(540, 720)], grid=5, room=400).scale * 5 >= 18


def test_it_is_squeezed_a_little_rather_than_scrolled():
    assert axis([Span(540, 1080)], grid=30, room=610).height == pytest.approx(610)
    assert axis([Span(540, 1080)], grid=30, room=560).height == pytest.approx(648)  # else unread
    assert axis([Span(540, 1080)], grid=30, room=300).scale == pytest.approx(1.2)


def test_three_desks_show_names_and_twenty_show_counts():
    week = 118.0
    assert not counted(2, week)
    assert not counted(3, week)
    assert counted(7, week)
    assert counted(20, week)
    assert not counted(10, 640.0)


def test_the_weekend_is_there_when_something_is_in_it():
    assert days_with(WEEK, []) == FIVE
    assert days_with(WEEK, [WEEK[5]]) == WEEK[:6]


def test_three_days_beside_each_other_hold_the_one_that_is_looked_at():
    assert page(FIVE, MONDAY, 3) == FIVE[:3]
    assert page(FIVE, FIVE[3], 3) == FIVE[2:]
    assert page(FIVE, MONDAY, 7) == FIVE


def test_pages_of_three_days_go_on_into_the_next_week_and_back():
    assert turned(FIVE, FIVE[:3], 1) == FIVE[3]
    assert turned(FIVE, FIVE[2:], 1) == MONDAY + timedelta(days=7)
    assert turned(FIVE, FIVE[2:], -1) == MONDAY
    assert turned(FIVE, FIVE[:3], -1) == MONDAY - timedelta(days=5)


@pytest.mark.parametrize(
    ("name", "short"),
    [("Rachid Amrani", "Amrani"), ("Els De Clercq", "De Clercq"), ("Madonna", "Madonna"), ("", "")],
)
def test_a_narrow_block_says_the_family_name(name, short):
    assert surname(name) == short
