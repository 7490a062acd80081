"""Telling everybody involved something, as plain values."""

from dataclasses import dataclass
from datetime import date
from datetime import time as time_of_day


@dataclass(frozen=True)
class WayCount:
    """How many are told by one way."""

    name: str
    icon: str
    many: int


@dataclass(frozen=True)
class InformState:
    """Who is involved in what the list shows, and what they are told."""

    what: str = ""
    """Which list it is, in words; empty: it is being counted."""
    ways: tuple[WayCount, ...] = ()
    notes: tuple[str, ...] = ()
    last: str = ""
    """When some of them were last told something."""
    text: str = ""
    revision: int = 0
    day: date | None = None
    """Before when who wants it by telephone is called; None: there is nobody to call."""
    time: time_of_day | None = None
    send: str = ""
    can_send: bool = False
    armed: bool = False
    """Pressed once: the next press cannot be undone."""
    wrong: str = ""
    busy: bool = False
