"""Several server processes on one address and one database."""

import asyncio
import json
import os
import signal
import socket
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import uvicorn
from fastapi import FastAPI

from loket import __version__
from loket.channels.settings import ChannelSettings
from loket.channels.tiles import TileSettings
from loket.kit import logs
from loket.kit.clock import Clock, SystemClock
from loket.server import serving
from loket.server.app import create_app
from loket.server.opening import RunFile, opened
from loket.server.settings import NO_DEMONSTRATION, ServerSettings
from loket.staff.messages import Demonstration
from loket.store.engine import Database
from loket.store.work import Store
from loket.web.stream import Streams

_TOLD = "LOKET_WORKER_SETTINGS"


def run(settings: ServerSettings, epoch: str, listener: socket.socket, processes: int) -> None:
    """Start the processes and stay until they end; they share the listening socket."""
    told = {
        "url": settings.database_url,
        "folder": str(settings.folder),
        "demonstration": settings.demonstration.active,
        "channels": asdict(settings.channels),
        "tiles": asdict(settings.tiles),
    }
    os.environ[_TOLD] = json.dumps(told)
    listener.listen()  # who connects before the first process is up waits instead of being refused
    url, port = serving.url_of(listener), listener.getsockname()[1]
    RunFile(os.getpid(), port, url, __version__, epoch).write(settings.run_file)
    try:
        uvicorn.run(
            "loket.server.workers:worker",
            factory=True,
            fd=listener.fileno(),
            workers=processes,
            log_config=None,
            access_log=False,
            timeout_graceful_shutdown=serving.GRACE_SECONDS,
        )
    finally:
        settings.run_file.unlink(missing_ok=True)


def worker() -> FastAPI:
    """The application of one of the processes, from what its parent left in the environment."""
    logs.set_up()
    told = json.loads(os.environ[_TOLD])
    database = opened(told["url"])
    demonstration, clock = circumstances(database, demonstrate=told["demonstration"])
    settings = ServerSettings(
        told["url"],
        Path(told["folder"]),
        demonstration=demonstration,
        channels=ChannelSettings(**told["channels"]),
        tiles=TileSettings(**told["tiles"]),
    )
    app = create_app(settings, Store(database, clock), clock)
    app.state.on_started = lambda: _end_streams_with_us(app.state.streams)
    return app


def _end_streams_with_us(streams: Streams) -> None:
    """End the open streams when we are told to stop: the server waits for them before it goes."""
    loop = asyncio.get_running_loop()

    def wrapped(number: signal.Signals) -> Callable[[int, Any], None]:
        theirs = signal.getsignal(number)

        def stop(told: int, frame: Any) -> None:
            loop.call_soon_threadsafe(streams.end_all)
            if callable(theirs):
                theirs(told, frame)

        return stop

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, wrapped(number))


def circumstances(database: Database, *, demonstrate: bool) -> tuple[Demonstration, Clock]:
    """Who is offered at the sign-in screen, and what time it is."""
    if not demonstrate:
        return NO_DEMONSTRATION, SystemClock()
    from loket.demo.day import demonstration_clock  # noqa: PLC0415 - as above
    from loket.demo.people import demonstration  # noqa: PLC0415

    return demonstration(), demonstration_clock(database)
