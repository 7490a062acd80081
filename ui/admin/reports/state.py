"""What the sections of reports show, as plain values."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

NEW = "+"
"""What is chosen while something new is made."""


class Phase(StrEnum):
    LOADING = "loading"
    SHOWN = "shown"
    EMPTY = "empty"
    NOTHING_FOUND = "nothing_found"
    FAILED = "failed"


@dataclass(frozen=True)
class Line:
    """One row of the table."""

    id: str
    cells: tuple[str, ...]
    tip: str = ""


@dataclass(frozen=True)
class EditingState:
    """A list, searched; the one that is chosen, edited beside it."""

    phase: Phase = Phase.LOADING
    problem: str = ""
    query: str = ""
    lines: tuple[Line, ...] = ()
    summary: str = ""
    chosen: str = ""
    """:data:`NEW` while one is made."""
    title: str = ""
    detail: str = ""
    """What is known of the chosen one besides its values."""
    kept: Any = None
    draft: Any = None
    choices: Any = None
    """What can be chosen from, as the form of the section knows it."""
    shown: Any = None
    """What follows from the draft: an example, a fault."""
    wrong: str = ""
    """Why it cannot be kept as it is."""
    stale: bool = False
    """Somebody kept another one meanwhile."""
    busy: bool = False
    ended: bool = False
    """The chosen one is closed."""
    confirming: bool = False

    @property
    def changed(self) -> bool:
        return bool(self.chosen) and self.draft != self.kept
