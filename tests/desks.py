"""Desks for tests: the real facade with papers of plain text and printers in memory."""

import dataclasses
import json
import queue
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from loket.desk.desk import Desk
from loket.desk.facts import Fact, PictureChanged
from loket.desk.settings import DeskSettings
from loket.kit.errors import Unavailable
from loket.kit.paths import DataFolder


class PlainPaper:
    """Papers whose bytes are the facts themselves."""

    def prepare(self) -> None:
        """Plain text needs nothing."""

    def slip(self, facts: Any) -> bytes:
        return _plain(facts)

    def receipt(self, facts: Any) -> bytes:
        return _plain(facts)

    def letters(self, letters: Any) -> bytes:
        return b"\n".join(_plain(facts) for facts in letters)

    def report_letters(self, letters: Any) -> bytes:
        return b"\n".join(_plain(facts) for facts in letters)


def _plain(facts: Any) -> bytes:
    return json.dumps(dataclasses.asdict(facts), default=str, ensure_ascii=False).encode()


class PaperOut(Unavailable):
    code = "printer.paper_out"


class NoSuchPrinter(Unavailable):
    code = "printer.unknown"


class MemoryPrinter:
    """Keeps what it is sent; refuses while it is out of paper."""

    def __init__(self) -> None:
        self.sent: list[tuple[str, str, bytes]] = []
        self.out_of_paper = False

    def send(self, pdf: bytes, *, title: str, media: str) -> None:
        if self.out_of_paper:
            raise PaperOut
        self.sent.append((title, media, pdf))


class Printers(dict[str, MemoryPrinter]):
    def find(self, name: str) -> MemoryPrinter:
        if name not in self:
            raise NoSuchPrinter(printer=name)
        return self[name]


class Listening:
    """A listener that a test can wait on."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.facts: queue.Queue[Fact] = queue.Queue()
        self.leave = desk.subscribe(self.facts.put)

    def until(self, wanted: Any, *, seconds: float = 60) -> Fact:
        """The next fact for which ``wanted`` (a class, or a test) holds.

        A test is first put to the picture as it is: the fact that made it so may be heard already.
        """
        if not isinstance(wanted, type):
            now = PictureChanged(self.desk.picture())
            if wanted(now):
                return now
        while True:
            fact = self.facts.get(timeout=seconds)
            if isinstance(fact, wanted) if isinstance(wanted, type) else wanted(fact):
                return fact


@contextmanager
def a_desk(
    code: str,
    folder: Path,
    *,
    url: str | None = None,
    printers: Printers | None = None,
    **more: Any,
) -> Iterator[Desk]:
    settings = DeskSettings.of(code, folder=DataFolder(folder), server_url=url)
    known = printers if printers is not None else Printers()
    desk = Desk(settings, paper=PlainPaper(), find_printer=known.find, **more)
    try:
        yield desk
    finally:
        desk.close()
