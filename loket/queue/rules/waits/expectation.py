"""What past weeks let us expect of today: services, arrivals, who does not show, who leaves."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from loket.catalogue.rules import VisitorClass
from loket.queue.rules.waits.times import ServiceTimes

Stream: TypeAlias = tuple[str, VisitorClass]
"""A class of visitors of a queue, by the queue's id."""


@dataclass(frozen=True)
class Calibration:
    """What our own past promises teach: factors on the middle and on the way to each bound."""

    middle: float = 1.0
    low: float = 1.0
    high: float = 1.0
    sure: float = 1.0


@dataclass(frozen=True)
class Expectation:
    """All that the forecast takes from the past; the defaults hold where nothing was measured."""

    services: ServiceTimes = field(default_factory=ServiceTimes)
    arrivals: Mapping[Stream, float] = field(default_factory=dict)
    """Who comes per minute, now."""
    no_show: float = 0.025
    """Share of the called who are not there."""
    no_show_minutes: float = 2.5
    """What calling somebody who is not there takes."""
    leaving: float = 0.0
    """Share of the waiting who go away in a minute."""
    turnaround: float = 0.3
    """Minutes between one visitor and the call of the next."""
    calibration: Calibration = field(default_factory=Calibration)
