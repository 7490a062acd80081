"""Many desks that only listen, and when each of them hears of a call."""

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import urlsplit

from loket.kit.clock import SystemClock
from loket.wire import protocol

_CLOCK = SystemClock()


@dataclass
class Audience:
    """Open event streams of one site, and what they heard."""

    url: str
    path: str
    token: str
    milliseconds: list[float] = field(default_factory=list)
    """For each follower and each call: from the beginning of its transaction until it was heard."""
    _writers: list[asyncio.StreamWriter] = field(default_factory=list)
    _wanted: int = 0
    _enough: asyncio.Event = field(default_factory=asyncio.Event)

    async def gather(self, many: int) -> list[asyncio.Task[None]]:
        """Open the streams; done when each of them stands."""
        tasks = []
        for _ in range(many):
            reader, writer = await self._open()
            self._writers.append(writer)
            await _until(reader, b": following")
            tasks.append(asyncio.create_task(self._listen(reader)))
        return tasks

    async def heard(self, many: int) -> None:
        """Wait until so many calls were heard in all."""
        self._wanted = many
        self._enough.clear()
        self._count()
        await self._enough.wait()

    def _count(self) -> None:
        if len(self.milliseconds) >= self._wanted:
            self._enough.set()

    def leave(self) -> None:
        for writer in self._writers:
            writer.close()

    async def _open(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        address = urlsplit(self.url)
        reader, writer = await asyncio.open_connection(address.hostname, address.port)
        head = (
            f"GET {protocol.API_PREFIX}{self.path} HTTP/1.1\r\nHost: {address.netloc}\r\n"
            f"Authorization: Bearer {self.token}\r\nAccept: text/event-stream\r\n\r\n"
        )
        writer.write(head.encode())
        return reader, writer

    async def _listen(self, reader: asyncio.StreamReader) -> None:
        while line := await reader.readline():
            if line.startswith(b"data: ") and b'"act":"call_next"' in line:
                heard = _CLOCK.now()
                at = datetime.fromisoformat(json.loads(line[6:])["at"])
                self.milliseconds.append((heard - at).total_seconds() * 1000)
                self._count()


async def _until(reader: asyncio.StreamReader, beginning: bytes) -> None:
    while line := await reader.readline():
        if line.startswith(beginning):
            return
    raise ConnectionError("the stream ended before it began")


def with_audience(
    audience: Audience,
    many: int,
    call: Callable[[int], str],
    serve: Callable[[str], None],
    *,
    calls: int,
) -> None:
    """Gather followers; so many times ``call(nr)``, and ``serve`` whom it called once all heard."""

    async def all_of_it() -> None:
        tasks = await audience.gather(many)
        for nr in range(calls):
            called = await asyncio.to_thread(call, nr)
            await asyncio.wait_for(audience.heard((nr + 1) * many), 30)
            await asyncio.to_thread(serve, called)
        audience.leave()
        await asyncio.gather(*tasks, return_exceptions=True)

    asyncio.run(all_of_it())
