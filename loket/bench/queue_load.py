"""Desks that hammer a server: issue, call next, start, finish, without a pause."""

import json
import socket
import threading
from collections import defaultdict
from dataclasses import dataclass, field
from itertools import cycle
from typing import Any
from urllib.parse import urlsplit

from loket.bench.queue_town import PASSWORD, LoadDesk
from loket.bench.report import progress
from loket.kit.clock import monotonic
from loket.kit.ids import new_id
from loket.wire import protocol

ACTS = ("issue", "call", "start", "finish")


class Refused(Exception):
    """The server answered otherwise than a cycle expects."""


class PlainHttp:
    """One kept connection that says the least HTTP there is, so that the driver costs little."""

    def __init__(self, url: str) -> None:
        address = urlsplit(url)
        self._place = (address.hostname, address.port)
        self._host = address.netloc
        self.token = ""
        self.connect()

    def connect(self) -> None:
        """Begin anew, as the same person."""
        self._socket = socket.create_connection(self._place, timeout=30)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._read = self._socket.makefile("rb")

    def get(self, path: str) -> Any:
        return json.loads(self.read(path))

    def read(self, path: str) -> bytes:
        """The answer as it came: what a reader does with it is the reader's time."""
        return self._ask("GET", path, b"")

    def post(self, path: str, body: dict[str, Any]) -> Any:
        return json.loads(self._ask("POST", path, json.dumps(body).encode()))

    def _ask(self, method: str, path: str, content: bytes) -> bytes:
        head = (
            f"{method} {protocol.API_PREFIX}{path} HTTP/1.1\r\nHost: {self._host}\r\n"
            f"Content-Type: application/json\r\nContent-Length: {len(content)}\r\n"
            f"{protocol.IDEMPOTENCY_KEY}: {new_id()}\r\n"
        )
        if self.token:
            head += f"Authorization: Bearer {self.token}\r\n"
        self._socket.sendall(head.encode() + b"\r\n" + content)
        return self._answer(path)

    def _answer(self, path: str) -> bytes:
        status = int(self._read.readline().split()[1])
        length = 0
        while (line := self._read.readline()) not in {b"\r\n", b""}:
            name, _colon, value = line.partition(b":")
            if name.lower() == b"content-length":
                length = int(value)
        answer = self._read.read(length)
        if status >= 300:  # noqa: PLR2004 - anything but done
            raise Refused(f"{path}: {status} {json.loads(answer).get('code')}")
        return answer

    def close(self) -> None:
        self._read.close()
        self._socket.close()


@dataclass
class Tally:
    """What one desk did."""

    cycles: int = 0
    called: list[str] = field(default_factory=list)
    times: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    """Milliseconds per act."""
    faults: list[str] = field(default_factory=list)


@dataclass
class Load:
    """All desks together for some seconds."""

    url: str
    desks: list[LoadDesk]
    seconds: float
    _at_the_door: threading.Lock = field(default_factory=threading.Lock)

    def run(self) -> list[Tally]:
        """Sign everybody in, start together, stop after the time."""
        tallies = [Tally() for _ in self.desks]
        ready = threading.Barrier(len(self.desks) + 1)
        threads = [
            threading.Thread(target=self._desk, args=(desk, tally, ready))
            for desk, tally in zip(self.desks, tallies, strict=True)
        ]
        for thread in threads:
            thread.start()
        ready.wait()
        progress(f"{len(self.desks)} desks signed in, {self.seconds:g} s")
        for thread in threads:
            thread.join()
        return tallies

    def _desk(self, desk: LoadDesk, tally: Tally, ready: threading.Barrier) -> None:
        http = PlainHttp(self.url)
        try:
            asked = {"username": desk.username, "password": PASSWORD, "desk": desk.code}
            with self._at_the_door:  # a server hears so many passwords at once and no more
                signed_in = http.post("/sessions", asked)
            http.token = signed_in["token"]
            ready.wait()
            self._cycles(http, signed_in["counter_id"], desk, tally)
        except (OSError, Refused, ValueError) as error:
            tally.faults.append(str(error))
            ready.abort()
        finally:
            http.close()

    def _cycles(self, http: PlainHttp, counter: str, desk: LoadDesk, tally: Tally) -> None:
        until = monotonic() + self.seconds
        for product in cycle(desk.products):
            if monotonic() > until:
                return
            try:
                self._cycle(http, counter, product, tally)
            except Refused as refusal:
                tally.faults.append(str(refusal))

    def _cycle(self, http: PlainHttp, counter: str, product: str, tally: Tally) -> None:
        started = monotonic()
        http.post("/tickets", {"visit": {}, "product_id": product})
        issued = monotonic()
        outcome = http.post(f"/counters/{counter}/call-next", {"believes": None})
        called_at = monotonic()
        if outcome["called"] is None:
            raise Refused("nobody was called though somebody waits")
        ticket = outcome["called"]["ticket"]["id"]
        tally.called.append(ticket)
        http.post(f"/tickets/{ticket}/start", {})
        serving = monotonic()
        http.post(f"/tickets/{ticket}/finish", {})
        moments = (started, issued, called_at, serving, monotonic())
        for act, begin, end in zip(ACTS, moments, moments[1:], strict=False):
            tally.times[act].append((end - begin) * 1000)
        tally.cycles += 1
