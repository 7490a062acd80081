"""When a queue is open today once a supervisor has set it by hand, and why a counter pauses."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum

from loket.kit.clock import BRUSSELS, local_day


class ByHand(StrEnum):
    """How a supervisor set a queue for today."""

    OPEN = "open"
    CLOSED = "closed"


class QueueReason(StrEnum):
    """Why a queue is opened or closed by hand; a code, because events and journal carry it."""

    STAFF = "staff"
    CROWDED = "crowded"
    TECHNICAL = "technical"
    EMERGENCY = "emergency"
    EVENT = "event"
    OTHER = "other"


class PauseReason(StrEnum):
    """Why nobody is called to a counter although somebody works there."""

    BREAK = "break"
    LUNCH = "lunch"
    BACK_OFFICE = "back_office"
    MEETING = "meeting"
    TECHNICAL = "technical"
    SUPERVISOR = "supervisor"
    """Closed by a supervisor; only a supervisor opens it again."""


@dataclass(frozen=True)
class Span:
    """From a moment up to another."""

    start: datetime
    end: datetime

    def __contains__(self, moment: datetime) -> bool:
        return self.start <= moment < self.end


@dataclass(frozen=True)
class HandSetting:
    """A queue opened or closed by hand, from then on until then."""

    state: ByHand
    reason: QueueReason
    start: datetime
    end: datetime

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)


def day_end(moment: datetime) -> datetime:
    """The midnight after a moment on the Belgian wall clock, also on days of 23 and 25 hours."""
    tomorrow = local_day(moment) + timedelta(days=1)
    return datetime.combine(tomorrow, time(0), tzinfo=BRUSSELS).astimezone(moment.tzinfo)


def hours_today(hours: Iterable[Span], hand: HandSetting | None) -> list[Span]:
    """The opening hours of a day with what was set by hand put over them."""
    if hand is None:
        return sorted(hours, key=_start)
    around = [part for span in hours for part in _without(span, hand.span)]
    return _joined([*around, hand.span] if hand.state is ByHand.OPEN else around)


def is_open(hours: Iterable[Span], moment: datetime) -> bool:
    return any(moment in span for span in hours)


def _without(span: Span, cut: Span) -> list[Span]:
    parts = [Span(span.start, min(span.end, cut.start)), Span(max(span.start, cut.end), span.end)]
    return [part for part in parts if part.start < part.end]


def _joined(spans: list[Span]) -> list[Span]:
    """In order, with spans that touch made one."""
    joined: list[Span] = []
    for span in sorted(spans, key=_start):
        if joined and span.start <= joined[-1].end:
            joined[-1] = Span(joined[-1].start, max(joined[-1].end, span.end))
        else:
            joined.append(span)
    return joined


def _start(span: Span) -> datetime:
    return span.start
