"""The longest time that the GUI thread kept somebody waiting during the story."""

import json
import subprocess
import sys
from pathlib import Path

from loket.bench.report import measured, progress

LIMIT_SECONDS = 300


def measure_story(folder: Path) -> list[str]:
    """Play the story in a process of its own, and tell what it measured."""
    out = folder / "story"
    command = [sys.executable, "-m", "loket", "story", "--out", str(out)]
    ended = subprocess.run(command, timeout=LIMIT_SECONDS, stderr=subprocess.DEVNULL, check=False)  # noqa: S603 - our own program
    told = json.loads((out / "story.json").read_text(encoding="utf-8"))
    progress(f"  {len(told['steps'])} steps")
    beside = (
        f"aim: at most 50; in {told['longest_block_in']}, of which the thread worked "
        f"{told['longest_block_work_ms']} ms; three windows in one process, pictures left out"
    )
    measured("ui.story.longest_block", told["longest_block_ms"], "ms", beside)
    for part, longest in told["longest_block_ms_apart"].items():
        measured(f"ui.story.longest_block.{part}", longest, "ms", "counted apart")
    if not told["ok"] or ended.returncode:
        return [f"{step['name']}: {step['why']}" for step in told["steps"] if not step["held"]]
    return []
