"""Everything that the screens of messages and templates show, as plain values."""

from dataclasses import dataclass
from enum import StrEnum


class Phase(StrEnum):
    """How far the answer is."""

    LOADING = "loading"
    SHOWN = "shown"
    FAILED = "failed"


class Pile(StrEnum):
    """Under which of the filters a message lies."""

    WAITING = "waiting"
    """Due and not sent."""
    PLANNED = "planned"
    """Goes by itself later, such as the reminder of an appointment."""
    FAILED = "failed"
    IN_DOUBT = "in_doubt"
    SENT = "sent"


@dataclass(frozen=True)
class Row:
    """One message in the list."""

    key: str
    title: str
    """To whom."""
    detail: str
    """What it is, and how it went."""
    time: str
    icon: str


@dataclass(frozen=True)
class Shown:
    """The chosen message as it will look, or looked."""

    key: str
    state: str
    icon: str
    tone: str
    when: str
    reason: str
    """Why it did not go, and what to do; empty: nothing is wrong."""
    facts: tuple[tuple[str, str], ...]
    recipient: str
    title: str
    text: str
    send: str
    """What the button says."""
    may_send: bool
    may_redirect: bool
    may_withdraw: bool


@dataclass(frozen=True)
class MessagesState:
    """The list of messages and the chosen one."""

    phase: Phase = Phase.LOADING
    problem: str = ""
    filter: Pile = Pile.WAITING
    counts: tuple[tuple[Pile, int], ...] = ()
    """How many ask for attention; those that went out are not counted."""
    rows: tuple[Row, ...] = ()
    more: bool = False
    chosen: str = ""
    shown: Shown | None = None
    busy: bool = False
    wrong: str = ""
    """Why the last act was refused."""
    confirming: bool = False
    """Withdrawing was pressed once: it cannot be undone."""


@dataclass(frozen=True)
class Example:
    """A template filled in for somebody who does not exist."""

    title: str
    text: str
    length: str
    """Of a text message: in how many it goes."""


@dataclass(frozen=True)
class TemplatesState:
    """One text, being changed."""

    phase: Phase = Phase.LOADING
    problem: str = ""
    kind: str = ""
    channel: str = ""
    language: str = ""
    product: str = ""
    """Empty: for all products."""
    products: tuple[tuple[str, str], ...] = ()
    own: frozenset[str] = frozenset()
    """Products with a text of their own for this message."""
    title: str = ""
    text: str = ""
    """As they were read: what is typed stays in the fields until it is kept."""
    revision: int = 0
    """Grows when the fields must show another text."""
    fields: tuple[tuple[str, str], ...] = ()
    example: Example | None = None
    standing: str = ""
    """Whose text it is."""
    wrong: str = ""
    changed: bool = False
    usual: bool = True
    busy: bool = False
