"""Opening hours: weekly, exceptional, on holidays, and over both clock changes."""

from datetime import UTC, date, datetime, time

import pytest

from loket.catalogue.hours import (
    HoursException,
    Timetable,
    WeeklyHours,
    holiday_name,
    public_holidays,
)

MONDAY = date(2026, 3, 16)


def weekly(weekday: int, opens: int, closes: int, **other) -> WeeklyHours:
    values = {
        "site_id": "site-a",
        "queue_id": None,
        "valid_from": date(2020, 1, 1),
        "valid_to": None,
        **other,
    }
    return WeeklyHours(weekday=weekday, opens=time(opens), closes=time(closes), **values)


def exception(day: date, name: str, opens: int | None = None, closes: int | None = None, **other):
    values = {"site_id": "site-a", "queue_id": None, **other}
    at = {
        "opens": None if opens is None else time(opens),
        "closes": None if closes is None else time(closes),
    }
    return HoursException(day=day, name=name, **at, **values)


def a_timetable(*entries) -> Timetable:
    return Timetable(
        tuple(e for e in entries if isinstance(e, WeeklyHours)),
        tuple(e for e in entries if isinstance(e, HoursException)),
    )


def hours_of(table: Timetable, day: date, queue_id: str | None = None) -> list[tuple[str, str]]:
    found = table.on(day, site_id="site-a", queue_id=queue_id)
    return [(f"{p.opens_at:%H:%M}", f"{p.closes_at:%H:%M}") for p in found.periods]


def test_a_day_has_its_periods_in_utc_and_in_order():
    table = a_timetable(weekly(1, 13, 18), weekly(1, 9, 12), weekly(2, 9, 12))
    assert hours_of(table, MONDAY) == [("08:00", "11:00"), ("12:00", "17:00")]
    assert hours_of(table, date(2026, 3, 18)) == []


def test_summer_time_moves_the_same_wall_clock():
    table = a_timetable(weekly(1, 9, 12))
    assert hours_of(table, date(2026, 3, 30)) == [("07:00", "10:00")]
    assert hours_of(table, date(2026, 10, 26)) == [("08:00", "11:00")]


def test_the_day_of_both_clock_changes():
    table = a_timetable(weekly(7, 1, 6))
    spring = table.on(date(2026, 3, 29), site_id="site-a").periods[0]
    autumn = table.on(date(2026, 10, 25), site_id="site-a").periods[0]
    assert (spring.closes_at - spring.opens_at).total_seconds() == 4 * 3600
    assert (autumn.closes_at - autumn.opens_at).total_seconds() == 6 * 3600


def test_in_the_doubled_hour_it_opens_the_first_time_and_closes_the_second():
    table = a_timetable(
        WeeklyHours("site-a", None, 7, time(2, 15), time(2, 45), date(2020, 1, 1), None)
    )
    period = table.on(date(2026, 10, 25), site_id="site-a").periods[0]
    assert period.opens_at == datetime(2026, 10, 25, 0, 15, tzinfo=UTC)
    assert period.closes_at == datetime(2026, 10, 25, 1, 45, tzinfo=UTC)


def test_in_the_missing_hour_it_opens_and_closes_as_much_later():
    def of(opens: time, closes: time) -> tuple[datetime, datetime]:
        table = a_timetable(WeeklyHours("site-a", None, 7, opens, closes, date(2020, 1, 1), None))
        period = table.on(date(2026, 3, 29), site_id="site-a").periods[0]
        return period.opens_at, period.closes_at

    night = datetime(2026, 3, 29, tzinfo=UTC)
    assert of(time(1), time(2, 30)) == (night, night.replace(hour=1, minute=30))
    begin, end = of(time(2, 15), time(2, 45))
    assert (begin, end) == (night.replace(hour=1, minute=15), night.replace(hour=1, minute=45))


def test_the_holidays_of_a_leap_year():
    assert holiday_name(date(2028, 4, 17)) == "Paasmaandag"
    assert holiday_name(date(2028, 5, 25)) == "O. L. H. Hemelvaart"
    assert holiday_name(date(2028, 6, 5)) == "Pinkstermaandag"
    assert not holiday_name(date(2028, 2, 29))


def test_a_queue_with_hours_of_its_own_has_only_those():
    table = a_timetable(weekly(1, 9, 12), weekly(2, 9, 12), weekly(1, 10, 11, queue_id="q"))
    assert hours_of(table, MONDAY, "q") == [("09:00", "10:00")]
    assert hours_of(table, date(2026, 3, 17), "q") == []
    assert hours_of(table, MONDAY, "other") == [("08:00", "11:00")]


def test_hours_hold_from_and_until_a_day():
    table = a_timetable(
        weekly(1, 9, 12, valid_to=date(2026, 3, 15)), weekly(1, 10, 12, valid_from=MONDAY)
    )
    assert hours_of(table, date(2026, 3, 9)) == [("08:00", "11:00")]
    assert hours_of(table, MONDAY) == [("09:00", "11:00")]


def test_a_public_holiday_closes_and_gives_its_name():
    table = a_timetable(weekly(1, 9, 12))
    found = table.on(date(2026, 4, 6), site_id="site-a")
    assert (found.periods, found.reason) == ((), "Paasmaandag")


def test_an_exception_of_the_town_closes_every_site():
    day = date(2026, 7, 13)
    table = a_timetable(weekly(1, 9, 12), exception(day, "Brugdag", site_id=None))
    assert table.on(day, site_id="site-a").reason == "Brugdag"
    assert hours_of(table, day) == []


def test_the_nearest_exception_wins_even_over_a_holiday():
    day = date(2026, 4, 6)
    table = a_timetable(
        weekly(1, 9, 12),
        exception(day, "Paasmarkt", 10, 14),
        exception(day, "Alleen onthaal", queue_id="q"),
    )
    assert hours_of(table, day) == [("08:00", "12:00")]
    assert table.on(day, site_id="site-a", queue_id="q").reason == "Alleen onthaal"
    assert hours_of(table, day, "q") == []


@pytest.mark.parametrize(
    ("at", "open_now", "closes", "opens_next"),
    [
        ("07:59", False, None, "16 08:00"),
        ("08:00", True, "16 11:00", "16 12:30"),
        ("11:00", False, None, "16 12:30"),
        ("12:30", True, "16 17:00", "17 08:00"),
        ("17:00", False, None, "17 08:00"),
    ],
)
def test_open_now_until_when_and_when_again(at, open_now, closes, opens_next):
    afternoon = WeeklyHours("site-a", None, 1, time(13, 30), time(18), date(2020, 1, 1), None)
    table = a_timetable(weekly(1, 9, 12), afternoon, weekly(2, 9, 12))
    moment = datetime.fromisoformat(f"2026-03-16T{at}:00+00:00")
    state = table.at(moment, site_id="site-a")
    assert state.open_now is open_now
    assert (state.closes_at and f"{state.closes_at:%d %H:%M}") == closes
    assert state.opens_next is not None
    assert f"{state.opens_next:%d %H:%M}" == opens_next


def test_what_never_opens_says_so():
    state = a_timetable().at(datetime(2026, 3, 16, 9, tzinfo=UTC), site_id="site-a")
    assert (state.open_now, state.closes_at, state.opens_next) == (False, None, None)


def test_holidays_are_computed_for_any_year():
    assert holiday_name(date(2026, 5, 25)) == "Pinkstermaandag"
    assert holiday_name(date(2031, 7, 21)) == "Nationale feestdag"
    assert holiday_name(MONDAY) == ""
    assert len(public_holidays(2026)) == 12
