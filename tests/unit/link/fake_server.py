"""A small server on loopback that does what a test tells it, breaking connections included."""

import json
import socket
import threading
from collections.abc import Callable
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Call:
    method: str
    path: str
    headers: dict[str, str]
    body: str

    @property
    def key(self) -> str:
        return self.headers.get("idempotency-key", "")


@dataclass
class Reply:
    status: int = 200
    body: Any = None
    headers: dict[str, str] = field(default_factory=dict)
    media_type: str = "application/json"
    chunks: Any = None
    """An iterable of bytes: a stream, each piece sent when it comes."""
    broken: bool = False
    """Close the connection without a word."""


def problem(status: int, code: str, /, **params: Any) -> Reply:
    body = {
        "type": f"urn:loket:problem:{code}",
        "title": code,
        "status": status,
        "code": code,
        "params": params,
        "fields": [],
        "request_id": "r-1",
    }
    return Reply(status, body, media_type="application/problem+json")


BROKEN = Reply(broken=True)
Answers = Callable[[Call], Reply]


class FakeServer:
    def __init__(self) -> None:
        self.calls: list[Call] = []
        self.effects: list[str] = []
        """Keys of acts that took effect, each once."""
        self.kept: dict[str, Reply] = {}
        self.answer: Answers = lambda call: problem(404, "http.no_such_address")
        self.now: Callable[[], datetime] = lambda: datetime.now(UTC)
        self.lock = threading.Lock()
        self._http = _Http(("127.0.0.1", 0), _Handler)
        self._http.fake = self
        self._thread = threading.Thread(target=self._http.serve_forever, args=(0.02,))
        self._thread.start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._http.server_address[1]}"

    def once(self, call: Call, effect: Callable[[], Reply]) -> Reply:
        """As our server: the effect of a key happens once, its answer is kept."""
        with self.lock:
            if call.key not in self.kept:
                self.kept[call.key] = effect()
                self.effects.append(call.key)
            return self.kept[call.key]

    def close(self) -> None:
        if not self._thread.is_alive():
            return
        self._http.shutdown()
        self._http.server_close()
        self._thread.join()


class _Http(ThreadingHTTPServer):
    daemon_threads = False
    block_on_close = True

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.open: set[socket.socket] = set()

    def handle_error(self, request: Any, client_address: Any) -> None:
        pass  # the other side closed: what these tests are about

    def server_close(self) -> None:
        for connection in list(self.open):
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
        super().server_close()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def setup(self) -> None:
        super().setup()
        self.server.open.add(self.connection)

    def finish(self) -> None:
        self.server.open.discard(self.connection)
        super().finish()

    def _any(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        headers = {name.lower(): value for name, value in self.headers.items()}
        path = self.path.removeprefix("/api/v1")
        call = Call(self.command, path, headers, self.rfile.read(length).decode())
        self.server.fake.calls.append(call)
        reply = self.server.fake.answer(call)
        if reply.broken:
            self.close_connection = True
            return
        self._send(reply)

    do_GET = do_POST = do_PUT = do_DELETE = _any  # noqa: N815 - names of the library

    def _send(self, reply: Reply) -> None:
        self.send_response(reply.status)
        self.send_header("Loket-Server-Time", self.server.fake.now().isoformat())
        self.send_header("Content-Type", reply.media_type)
        for name, value in reply.headers.items():
            self.send_header(name, value)
        if reply.chunks is not None:
            self.send_header("Transfer-Encoding", "chunked")
            self.end_headers()
            for piece in reply.chunks:
                self.wfile.write(b"%x\r\n%s\r\n" % (len(piece), piece))
                self.wfile.flush()
            self.wfile.write(b"0\r\n\r\n")
            return
        data = reply.body if isinstance(reply.body, bytes) else b""
        if reply.body is not None and not isinstance(reply.body, bytes):
            data = json.dumps(reply.body).encode()
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *args: Any) -> None:
        pass


@contextmanager
def serving():
    server = FakeServer()
    try:
        yield server
    finally:
        server.close()
