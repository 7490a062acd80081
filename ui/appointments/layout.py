"""Where things stand in a calendar: minutes of the wall clock, lanes, pages of days. Knows no Qt.

A day is drawn by its wall clock, as people read it. On the night when an hour comes twice, two
things of different hours may therefore be drawn over the same place: lanes are given by what is
drawn, so that nothing ever covers anything.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from heapq import heappop, heappush

from loket.kit.clock import local

HOUR = 60
DAY = 24 * HOUR
FIRST, LAST = 9 * HOUR, 17 * HOUR
"""What is shown of days that have no openings at all."""
PIXELS = 1.2
"""Of a minute: 36 px for half an hour."""
_LEAST_ROW = 18.0
_SQUEEZED = 1.1
"""Less, and the two lines of half an hour no longer fit in it: then it rather scrolls."""
MOST_LANES = 6
"""With more beside each other, counts are shown instead of names, unless lanes are wide."""
NARROWEST_NAME = 34.0
"""In a lane that is narrower a name says nothing: counts are shown."""
NARROWEST_ROW = 52.0
"""So wide a lane must be where there are more than ``MOST_LANES``."""
WEEK = 7
WORKING_DAYS = 5


@dataclass(frozen=True)
class Span:
    """From and to in minutes of the wall clock, as drawn."""

    start: int
    end: int

    def touches(self, other: "Span") -> bool:
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True)
class Axis:
    """The hours that are shown, and how many pixels a minute takes."""

    first: int
    last: int
    scale: float = PIXELS

    @property
    def height(self) -> float:
        return (self.last - self.first) * self.scale

    def y(self, minute: int) -> float:
        """Pixels below the top; outside the axis the nearest edge."""
        return (min(max(minute, self.first), self.last) - self.first) * self.scale

    def minute(self, y: float) -> int:
        return self.first + int(y / self.scale)

    def hours(self) -> range:
        """The whole hours, in minutes."""
        return range(self.first + -self.first % HOUR, self.last + 1, HOUR)


@lru_cache(maxsize=4096)
def span(starts_at: datetime, minutes: int, day: date) -> Span:
    """Where something of so many minutes is drawn on a day.

    Over a change of the clock it takes what the wall clock shows, and never less than one minute.
    """
    start, end = _minute(starts_at, day), _minute(starts_at + timedelta(minutes=minutes), day)
    if end <= start:
        end = start + max(1, minutes)
    return Span(max(0, start), min(DAY, max(end, start + 1)))


def minute_of(moment: datetime) -> int:
    """Minutes of the wall clock since its midnight."""
    on_wall = local(moment)
    return on_wall.hour * HOUR + on_wall.minute


def _minute(moment: datetime, day: date) -> int:
    """As above, with what is on another day before or after it."""
    return (local(moment).date() - day).days * DAY + minute_of(moment)


def lanes(spans: Sequence[Span]) -> list[int]:
    """The lane of each: the lowest that is free, so that as few as possible are needed."""
    order = sorted(range(len(spans)), key=lambda at: (spans[at].start, at))
    given = [0] * len(spans)
    busy: list[tuple[int, int]] = []
    free: list[int] = []
    for at in order:
        while busy and busy[0][0] <= spans[at].start:
            heappush(free, heappop(busy)[1])
        given[at] = heappop(free) if free else len(busy)
        heappush(busy, (spans[at].end, given[at]))
    return given


def most_at_once(spans: Sequence[Span]) -> int:
    return max(lanes(spans), default=-1) + 1


def axis(shown: Iterable[Span], *, grid: int, room: float) -> Axis:
    """The hours that hold all of it, and a scale at which a row of the grid can be read.

    ``room``: the height there is; a little squeezing is better than scrolling.
    """
    spans = list(shown)
    first = min((one.start for one in spans), default=FIRST)
    last = max((one.end for one in spans), default=LAST)
    first, last = min(first - first % HOUR, FIRST), last + -last % (HOUR // 2)
    last = max(last, first + 2 * HOUR)
    scale = max(PIXELS, _LEAST_ROW / max(1, grid))
    fitting = room / (last - first)
    if grid >= HOUR // 3 and _SQUEEZED <= fitting < scale:
        scale = fitting
    return Axis(first, last, scale)


def counted(lane_count: int, width: float) -> bool:
    """Whether a column this wide shows counts instead of each appointment."""
    wanted = NARROWEST_ROW if lane_count > MOST_LANES else NARROWEST_NAME
    return width / lane_count < wanted


def monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def days_with(days: Sequence[date], busy: Iterable[date]) -> tuple[date, ...]:
    """The working days, and those of the weekend on which there is something."""
    wanted = set(busy)
    return tuple(day for day in days if day.weekday() < WORKING_DAYS or day in wanted)


def page(days: Sequence[date], anchor: date, most: int) -> tuple[date, ...]:
    """So many days beside each other, among them the one that is looked at."""
    if not days or len(days) <= most:
        return tuple(days)
    at = next((place for place, day in enumerate(days) if day >= anchor), len(days) - 1)
    begins = min(at, len(days) - most)
    return tuple(days[begins : begins + most])


def turned(days: Sequence[date], shown: Sequence[date], step: int) -> date:
    """The day to look at after turning the page: within these days, else in the next week."""
    if not shown:
        return days[0] + timedelta(days=WEEK * step) if days else date.min
    if step > 0:
        later = [day for day in days if day > shown[-1]]
        return later[0] if later else monday(shown[-1]) + timedelta(days=WEEK)
    earlier = [day for day in days if day < shown[0]]
    if earlier:
        return earlier[max(0, len(earlier) - len(shown))]
    before = monday(shown[0]) - timedelta(days=WEEK)
    return before + timedelta(days=WORKING_DAYS - len(shown) if len(shown) < WORKING_DAYS else 0)


def surname(name: str) -> str:
    """What a narrow block says of a name: all but the first word, as given names come first."""
    first, _, rest = name.strip().partition(" ")
    return rest.strip() or first
