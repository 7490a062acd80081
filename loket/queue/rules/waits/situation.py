"""A waiting room at one moment, as far as the wait of the next visitor depends on it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from loket.queue.rules.order import CounterQueues, Settings, Waiting


@dataclass(frozen=True, slots=True)
class InLine:
    """Somebody who waits, and for what."""

    who: Waiting
    product_id: str


@dataclass(frozen=True, slots=True)
class AtCounter:
    """Somebody at a counter since a call."""

    counter_id: str
    ticket_id: str
    queue_id: str
    product_id: str
    since: datetime


@dataclass(frozen=True, slots=True)
class OpenCounter:
    """A counter that calls."""

    id: str
    queues: CounterQueues


@dataclass(frozen=True)
class Situation:
    """Everything at one site now."""

    now: datetime
    line: tuple[InLine, ...]
    busy: tuple[AtCounter, ...]
    counters: tuple[OpenCounter, ...]
    settings: Settings
    closes: Mapping[str, datetime]
    """Until when people come to a queue; a queue that is not in it is closed already."""
