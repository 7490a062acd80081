"""What became of the story: progress for who watches, and story.json for who checks."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path

from ui.story.heart import WORKING, Heart
from ui.story.seconds import precise


@dataclass
class Step:
    """One step: how long it took, whether it held, and why not."""

    number: int
    name: str
    seconds: float = 0.0
    windows: list[str] = field(default_factory=list)
    held: bool = False
    why: str = ""
    _began: float = field(default_factory=precise)

    def stop(self) -> None:
        """The step is over; what follows are its pictures."""
        self.seconds = round(precise() - self._began, 3)

    def told(self) -> dict[str, object]:
        return {key: value for key, value in asdict(self).items() if key != "_began"}


class Report:
    """All steps so far."""

    def __init__(self) -> None:
        self.steps: list[Step] = []
        self.facts: dict[str, object] = {}

    @property
    def ok(self) -> bool:
        return bool(self.steps) and all(step.held for step in self.steps)

    @contextmanager
    def step(self, name: str) -> Iterator[Step]:
        step = Step(len(self.steps) + 1, name)
        self.steps.append(step)
        try:
            yield step
        except Exception as failure:
            step.why = str(failure) or type(failure).__name__
            tell(f"✗ {step.number:02d} {name}: {step.why}")
            raise
        step.held = True
        tell(f"✓ {step.number:02d} {name} ({step.seconds:.2f} s)")

    def write(self, folder: Path, heart: Heart, papers: list[str]) -> None:
        """Leave story.json."""
        told = {
            "ok": self.ok,
            "steps": [step.told() for step in self.steps],
            "papers": papers,
            "longest_block_ms": round(heart.longest.get(WORKING, 0.0), 1),
            "longest_block_work_ms": round(heart.work.get(WORKING, 0.0), 1),
            "longest_block_in": heart.where.get(WORKING, ""),
            "longest_block_ms_apart": {
                part: round(longest, 1)
                for part, longest in heart.longest.items()
                if part != WORKING
            },
            **self.facts,
        }
        text = json.dumps(told, ensure_ascii=False, indent=2)
        (folder / "story.json").write_text(text + "\n", encoding="utf-8")


def tell(text: str) -> None:
    """A line for who watches."""
    sys.stderr.write(text + "\n")
    sys.stderr.flush()
