"""What holds for a visit."""

from loket.kit.errors import Conflict, NotAllowed, NotFound


class UnknownVisit(NotFound):
    code = "visit.unknown"


class VisitExists(Conflict):
    """Another visit has this id."""

    code = "visit.exists"


class ActExists(Conflict):
    """Another act has this id."""

    code = "visit.act_exists"


class VisitConfidential(NotAllowed):
    """The visitor came for a department whose visitors this desk does not know."""

    code = "visit.confidential"


class VisitClosed(Conflict):
    """Nothing is added to a visit that is over."""

    code = "visit.closed"


class UnknownPriority(NotFound):
    """The town does not know this reason for priority."""

    code = "visit.unknown_priority"


def receipt_number(year: int, number: int) -> str:
    """``B-2026-004417``."""
    return f"B-{year}-{number:06d}"
