"""Everything the follow-up screen shows, as plain values."""

from dataclasses import dataclass, field
from enum import StrEnum

from loket.reports.messages.following import Filter
from ui.reports.following.form_state import FormState, Option
from ui.reports.following.inform_state import InformState


class Phase(StrEnum):
    LOADING = "loading"
    SHOWN = "shown"
    EMPTY = "empty"
    FAILED = "failed"


class Page(StrEnum):
    """What stands in the middle."""

    FILE = "file"
    LETTERS = "letters"
    CALLS = "calls"
    MAILS = "mails"
    INVOLVED = "involved"


@dataclass(frozen=True)
class Badge:
    """A state as icon, word and tone."""

    text: str = ""
    icon: str = ""
    tone: str = "plain"


@dataclass(frozen=True)
class Line:
    """A row of the list."""

    id: str
    reference: str
    badge: Badge
    title: str
    detail: str
    due: str
    due_tone: str


@dataclass(frozen=True)
class ViewFace:
    """A view as a chip."""

    view: str
    text: str
    on: bool


@dataclass(frozen=True)
class FilterFace:
    """What can be chosen to see fewer."""

    shown: bool = False
    chosen: Filter = field(default_factory=Filter)
    views: tuple[Option, ...] = ()
    kinds: tuple[Option, ...] = ()
    places: tuple[Option, ...] = ()
    """Departments and parties, by :func:`ui.reports.following.naming.place_key`."""
    categories: tuple[Option, ...] = ()
    quarters: tuple[Option, ...] = ()
    saved: tuple[str, ...] = ()
    many: int = 0
    """How many fields let less through."""


@dataclass(frozen=True)
class ListState:
    """The left column."""

    phase: Phase = Phase.LOADING
    problem: str = ""
    views: tuple[ViewFace, ...] = ()
    query: str = ""
    filter: FilterFace = field(default_factory=FilterFace)
    lines: tuple[Line, ...] = ()
    current: str = ""
    more: str = ""
    """What is said of those that are not shown yet; empty: there are none."""
    open: int | None = None
    own_late: int = 0
    own_nearly_due: int = 0
    can_inform: bool = False
    letters: int = 0
    calls: int = 0
    calls_late: bool = False


@dataclass(frozen=True)
class FileFace:
    """An attachment."""

    id: str
    name: str
    detail: str
    has_picture: bool


@dataclass(frozen=True)
class PostFace:
    """How the message fares that an item sent."""

    message_id: str
    seq: int
    text: str
    icon: str
    tone: str
    tip: str = ""
    can_again: bool = False
    other: str = ""
    """What the key for another way says; empty: there is none."""


@dataclass(frozen=True)
class Item:
    """One of the timeline. ``kind``: said, ours, note or step."""

    kind: str
    icon: str
    name: str
    via: str
    text: str
    when: str
    fresh: bool = False
    files: tuple[FileFace, ...] = ()
    post: PostFace | None = None


@dataclass(frozen=True)
class TermFace:
    """A date that counts, and how it came to be."""

    icon: str
    tone: str
    text: str
    when: str
    tip: str
    brief: str = ""
    """The same as ``when`` where there is little room."""


@dataclass(frozen=True)
class Fact:
    """A name and what it is; ``wish``: what a press on it asks for."""

    name: str
    text: str
    icon: str = ""
    strong: bool = False
    wish: str = ""


@dataclass(frozen=True)
class Goal:
    """Whom it can be sent on to."""

    key: str
    name: str
    detail: str
    chosen: bool


@dataclass(frozen=True)
class ReplyState:
    """The box in which a reply is written."""

    revision: int = 0
    """Another number: the text was put there, not typed."""
    text: str = ""
    ways: tuple[Option, ...] = ()
    way: str = ""
    templates: tuple[Option, ...] = ()
    filled: tuple[str, ...] = ()
    """What the town's facts put in, to be marked."""
    to: str = ""
    can_all: str = ""
    """To how many; empty: there is only one."""
    to_all: bool = False
    send: str = ""
    can_send: bool = False
    can_close: bool = False
    can_ask: bool = False
    not_reached: bool = False
    wrong: str = ""
    busy: bool = False


@dataclass(frozen=True)
class ActFace:
    """An act in the menu."""

    kind: str
    text: str
    icon: str


@dataclass(frozen=True)
class DockState:
    """The right column."""

    terms: tuple[TermFace, ...] = ()
    reporter: tuple[Fact, ...] = ()
    others: tuple[Fact, ...] = ()
    handling: tuple[Fact, ...] = ()
    goals: tuple[Goal, ...] = ()
    more_goals: int = 0
    goal: str = ""
    note: str = ""
    can_forward: bool = False
    acts: tuple[ActFace, ...] = ()
    close: str = ""
    """What the button below does; empty: nothing to close."""
    busy: bool = False


@dataclass(frozen=True)
class FileState:
    """The report that is open."""

    phase: Phase = Phase.EMPTY
    problem: str = ""
    id: str = ""
    reference: str = ""
    badge: Badge = Badge()
    tags: tuple[Badge, ...] = ()
    title: str = ""
    can_rename: bool = False
    place: str = ""
    can_back: bool = False
    can_on: bool = False
    items: tuple[Item, ...] = ()
    pictures: tuple[tuple[str, bytes], ...] = ()
    reply: ReplyState = ReplyState()
    dock: DockState = DockState()
    form: FormState = field(default_factory=FormState)


@dataclass(frozen=True)
class PileRow:
    """A letter to post, or a call to make."""

    id: str
    report_id: str
    cells: tuple[str, ...]
    tip: str = ""


@dataclass(frozen=True)
class PileState:
    """Letters to post, or calls that were promised."""

    rows: tuple[PileRow, ...] = ()
    problem: str = ""
    busy: bool = False
    printed: bool = False


@dataclass(frozen=True)
class FollowingState:
    """The whole screen."""

    page: Page = Page.FILE
    list: ListState = ListState()
    file: FileState = FileState()
    letters: PileState = PileState()
    calls: PileState = PileState()
    inform: InformState = field(default_factory=InformState)
