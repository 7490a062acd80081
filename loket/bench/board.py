"""``bench board``: the board beside years of tickets, and a call heard by hundreds of followers."""

import argparse
import json
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import text

from loket.bench.followers import Audience, with_audience
from loket.bench.past import TICKETS_A_DAY, add_days
from loket.bench.places import RunningServer, database_of_its_own, running_server
from loket.bench.queue_load import PlainHttp
from loket.bench.queue_town import PASSWORD, LoadDesk, LoadTown
from loket.bench.report import measured, percentile, progress
from loket.kit.clock import SystemClock, local_day, monotonic
from loket.server.opening import opened
from loket.store.engine import open_database
from loket.store.work import Store

SIZES = (10_000, 100_000, 1_000_000)
WAITING = 500
READINGS = 100
CALLS = 20
SITE = "s-0"
_FLOOR = text(
    "SELECT t.*, v.visitor_name, v.note FROM ticket t JOIN visit v ON v.id = t.visit_id"
    " WHERE t.site_id = :site AND t.day = :day"
    " AND t.state IN ('called', 'no_show', 'parked', 'serving', 'waiting')"
)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m loket bench board")
    parser.add_argument("--database-url", help="a PostgreSQL server; a database is made, dropped")
    parser.add_argument("--followers", type=int, default=500)
    parser.add_argument("--tickets", type=int, nargs="*", default=list(SIZES))
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
        self._setting = "PostgreSQL" if options.database_url else "SQLite"
        self._town = LoadTown(desks=2, sites=1)
        self._wrong = 0

    def run(self) -> int:
        database = opened(self._url)
        self._town.settle(Store(database, SystemClock()))
        database.dispose()
        with running_server(self._url, self._folder) as server:
            desk = self._town.desk(0)
            http = PlainHttp(server.url)
            counter = _sign_in(http, desk)
            template = _one_served(http, counter, desk)
            self._wait(http, desk)
            for size, before in self._sizes():
                self._grow(template, size, before)
                http.connect()  # the server has let go of a line that was silent for so long
                self._read_board(http, size)
            self._follow(server, http, counter)
            http.close()
        return 1 if self._wrong else 0

    def _sizes(self) -> Iterator[tuple[int, int]]:
        before = 0
        for size in sorted(self._options.tickets):
            yield size, before
            before = size

    def _wait(self, http: PlainHttp, desk: LoadDesk) -> None:
        progress(f"{WAITING} people take a ticket")
        for nr in range(WAITING):
            product = desk.products[nr % len(desk.products)]
            http.post("/tickets", {"visit": {}, "product_id": product})

    def _grow(self, template: str, size: int, before: int) -> None:
        progress(f"{size:,} tickets of other days")
        database = open_database(self._url)
        today = local_day(SystemClock().now())
        done, wanted = before // TICKETS_A_DAY, size // TICKETS_A_DAY
        with database.writers.begin() as connection:
            add_days(connection, template, today, first=done, days=wanted - done)
        with database.writers.begin() as connection:
            connection.execute(text("ANALYZE"))
        database.dispose()

    def _read_board(self, http: PlainHttp, size: int) -> None:
        board, floor = [], []
        database = open_database(self._url)
        asked = {"site": SITE, "day": local_day(SystemClock().now()).isoformat()}
        with database.glancing() as connection:
            for _ in range(READINGS):
                began = monotonic()
                rows = len(connection.execute(_FLOOR, asked).all())
                between = monotonic()
                answer = http.read(f"/sites/{SITE}/board")
                board.append((monotonic() - between) * 1000)
                floor.append((between - began) * 1000)
                self._wrong += len(json.loads(answer)["cards"]) != rows
        database.dispose()
        rows_take = f"its rows as bare SQL: p95 {percentile(floor, 0.95):.1f} ms; {self._setting}"
        for share in (0.5, 0.95):
            name = f"board.{size}.p{round(share * 100)}"
            beside = f"{WAITING} waiting, {size:,} tickets of other days; {rows_take}"
            measured(name, percentile(board, share), "ms", beside)

    def _follow(self, server: RunningServer, http: PlainHttp, counter: str) -> None:
        many = self._options.followers
        progress(f"{many} followers hear {CALLS} calls")
        board = http.get(f"/sites/{SITE}/board")
        path = f"/sites/{SITE}/events?epoch={board['epoch']}&after={board['number']}"
        audience = Audience(server.url, path, http.token)
        before, during = _memory(server.pid), 0

        def call(nr: int) -> str:
            nonlocal during
            during = _memory(server.pid) if nr == 0 else during
            called = http.post(f"/counters/{counter}/call-next", {"believes": None})["called"]
            return str(called["ticket"]["id"])

        def serve(ticket: str) -> None:
            http.post(f"/tickets/{ticket}/start", {})
            http.post(f"/tickets/{ticket}/finish", {})

        with_audience(audience, many, call, serve, calls=CALLS)
        beside = f"{many} followers, {CALLS} calls, from the beginning of the act; {self._setting}"
        for share in (0.5, 0.99):
            name = f"board.heard.p{round(share * 100)}"
            measured(name, percentile(audience.milliseconds, share), "ms", beside)
        missed = many * CALLS - len(audience.milliseconds)
        measured("board.calls_not_heard", missed, "count", beside)
        if before:
            measured("board.follower", (during - before) / many, "KiB", f"of {before} KiB before")
        self._wrong += missed


def _sign_in(http: PlainHttp, desk: LoadDesk) -> str:
    asked = {"username": desk.username, "password": PASSWORD, "desk": desk.code}
    signed_in = http.post("/sessions", asked)
    http.token = signed_in["token"]
    return str(signed_in["counter_id"])


def _one_served(http: PlainHttp, counter: str, desk: LoadDesk) -> str:
    """A whole life of a ticket, of which the past is made."""
    ticket = http.post("/tickets", {"visit": {}, "product_id": desk.products[0]})["ticket"]["id"]
    http.post(f"/counters/{counter}/call-next", {"believes": None})
    http.post(f"/tickets/{ticket}/start", {})
    http.post(f"/tickets/{ticket}/finish", {})
    return str(ticket)


def _memory(pid: int) -> int:
    """KiB that a process holds; 0 on a system that does not tell it this way."""
    status = Path(f"/proc/{pid}/status")
    if not status.exists():
        return 0
    lines = status.read_text(encoding="utf-8").splitlines()
    return int(next(line for line in lines if line.startswith("VmRSS")).split()[1])


if __name__ == "__main__":
    sys.exit(main())
