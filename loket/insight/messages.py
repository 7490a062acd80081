"""Figures on the wire; times are whole seconds."""

from datetime import date

from pydantic import Field

from loket.insight.rules import By, Outcome
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
