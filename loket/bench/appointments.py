"""``bench appointments``: free moments beside a million appointments, and a crowd that books."""

import argparse
import json
import sys
import tempfile
from collections import Counter
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import bindparam, text

from loket.appointments.rules.cells import cell_of
from loket.bench.appointments_floor import bookings_per_second
from loket.bench.bookers import Crowd
from loket.bench.calendar_town import (
    CELLS,
    CROWD,
    CROWD_PLACES,
    PLACES,
    WEEKS,
    CalendarTown,
)
from loket.bench.places import database_of_its_own, running_server
from loket.bench.queue_load import PlainHttp
from loket.bench.queue_town import PASSWORD
from loket.bench.report import measured, percentile, progress
from loket.bench.unchecked import tidy
from loket.kit.clock import SystemClock, begin_of, local_day, monotonic
from loket.server.opening import opened
from loket.store.base import UtcDateTime
from loket.store.engine import open_database
from loket.store.work import Store

READINGS = 200
FLOOR_SECONDS = 2.0
FLOOR_WRITERS = 8
_CELLS = text(
    "SELECT cell, place FROM appointment_cell WHERE queue_id IN (:first, :second)"
    " AND cell >= :begin AND cell < :end"
)
_WEEK = text(
    "SELECT * FROM appointment WHERE queue_id = :queue AND starts_at >= :begin"
    " AND starts_at < :end ORDER BY starts_at, id"
).bindparams(bindparam("begin", type_=UtcDateTime()), bindparam("end", type_=UtcDateTime()))
_COUNTS = {
    "appointments.cells_over_capacity": "SELECT count(*) FROM (SELECT 1 FROM appointment_cell"
    " GROUP BY queue_id, cell HAVING count(*) > max(places)) AS over",
    "appointments.places_taken_twice": "SELECT count(*) FROM (SELECT 1 FROM appointment_cell"
    " GROUP BY queue_id, cell, place HAVING count(*) > 1) AS twice",
    "appointments.without_cells": "SELECT count(*) FROM appointment a WHERE NOT EXISTS"
    " (SELECT 1 FROM appointment_cell c WHERE c.appointment_id = a.id)",
}


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m loket bench appointments")
    parser.add_argument("--database-url", help="a PostgreSQL server; a database is made, dropped")
    parser.add_argument("--appointments", type=int, default=1_000_000, help="of the past")
    parser.add_argument("--bookers", type=int, default=64)
    parser.add_argument("--server-processes", type=int, default=1)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="loket-bench-") as folder:
        where = Path(folder)
        with database_of_its_own(options.database_url, where) as url:
            return _Bench(url, where, options).run()


class _Bench:
    """One run."""

    def __init__(self, url: str, folder: Path, options: argparse.Namespace) -> None:
        self._url = url
        self._folder = folder
        self._options = options
        self._town = CalendarTown.with_desks(options.bookers)
        self._today = local_day(SystemClock().now())
        self._setting = "PostgreSQL" if options.database_url else "SQLite"
        self._wrong = 0

    def run(self) -> int:
        self._settle()
        with running_server(self._url, self._folder, self._options.server_processes) as server:
            http = PlainHttp(server.url)
            desk = self._town.town.desk(0)
            asked = {"username": desk.username, "password": PASSWORD, "desk": desk.code}
            http.token = http.post("/sessions", asked)["token"]
            self._free_moments(http)
            self._week(http)
            moments = self._empty_week(http)
            http.close()
            before = self._floor()
            crowd = self._crowd(server.url, moments)
            after = self._floor()
        self._tell(crowd, len(moments), (before + after) / 2)
        self._verify(crowd)
        return 1 if self._wrong else 0

    def _settle(self) -> None:
        database, clock = opened(self._url), SystemClock()
        self._town.town.settle(Store(database, clock))
        progress(f"{self._options.appointments:,} appointments of the past, {WEEKS} weeks to come")
        with database.writers.begin() as connection:
            self._town.settle(connection, clock.now())
            many = self._town.fill(connection, self._today, self._options.appointments)
        tidy(database.writers)
        database.dispose()
        self._setting = f"{many:,} appointments, {PLACES} places a queue, {self._setting}"

    def _free_moments(self, http: PlainHttp) -> None:
        progress(f"free moments of a product over {WEEKS} weeks at two sites")
        products = self._town.at_two_sites
        taken, floor, many = [], [], 0
        span = {"begin": cell_of(begin_of(self._today))}
        span["end"] = cell_of(begin_of(self._today + timedelta(days=7 * WEEKS + 1)))
        database = open_database(self._url)
        with database.glancing() as connection:
            for nr in range(READINGS):
                product, (first, second) = products[nr % len(products)]
                asked = {"first": first, "second": second, **span}
                began = monotonic()
                rows = connection.execute(_CELLS, asked).all()
                between = monotonic()
                path = f"/free-moments?product={product}&first={self._today}&days={7 * WEEKS}"
                answer = http.read(path)
                taken.append((monotonic() - between) * 1000)
                floor.append((between - began) * 1000)
                many = len(rows)
                self._check_free(rows, json.loads(answer))
        database.dispose()
        self._report("appointments.free", taken, floor, f"{many:,} cells")

    def _check_free(self, rows: Any, answer: dict[str, Any]) -> None:
        """No moment is free at both sites together of which all places are taken."""
        counts = Counter(cell for cell, _place in rows)
        moments = [cell_of(_moment(m)) for day in answer["days"] for m in day["moments"]]
        over = [m for m in moments if any(counts[m + n] >= 2 * PLACES for n in range(CELLS))]
        self._wrong += len(over) + (not moments)

    def _week(self, http: PlainHttp) -> None:
        progress("the calendar of a week")
        monday = self._today + timedelta(days=8 - self._today.isoweekday())
        asked = {"begin": begin_of(monday), "end": begin_of(monday + timedelta(days=5))}
        taken, floor, many = [], [], 0
        database = open_database(self._url)
        with database.glancing() as connection:
            for nr in range(READINGS):
                _product, (queue, _other) = self._town.at_two_sites[nr % 20]
                began = monotonic()
                rows = connection.execute(_WEEK, {"queue": queue, **asked}).all()
                between = monotonic()
                answer = http.read(f"/queues/{queue}/calendar?first={monday}&days=5")
                taken.append((monotonic() - between) * 1000)
                floor.append((between - began) * 1000)
                days = json.loads(answer)["days"]
                many = len(rows)
                self._wrong += sum(len(day["appointments"]) for day in days) != many
        database.dispose()
        self._report("appointments.week", taken, floor, f"{many} appointments")

    def _report(self, name: str, taken: list[float], floor: list[float], rows: str) -> None:
        for share in (0.5, 0.95):
            beside = (
                f"its rows as bare SQL: {percentile(floor, share):.1f} ms ({rows}); {self._setting}"
            )
            measured(f"{name}.p{round(share * 100)}", percentile(taken, share), "ms", beside)

    def _empty_week(self, http: PlainHttp) -> list[datetime]:
        """The moments of the first whole week without a holiday."""
        monday = self._today + timedelta(days=8 - self._today.isoweekday())
        weeks = (self._moments(http, monday + timedelta(weeks=nr)) for nr in range(WEEKS - 1))
        return max(weeks, key=len)

    @staticmethod
    def _moments(http: PlainHttp, monday: date) -> list[datetime]:
        calendar = http.get(f"/queues/{CROWD}/calendar?first={monday}&days=5")
        return [_moment(slot["starts_at"]) for day in calendar["days"] for slot in day["slots"]]

    def _floor(self) -> float:
        progress("the same rows as bare SQL")
        return bookings_per_second(
            self._url, writers=FLOOR_WRITERS, seconds=FLOOR_SECONDS, cells=CELLS
        )

    def _crowd(self, url: str, moments: list[datetime]) -> Crowd:
        many = self._options.bookers
        progress(f"{many} book {len(moments) * CROWD_PLACES} places")
        crowd = Crowd(url, [self._town.town.desk(nr) for nr in range(many)], moments)
        crowd.run()
        return crowd

    def _tell(self, crowd: Crowd, moments: int, floor: float) -> None:
        booked = len(crowd.milliseconds)
        rate = booked / crowd.seconds if crowd.seconds else 0.0
        beside = (
            f"bare SQL {floor:.0f}/s in the same run; {self._options.bookers} bookers,"
            f" {crowd.refused} refused as just taken, {crowd.busy} told to come back;"
            f" {self._setting}"
        )
        measured("appointments.booked", rate, "1/s", beside)
        measured("appointments.booked_of_floor", rate / floor, "ratio", beside)
        for share in (0.5, 0.95):
            name = f"appointments.booking.p{round(share * 100)}"
            measured(name, percentile(crowd.milliseconds or [-1], share), "ms", beside)
        places = moments * CROWD_PLACES
        measured("appointments.places_left", places - booked, "count", f"of {places}")
        faults = "; ".join(sorted(set(crowd.faults))[:3])
        measured("appointments.faults", len(crowd.faults), "count", faults)
        self._wrong += abs(places - booked) + len(crowd.faults)

    def _verify(self, crowd: Crowd) -> None:
        """Count from the rows."""
        database = open_database(self._url)
        with database.reading() as connection:
            for name, statement in _COUNTS.items():
                count = connection.execute(text(statement)).scalar_one()
                measured(name, count, "count", "from the rows")
                self._wrong += count
            mine = text("SELECT count(*) FROM appointment WHERE queue_id = :queue")
            rows = connection.execute(mine, {"queue": CROWD}).scalar_one()
        database.dispose()
        lost = len(crowd.milliseconds) - rows
        measured("appointments.told_but_not_there", lost, "count", f"{rows} rows")
        self._wrong += abs(lost)


def _moment(moment: str) -> datetime:
    return datetime.fromisoformat(moment)


if __name__ == "__main__":
    sys.exit(main())
