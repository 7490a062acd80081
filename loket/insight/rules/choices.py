"""What tables of figures can be about. Without arrays, so that a desk starts quickly."""

from datetime import date
from enum import StrEnum

from loket.kit.errors import Invalid

LONGEST_PERIOD_YEARS = 11


class By(StrEnum):
    """What the rows of a table of figures stand for."""

    SERVICE = "service"
    PRODUCT = "product"
    QUEUE = "queue"
    COUNTER = "counter"
    CHANNEL = "channel"
    HOUR = "hour"
    WEEKDAY = "weekday"
    DAY = "day"
    MONTH = "month"


IN_ORDER = frozenset({By.HOUR, By.WEEKDAY, By.DAY, By.MONTH})
"""Rows of these follow the calendar; those of the others begin with the busiest."""


class Outcome(StrEnum):
    """How a ticket ended, or that it has not."""

    SERVED = "served"
    NO_SHOW = "no_show"
    WITHDRAWN = "withdrawn"
    UNSERVED = "unserved"
    """Left without being served: still waiting, or parked, at the end of the day."""
    OPEN = "open"


class PeriodUnreadable(Invalid):
    """The period ends before it begins, or is longer than the database can be old."""

    code = "insight.period"


def outcome(state: str, *, no_shows: int) -> Outcome:
    """How a ticket ended; who was called and never came is a no-show at the end of the day too."""
    match state:
        case "done":
            return Outcome.SERVED
        case "withdrawn":
            return Outcome.WITHDRAWN
        case "no_show":
            return Outcome.NO_SHOW
        case "expired":
            return Outcome.NO_SHOW if no_shows else Outcome.UNSERVED
        case _:
            return Outcome.OPEN


def check_period(first: date, last: date) -> None:
    if not first <= last <= first.replace(year=first.year + LONGEST_PERIOD_YEARS, day=1):
        raise PeriodUnreadable(first=first.isoformat(), last=last.isoformat())
