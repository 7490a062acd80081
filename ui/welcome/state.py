"""Everything the welcome screen shows, as plain values."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Suggestion:
    """A product that was found, ready to be shown."""

    product_id: str
    name: str
    spans: tuple[tuple[int, int], ...]
    icon: str
    place: str
    tag: str
    tag_icon: str
    tag_tone: str
    wait: str
    wait_late: bool
    waiting: str
    bring: str
    refusal: str
    """Why no ticket can be given now; empty: it can."""
    closed: bool = False


@dataclass(frozen=True)
class ProductInfo:
    """What the clerk can tell about a product."""

    product_id: str
    title: str
    place: str
    facts: tuple[tuple[str, str], ...]
    bring: tuple[str, ...]
    clerk_text: str
    links: tuple[tuple[str, str], ...]
    can_note: bool


@dataclass(frozen=True)
class QuickTile:
    """A product on a quick key."""

    place: int
    product_id: str
    name: str
    short: str
    icon: str
    wait: str
    wait_late: bool
    waiting: int
    closed: str
    spoken: str


@dataclass(frozen=True)
class ActLine:
    """One thing done in this visit."""

    act_id: str
    title: str
    detail: str
    icon: str
    chip: str = ""
    chip_icon: str = ""
    chip_tone: str = "done"
    gone: bool = False


@dataclass(frozen=True)
class Reason:
    """A reason for priority that can be switched on."""

    code: str
    name: str
    icon: str


@dataclass(frozen=True)
class VisitorState:
    """The dock: who stands here, and what was done for them."""

    visit_id: str = ""
    name: str = ""
    language: str = "nl"
    languages: tuple[str, ...] = ("nl",)
    priority: str = ""
    reasons: tuple[Reason, ...] = ()
    note: str = ""
    elapsed: str = ""
    acts: tuple[ActLine, ...] = ()
    count: str = ""
    can_print_receipt: bool = False


@dataclass(frozen=True)
class LastPrinted:
    """The strip: what came out of the printer last."""

    number: str = ""
    product: str = ""
    at: str = ""
    mark: str = ""
    job_id: str = ""
    can_withdraw: bool = False


@dataclass(frozen=True)
class WelcomeState:
    """The whole screen."""

    ready: bool = False
    query: str = ""
    found: str = ""
    suggestions: tuple[Suggestion, ...] = ()
    selected: int = 0
    info: ProductInfo | None = None
    tiles: tuple[QuickTile, ...] = ()
    visitor: VisitorState = field(default_factory=VisitorState)
    last: LastPrinted = field(default_factory=LastPrinted)

    @property
    def can_print_receipt(self) -> bool:
        return self.visitor.can_print_receipt

    @property
    def can_withdraw(self) -> bool:
        return self.last.can_withdraw
