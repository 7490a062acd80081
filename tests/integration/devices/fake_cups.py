"""The few commands of CUPS that a desk uses, over a folder; passes the tests of the real ones."""

import json
import sys
from pathlib import Path

PRINTER = "Bon"


class Spool:
    """Jobs and the state of the printer, in one file; the device is a folder beside it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._file = folder / "spool.json"
        self._device = folder / "device"
        fresh = {"last": 0, "jobs": {}, "stopped": False, "rejecting": False}
        self.now = json.loads(self._file.read_text()) if self._file.exists() else fresh

    def keep(self) -> None:
        self._file.write_text(json.dumps(self.now))

    def work(self) -> None:
        """What the printer would have done meanwhile."""
        if self.now["stopped"] or (self._device / "off").exists():
            return
        for job, file in self.now["jobs"].items():
            Path(file).rename(self._device / f"{job}.pdf")
        self.now["jobs"] = {}


def main(command: str, folder: str, arguments: list[str]) -> int:
    spool = Spool(Path(folder))
    spool.work()
    status = globals()[f"_{command}"](spool, arguments)
    spool.keep()
    return status


def _fail(words: str) -> int:
    sys.stderr.write(f"{words}\n")
    return 1


def _lp(spool: Spool, arguments: list[str]) -> int:
    printer = arguments[arguments.index("-d") + 1]
    if printer != PRINTER:
        return _fail("lp: The printer or class does not exist.")
    if spool.now["rejecting"]:
        return _fail(f'lp: Destination "{PRINTER}" is not accepting jobs.')
    spool.now["last"] += 1
    job = str(spool.now["last"])
    kept = spool.folder / f"job-{job}"
    kept.write_bytes(Path(arguments[-1]).read_bytes())
    spool.now["jobs"][job] = str(kept)
    sys.stdout.write(f"request id is {PRINTER}-{job} (1 file(s))\n")
    return 0


def _lpstat(spool: Spool, arguments: list[str]) -> int:
    if "-e" in arguments:
        sys.stdout.write(f"{PRINTER}\n")
    elif "-p" in arguments:
        since = "Mon Mar 16 09:00:00 2026"
        word = f"disabled since {since} -\n\tPaused" if spool.now["stopped"] else "is idle."
        sys.stdout.write(f"printer {PRINTER} {word}\n")
    else:
        for job in spool.now["jobs"]:
            sys.stdout.write(f"{PRINTER}-{job}  somebody  1024  Mon Mar 16 09:00:00 2026\n")
    return 0


def _cancel(spool: Spool, arguments: list[str]) -> int:
    job = arguments[0].rpartition("-")[2]
    if spool.now["jobs"].pop(job, None) is None:
        return _fail("cancel: cancel-job failed: Job does not exist.")
    return 0


def _cupsdisable(spool: Spool, _arguments: list[str]) -> int:
    spool.now["stopped"] = True
    return 0


def _cupsenable(spool: Spool, _arguments: list[str]) -> int:
    spool.now["stopped"] = False
    return 0


def _cupsreject(spool: Spool, _arguments: list[str]) -> int:
    spool.now["rejecting"] = True
    return 0
