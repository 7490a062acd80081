"""What a desk tells its screens, and how they hear it."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from threading import Lock
from typing import TypeAlias

from loket.appointments.messages import Wish
from loket.kit.errors import Params
from loket.queue.messages import IssuedTicket
from loket.queue.picture import SitePicture
from loket.reports.messages.taking import Registered
from loket.visits.messages import Visit
from loket.wire.base import Moment

log = logging.getLogger(__name__)


class JobState(StrEnum):
    """Where a paper is on its way."""

    WAITING = "waiting"
    PRINTING = "printing"
    PRINTED = "printed"
    FAILED = "failed"


class JobKind(StrEnum):
    """What kind of paper it is."""

    SLIP = "slip"
    RECEIPT = "receipt"
    LETTER = "letter"
    APPOINTMENT = "appointment"
    DAY_LIST = "day_list"


@dataclass(frozen=True)
class PrintJob:
    """A paper that was, or has to be, printed."""

    id: str
    kind: JobKind
    title: str
    """Such as ``A014`` or ``B-2026-004417``."""
    printer: str
    """Empty: only the folder of PDFs."""
    state: JobState
    reason: str
    """Code of why it failed."""
    made_at: Moment
    path: Path


@dataclass(frozen=True)
class PictureChanged:
    """The site, or the connection, is another than a moment ago."""

    picture: SitePicture


@dataclass(frozen=True)
class OtherSiteChanged:
    """A site that this desk watches besides its own is another than a moment ago."""

    picture: SitePicture


@dataclass(frozen=True)
class CatalogueChanged:
    """``Desk.catalogue()`` gives another one from now on."""


@dataclass(frozen=True)
class TownMapChanged:
    """``Desk.geography`` answers from another map from now on."""


@dataclass(frozen=True)
class AppointmentsChanged:
    """Something in a calendar of the site is another than a moment ago.

    Without a queue it may be anything: the desk was away for a while.
    """

    queue_id: str
    starts_at: datetime | None
    """The day it is about; none: the schedule, so any day."""
    before: datetime | None
    """Where an appointment was before it moved."""


@dataclass(frozen=True)
class MessagesChanged:
    """What goes out to a citizen got further, or failed; no id: it may be any message."""

    message_id: str
    subject_id: str


@dataclass(frozen=True)
class ReportsChanged:
    """A report got further; no id: it may be any of them."""

    report_id: str


@dataclass(frozen=True)
class ArrangementsChanged:
    """How the town arranges its reports is another than a moment ago: ``desk.reports`` has it."""


@dataclass(frozen=True)
class EntryDelivered:
    """What waited in the outbox reached the server, which answered."""

    entry_id: str
    result: IssuedTicket | Visit | Wish | Registered | None


@dataclass(frozen=True)
class EntryParked:
    """What waited in the outbox was refused; a person decides."""

    entry_id: str
    code: str
    params: Params
    kind: str = ""
    """What kind of act it was, such as ``register_report``."""


@dataclass(frozen=True)
class PrintChanged:
    """A paper got further, or failed."""

    job: PrintJob


@dataclass(frozen=True)
class SessionEnded:
    """Nobody is signed in any more, though nobody signed out."""


Fact: TypeAlias = (
    PictureChanged
    | OtherSiteChanged
    | CatalogueChanged
    | TownMapChanged
    | AppointmentsChanged
    | MessagesChanged
    | ReportsChanged
    | ArrangementsChanged
    | EntryDelivered
    | EntryParked
    | PrintChanged
    | SessionEnded
)
Hears: TypeAlias = Callable[[Fact], None]


class Listeners:
    """Who wants to hear facts; they are told on the thread where the fact arose."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._hears: tuple[Hears, ...] = ()

    def subscribe(self, listener: Hears) -> Callable[[], None]:
        with self._lock:
            self._hears = (*self._hears, listener)
        return lambda: self._leave(listener)

    def publish(self, fact: Fact) -> None:
        for listener in self._hears:
            try:
                listener(fact)
            except Exception:  # one screen's fault must not stop the stream of all
                log.exception("a listener failed on %s", type(fact).__name__)

    def _leave(self, listener: Hears) -> None:
        with self._lock:
            self._hears = tuple(other for other in self._hears if other is not listener)
