"""The line between desks and server: can be cut while an answer is on its way back."""

import asyncio
import threading
from collections.abc import Callable, Coroutine
from concurrent.futures import Future
from typing import Any

HOST = "127.0.0.1"
CHUNK = 65536
STEP_SECONDS = 10


class Line:
    """Listens for desks at one address and passes everything on to wherever the server is.

    While it is down nobody listens there: a desk is refused, as by a machine without a server.
    """

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="story-line")
        self._listening: asyncio.Server | None = None
        self._open: set[asyncio.StreamWriter] = set()
        self._passing: set[asyncio.Task[None]] = set()
        self._beyond = 0
        self._wanted = b""
        self._on_lost: Callable[[], None] = lambda: None
        self.port = 0

    @property
    def url(self) -> str:
        return f"http://{HOST}:{self.port}"

    def start(self) -> None:
        """Take an address, which stays; it is down until there is a server."""
        self._thread.start()
        self._do(self._find_port())

    def up(self, beyond: int) -> None:
        """From now on pass everything to this port."""
        self._beyond = beyond
        self._do(self._listen())

    def down(self) -> None:
        """Break every connection and refuse new ones."""
        self._do(self._cut())

    def lose_answer(self, request: str, on_lost: Callable[[], None]) -> None:
        """Let the next request that begins so be done, keep its answer back, and tell."""
        self._wanted, self._on_lost = request.encode(), on_lost

    def close(self) -> None:
        self.down()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def _do(self, work: Coroutine[Any, Any, None]) -> None:
        done: Future[None] = asyncio.run_coroutine_threadsafe(work, self._loop)
        done.result(STEP_SECONDS)

    async def _find_port(self) -> None:
        await self._listen()
        if self._listening is not None:
            self.port = self._listening.sockets[0].getsockname()[1]
        await self._cut()

    async def _listen(self) -> None:
        self._listening = await asyncio.start_server(self._connect, HOST, self.port)

    async def _cut(self) -> None:
        if self._listening is not None:
            self._listening.close()
            self._listening = None
        for writer in self._open:
            writer.transport.abort()
        others = self._passing - {asyncio.current_task()}
        if others:
            await asyncio.wait(others, timeout=STEP_SECONDS)

    async def _connect(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        if task is not None:
            self._passing.add(task)
            task.add_done_callback(self._passing.discard)
        self._open.add(writer)
        try:
            far_reader, far_writer = await asyncio.open_connection(HOST, self._beyond)
            self._open.add(far_writer)
            try:
                await self._pass_on(reader, writer, far_reader, far_writer)
            finally:
                self._open.discard(far_writer)
                far_writer.close()
        except OSError:
            pass  # the server is gone: the desk's connection ends as well
        finally:
            self._open.discard(writer)
            writer.close()

    async def _pass_on(
        self,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        far_reader: asyncio.StreamReader,
        far_writer: asyncio.StreamWriter,
    ) -> None:
        lost = asyncio.Event()
        out = asyncio.create_task(self._requests(reader, far_writer, lost))
        back = asyncio.create_task(self._answers(far_reader, writer, lost))
        await asyncio.wait({out, back}, return_when=asyncio.FIRST_COMPLETED)
        for task in (out, back):
            task.cancel()
        await asyncio.gather(out, back, return_exceptions=True)

    async def _requests(
        self, reader: asyncio.StreamReader, far: asyncio.StreamWriter, lost: asyncio.Event
    ) -> None:
        while chunk := await reader.read(CHUNK):
            if self._wanted and chunk.startswith(self._wanted):
                self._wanted = b""
                lost.set()
            far.write(chunk)
            await far.drain()

    async def _answers(
        self, far: asyncio.StreamReader, writer: asyncio.StreamWriter, lost: asyncio.Event
    ) -> None:
        while chunk := await far.read(CHUNK):
            if lost.is_set():
                # The server answers after its commit: the act is done, and nobody here knows.
                if self._listening is not None:
                    self._listening.close()
                    self._listening = None
                self._on_lost()
                return
            writer.write(chunk)
            await writer.drain()
