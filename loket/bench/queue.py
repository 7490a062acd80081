"""``bench queue``: full cycles a second against a real server process, beside bare SQL."""

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import create_engine as raw_engine
from sqlalchemy import make_url, text

from loket.bench.queue_floor import cycles_per_second
from loket.bench.queue_load import ACTS, Load, Tally
from loket.bench.queue_town import LoadTown
from loket.bench.report import measured, percentile, progress
from loket.kit.clock import SystemClock, monotonic
from loket.kit.ids import new_id
from loket.server.opening import RunFile, opened
from loket.store.engine import Database, open_database, sqlite_url
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
        with _database(options.database_url, where) as url:
            return _measure(options, url, where)


@contextmanager
def _database(server: str | None, folder: Path) -> Iterator[str]:
    """A database of this run's own."""
    if server is None or make_url(server).get_backend_name() == "sqlite":
        yield server or sqlite_url(folder / "bench.sqlite3")
        return
    name = f"loket_bench_{new_id()[-12:]}"
    engine = raw_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f'CREATE DATABASE "{name}"'))
        try:
            yield make_url(server).set(database=name).render_as_string(hide_password=False)
        finally:
            connection.execute(text(f'DROP DATABASE "{name}" WITH (FORCE)'))
    engine.dispose()


def _measure(options: argparse.Namespace, url: str, folder: Path) -> int:
    town = LoadTown.for_load(options.desks, options.seconds)
    database = opened(url)
    town.settle(Store(database, SystemClock()))
    database.dispose()
    before = _floor(url, options.desks)
    with _server(url, folder, options.server_processes) as address:
        desks = [town.desk(nr) for nr in range(options.desks)]
        tallies = Load(address, desks, options.seconds).run()
    after = _floor(url, options.desks)
    _report(options, tallies, (before + after) / 2)
    return _verify(open_database(url), tallies)


def _floor(url: str, desks: int) -> float:
    progress("the same acts as bare SQL")
    return cycles_per_second(url, writers=min(desks, 8), seconds=FLOOR_SECONDS)


@contextmanager
def _server(url: str, folder: Path, processes: int) -> Iterator[str]:
    command = [sys.executable, "-m", "loket", "serve", "--data", str(folder)]
    command += ["--database-url", url, "--processes", str(processes)]
    log_file = folder / "server.log"
    with log_file.open("wb") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log)  # noqa: S603 - ourselves
        try:
            yield _address(process, folder / "server" / "run.json", log_file)
        finally:
            process.terminate()
            process.wait(30)


def _address(process: "subprocess.Popen[bytes]", run_file: Path, log: Path) -> str:
    until = monotonic() + START_SECONDS
    while monotonic() < until:
        running = RunFile.read(run_file)
        if running is not None:
            return running.url
        try:
            process.wait(0.05)
        except subprocess.TimeoutExpired:
            continue
        break
    raise RuntimeError(f"the server did not start:\n{log.read_text(encoding='utf-8')}")


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
