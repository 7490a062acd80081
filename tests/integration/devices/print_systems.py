"""Two print systems with one printer, Bon: Debian's CUPS with folders of its own, and a fake."""

import getpass
import os
import pwd
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event

SBIN = os.pathsep.join([os.environ.get("PATH", ""), "/usr/sbin", "/sbin"])
NEEDED = ("cupsd", "lpadmin", "lp", "lpstat", "cancel", "cupsdisable", "cupsenable", "cupsreject")
MISSING = [name for name in NEEDED if shutil.which(name, path=SBIN) is None]
READY_TRIES = 200

# The device behind the queue: while it is off the paper waits, as with any printer in the network.
BACKEND = """#!/bin/sh
[ $# = 0 ] && { echo 'direct loket "Bon" "Bon"'; exit 0; }
while [ -e "@FOLDER@/device/off" ]; do sleep 0.1; done
cat "${6:--}" > "@FOLDER@/device/part" && mv "@FOLDER@/device/part" "@FOLDER@/device/$1.pdf"
"""
CUPSD = """
Listen 127.0.0.1:@PORT@
WebInterface No
Browsing Off
DefaultAuthType None
LogLevel info
MaxLogSize 0
ErrorPolicy retry-job
<Location />
  Order allow,deny
  Allow from 127.0.0.1
</Location>
<Location /admin>
  Order allow,deny
  Allow from 127.0.0.1
</Location>
<Policy default>
  <Limit All>
    Order allow,deny
    Allow from all
  </Limit>
</Policy>
"""
CUPS_FILES = """
ServerRoot @FOLDER@/etc
RequestRoot @FOLDER@/spool
TempDir @FOLDER@/spool/tmp
CacheDir @FOLDER@/cache
StateDir @FOLDER@/run
ServerBin @FOLDER@/bin
AccessLog @FOLDER@/log/access
ErrorLog @FOLDER@/log/error
PageLog @FOLDER@/log/page
User @USER@
Group @GROUP@
Printcap @FOLDER@/run/printcap
Sandboxing relaxed
"""
HELPERS = Path("/usr/lib/cups/daemon")
"""Programs of CUPS itself, which it looks for beside the devices."""
FOLDERS = ("etc/ppd", "spool/tmp", "cache", "run/certs", "log", "bin/backend", "device")


class PrintSystem:
    """What both have: a device that can be off, and the papers that came out of it."""

    def __init__(self, folder: Path) -> None:
        self.device = folder / "device"

    def switch(self, *, on: bool) -> None:
        off = self.device / "off"
        off.unlink(missing_ok=True) if on else off.touch()

    def papers(self) -> list[bytes]:
        return [file.read_bytes() for file in sorted(self.device.glob("*.pdf"))]

    def left(self) -> list[str]:
        """Jobs that stand in the print system still."""
        said = self.run("lpstat", "-W", "not-completed", "-o")
        return [line.split()[0] for line in said.splitlines()]

    def titles(self) -> list[str]:
        raise NotImplementedError

    def run(self, *command: str) -> str:
        path = {**os.environ, "PATH": f"{os.environ['PATH']}{os.pathsep}/usr/sbin", "LC_ALL": "C"}
        done = subprocess.run(
            command, env=path, check=True, capture_output=True, text=True, timeout=20
        )
        return done.stdout


class Cups(PrintSystem):
    """A cupsd on a port of its own; no other print system of the machine is touched."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self._folder = folder
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.environment = {"CUPS_SERVER": f"127.0.0.1:{self.port}"}
        self._write()

    def _write(self) -> None:
        folder = self._folder
        root = os.geteuid() == 0
        user = "lp" if root else getpass.getuser()
        facts = {"@FOLDER@": str(folder), "@PORT@": str(self.port), "@USER@": user}
        facts["@GROUP@"] = "lp" if root else str(os.getegid())
        for name in FOLDERS:
            (folder / name).mkdir(parents=True)
        for name, text in (
            ("bin/backend/loket", BACKEND),
            ("etc/cupsd.conf", CUPSD),
            ("etc/cups-files.conf", CUPS_FILES),
        ):
            (folder / name).write_text(_filled(text, facts), encoding="utf-8")
        (folder / "bin/backend/loket").chmod(0o755)
        (folder / "bin/daemon").symlink_to(HELPERS)
        if root:
            # The device runs as lp, which must get as far as its folder.
            os.chown(self.device, pwd.getpwnam("lp").pw_uid, -1)
            for place in (folder, *folder.parents):
                if place.owner() == "root" and place != Path("/") and place != Path("/tmp"):
                    place.chmod(place.stat().st_mode | 0o011)

    def titles(self) -> list[str]:
        page = (self._folder / "log" / "page").read_text(encoding="utf-8")
        return [line.split()[-3] for line in page.splitlines()]

    @contextmanager
    def serving(self) -> Iterator[None]:
        etc = self._folder / "etc"
        binary = shutil.which("cupsd", path=SBIN)
        assert binary is not None
        command = [binary, "-f", "-c", str(etc / "cupsd.conf"), "-s", str(etc / "cups-files.conf")]
        log = (self._folder / "out.log").open("wb")
        with log, subprocess.Popen(command, stdout=log, stderr=log) as daemon:
            try:
                self._await()
                self.run("lpadmin", "-p", "Bon", "-E", "-v", "loket:/", "-m", "raw")
                yield
            finally:
                daemon.terminate()
                daemon.wait(20)

    def _await(self) -> None:
        for _ in range(READY_TRIES):
            with socket.socket() as probe:
                probe.settimeout(0.1)
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            Event().wait(0.05)
        raise AssertionError((self._folder / "out.log").read_text(encoding="utf-8"))


def _filled(text: str, facts: dict[str, str]) -> str:
    for sign, fact in facts.items():
        text = text.replace(sign, fact)
    return text.lstrip()


COMMAND = """#!{python}
import sys
sys.path.insert(0, {root!r})
from tests.integration.devices.fake_cups import main
sys.exit(main({name!r}, {folder!r}, sys.argv[1:]))
"""


class FakeCups(PrintSystem):
    """Commands of the same names first on PATH; its one printer is a folder."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.device.mkdir()
        commands = folder / "bin"
        commands.mkdir()
        root = str(Path(__file__).parents[3])
        for name in ("lp", "lpstat", "cancel", "cupsdisable", "cupsenable", "cupsreject"):
            text = COMMAND.format(python=sys.executable, root=root, name=name, folder=str(folder))
            (commands / name).write_text(text, encoding="utf-8")
            (commands / name).chmod(0o755)
        self.environment = {"PATH": f"{commands}{os.pathsep}{os.environ['PATH']}"}

    @contextmanager
    def serving(self) -> Iterator[None]:
        yield
