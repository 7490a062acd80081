"""A town with calendars: twelve weeks that are four fifths full, and years of appointments."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    Integer,
    MetaData,
    String,
    Table,
    cast,
    func,
    insert,
    literal,
    select,
)

from loket.appointments.rules.cells import cell_of
from loket.appointments.rules.life import CODE_KIND, FIRST_REFERENCE, AppointmentState
from loket.appointments.tables import (
    AppointmentRow,
    CalendarRow,
    CellRow,
    ProductTermsRow,
    ReferenceRow,
    ScheduleRow,
)
from loket.bench.queue_town import PREFIXES, LoadTown
from loket.bench.unchecked import unchecked
from loket.catalogue.tables import ServiceAtSiteRow
from loket.kit.clock import BRUSSELS
from loket.staff.tables import UserRow
from loket.store.base import UtcDateTime

MINUTES = 15
CELLS = MINUTES // 5
PLACES = 2
"""At once in each calendar; 150 queues of two make the 300 counters."""
SITES = 7
WEEKS = 12
CROWD_PLACES = 8
CROWD = f"q-{SITES - 1}-{PREFIXES[-1]}"
"""The calendar that is left empty, for those who book at once."""
CROWD_PRODUCT = f"p-{SITES - 1}-{PREFIXES[-1]}"
_HOURS = ((time(9), time(12)), (time(13, 30), time(17)))
_ONE_IN = 5
"""So many places make one that is left free."""
_FROM = date(2020, 1, 6)

_APPOINTMENT = AppointmentRow.metadata.tables["appointment"]
_CELL = CellRow.metadata.tables["appointment_cell"]
_OURS = MetaData()
_PLACE = Table(
    "bench_place",
    _OURS,
    Column("nr", Integer, primary_key=True),
    Column("starts_at", UtcDateTime()),
    Column("cell", Integer),
    Column("place", Integer),
    Column("state", String(10)),
)
_QUEUE = Table(
    "bench_queue",
    _OURS,
    Column("nr", Integer, primary_key=True),
    Column("queue_id", String(36)),
    Column("site_id", String(36)),
    Column("product_id", String(36)),
)


@dataclass(frozen=True)
class CalendarTown:
    """Seven sites with 23 queues each; what the first site offers, the second does too."""

    town: LoadTown

    @classmethod
    def with_desks(cls, desks: int) -> "CalendarTown":
        return cls(LoadTown(desks, SITES))

    @property
    def at_two_sites(self) -> list[tuple[str, tuple[str, str]]]:
        """Products, and the two queues in which each is booked."""
        return [(f"p-0-{p}", (f"q-0-{p}", f"q-1-{p}")) for p in PREFIXES]

    def settle(self, connection: Connection, now: datetime) -> None:
        """The schedules, beside a town that is settled."""
        offered = [
            {"service_id": f"v-0-{p}", "site_id": "s-1", "queue_id": f"q-1-{p}"} for p in PREFIXES
        ]
        connection.execute(insert(ServiceAtSiteRow), offered)
        queues = [queue for queue, _site, _product in _queues()]
        calendars = [{"queue_id": queue, "version": 1, "changed_at": now} for queue in queues]
        connection.execute(insert(CalendarRow), calendars)
        connection.execute(insert(ScheduleRow), [_period(q, nr) for q in queues for nr in (0, 1)])
        terms = [{**_TERMS, "product_id": product} for _queue, _site, product in _queues()]
        connection.execute(insert(ProductTermsRow), terms)

    def fill(self, connection: Connection, today: date, past: int) -> int:
        """Twelve weeks to come, and about ``past`` appointments that are over; how many in all.

        Those of the past are no-shows: who came would have a ticket, and those are measured by
        ``bench board``.
        """
        _OURS.create_all(connection)
        filled = [place for place in _queues() if place[0] != CROWD]
        rows = [
            {"nr": nr, "queue_id": queue, "site_id": site, "product_id": product}
            for nr, (queue, site, product) in enumerate(filled)
        ]
        connection.execute(insert(_QUEUE), rows)
        places = list(_places(today, past // len(filled)))
        connection.execute(insert(_PLACE), places)
        with unchecked(connection, [_APPOINTMENT, _CELL]):
            many = _copy(connection, places=len(places))
        connection.execute(
            insert(ReferenceRow),
            [{"id": 1, "last_number": FIRST_REFERENCE + len(places) * len(filled)}],
        )
        _OURS.drop_all(connection)
        return many


def _queues() -> list[tuple[str, str, str]]:
    return [(f"q-{s}-{p}", f"s-{s}", f"p-{s}-{p}") for s in range(SITES) for p in PREFIXES]


def _period(queue: str, nr: int) -> dict[str, Any]:
    places = CROWD_PLACES if queue == CROWD else PLACES
    return {
        "id": f"{queue}-{nr}",
        "queue_id": queue,
        "name": "",
        "rule": "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR",
        "valid_from": _FROM,
        "valid_to": None,
        "opens": _HOURS[nr][0],
        "closes": _HOURS[nr][1],
        "public_places": places // 2,
        "desk_places": places - places // 2,
        "grid_minutes": MINUTES,
    }


_TERMS = {
    "minutes": MINUTES,
    "extra_person_minutes": MINUTES,
    "buffer_minutes": 0,
    "notice_hours": 0,
    "horizon_days": 7 * WEEKS,
    "early_minutes": 60,
    "late_minutes": 15,
    "most_persons": 8,
}


def _places(today: date, past: int) -> Iterator[dict[str, Any]]:
    """The places of one queue: those of the weeks to come, and as many days back as it takes."""
    ahead = [today + timedelta(days=nr) for nr in range(7 * WEEKS + 1)]
    nr = 0
    for day in ahead:
        for values in _of_day(day, AppointmentState.BOOKED):
            yield {"nr": nr, **values}
            nr += 1
    before, day = nr, today
    while (nr - before) * (_ONE_IN - 1) // _ONE_IN < past:
        day -= timedelta(days=1)
        for values in _of_day(day, AppointmentState.NO_SHOW):
            yield {"nr": nr, **values}
            nr += 1


def _of_day(day: date, state: AppointmentState) -> Iterator[dict[str, Any]]:
    if day.isoweekday() > 5:  # noqa: PLR2004 - Saturday and Sunday
        return
    for opens, closes in _HOURS:
        at, end = (
            datetime.combine(day, t, tzinfo=BRUSSELS).astimezone(UTC) for t in (opens, closes)
        )
        while at < end:
            for place in range(1, PLACES + 1):
                yield {"starts_at": at, "cell": cell_of(at), "place": place, "state": str(state)}
            at += timedelta(minutes=MINUTES)


def _copy(connection: Connection, *, places: int) -> int:
    """Each place of each queue into the tables, within SQL; every fifth one stays free."""
    number = _QUEUE.c.nr * places + _PLACE.c.nr
    last_digits = cast(literal(100_000_000_000) + number, String)
    key = literal("0190aaaa-0000-7000-8000-").concat(last_digits)
    user = connection.execute(select(UserRow.id).limit(1)).scalar_one()
    own = {
        "id": key,
        "reference": literal("K-").concat(cast(number + FIRST_REFERENCE, String)),
        "code": literal(CODE_KIND).concat(last_digits),
        "queue_id": _QUEUE.c.queue_id,
        "site_id": _QUEUE.c.site_id,
        "product_id": _QUEUE.c.product_id,
        "starts_at": _PLACE.c.starts_at,
        "state": _PLACE.c.state,
        "name": literal("Load ").concat(last_digits),
        "name_key": literal("load ").concat(last_digits),
        "booked_at": _PLACE.c.starts_at,
        "booked_by": literal(user),
    }
    taken = (_QUEUE.c.nr + _PLACE.c.nr) % _ONE_IN != 0
    values = {name: literal(value, _APPOINTMENT.c[name].type) for name, value in _SAME.items()}
    _insert(connection, _APPOINTMENT, values | own, taken)
    for offset in range(CELLS):
        cells = {
            "queue_id": _QUEUE.c.queue_id,
            "cell": _PLACE.c.cell + offset,
            "place": _PLACE.c.place,
            "places": literal(PLACES),
            "appointment_id": key,
        }
        _insert(connection, _CELL, cells, taken)
    return connection.execute(select(func.count()).select_from(_APPOINTMENT)).scalar_one()


def _insert(connection: Connection, table: Table, values: dict[str, Any], which: Any) -> None:
    columns = [value.label(name) for name, value in values.items()]
    rows = select(*columns).select_from(_QUEUE.join(_PLACE, literal(1) == literal(1))).where(which)
    connection.execute(insert(table).from_select(list(values), rows))


_SAME: dict[str, Any] = {
    "more_products": [],
    "minutes": MINUTES,
    "buffer_minutes": 0,
    "persons": 1,
    "phone": "",
    "email": "",
    "language": "nl",
    "note": "",
    "confirm": [],
    "remind": False,
    "channel": "desk",
    "counter_id": "c-0",
    "cancel_reason": "",
    "version": 1,
    "sequence": 0,
}
