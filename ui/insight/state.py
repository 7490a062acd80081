"""Everything the screen of figures shows, as plain values."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeAlias

from loket.geography.messages import TownMap
from loket.geography.rules.spots import Spot
from loket.insight.rules.choices import By


class Preset(StrEnum):
    """A period in one press."""

    TODAY = "today"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    OWN = "own"


class Phase(StrEnum):
    """How far the answer is."""

    LOADING = "loading"
    SHOWN = "shown"
    EMPTY = "empty"
    FAILED = "failed"


class AppointmentsBy(StrEnum):
    """What the rows of an overview of appointments stand for."""

    WEEK = "appointments_week"
    PRODUCT = "appointments_product"
    QUEUE = "appointments_queue"


class ReportsBy(StrEnum):
    """What the rows of an overview of reports stand for."""

    THEME = "reports_theme"
    DEPARTMENT = "reports_department"
    QUARTER = "reports_quarter"
    SPOT = "reports_spot"
    CHANNEL = "reports_channel"
    MONTH = "reports_month"


Rows: TypeAlias = By | AppointmentsBy | ReportsBy


@dataclass(frozen=True)
class Face:
    """What stands around the numbers of a table that came back."""

    heads: tuple[str, ...] = ()
    rows: str = ""
    """The head of the first column."""
    wide: bool = False
    """Few columns: the names may be long."""
    tiles: tuple[str, ...] = ()
    chart: str = ""
    legend: str = ""
    of_tickets: bool = True
    """There are tickets behind it, that can be taken along."""
    empty: str = ""
    on_map: bool = False
    """Rows have places: a map stands where the chart stands otherwise."""


@dataclass(frozen=True)
class Line:
    """One row of the table: its cells as they are read, and the numbers they are sorted by."""

    key: str
    name: str
    cells: tuple[str, ...]
    order: tuple[float | str, ...]


@dataclass(frozen=True)
class Bar:
    """One row of the chart: minutes, or a part of a hundred."""

    name: str
    value: float
    mark: float | None = None


@dataclass(frozen=True)
class Place:
    """One row on the map."""

    key: str
    number: int
    name: str
    spot: Spot


@dataclass(frozen=True)
class Export:
    """A file under way."""

    name: str
    written: int = 0
    total: int = 0


@dataclass(frozen=True)
class InsightState:
    """The screen of figures."""

    preset: Preset = Preset.WEEK
    first: date = date.min
    last: date = date.min
    by: Rows = By.SERVICE
    face: Face = Face()
    site: str = ""
    """Empty: all of them."""
    sites: tuple[tuple[str, str], ...] = ()
    phase: Phase = Phase.LOADING
    problem: str = ""
    tiles: tuple[str, ...] = ()
    lines: tuple[Line, ...] = ()
    together: Line | None = None
    bars: tuple[Bar, ...] = ()
    places: tuple[Place, ...] = ()
    map: TownMap | None = None
    export: Export | None = None
