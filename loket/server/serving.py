"""Running a server process: listening, telling where, ending when nobody needs it any more."""

import asyncio
import errno
import os
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

import uvicorn
from fastapi import FastAPI

from loket import __version__
from loket.kit.clock import monotonic
from loket.server.errors import AddressRefused, PortTaken
from loket.server.opening import RunFile
from loket.web.stream import Streams

GRACE_SECONDS = 5


class Server(uvicorn.Server):
    """Says when it listens; ends the open event streams before it goes down."""

    def __init__(
        self, config: uvicorn.Config, streams: Streams, on_listening: Callable[[], None]
    ) -> None:
        super().__init__(config)
        self._streams = streams
        self._on_listening = on_listening

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._on_listening()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._streams.end_all()
        await super().shutdown(sockets)


class Linger:
    """Ends an embedded server some seconds after the last sign of life of a desk.

    An open event stream is one for as long as it is open; any request is one, too.
    """

    def __init__(self, server: uvicorn.Server, streams: Streams, seconds: float) -> None:
        self._server = server
        self._streams = streams
        self._seconds = seconds
        self._last = monotonic()

    def begin(self) -> None:
        """Start to watch; in the event loop."""
        asyncio.get_running_loop().call_later(self._seconds, self._look)

    def sign_of_life(self) -> None:
        self._last = monotonic()

    def _look(self) -> None:
        if self._streams.desks:
            self.sign_of_life()
        left = self._last + self._seconds - monotonic()
        if left <= 0:
            self._server.should_exit = True
        else:
            asyncio.get_running_loop().call_later(left, self._look)


def listening_socket(host: str, port: int) -> socket.socket:
    """A bound socket, or a refusal that says what is in the way."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    if os.name == "posix":  # elsewhere this option would share a port that is taken
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    # Connections inherit it. Where uvicorn gets the socket from a parent it takes it for another
    # kind and does not set it; then each answer waits 40 ms for an acknowledgement.
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    try:
        listener.bind((host, port))
    except OSError as error:
        listener.close()
        if error.errno == errno.EADDRINUSE:
            raise PortTaken(port=port) from error
        raise AddressRefused(host=host, port=port, reason=error.strerror) from error
    listener.set_inheritable(True)
    return listener


def url_of(listener: socket.socket) -> str:
    host, port = listener.getsockname()[:2]
    shown = f"[{host}]" if ":" in host else host
    return f"http://{shown}:{port}"


def run(app: FastAPI, listener: socket.socket, run_file: Path, linger: float | None) -> None:
    """Serve until told to stop, or until no desk is left."""
    streams: Streams = app.state.streams
    port = listener.getsockname()[1]

    def announce() -> None:
        url = url_of(listener)
        RunFile(os.getpid(), port, url, __version__, streams.epoch).write(run_file)

    server = Server(configuration(app), streams, announce)
    if linger is not None:
        lingering = Linger(server, streams, linger)
        app.state.on_started = lingering.begin
        app.state.on_request = lingering.sign_of_life
    try:
        server.run(sockets=[listener])
    finally:
        run_file.unlink(missing_ok=True)


def configuration(app: Any, **more: Any) -> uvicorn.Config:
    return uvicorn.Config(
        app,
        log_config=None,
        access_log=False,
        timeout_graceful_shutdown=GRACE_SECONDS,
        server_header=False,
        date_header=False,
        **more,
    )
