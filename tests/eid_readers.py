"""Readers for cards, twice with one face: pcscd with virtual readers, and a fake in memory."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path

from loket.devices.eid.contents import eid_card
from loket.devices.eid.errors import CardPulled, CardTooSlow, NoCard, NoCardReader, NoCardService
from loket.devices.eid.reading import read_eid
from loket.devices.eid.talking import only_eid, read_files

ROOT = Path(__file__).parents[1]
SBIN = os.pathsep.join([os.environ.get("PATH", ""), "/usr/sbin", "/sbin"])
DRIVER = Path("/usr/lib/pcsc/drivers/serial/libifdvpcd.so")
SHUT_IN = ("unshare", "--map-root-user", "--net", "--mount", "--pid", "--fork", "--kill-child")
"""Network, files and processes of its own: when it ends all that it started ends with it."""
SOCKET = "PCSCLITE_CSOCK_NAME"


def why_not():
    """What this machine lacks for virtual readers; empty: nothing."""
    missing = [name for name in ("pcscd", "unshare") if shutil.which(name, path=SBIN) is None]
    if missing or not DRIVER.exists():
        return "no pcscd with vpcd here"
    tried = subprocess.run([*SHUT_IN, "true"], capture_output=True, check=False)
    return "" if tried.returncode == 0 else "this machine allows no namespaces"


class FakeReaders:
    """Answers as the real ones do, without a process."""

    def __init__(self, readers=2):
        self._slots = dict.fromkeys(range(readers))
        self._serves = True

    def insert(self, card, slot=0):
        self._slots[slot] = card

    def pull(self, slot=0):
        self._slots[slot] = None

    def end_service(self):
        self._serves = False

    def read(self, **_limits):
        if not self._serves:
            raise NoCardService
        if not self._slots:
            raise NoCardReader
        cards = [_Inserted(card) for card in self._slots.values() if card]
        if not cards:
            raise NoCard
        return eid_card(*read_files(only_eid(cards)))


class _Inserted:
    def __init__(self, card):
        self._card, self._session = card, card.session()
        self._commands = 0

    def transmit(self, apdu):
        self._commands += 1
        if self._commands == self._card.goes_at:
            raise CardTooSlow if self._card.hangs else CardPulled
        answer = self._session.answer(apdu)
        return answer[:-2], int.from_bytes(answer[-2:], "big")


class PcscReaders:
    """The real way, down to the bytes of the readers."""

    def __init__(self, readers=2):
        # Short: the address of a socket has 108 signs at most.
        self._folder = Path(tempfile.mkdtemp(prefix="eid-"))
        self.environment = {SOCKET: str(self._folder / "run/pcscd/pcscd.comm")}
        path = {**os.environ, "PATH": SBIN}
        path.pop(SOCKET, None)
        program = (sys.executable, "-m", "tests.eid_namespace", str(self._folder), str(readers))
        self._process = subprocess.Popen(
            [*SHUT_IN, *program],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
            env=path,
        )
        self._await("ready")

    def insert(self, card, slot=0):
        files = {name: content.hex() for name, content in card.files.items()}
        self._tell(do="insert", slot=slot, card=asdict(card) | {"files": files})

    def pull(self, slot=0):
        self._tell(do="pull", slot=slot)

    def end_service(self):
        self._tell(do="end")

    def read(self, **limits):
        return read_eid(**limits)

    def close(self):
        self._process.stdin.close()
        self._process.wait(timeout=30)
        self._process.stdout.close()
        shutil.rmtree(self._folder)

    def _tell(self, **order):
        self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()
        self._await("done")

    def _await(self, word):
        assert self._process.stdout.readline().strip() == word
