"""Server-sent events (WHATWG HTML, 9.2): from pieces of bytes to frames."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Frame:
    """One event; ``id`` is the last one that was seen, as the standard has it."""

    event: str
    data: str
    id: str


HEARTBEAT = Frame(event="", data="", id="")
"""Stands for a comment: nothing happened, and the stream lives."""


def frames(pieces: Iterable[bytes]) -> Iterator[Frame]:
    """The frames of a stream; a frame that was not finished when the stream broke is none."""
    event, last_id = "", ""
    data: list[str] = []
    for line in _lines(pieces):
        if not line:
            if data:
                yield Frame(event or "message", "\n".join(data), last_id)
            event, data = "", []
            continue
        if line.startswith(":"):
            yield HEARTBEAT
            continue
        name, _colon, value = line.partition(":")
        value = value.removeprefix(" ")
        if name == "event":
            event = value
        elif name == "data":
            data.append(value)
        elif name == "id":
            last_id = value


def _lines(pieces: Iterable[bytes]) -> Iterator[str]:
    # Our server ends lines with LF; a CRLF that an intermediary made is read as well.
    kept = b""
    for piece in pieces:
        *whole, kept = (kept + piece).split(b"\n")
        for line in whole:
            yield line.removesuffix(b"\r").decode("utf-8", errors="replace")
