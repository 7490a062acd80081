"""From the start of the process to a window that can be used, beside an empty window."""

import subprocess
import sys
import threading
from pathlib import Path
from statistics import median

from loket.bench.report import measured, progress
from ui.story.seconds import precise

RUNS = 7
LIMIT_SECONDS = 60
WINDOWS = ("loket", "empty")


def measure_start(folder: Path) -> list[str]:
    """Median over interleaved runs; the first of each warms the disk and does not count."""
    seconds: dict[str, list[float]] = {name: [] for name in WINDOWS}
    for run in range(RUNS + 1):
        for name in WINDOWS:
            took = _start(name, folder)
            if took is None:
                return [f"the {name} window did not start"]
            if run:
                seconds[name].append(took)
            progress(f"  {name}: {took * 1000:.0f} ms")
    ours, bare = (median(seconds[name]) for name in WINDOWS)
    beside = f"{bare * 1000:.0f} ms for an empty window that imports the same packages"
    measured("ui.start", ours * 1000, "ms", beside)
    measured("ui.start.ratio", ours / bare, "×", "aim: at most 1.5")
    return []


def _start(name: str, folder: Path) -> float | None:
    began = precise()
    command = [sys.executable, "-m", "ui.bench.window", name, str(folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as child:  # noqa: S603 - our own program
        guard = threading.Timer(LIMIT_SECONDS, child.kill)
        guard.start()
        line = child.stdout.readline() if child.stdout is not None else b""
        took = precise() - began
        child.wait()
        guard.cancel()
    return took if line.strip() == b"ready" and child.returncode == 0 else None
