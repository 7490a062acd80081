"""A PostgreSQL server of our own for a test run, from the machine's own package."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_SHORT_LIVED = (
    "-c max_connections=200 -c fsync=off -c full_page_writes=off -c autovacuum=off"
    " -c wal_level=minimal -c max_wal_senders=0 -c max_wal_size=128MB"
)
"""It ends with the tests: nothing need survive a power cut, and no database lives to be tidied."""


def _binary(name: str) -> str:
    places = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), reverse=True)
    found = str(places[0]) if places else shutil.which(name)
    if not found:
        raise RuntimeError(f"{name} is missing: install Debian's package postgresql")
    return found


def _unprivileged() -> str | None:
    """PostgreSQL refuses to run as root; its package made a user for it."""
    return "postgres" if os.geteuid() == 0 else None


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _run(user: str | None, *command: str) -> None:
    subprocess.run(
        command,
        user=user,
        cwd="/",
        check=True,
        stdout=subprocess.DEVNULL,
        timeout=60,
        extra_groups=[] if user else None,
    )


@contextmanager
def private_server() -> Iterator[str]:
    """The URL of a fresh server on loopback, without a database of ours yet."""
    user = _unprivileged()
    folder = Path(tempfile.mkdtemp(prefix="loket-pg-"))
    try:
        if user:
            os.chown(folder, pwd.getpwnam(user).pw_uid, -1)
        data, port = folder / "data", _free_port()
        _run(
            user,
            _binary("initdb"),
            "-D",
            str(data),
            "-U",
            "loket",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--locale=C.UTF-8",
            "--no-sync",
        )
        options = f"-k {folder} -p {port} -c listen_addresses=127.0.0.1 {_SHORT_LIVED}"
        _run(
            user,
            _binary("pg_ctl"),
            "-D",
            str(data),
            "-w",
            "-l",
            str(folder / "log"),
            "-o",
            options,
            "start",
        )
        try:
            yield f"postgresql+psycopg://loket@127.0.0.1:{port}"
        finally:
            _run(user, _binary("pg_ctl"), "-D", str(data), "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)
