"""Everything the worklist shows, as plain values."""

from dataclasses import dataclass
from enum import StrEnum


class Phase(StrEnum):
    LOADING = "loading"
    SHOWN = "shown"
    EMPTY = "empty"
    FAILED = "failed"


@dataclass(frozen=True)
class MisfitLine:
    """One appointment that must be moved."""

    id: str
    cells: tuple[str, ...]
    """As :data:`ui.admin.worklist.faces.HEADS` names them."""
    tip: str


@dataclass(frozen=True)
class WorklistState:
    """Who is still to be called."""

    phase: Phase = Phase.LOADING
    problem: str = ""
    lines: tuple[MisfitLine, ...] = ()
    total: int = 0
    summary: str = ""
    printing: bool = False
