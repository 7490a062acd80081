"""Everything the section of calendar addresses shows, as plain values."""

from dataclasses import dataclass
from enum import StrEnum

from loket.appointments.messages import FeedKind


class Phase(StrEnum):
    LOADING = "loading"
    SHOWN = "shown"
    EMPTY = "empty"
    FAILED = "failed"


@dataclass(frozen=True)
class FeedLine:
    """One address; what is secret in it is not known any more."""

    id: str
    cells: tuple[str, ...]
    """As :data:`ui.admin.feeds.faces.HEADS` names them."""
    tip: str
    revoked: bool


@dataclass(frozen=True)
class Draft:
    """The address that is being made."""

    kind: FeedKind = FeedKind.DEPARTMENT
    target: str = ""
    name: str = ""
    with_names: bool = False


@dataclass(frozen=True)
class FeedsState:
    """The addresses there are, and one that is being made."""

    phase: Phase = Phase.LOADING
    problem: str = ""
    lines: tuple[FeedLine, ...] = ()
    chosen: str = ""
    confirming: bool = False
    """It was asked whether the chosen one must really go."""
    busy: bool = False
    draft: Draft = Draft()
    targets: tuple[tuple[str, str], ...] = ()
    wrong: str = ""
    made: str = ""
    """Name of the address that was just made."""
    address: str = ""
    """Shown once; empty: none was just made."""

    @property
    def may_revoke(self) -> bool:
        chosen = next((line for line in self.lines if line.id == self.chosen), None)
        return chosen is not None and not chosen.revoked and not self.busy
