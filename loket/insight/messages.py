"""Figures on the wire; times are whole seconds."""

from datetime import date

from pydantic import Field

from loket.insight.rules.choices import By, Outcome
from loket.wire.base import Id, Moment, WireIn, WireOut


class Days(WireIn):
    """Which tickets: those of the days from ``first`` to ``last``, at one site or at all."""

    first: date
    last: date
    site: Id | None = None


class FiguresAsked(Days):
    """A table with a row for each of what ``by`` says."""

    by: By


class LinesAsked(Days):
    """A page of tickets, after the place where the last page ended."""

    after: str = Field(default="", pattern=r"^(\d{4}-\d{2}-\d{2}_[A-Za-z0-9._-]{1,36})?$")
    many: int = Field(default=2000, ge=1, le=5000)


class Times(WireOut):
    """Of so many tickets that have such a time: mean, middle, nine in ten, worst."""

    count: int
    mean: int
    p50: int
    p90: int
    max: int


class FigureRow(WireOut):
    """One row: what it stands for, and what became of its tickets."""

    key: str
    """An id, a code, an hour (``09``), a weekday (``1`` is Monday), a day or a month (ISO)."""
    name: str
    """Empty where the key says it all: hours, weekdays, days, months, channels."""
    tickets: int
    served: int
    no_shows: int
    withdrawn: int
    unserved: int
    transfers: int
    waiting: Times
    """From the later of arrival and appointment to the first call."""
    service: Times
    """All the time at a counter."""
    total: Times
    """From arrival to the end, of those served."""
    within_norm: int
    """How many of those called had waited no longer than the norm of their queue."""


class Figures(WireOut):
    """A table of figures over a period, both days included, with everything together last."""

    first: str
    last: str
    by: By
    rows: list[FigureRow]
    together: FigureRow


class TicketLine(WireOut):
    """One ticket of the past, without anything of who held it."""

    day: str
    number: str
    site: str
    queue: str
    service: str
    product: str
    channel: str
    kind: str
    arrived_at: Moment
    appointment_at: Moment | None
    first_called_at: Moment | None
    ended_at: Moment | None
    outcome: Outcome
    waiting: int | None
    service_time: int | None
    total: int | None
    promised_minutes: int | None
    counter: str
    calls: int
    transfers: int


class TicketLines(WireOut):
    """A page of a long list, in the order of the days."""

    total: int
    lines: list[TicketLine]
    after: str
    """Ask the next page with this; empty: this was the last."""


class SupervisionAsked(WireIn):
    """The day that is going on, at one site or at all."""

    site: Id | None = None


class QueueDay(WireOut):
    """How the day of a queue goes; the lists have a place per half hour of the day's."""

    queue_id: str
    arrived: list[int]
    expected: list[float]
    """The mean of the same weekdays before."""
    staffed: list[float]
    """How many counters worked for it so far; one with more first choices counts in parts."""
    usual: list[float]
    """How many usually do, on these weekdays."""
    mean_service: int
    """Seconds, of the same days."""
    trend: list[int]
    """Longest wait in seconds at the twelve moments of the last hour, the last one now."""
    called: int
    within_norm: int
    """How many of those called today had waited no longer than the norm."""
    called_last_hour: int
    waited_last_hour: int
    """Seconds that those waited together."""
    served: int
    waited_before: int
    """How many waited at this time on ``compared_with``."""


class SeriesUse(WireOut):
    """How many numbers of a series were given today."""

    site_id: str
    prefix: str
    used: int
    of: int


class PromisesKept(WireOut):
    """How the waits that were promised on a day came true."""

    day: str
    promises: int
    mean_error: float
    """Minutes, of the middle that was promised; too long and too short alike."""
    likely_held: float
    """Share of those called within the range that was promised."""


class Supervision(WireOut):
    """What the live board does not tell of the day; recomputed from the rows each time."""

    made_at: Moment
    halves: list[Moment]
    """When each half hour of the day begins, from before opening until after closing."""
    learnt_from: list[str]
    """The days behind what is expected: same weekday, no holiday, people came."""
    compared_with: str | None
    queues: list[QueueDay]
    series: list[SeriesUse]
    promises: PromisesKept | None
    """Of the last working day."""


class Advice(WireOut):
    """Opening one counter, and what it does to who would come now."""

    counter_id: str
    queue_id: str
    seated: bool
    """Somebody is there and pauses; else a colleague has to go and sit there."""
    minutes_before: int | None
    """None: nobody serves that queue now."""
    minutes_after: int


class Advices(WireOut):
    """What is worth doing now; the best first, and often nothing."""

    made_at: Moment
    advices: list[Advice]
