"""What the section of dispatch shows, as plain values."""

from dataclasses import dataclass

from loket.reports.messages.arranging import Rule
from ui.admin.reports.state import Phase


@dataclass(frozen=True)
class RuleLine:
    """One rule in words, with what it would have done."""

    id: str
    place: int
    title: str
    """What it is about: ``Zwerfvuil · wijk Centrum · melding``."""
    goal: str
    effect: str
    """What it would have done last month."""
    warning: str
    """Why it never has its turn, or sends to what is no longer there."""
    changed: bool


@dataclass(frozen=True)
class DispatchState:
    """The rules in their order, as they are edited."""

    phase: Phase = Phase.LOADING
    problem: str = ""
    lines: tuple[RuleLine, ...] = ()
    summary: str = ""
    """What all rules together would have done last month."""
    editing: Rule | None = None
    categories: tuple[tuple[str, str], ...] = ()
    quarters: tuple[tuple[str, str], ...] = ()
    goals: tuple[tuple[str, str], ...] = ()
    lost: str = ""
    """How what is no longer there is called."""
    changed: bool = False
    saving: bool = False
    wrong: str = ""
    stale: bool = False
