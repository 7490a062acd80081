"""Reports of a period, counted."""

from datetime import date, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from loket.reports.rules.overview import (
    MOST_SPOTS,
    OverviewBy,
    OverviewLine,
    counted_by,
    counted_together,
)

TODAY = date(2026, 3, 16)


def line(**more: Any) -> OverviewLine:
    given: dict[str, Any] = {
        "theme": "Voetpad",
        "department": "Openbaar domein",
        "quarter": "Centrum",
        "channel": "desk",
        "address": "Kerkstraat 48",
        "spot": (51.1, 3.15),
        "registered": date(2026, 1, 5),
        "due": date(2026, 2, 19),
        "answered": None,
        "open": True,
        "returns": 0,
    }
    return OverviewLine(**{**given, **more})


def test_answered_in_time_answered_late_and_past_its_date_are_told_apart() -> None:
    row = counted_together(
        [
            line(answered=date(2026, 2, 19), open=False),
            line(answered=date(2026, 2, 20), open=False),
            line(),
            line(due=TODAY),
            line(due=date(2026, 1, 6), open=False),
        ],
        TODAY,
    )
    assert (row.count, row.open, row.on_time, row.late) == (5, 2, 1, 2)
    assert (row.average_days, row.median_days) == (45.5, 45.5)


def test_months_follow_each_other_and_the_rest_has_the_most_first() -> None:
    lines = [line(registered=date(2026, month, 3)) for month in (2, 1, 1)]
    assert [row.key for row in counted_by(lines, OverviewBy.MONTH, TODAY)] == ["2026-01", "2026-02"]
    lines = [line(theme="Afval"), line(), line(), line(theme="")]
    themes = [(row.key, row.count) for row in counted_by(lines, OverviewBy.THEME, TODAY)]
    assert themes == [("Voetpad", 2), ("", 1), ("Afval", 1)]


def test_where_there_are_many_within_a_hundred_metres_is_a_hot_spot() -> None:
    near = [line(spot=(51.1001 + nr / 1e5, 3.1499), address="Markt 1") for nr in range(3)]
    alone = line(spot=(51.2, 3.2))
    nowhere = line(spot=None)
    (row,) = counted_by([*near, alone, nowhere], OverviewBy.SPOT, TODAY)
    assert (row.key, row.count, row.about) == ("Markt 1", 3, "Voetpad")
    assert row.spot is not None
    assert abs(row.spot[0] - 51.10011) < 1e-5


spots = st.tuples(st.floats(51.0, 51.1), st.floats(3.1, 3.2))


@given(st.lists(st.tuples(st.none() | spots, st.integers(0, 400), st.booleans()), max_size=60))
def test_nothing_is_counted_twice(made: list[tuple[Any, int, bool]]) -> None:
    lines = [
        line(
            spot=spot,
            registered=date(2025, 1, 1) + timedelta(days=day),
            answered=TODAY if done else None,
            open=not done,
            theme=f"thema {day % 4}",
        )
        for spot, day, done in made
    ]
    for by in OverviewBy:
        rows = counted_by(lines, by, TODAY)
        if by is OverviewBy.SPOT:
            assert sum(row.count for row in rows) <= len(lines)
            assert len(rows) <= MOST_SPOTS
        else:
            assert sum(row.count for row in rows) == len(lines)
        assert all(row.on_time + row.late <= row.count for row in rows)
