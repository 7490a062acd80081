"""How a measurement is told: results on standard output, progress on standard error."""

import json
import sys
from collections.abc import Sequence


def measured(measure: str, value: float, unit: str, beside: str = "") -> None:
    """One result, and what it stands beside."""
    line = {"measure": measure, "value": round(value, 3), "unit": unit, "beside": beside}
    sys.stdout.write(json.dumps(line, ensure_ascii=False) + "\n")
    sys.stdout.flush()


def progress(text: str) -> None:
    sys.stderr.write(text + "\n")
    sys.stderr.flush()


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which a share of the values lies (nearest rank)."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]
