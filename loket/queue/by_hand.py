"""Queues that a supervisor opened or closed for today: reading them, and the hours that follow."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, bindparam, select

from loket.catalogue.messages import Queue
from loket.catalogue.offer import Offer
from loket.kit.clock import local_day
from loket.queue.messages import Period, QueueNow
from loket.queue.rules.life import QueueClosed
from loket.queue.rules.opening import (
    ByHand,
    HandSetting,
    QueueReason,
    Span,
    day_end,
    hours_today,
    is_open,
)
from loket.queue.rules.refusals import ClosedByHand
from loket.queue.tables import QueueByHandRow

BY_HAND = QueueByHandRow.metadata.tables["queue_by_hand"]
_ON_DAY = select(BY_HAND).where(BY_HAND.c.day == bindparam("on"))
_OF_QUEUE = _ON_DAY.where(BY_HAND.c.queue_id == bindparam("queue"))


def settings_on(connection: Connection, day: date) -> dict[str, HandSetting]:
    """What was set by hand on a day, by queue id."""
    rows = connection.execute(_ON_DAY, {"on": day})
    return {row.queue_id: _setting(row) for row in rows}


def setting_of(connection: Connection, queue_id: str, day: date) -> HandSetting | None:
    row = connection.execute(_OF_QUEUE, {"on": day, "queue": queue_id}).one_or_none()
    return None if row is None else _setting(row)


def _setting(row: Any) -> HandSetting:
    state, reason = ByHand(row.state), QueueReason(row.reason)
    return HandSetting(state, reason, row.starts_at, row.ends_at)


def ordinary_hours(offer: Offer, queue: Queue, day: date) -> list[Span]:
    """The hours of a queue on a day, before anybody set it by hand."""
    found = offer.timetable.on(day, site_id=queue.site_id, queue_id=queue.id)
    return [Span(period.opens_at, period.closes_at) for period in found.periods]


def periods(hours: Iterable[Span]) -> list[Period]:
    return [Period(opens_at=span.start, closes_at=span.end) for span in hours]


def is_open_now(offer: Offer, queue: Queue, hand: HandSetting | None, moment: datetime) -> bool:
    """Whether the queue takes new tickets at a moment of the day that ``hand`` is about."""
    hours = ordinary_hours(offer, queue, local_day(moment))
    return is_open(hours_today(hours, hand), moment)


def check_open(offer: Offer, queue: Queue, hand: HandSetting | None, moment: datetime) -> None:
    """Refuse a new wait in a closed queue, with until when."""
    if is_open_now(offer, queue, hand, moment):
        return
    opens = _opens_next(offer, queue, hand, moment)
    told = {"queue": queue.name, "opens_at": opens.isoformat() if opens else None}
    if hand is not None and hand.state is ByHand.CLOSED and moment in hand.span:
        raise ClosedByHand(**told, reason=hand.reason)
    state = offer.timetable.at(moment, site_id=queue.site_id, queue_id=queue.id)
    raise QueueClosed(**told, reason=state.reason)


def _opens_next(
    offer: Offer, queue: Queue, hand: HandSetting | None, moment: datetime
) -> datetime | None:
    hours = hours_today(ordinary_hours(offer, queue, local_day(moment)), hand)
    later = [span.start for span in hours if span.start > moment]
    if later:
        return min(later)
    midnight = day_end(moment)
    after = offer.timetable.at(midnight, site_id=queue.site_id, queue_id=queue.id)
    return midnight if after.open_now else after.opens_next


def queue_now(
    offer: Offer, queue: Queue, moment: datetime, *, open_counters: int, hand: HandSetting | None
) -> QueueNow:
    """A queue as the board shows it."""
    day = local_day(moment)
    ordinary = offer.timetable.on(day, site_id=queue.site_id, queue_id=queue.id)
    return QueueNow(
        queue_id=queue.id,
        hours=periods(hours_today(ordinary_hours(offer, queue, day), hand)),
        closed_reason=ordinary.reason,
        open_counters=open_counters,
        by_hand=hand.state if hand else None,
        hand_reason=hand.reason if hand else None,
        hand_from=hand.start if hand else None,
        hand_until=hand.end if hand else None,
    )
