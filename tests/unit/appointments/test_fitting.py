"""Which booked appointments no longer fit: outside what is offered, or more than the places."""

from datetime import UTC, date, datetime, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from loket.appointments.rules.fitting import BookedTime, Unfit, unfit
from loket.appointments.rules.schedule import Plan, ScheduleEntry

MONDAY = date(2026, 3, 16)
NINE = datetime(2026, 3, 16, 8, tzinfo=UTC)


def plan(places: int = 2, closes: time = time(12)) -> Plan:
    weekdays = ScheduleEntry(
        rule="FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR",
        valid_from=date(2026, 1, 1),
        valid_to=None,
        opens=time(9),
        closes=closes,
        public_places=places,
        desk_places=0,
        grid_minutes=15,
    )
    return Plan((weekdays,), (), lambda _day: None)


def booked(name: str, at: int, minutes: int = 30, *, buffer: int = 0, order: int = 0) -> BookedTime:
    """So many minutes after nine."""
    made = NINE - timedelta(days=10) + timedelta(minutes=order)
    return BookedTime(name, NINE + timedelta(minutes=at), minutes, buffer, made)


def test_nobody_booked() -> None:
    assert unfit(plan(), []) == {}


def test_what_is_within_fits_to_the_last_minute() -> None:
    assert unfit(plan(), [booked("first", 0), booked("last", 150)]) == {}


def test_outside_the_openings() -> None:
    found = unfit(
        plan(), [booked("early", -30), booked("over the end", 165), booked("sunday", -24 * 60)]
    )
    assert found == dict.fromkeys(("early", "over the end", "sunday"), Unfit.CLOSED)


def test_of_too_many_at_once_who_booked_last_goes() -> None:
    crowd = [booked("c", 0, order=3), booked("a", 0, order=1), booked("b", 0, order=2)]
    assert unfit(plan(2), crowd) == {"c": Unfit.FULL}
    assert unfit(plan(1), crowd) == {"b": Unfit.FULL, "c": Unfit.FULL}


def test_who_has_no_place_leaves_it_to_the_next() -> None:
    crowd = [
        booked("first", 0, 30, order=1),
        booked("long", 15, 60, order=2),
        booked("after", 45, 30, order=3),
    ]
    assert unfit(plan(1), crowd) == {"long": Unfit.FULL}


def test_a_buffer_takes_a_place_only_where_it_is_open() -> None:
    assert unfit(plan(1), [booked("last", 150, 30, buffer=20)]) == {}
    pair = [booked("one", 0, 30, buffer=10, order=1), booked("two", 30, 30, order=2)]
    assert unfit(plan(1), pair) == {"two": Unfit.FULL}


@given(
    st.lists(
        st.tuples(st.integers(-2, 14), st.integers(1, 6), st.integers(0, 2), st.integers(0, 99)),
        max_size=25,
    ),
    st.integers(1, 3),
)
def test_as_if_everybody_came_one_by_one(
    rows: list[tuple[int, int, int, int]], places: int
) -> None:
    """The same as giving out the places cell by cell in the order of booking."""
    everybody = [
        booked(f"{number:02}", at * 15, cells * 5, buffer=buffer * 5, order=order)
        for number, (at, cells, buffer, order) in enumerate(rows)
    ]
    left = dict.fromkeys(range(36), places)
    expected = {}
    for one in sorted(everybody, key=lambda one: (one.booked_at, one.id)):
        begin = int((one.starts_at - NINE).total_seconds() // 300)
        service = range(begin, begin + one.minutes // 5)
        buffer = range(service.stop, service.stop + one.buffer_minutes // 5)
        needed = [*service, *(cell for cell in buffer if cell in left)]
        if any(cell not in left for cell in service):
            expected[one.id] = Unfit.CLOSED
        elif any(left[cell] < 1 for cell in needed):
            expected[one.id] = Unfit.FULL
        else:
            for cell in needed:
                left[cell] -= 1
    assert unfit(plan(places), everybody) == expected
