"""What an act asks before it is done, as plain values."""

from dataclasses import dataclass
from datetime import date
from datetime import time as time_of_day

from loket.geography.messages import TownMap
from loket.geography.rules.spots import Spot

Option = tuple[str, str]
"""A value and what it is called."""


@dataclass(frozen=True)
class FoundFace:
    """One of those to choose from."""

    id: str
    title: str
    detail: str
    icon: str


@dataclass(frozen=True)
class FindState:
    """One is chosen from many by typing: a colleague, an address."""

    label: str
    hint: str = ""
    text: str = ""
    found: tuple[FoundFace, ...] = ()
    at: int = 0
    """Which of them Enter takes; -1: none yet."""
    none: str = ""
    """What is said where nothing was found; empty: nothing is said."""


@dataclass(frozen=True)
class PlaceState:
    """Where it is, as far as it is filled in."""

    street_id: str = ""
    spot: Spot | None = None
    nowhere: bool = False
    map: TownMap | None = None


@dataclass(frozen=True)
class FormState:
    """One act that asks something first."""

    kind: str = ""
    """Empty: nothing is asked."""
    title: str = ""
    hint: str = ""
    first_label: str = ""
    first: tuple[Option, ...] = ()
    first_chosen: str = ""
    second_label: str = ""
    second: tuple[Option, ...] = ()
    second_chosen: str = ""
    find: FindState | None = None
    place: PlaceState | None = None
    line_label: str = ""
    line: str = ""
    text_label: str = ""
    text: str = ""
    day: date | None = None
    time: time_of_day | None = None
    confirm: str = ""
    danger: bool = False
    wrong: str = ""
    busy: bool = False
    revision: int = 0
    seen: int = 0
    """The version of the report that stood there when it was opened; 0: the one that does now."""
