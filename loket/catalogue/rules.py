"""What can be asked of the catalogue in vain, and how a queue weighs who waits in it."""

from dataclasses import dataclass
from enum import StrEnum

from loket.kit.errors import NotFound


class UnknownProduct(NotFound):
    code = "catalogue.unknown_product"


class UnknownQueue(NotFound):
    code = "catalogue.unknown_queue"


class UnknownSite(NotFound):
    code = "catalogue.unknown_site"


class UnknownCounter(NotFound):
    code = "catalogue.unknown_counter"


class VisitorClass(StrEnum):
    """How somebody waits: what decides how fast their turn comes nearer."""

    APPOINTMENT = "appointment"
    PRIORITY = "priority"
    WALK_IN = "walk_in"


@dataclass(frozen=True)
class ClassRule:
    """How a class waits in a queue: points a minute, and the minutes nobody should wait longer."""

    rate: int
    limit_minutes: int


def usual_rules(norm_minutes: int) -> dict[VisitorClass, ClassRule]:
    """What holds in a queue for which the town says nothing, from its waiting norm.

    Chosen by playing forty days of the demonstration town (``python -m loket simulate``) over five
    sets of rates and five of limits: appointments and reasons for priority come within a few
    minutes of what strict precedence gives them (p90 of 18 beside 14 minutes; first come, first
    served: 33), while the slowest hundredth of the walk-ins waits 76 minutes instead of 104.
    """
    return {
        VisitorClass.APPOINTMENT: ClassRule(4, max(5, norm_minutes // 2)),
        VisitorClass.PRIORITY: ClassRule(3, norm_minutes),
        VisitorClass.WALK_IN: ClassRule(1, 3 * norm_minutes),
    }
