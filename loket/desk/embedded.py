"""The embedded server from the desk's side: attach to the one of the data folder, or start it.

The server holds an OS lock on its folder, so of two desks that start one at the same moment one
server lives; both desks find it by its run file. It ends by itself some seconds after the last
desk is gone. Who finds it gone asks again, and it is started anew.
"""

import errno
import logging
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from threading import Condition, Event, Thread

import requests
from pydantic import BaseModel, ValidationError

import loket
from loket.desk.errors import ServerDidNotStart, ServerRefusedToStart
from loket.kit.clock import monotonic
from loket.kit.errors import LoketError, Params
from loket.kit.paths import DataFolder
from loket.link.address import Address
from loket.link.disk import DiskFull, FolderNotWritable
from loket.link.errors import LinkError, Unreachable, WrongVersion
from loket.wire import protocol
from loket.wire.health import Health

log = logging.getLogger(__name__)

START_SECONDS = 60.0
"""How long a server may take to listen: it may have a large database to migrate first."""
LOOK_AGAIN_SECONDS = 0.05
TRY_AGAIN_SECONDS = 2.0
SIGN_OF_LIFE_SECONDS = 3.0
"""So often a desk asks after its server: it then knows that the desk is there, signed in or not."""
_LOG_BYTES = 5_000_000
OTHER_SERVER = "server.already_running"
"""What a server leaves word of when it lost the race for the folder; the winner is attached to."""

_outliving: list["subprocess.Popen[bytes]"] = []
"""Servers that live on after their desk; kept so that Python does not complain of them."""


class RunFile(BaseModel):
    """What a listening server writes beside its database."""

    pid: int
    port: int
    url: str
    version: str
    epoch: str = ""


class _LastWords(BaseModel):
    code: str
    params: Params = {}


class EmbeddedServer:
    """Knows where the server of a data folder listens, and sees to it that one does."""

    def __init__(self, folder: DataFolder, command: Sequence[str]) -> None:
        self._folder = folder
        self._command = list(command)
        self._changed = Condition()
        self._closing = Event()
        self._address: Address | None = None
        self._failure: LoketError | LinkError | None = None
        self._failed_at = 0.0
        self._wanted = True
        self._generation = 0
        self._child: subprocess.Popen[bytes] | None = None
        self._thread = Thread(target=self._run, name="loket-embedded", daemon=False)

    def start(self) -> None:
        """Begin to look for a server, or to start one; returns at once."""
        self._thread.start()

    def current(self, limit: float) -> Address:
        with self._changed:
            self._want_again()
            self._changed.wait_for(self._is_settled, limit)
            if self._address is not None:
                return self._address
            if self._failure is not None:
                raise self._failure
        raise Unreachable({"reason": "starting"}, sent=False)

    def lost(self, address: Address) -> bool:
        with self._changed:
            if self._address == address:
                self._address = None
                self._want()
        return True

    def close(self) -> None:
        """Stop looking. The server is not ended: other desks may be using it."""
        self._closing.set()
        with self._changed:
            self._changed.notify_all()
        if self._thread.is_alive():
            self._thread.join()
        if self._child is not None and self._child.poll() is None:
            _outliving.append(self._child)

    def _is_settled(self) -> bool:
        settled = self._address is not None or (self._failure is not None and not self._wanted)
        return settled or self._closing.is_set()

    def _want_again(self) -> None:
        # A full disk or a newer database may be put right while the window is open.
        if self._failure is not None and monotonic() - self._failed_at > TRY_AGAIN_SECONDS:
            self._want()

    def _want(self) -> None:
        self._wanted = True
        self._changed.notify_all()

    def _run(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(
                    lambda: self._wanted or self._closing.is_set(), SIGN_OF_LIFE_SECONDS
                )
                address = None if self._wanted else self._address
            if self._closing.is_set():
                return
            if address is not None and _health(address.url) is None:
                self.lost(address)
            elif self._wanted:
                self._settle(self._ensure)

    def _settle(self, ensure: Callable[[], str | None]) -> None:
        url: str | None = None
        failure: LoketError | LinkError | None = None
        try:
            url = ensure()
        except (LoketError, LinkError) as error:
            log.warning("no embedded server: %s", error)
            failure = error
        except Exception:  # the thread must outlive it; whoever waits hears of it
            log.exception("the embedded server could not be ensured")
            failure = ServerDidNotStart(log=str(self._log_file))
        with self._changed:
            self._wanted = False
            self._failure, self._failed_at = failure, monotonic()
            if url is not None:
                self._generation += 1
                self._address = Address(url, self._generation)
            self._changed.notify_all()

    def _ensure(self) -> str | None:
        until = monotonic() + START_SECONDS
        started_at = self._words_at()
        try_again_at = 0.0
        if self._child is not None and self._child.poll() is not None:
            self._child = None  # it listened once; how it ended is no reason not to start another
        while not self._closing.is_set():
            found = self._listening()
            if found is not None:
                return found
            if self._child is None or self._child.poll() is not None:
                self._raise_last_words(self._child, since=started_at)
                if monotonic() >= try_again_at:
                    started_at = self._words_at()
                    self._child = self._start_child()
                    try_again_at = monotonic() + TRY_AGAIN_SECONDS
            if monotonic() >= until:
                raise ServerDidNotStart(log=str(self._log_file))
            self._closing.wait(LOOK_AGAIN_SECONDS)
        return None

    def _listening(self) -> str | None:
        """The address in the run file, if the server that wrote it answers there."""
        try:
            run = RunFile.model_validate_json(self._folder.run_file.read_bytes())
        except (OSError, ValidationError):
            return None
        health = _health(run.url)
        if health is None or (run.epoch and run.epoch != health.epoch):
            return None
        if health.protocol != protocol.PROTOCOL_VERSION:
            raise WrongVersion({"server": health.version})
        return run.url

    def _start_child(self) -> "subprocess.Popen[bytes]":
        log.info("starting an embedded server for %s", self._folder.root)
        try:
            self._folder.server.mkdir(parents=True, exist_ok=True, mode=0o700)
            with self._log_file.open(_mode(self._log_file)) as output:
                return _detached(self._command, output.fileno())
        except OSError as error:
            refusal = DiskFull if error.errno == errno.ENOSPC else FolderNotWritable
            raise refusal(folder=str(self._folder.server)) from error

    def _raise_last_words(self, child: "subprocess.Popen[bytes] | None", *, since: int) -> None:
        if child is None or child.returncode == 0:
            return
        self._child = None
        if self._words_at() == since:
            raise ServerDidNotStart(log=str(self._log_file), status=child.returncode)
        try:
            words = _LastWords.model_validate_json(self._words.read_bytes())
        except (OSError, ValidationError) as error:
            raise ServerDidNotStart(log=str(self._log_file)) from error
        if words.code != OTHER_SERVER:
            raise ServerRefusedToStart(words.code, words.params)

    def _words_at(self) -> int:
        try:
            return self._words.stat().st_mtime_ns
        except OSError:
            return 0

    @property
    def _words(self) -> Path:
        return self._folder.server / "error.json"

    @property
    def _log_file(self) -> Path:
        return self._folder.server / "server.log"


def serve_command(folder: DataFolder, *, demonstration: bool) -> list[str]:
    """How the server of a data folder is started."""
    command = [sys.executable, "-m", "loket", "serve", "--data", str(folder.root), "--embedded"]
    return [*command, "--demonstration"] if demonstration else command


def _detached(command: list[str], output: int) -> "subprocess.Popen[bytes]":
    """A child that does not share our terminal, so that Ctrl-C for the desk is not for it."""
    # Names that exist on Windows only; elsewhere a new session does the same.
    flags = getattr(subprocess, "CREATE_NO_WINDOW", 0)
    flags |= getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0)
    return subprocess.Popen(  # noqa: S603 - our own program
        command,
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=output,
        cwd=Path(loket.__file__).parents[1],  # a checkout need not be installed
        creationflags=flags,
        start_new_session=os.name == "posix",
    )


def _mode(file: Path) -> str:
    try:
        return "wb" if file.stat().st_size > _LOG_BYTES else "ab"
    except OSError:
        return "ab"


def _health(url: str) -> Health | None:
    try:
        with requests.Session() as session:
            session.trust_env = False
            answer = session.get(f"{url}{protocol.API_PREFIX}/health", timeout=(1.0, 2.0))
            return Health.model_validate_json(answer.content) if answer.ok else None
    except (requests.RequestException, ValidationError):
        return None
