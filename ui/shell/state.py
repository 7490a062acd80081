"""Everything the window around the screens shows, as plain values."""

from dataclasses import dataclass, field
from enum import StrEnum

from ui.core.actions import ScreenId
from ui.core.attention import Attention


class Stage(StrEnum):
    """How far the program is."""

    STARTING = "starting"
    SIGN_IN = "sign_in"
    WORKING = "working"


@dataclass(frozen=True)
class Person:
    """Somebody who can sign in with one press."""

    username: str
    name: str
    role: str
    initials: str


@dataclass(frozen=True)
class SignInState:
    """The view before anybody has signed in."""

    desk: str = ""
    people: tuple[Person, ...] = ()
    busy: bool = False
    wrong: str = ""


@dataclass(frozen=True)
class Pill:
    """The state of the connection."""

    text: str = ""
    icon: str = "ph.wifi-high-bold"
    tone: str = "serve"


@dataclass(frozen=True)
class Found:
    """A result of the omnibox."""

    kind: str
    """``product``, ``ticket`` or ``appointment``."""
    id: str
    title: str
    detail: str
    icon: str


@dataclass(frozen=True)
class TicketView:
    """A ticket that was scanned or found."""

    ticket_id: str
    number: str
    product: str
    chip: str
    chip_icon: str
    chip_tone: str
    name: str
    note: str
    lines: tuple[tuple[str, str], ...]
    can_withdraw: bool
    can_wait: bool
    """Is away, parked or not present, and may wait again."""
    absent: bool = False


@dataclass(frozen=True)
class ShellState:
    """The whole frame."""

    stage: Stage = Stage.STARTING
    sign_in: SignInState = field(default_factory=SignInState)
    screens: tuple[ScreenId, ...] = ()
    screen: ScreenId = ScreenId.WELCOME
    person: str = ""
    short_name: str = ""
    initials: str = ""
    desk: str = ""
    clock: str = ""
    demonstration: str = ""
    pill: Pill = field(default_factory=Pill)
    query: str = ""
    found: tuple[Found, ...] = ()
    chosen: int = 0
    ticket: TicketView | None = None
    attention: tuple[tuple[ScreenId, Attention], ...] = ()
    """Of screens that ask for some."""
