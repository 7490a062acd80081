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

    Chosen by playing days: ``python -m loket simulate --policy accumulating``, decision in README.
    """
    return {
        VisitorClass.APPOINTMENT: ClassRule(3, max(5, norm_minutes // 2)),
        VisitorClass.PRIORITY: ClassRule(2, norm_minutes),
        VisitorClass.WALK_IN: ClassRule(1, 3 * norm_minutes),
    }
