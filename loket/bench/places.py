"""Where a bench measures: a database of the run's own, and a real server over it."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import create_engine as raw_engine
from sqlalchemy import make_url, text

from loket.kit.clock import monotonic
from loket.kit.ids import new_id
from loket.server.opening import RunFile
from loket.store.engine import sqlite_url

START_SECONDS = 60.0


@dataclass(frozen=True)
class RunningServer:
    """A server process that answers."""

    url: str
    pid: int


@contextmanager
def database_of_its_own(server: str | None, folder: Path) -> Iterator[str]:
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


@contextmanager
def running_server(url: str, folder: Path, processes: int = 1) -> Iterator[RunningServer]:
    """A server over a database, until the block ends."""
    command = [sys.executable, "-m", "loket", "serve", "--data", str(folder)]
    command += ["--database-url", url, "--processes", str(processes)]
    log_file = folder / "server.log"
    with log_file.open("wb") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log)  # noqa: S603 - ourselves
        try:
            address = _address(process, folder / "server" / "run.json", log_file)
            yield RunningServer(address, process.pid)
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
