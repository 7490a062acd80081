"""Everything the counter screen shows, as plain values."""

from dataclasses import dataclass, field
from enum import StrEnum


class Phase(StrEnum):
    """Where this counter stands."""

    FREE = "free"
    CALLING = "calling"
    CALLED = "called"
    SERVING = "serving"


@dataclass(frozen=True)
class Band:
    """The state in colour, icon and word."""

    text: str = ""
    icon: str = "ph.circle-bold"
    tone: str = "done"
    detail: str = ""


@dataclass(frozen=True)
class BigButton:
    """The one solid button: what comes next."""

    act: str = "call_next"
    text: str = ""
    detail: str = ""
    why: str = ""
    """Why the next one is next, as far as this desk can tell."""


@dataclass(frozen=True)
class Visitor:
    """Who is at the counter."""

    number: str = ""
    product: str = ""
    place: str = ""
    why: str = ""
    """Why this person was called and no other."""
    also: str = ""
    """What else they came for."""
    timer_label: str = ""
    timer: str = ""
    share: float = 0.0
    """How much of the usual time has passed, 0 to 1."""
    over: bool = False
    usual: str = ""
    waited: str = ""
    name: str = ""
    language: str = ""
    priority: str = ""
    priority_icon: str = ""
    note: str = ""


@dataclass(frozen=True)
class NextLine:
    """A ticket in the list of who is next."""

    ticket_id: str
    icon: str
    number: str
    product: str
    name: str
    chip: str
    chip_icon: str
    chip_tone: str
    first: bool = False


@dataclass(frozen=True)
class ParkedLine:
    """A ticket that is away for a while."""

    ticket_id: str
    number: str
    remark: str
    detail: str
    own: bool
    """Parked by this clerk, who may call it straight from there."""
    button: str


class PickerKind(StrEnum):
    """What is being chosen."""

    PARK = "park"
    TRANSFER = "transfer"
    PRODUCTS = "products"
    PAUSE = "pause"


@dataclass(frozen=True)
class Choice:
    """One thing to choose; ``key`` says what it stands for, as ``kind:id``."""

    key: str
    title: str
    detail: str
    icon: str


@dataclass(frozen=True)
class Picker:
    """The overlay in which something is chosen."""

    kind: PickerKind
    title: str
    hint: str
    placeholder: str
    query: str
    choices: tuple[Choice, ...]
    chosen: int
    none: str


@dataclass(frozen=True)
class DayFigures:
    """The clerk's own day."""

    since: str = ""
    served: str = ""
    mean_service: str = ""
    mean_wait: str = ""
    no_shows: str = ""


@dataclass(frozen=True)
class ProductHelp:
    """What the clerk needs to know of the product in hand."""

    bring: tuple[str, ...] = ()
    fee: str = ""
    text: str = ""
    links: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class VisitAct:
    """Another thing done in the same visit."""

    act_id: str
    title: str
    detail: str
    icon: str
    chip: str = ""
    chip_icon: str = ""
    chip_tone: str = "done"


@dataclass(frozen=True)
class CounterState:
    """The whole screen."""

    phase: Phase = Phase.FREE
    band: Band = field(default_factory=Band)
    big: BigButton = field(default_factory=BigButton)
    visitor: Visitor = field(default_factory=Visitor)
    queue: tuple[NextLine, ...] = ()
    waiting: str = ""
    parked: tuple[ParkedLine, ...] = ()
    picker: Picker | None = None
    paused: bool = False
    day: DayFigures = field(default_factory=DayFigures)
    help: ProductHelp = field(default_factory=ProductHelp)
    acts: tuple[VisitAct, ...] = ()
    undo: str = ""
    """Number of the ticket whose last act can be taken back."""
    busy: bool = False
    """An act is under way: until its answer no other is begun."""

    @property
    def can_call(self) -> bool:
        return self.phase in {Phase.FREE, Phase.SERVING}

    @property
    def can_start(self) -> bool:
        return self.phase is Phase.CALLED

    @property
    def can_recall(self) -> bool:
        return self.phase is Phase.CALLED

    @property
    def can_no_show(self) -> bool:
        return self.phase is Phase.CALLED

    @property
    def can_put_back(self) -> bool:
        return self.phase is Phase.CALLED

    @property
    def can_finish(self) -> bool:
        return self.phase is Phase.SERVING

    @property
    def can_park(self) -> bool:
        return self.phase in {Phase.CALLED, Phase.SERVING}

    @property
    def can_transfer(self) -> bool:
        return self.phase in {Phase.CALLED, Phase.SERVING}

    @property
    def can_change_products(self) -> bool:
        return self.phase in {Phase.CALLED, Phase.SERVING}

    @property
    def can_pause(self) -> bool:
        return self.paused or self.phase is Phase.FREE

    @property
    def can_undo(self) -> bool:
        return bool(self.undo)
