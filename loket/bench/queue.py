"""``bench queue``: full cycles a second against a real server process, beside bare SQL."""

import argparse
import sys
import tempfile
from pathlib import Path

from sqlalchemy import text

from loket.bench.places import database_of_its_own, running_server
from loket.bench.queue_floor import cycles_per_second
from loket.bench.queue_load import ACTS, Load, Tally
from loket.bench.queue_town import LoadTown
from loket.bench.report import measured, percentile, progress
from loket.kit.clock import SystemClock
from loket.server.opening import opened
from loket.store.engine import Database, open_database
from loket.store.work import Store

START_SECONDS = 60.0
FLOOR_SECONDS = 2.0


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m loket bench queue")
    parser.add_argument("--desks", type=int, default=32)
    parser.add_argument("--seconds", type=float, default=10.0)
    parser.add_argument(
        "--database-url", help="a PostgreSQL server; a database is made and dropped"
    )
    parser.add_argument("--server-processes", type=int, default=1)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="loket-bench-") as folder:
        where = Path(folder)
        with database_of_its_own(options.database_url, where) as url:
            return _measure(options, url, where)


def _measure(options: argparse.Namespace, url: str, folder: Path) -> int:
    town = LoadTown.for_load(options.desks, options.seconds)
    database = opened(url)
    town.settle(Store(database, SystemClock()))
    database.dispose()
    before = _floor(url, options.desks)
    with running_server(url, folder, options.server_processes) as server:
        desks = [town.desk(nr) for nr in range(options.desks)]
        tallies = Load(server.url, desks, options.seconds).run()
    after = _floor(url, options.desks)
    _report(options, tallies, (before + after) / 2)
    return _verify(open_database(url), tallies)


def _floor(url: str, desks: int) -> float:
    progress("the same acts as bare SQL")
    return cycles_per_second(url, writers=min(desks, 8), seconds=FLOOR_SECONDS)


def _report(options: argparse.Namespace, tallies: list[Tally], floor: float) -> None:
    engine = "PostgreSQL" if options.database_url else "SQLite"
    cycles = sum(tally.cycles for tally in tallies)
    setting = f"{options.desks} desks, {options.server_processes} processes, {engine}"
    rate = cycles / options.seconds
    beside = f"bare SQL {floor:.0f}/s in the same run; {setting}"
    measured("queue.cycles", rate, "1/s", beside)
    measured("queue.cycles_of_floor", rate / floor, "ratio", beside)
    for act in ACTS:
        times = [time for tally in tallies for time in tally.times[act]]
        for share in (0.5, 0.95, 0.99):
            name = f"queue.{act}.p{round(share * 100)}"
            measured(name, percentile(times, share) if times else -1, "ms", setting)
    faults = [fault for tally in tallies for fault in tally.faults]
    measured("queue.faults", len(faults), "count", "; ".join(sorted(set(faults))[:3]))


_COUNTS = {
    "queue.numbers_given_twice": "SELECT count(*) FROM (SELECT 1 FROM ticket"
    " GROUP BY site_id, day, series_id, number HAVING count(*) > 1) AS twice",
    "queue.tickets_called_twice": "SELECT count(*) FROM (SELECT 1 FROM ticket_interval"
    " WHERE state = 'called' GROUP BY ticket_id HAVING count(*) > 1) AS twice",
    "queue.tickets_without_end": "SELECT count(*) FROM ticket WHERE state IN ('called', 'serving')",
    "queue.gaps": "SELECT count(*) FROM (SELECT 1 FROM ticket GROUP BY site_id, day, series_id"
    " HAVING max(number) <> count(*)) AS gaps",
}


def _verify(database: Database, tallies: list[Tally]) -> int:
    """Count from the rows; the answer is the exit status."""
    called = [ticket for tally in tallies for ticket in tally.called]
    wrong = len(called) - len(set(called))
    measured("queue.called_to_two_desks", wrong, "count", f"{len(called)} calls")
    with database.reading() as connection:
        for name, statement in _COUNTS.items():
            count = connection.execute(text(statement)).scalar_one()
            measured(name, count, "count", "from the rows")
            wrong += count
    database.dispose()
    faults = sum(len(tally.faults) for tally in tallies)
    return 1 if wrong or faults else 0


if __name__ == "__main__":
    sys.exit(main())
