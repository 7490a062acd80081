"""When people report something: in the hours of the town hall, and some at night over the web."""

from datetime import datetime, timedelta

from loket.demo.history.chance import Chance
from loket.kit.clock import local

_OPENS, _CLOSES, _SATURDAY = 8, 17, 5
_AT_NIGHT = 0.05


def moments(chance: Chance, first: datetime, last: datetime, many: int) -> list[datetime]:
    """So many moments between two, in order."""
    seconds = int((last - first).total_seconds()) - 1
    found: list[datetime] = []
    while len(found) < many:
        moment = first + timedelta(seconds=chance.randrange(1, seconds))
        if is_working(moment) or chance.happens(_AT_NIGHT):
            found.append(moment)
    return sorted(found)


def is_working(moment: datetime) -> bool:
    here = local(moment)
    return here.weekday() < _SATURDAY and _OPENS <= here.hour < _CLOSES
