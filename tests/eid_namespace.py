"""A card service of its own with virtual readers, shut in namespaces; told by lines what to do.

Started by ``unshare … python -m tests.eid_namespace FOLDER READERS``: pcscd knows no other place
for its socket than /run, and vpcd listens on every address; here both are nobody else's.
"""

import ctypes
import fcntl
import json
import socket
import struct
import subprocess
import sys
from pathlib import Path
from threading import Event, Thread

from smartcard import scard

from tests.eid_card import ATR, EmulatedCard

PORT = 0x8C7B
CONFIG = """FRIENDLYNAME "Virtual PCD"
DEVICENAME /dev/null:0x8C7B
LIBPATH /usr/lib/pcsc/drivers/serial/libifdvpcd.so
CHANNELID 0x8C7B
"""
PATIENCE_MS = 20_000
_MS_BIND, _SIOCSIFFLAGS, _IFF_UP = 0x1000, 0x8914, 1
_RESETS = (0, 1, 2)
_ASKS_ATR = 4


def shut_in(run):
    """Loopback comes up; /run becomes a folder of ours."""
    with socket.socket() as any_socket:
        flags = struct.pack("16sh", b"lo", _IFF_UP)
        fcntl.ioctl(any_socket, _SIOCSIFFLAGS, flags)
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.mount(str(run).encode(), b"/run", None, _MS_BIND, None):
        raise OSError(ctypes.get_errno(), "mount")


def received(line, count):
    got = b""
    while len(got) < count:
        more = line.recv(count - len(got))
        if not more:
            raise EOFError
        got += more
    return got


class Slot:
    """One reader: what is put in speaks to vpcd over a socket."""

    def __init__(self, port):
        self._port = port
        self._line = None

    def insert(self, card):
        self._line = socket.create_connection(("127.0.0.1", self._port))
        Thread(target=self._serve, args=(card, self._line), daemon=True).start()

    def pull(self):
        self._line.shutdown(socket.SHUT_RDWR)
        self._line.close()

    def _serve(self, card, line):
        session, commands = card.session(), 0
        try:
            while True:
                asked = received(line, int.from_bytes(received(line, 2), "big"))
                if len(asked) == 1 and asked[0] in _RESETS:
                    session = card.session()
                    continue
                if asked == bytes([_ASKS_ATR]):
                    answer = ATR
                else:
                    commands += 1
                    if commands == card.goes_at:
                        self._go(card)
                    answer = session.answer(asked)
                line.sendall(len(answer).to_bytes(2, "big") + answer)
        except (EOFError, OSError):
            return

    def _go(self, card):
        if card.hangs:
            Event().wait()
        self.pull()


class Service:
    """pcscd, and whether it has seen what was done."""

    def __init__(self, folder, readers):
        (folder / "run/pcscd").mkdir(parents=True)
        (folder / "readers").mkdir()
        if readers:
            (folder / "readers/vpcd").write_text(CONFIG)
        shut_in(folder / "run")
        log = (folder / "pcscd.log").open("wb")
        self._daemon = subprocess.Popen(
            ["pcscd", "-f", "-c", str(folder / "readers")], stdout=log, stderr=log
        )
        self.slots = [Slot(PORT), Slot(PORT + 1)]
        result = scard.SCARD_E_NO_SERVICE
        while result != scard.SCARD_S_SUCCESS:
            if self._daemon.poll() is not None:
                raise SystemExit("pcscd ended")
            result, self._context = scard.SCardEstablishContext(scard.SCARD_SCOPE_USER)

    def await_card(self, slot, *, there):
        reader = f"Virtual PCD 00 {slot:02d}"
        state = None
        while state is None or bool(state & scard.SCARD_STATE_PRESENT) is not there:
            asked = [(reader, state or scard.SCARD_STATE_UNAWARE)]
            result, found = scard.SCardGetStatusChange(self._context, PATIENCE_MS, asked)
            if result != scard.SCARD_S_SUCCESS:
                raise SystemExit(scard.SCardGetErrorMessage(result))
            state = found[0][1]

    def end(self):
        self._daemon.terminate()
        self._daemon.wait()


def obey(service, order):
    slot = order.get("slot", 0)
    match order["do"]:
        case "insert":
            files = {name: bytes.fromhex(text) for name, text in order["card"]["files"].items()}
            service.slots[slot].insert(EmulatedCard(**order["card"] | {"files": files}))
            service.await_card(slot, there=True)
        case "pull":
            service.slots[slot].pull()
            service.await_card(slot, there=False)
        case "end":
            service.end()


def say(word):
    sys.stdout.write(word + "\n")
    sys.stdout.flush()


def main():
    service = Service(Path(sys.argv[1]), int(sys.argv[2]))
    say("ready")
    for line in sys.stdin:
        obey(service, json.loads(line))
        say("done")
    service.end()


if __name__ == "__main__":
    main()
