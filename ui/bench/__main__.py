"""``python -m loket bench ui``: start, Enter to slip, search, longest block of the story."""

import argparse
import os
import sys
import tempfile
from pathlib import Path

if sys.platform.startswith("linux") and not (
    os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
):
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # before Qt is loaded

from loket.bench.report import progress
from ui.bench.at_work import measure_work
from ui.bench.starting import measure_start
from ui.bench.story import measure_story

MEASURES = {"start": measure_start, "work": measure_work, "story": measure_story}


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m loket bench ui", description=__doc__)
    parser.add_argument("--only", choices=sorted(MEASURES), help="one of the measurements")
    only = parser.parse_args().only
    wrong = []
    for name, measure in MEASURES.items():
        if only not in {None, name}:
            continue
        progress(f"{name} …")
        with tempfile.TemporaryDirectory(prefix="loket-bench-") as folder:
            wrong += measure(Path(folder))
    for what in wrong:
        progress(f"wrong: {what}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
