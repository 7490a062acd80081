"""Everything the supervisor's screen shows, as plain values."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

TOGETHER = "*"
"""All sites at once, where one site could stand."""


@dataclass(frozen=True)
class Tile:
    """One large figure; a warning has an icon and a colour besides."""

    name: str
    icon: str
    figure: str = "–"
    detail: str = ""
    tone: str = "text"
    warns: bool = False


@dataclass(frozen=True)
class AlertBar:
    """The most urgent thing that is wrong, in words."""

    key: str
    title: str
    text: str
    site_id: str
    more: int = 0
    """So many other things are wrong as well."""


@dataclass(frozen=True)
class QueueLine:
    """One row of the table."""

    queue_id: str
    name: str
    icon: str
    waiting: str
    longest: str
    late: bool
    wait: str
    """Of a new ticket."""
    trend: tuple[int, ...]
    within: str
    under_target: bool
    open: str
    """Counters, such as ``3 van 4``."""
    shut: str = ""
    """Why, or until when, no tickets are given; empty while open."""
    closed: bool = False
    """Nothing to see to: shut, and nobody waits."""
    unattended: bool = False
    selected: bool = False


class Place(StrEnum):
    """What a counter is doing."""

    SERVING = "serving"
    CALLED = "called"
    FREE = "free"
    PAUSE = "pause"
    CLOSED = "closed"
    EMPTY = "empty"


@dataclass(frozen=True)
class CounterCell:
    """One counter."""

    counter_id: str
    name: str
    place: Place
    clerk: str = ""
    number: str = ""
    timer: str = ""
    detail: str = ""
    """The product, or what it is doing instead."""
    word: str = ""
    """``lang`` or ``roept``."""
    over: bool = False

    @property
    def can_close(self) -> bool:
        return self.place in {Place.SERVING, Place.CALLED, Place.FREE}

    @property
    def can_open(self) -> bool:
        return self.place in {Place.PAUSE, Place.CLOSED}


@dataclass(frozen=True)
class Bar:
    """Half an hour of the chart."""

    begins: datetime
    arrived: int
    expected: float
    room: float | None
    """None: closed."""


@dataclass(frozen=True)
class Band:
    """A run of half hours with too little room."""

    first: int
    last: int
    text: str


@dataclass(frozen=True)
class DayChart:
    """Arrivals and room of one queue today."""

    subject: str = ""
    bars: tuple[Bar, ...] = ()
    now: float = -1.0
    """Where it is now, in half hours from the first bar."""
    short: Band | None = None
    breaks: tuple[Band, ...] = ()
    """Closed between two openings, such as at noon."""
    learnt: str = ""
    """From which days the expectation comes; or that there are none yet."""
    labels: tuple[str, ...] = ()
    """The wall clock at each whole hour, empty at the half ones."""


@dataclass(frozen=True)
class AdviceCard:
    """What would help most, and what it would do."""

    counter_id: str = ""
    title: str = ""
    detail: str = ""
    with_name: str = ""
    before: str = ""
    after: str = ""
    before_share: float = 0.0
    after_share: float = 0.0
    button: str = ""

    @property
    def is_any(self) -> bool:
        return bool(self.counter_id)


@dataclass(frozen=True)
class ScreenMessage:
    """What the screens in one waiting room say now."""

    site_id: str = ""
    site: str = ""
    now: str = ""
    """In words, with until when; empty: the usual sentence."""
    texts: tuple[tuple[str, str], ...] = ()
    languages: tuple[str, ...] = ("nl",)
    displays: tuple[str, ...] = ()
    """Their names, with when they were last there."""
    wrong: str = ""
    busy: bool = False


@dataclass(frozen=True)
class SupervisorState:
    """The whole screen."""

    sites: tuple[tuple[str, str], ...] = ()
    """Site id, or :data:`TOGETHER`, and name; none where the town has one site."""
    site: str = ""
    live: str = ""
    """``live, 10:12:04``; or since when not."""
    is_live: bool = True
    alert: AlertBar | None = None
    tiles: tuple[Tile, ...] = ()
    queues: tuple[QueueLine, ...] = ()
    counters: tuple[CounterCell, ...] = ()
    promises: str = ""
    """How well waits were promised on the last working day."""
    counted: str = ""
    """``7 bezig, 1 pauze, 1 gesloten``."""
    chart: DayChart = field(default_factory=DayChart)
    advice: AdviceCard = field(default_factory=AdviceCard)
    busy: bool = False
    """An act is under way."""

    @property
    def has_advice(self) -> bool:
        return self.advice.is_any
