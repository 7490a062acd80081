"""Everything the editor of opening times shows, as plain values."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from loket.appointments.messages import ScheduleException, SchedulePeriod


class Phase(StrEnum):
    """How far the schedule is."""

    NONE = "none"
    """There is no queue to choose."""
    LOADING = "loading"
    SHOWN = "shown"
    FAILED = "failed"


@dataclass(frozen=True)
class Line:
    """One period or exception in the list, in words."""

    id: str
    title: str
    detail: str
    more: str
    icon: str
    changed: bool
    """Other than what is kept."""


@dataclass(frozen=True)
class Stretch:
    """A part of a day with the same number of places."""

    hours: str
    places: int
    taken: int
    """At the busiest moment of it."""


@dataclass(frozen=True)
class DayFace:
    """One day of the preview."""

    day: date
    number: str
    reason: str
    stretches: tuple[Stretch, ...]
    tip: str
    changed: bool
    """Offers something else than what is kept."""
    past: bool


@dataclass(frozen=True)
class OpeningsState:
    """The editor of opening times."""

    phase: Phase = Phase.LOADING
    problem: str = ""
    queues: tuple[tuple[str, str], ...] = ()
    queue: str = ""
    periods: tuple[Line, ...] = ()
    exceptions: tuple[Line, ...] = ()
    holidays: tuple[str, ...] = ()
    editing: SchedulePeriod | ScheduleException | None = None
    changed: bool = False
    """There is something to keep."""
    saving: bool = False
    wrong: str = ""
    """What cannot be in what was edited; it is not kept so."""
    stale: str = ""
    """Somebody kept another schedule meanwhile."""
    misfits: int = 0
    misfit_text: str = ""
    days: tuple[DayFace, ...] = ()
    today: date = date.min
