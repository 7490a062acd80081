"""Printing through CUPS, by its own commands: any printer the machine knows.

The commands and not the library: its Python binding is GPL.
"""

import os
import re
import shutil
import subprocess
import tempfile
import threading
from collections.abc import Sequence
from pathlib import Path

from loket.devices.errors import NoPrintSystem, PrinterSilent, PrinterStopped, PrinterUnknown
from loket.kit.clock import monotonic

COMMAND_SECONDS = 10.0
OUT_SECONDS = 20.0
"""So long a paper may take to leave the print system before it counts as failed."""
LOOK_SECONDS = 0.25
_REQUEST = re.compile(r"request id is (\S+)")
_STOPPED = re.compile(
    r"disabled since|rejecting requests|not accepting|Unable|paused", re.IGNORECASE
)


def printer_names() -> list[str]:
    """The printers that this machine knows; none where there is no CUPS."""
    if shutil.which("lpstat") is None:
        return []
    try:
        return sorted(_run(["lpstat", "-e"]).split())
    except (PrinterUnknown, PrinterSilent):
        return []


class CupsPrinter:
    """One printer of CUPS, local or in the network."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._pause = threading.Event()

    def send(self, pdf: bytes, *, title: str, media: str) -> None:
        """Hand a PDF to CUPS and wait until it is printed.

        Raises when the printer is unknown, stopped or silent; then nothing stays behind in the
        print system, so that printing again does not print twice.
        """
        if shutil.which("lp") is None:
            raise NoPrintSystem
        with tempfile.TemporaryDirectory(prefix="loket-") as folder:
            file = Path(folder) / "paper.pdf"
            file.write_bytes(pdf)
            request = self._submit(file, title, media)
            self._wait_until_out(request)

    def _submit(self, file: Path, title: str, media: str) -> str:
        options = ["-o", f"media={media}", "-o", "fit-to-page"] if media == "A4" else []
        said = _run(["lp", "-d", self.name, "-t", title, *options, "--", str(file)])
        found = _REQUEST.search(said)
        if found is None:
            raise PrinterStopped(printer=self.name, message=said.strip()[:200])
        return found.group(1)

    def _wait_until_out(self, request: str) -> None:
        until = monotonic() + OUT_SECONDS
        while request in self._pending():
            word = _run(["lpstat", "-p", self.name])
            if _STOPPED.search(word):
                self._take_back(request)
                raise PrinterStopped(printer=self.name, message=word.strip()[:200])
            if monotonic() > until:
                self._take_back(request)
                raise PrinterSilent(printer=self.name)
            self._pause.wait(LOOK_SECONDS)

    def _take_back(self, request: str) -> None:
        _run(["cancel", request])

    def _pending(self) -> set[str]:
        said = _run(["lpstat", "-W", "not-completed", "-o", self.name])
        return {line.split()[0] for line in said.splitlines() if line.strip()}


def _run(command: Sequence[str]) -> str:
    try:
        done = subprocess.run(  # noqa: S603 - fixed commands, arguments never through a shell
            command,
            capture_output=True,
            text=True,
            encoding="utf-8",
            errors="replace",
            timeout=COMMAND_SECONDS,
            check=False,
            env={**os.environ, "LC_ALL": "C"},  # the answers are read by a program
        )
    except subprocess.TimeoutExpired as error:
        raise PrinterSilent(command=command[0]) from error
    word = done.stderr.strip()[:200]
    if done.returncode and command[0] == "lp" and _STOPPED.search(word):
        raise PrinterStopped(message=word)
    if done.returncode and command[0] != "cancel":
        raise PrinterUnknown(message=word)
    return done.stdout
