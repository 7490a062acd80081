"""Overviews of appointments as they are read on the screen and named in a file."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from loket.appointments.messages import AppointmentOverview, Kept, WeekUse
from loket.kit.i18n import Words, mark
from ui.insight.cells import days, percent
from ui.insight.state import AppointmentsBy, Bar, Face, Line

BY_NAMES = {
    AppointmentsBy.WEEK: mark("Appointments by week"),
    AppointmentsBy.PRODUCT: mark("Appointments by product"),
    AppointmentsBy.QUEUE: mark("Appointments by queue"),
}
_WEEK_HEADS = (
    mark("Offered (hours)"),
    mark("Booked (hours)"),
    mark("Occupancy"),
    mark("Appointments"),
)
_KEPT_HEADS = (
    mark("Appointments"),
    mark("Came"),
    mark("Did not come"),
    mark("No-show share"),
    mark("Still open"),
    mark("Cancelled by citizen"),
    mark("Cancelled by town"),
    mark("Cancelled as mistake"),
    mark("Booked ahead (days)"),
    mark("Half of them (days)"),
)
_TILES = (
    mark("Appointments"),
    mark("Came"),
    mark("Did not come"),
    mark("Occupancy"),
    mark("Cancelled"),
    mark("Booked ahead (days)"),
)
BARS = 14


@dataclass(frozen=True)
class OverviewTable:
    """An overview, and which of its tables is looked at."""

    overview: AppointmentOverview
    by: AppointmentsBy


def face(words: Words, by: AppointmentsBy) -> Face:
    """What stands around the table."""
    is_week = by is AppointmentsBy.WEEK
    return Face(
        heads=tuple(words(head) for head in (_WEEK_HEADS if is_week else _KEPT_HEADS)),
        rows=words(BY_NAMES[by]),
        wide=is_week,
        tiles=tuple(words(name) for name in _TILES),
        chart=words("Occupancy in %") if is_week else words("No-show share in %"),
        legend=(
            words("Booked of what is offered, all queues together.")
            if is_week
            else words("Did not come, of those who came or did not come.")
        ),
        of_tickets=False,
        empty=words("No appointments in this period"),
    )


def lines(words: Words, table: OverviewTable) -> tuple[Line, ...]:
    if table.by is AppointmentsBy.WEEK:
        return tuple(
            _week_line(words, f"{week.monday}_{week.queue_id}", _week_name(words, week), [week])
            for week in table.overview.weeks
        )
    return tuple(_kept_line(words, row, _name(words, row)) for row in _rows(table))


def together(words: Words, table: OverviewTable) -> Line:
    name = words("Together")
    if table.by is AppointmentsBy.WEEK:
        return _week_line(words, "", name, table.overview.weeks)
    return _kept_line(words, table.overview.together, name)


def bars(words: Words, table: OverviewTable) -> tuple[Bar, ...]:
    """A share a row; for weeks the last ones, all queues together."""
    if table.by is AppointmentsBy.WEEK:
        by_week: dict[date, list[WeekUse]] = defaultdict(list)
        for week in table.overview.weeks:
            by_week[week.monday].append(week)
        last = list(by_week.items())[-BARS:]
        return tuple(Bar(_week(words, monday), max(0.0, _use(weeks))) for monday, weeks in last)
    due = [row for row in _rows(table) if row.came + row.absent]
    return tuple(Bar(_name(words, row), _absent(row)) for row in due[:BARS])


def tiles(words: Words, table: OverviewTable) -> tuple[str, ...]:
    """The figures under the names of the tiles."""
    row = table.overview.together
    cancelled = row.cancelled_by_citizen + row.cancelled_by_town + row.cancelled_by_mistake
    absent = words.number(row.absent)
    if row.came + row.absent:
        absent = f"{absent} · {percent(words, _absent(row))}"
    return (
        words.number(row.booked),
        words.number(row.came),
        absent,
        percent(words, _use(table.overview.weeks)),
        words.number(cancelled),
        days(words, row.lead_days),
    )


def _rows(table: OverviewTable) -> list[Kept]:
    overview = table.overview
    return overview.by_product if table.by is AppointmentsBy.PRODUCT else overview.by_queue


def _week_line(words: Words, key: str, name: str, weeks: Iterable[WeekUse]) -> Line:
    listed = list(weeks)
    offered = sum(week.offered_minutes for week in listed) / 60
    booked = sum(week.booked_minutes for week in listed) / 60
    many = sum(week.appointments for week in listed)
    share = _use(listed)
    cells = (
        words.number(round(offered, 1)),
        words.number(round(booked, 1)),
        percent(words, share),
        words.number(many),
    )
    return Line(key, name, cells, (round(offered, 2), round(booked, 2), round(share, 1), many))


def _kept_line(words: Words, row: Kept, name: str) -> Line:
    share = _absent(row)
    ended = (row.cancelled_by_citizen, row.cancelled_by_town, row.cancelled_by_mistake)
    leads = (row.lead_days, row.lead_days_half)
    cells = (
        *(words.number(count) for count in (row.booked, row.came, row.absent)),
        percent(words, share),
        *(words.number(count) for count in (row.open, *ended)),
        *(days(words, lead) for lead in leads),
    )
    order = (row.booked, row.came, row.absent, round(share, 1), row.open, *ended)
    return Line(row.key, name, cells, (*order, *(-1.0 if d is None else d for d in leads)))


def _use(weeks: Iterable[WeekUse]) -> float:
    """In percent; below nothing where nothing is offered."""
    listed = list(weeks)
    offered = sum(week.offered_minutes for week in listed)
    return 100 * sum(week.booked_minutes for week in listed) / offered if offered else -1.0


def _absent(row: Kept) -> float:
    due = row.came + row.absent
    return 100 * row.absent / due if due else -1.0


def _name(words: Words, row: Kept) -> str:
    return row.name or words("No longer in the catalogue")


def _week_name(words: Words, week: WeekUse) -> str:
    return f"{_week(words, week.monday)} · {week.queue}"


def _week(words: Words, monday: date) -> str:
    """The year first, so that names sort as the weeks follow each other."""
    year, number, _day = monday.isocalendar()
    return words("{year} week {number}", year=year, number=f"{number:02d}")
