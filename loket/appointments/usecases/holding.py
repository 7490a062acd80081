"""Keeping a moment while it is being talked about."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import bindparam, delete, insert, select
from sqlalchemy.exc import IntegrityError

from loket.appointments.messages import Hold, LetGo, TakeHold
from loket.appointments.queries.plans import queue_of
from loket.appointments.rules.life import HoldExists, UnknownHold
from loket.appointments.tables import HoldRow
from loket.appointments.usecases.places import (
    Calendars,
    Taker,
    Wanted,
    announce_calendar,
    let_go_own_hold,
)
from loket.catalogue.offer import Offer
from loket.staff.rules import Permission
from loket.store.work import Work

_HOLD = HoldRow.metadata.tables["appointment_hold"]
_OWN = delete(_HOLD).where(_HOLD.c.id.in_(bindparam("holds", expanding=True)))
_OF_COUNTER = select(_HOLD).where(
    _HOLD.c.counter_id == bindparam("counter"), _HOLD.c.user_id == bindparam("user")
)
_OF_SEAT = _HOLD.c.counter_id == bindparam("counter")
_LEFT = delete(_HOLD).where(_OF_SEAT, _HOLD.c.user_id == bindparam("user")).returning(_HOLD)
_OF_FORMER = delete(_HOLD).where(_OF_SEAT, _HOLD.c.user_id != bindparam("user")).returning(_HOLD)
HOLD_LASTS = timedelta(minutes=10)


def take_hold(work: Work, calendars: Calendars, command: TakeHold) -> Hold:
    """Keep a moment for some minutes; what this clerk kept before is let go."""
    work.allow(Permission.BOOK_APPOINTMENT)
    offer = calendars.offer
    products = [offer.product(product) for product in command.product_ids]
    queue = queue_of(offer, products, command.site_id)
    kept = _own_holds(work)
    calendars.hold_calendars(work, {queue.id, *(row.queue_id for row in kept)})
    work.connection.execute(_OWN, {"holds": [row.id for row in kept]})
    _announce(work, offer, kept)
    until = work.recorded_at + HOLD_LASTS
    row = {
        "id": command.id,
        "queue_id": queue.id,
        "starts_at": command.starts_at,
        "minutes": 0,
        "buffer_minutes": 0,
        "user_id": work.actor.user_id,
        "counter_id": work.actor.counter_id,
        "made_at": work.recorded_at,
        "expires_at": until,
    }
    wanted = Wanted(queue, products, command.persons, command.starts_at)
    length = keep(work, calendars, wanted, row)
    announce_calendar(work, queue.site_id, queue.id, command.starts_at)
    return work.commit(
        Hold(id=command.id, starts_at=command.starts_at, minutes=length, expires_at=until)
    )


def keep(work: Work, calendars: Calendars, wanted: Wanted, row: dict[str, object]) -> int:
    """Write a hold and take its places; gives its minutes. Does not commit."""
    length = calendars.check(work, wanted)
    values = {**row, "minutes": length.minutes, "buffer_minutes": length.buffer_minutes}
    try:
        work.connection.execute(insert(_HOLD), values)
    except IntegrityError as error:
        raise HoldExists(hold=str(row["id"])) from error
    calendars.take(work, wanted, length, Taker(hold_id=str(row["id"])))
    return length.minutes


def let_go(work: Work, calendars: Calendars, hold_id: str) -> LetGo:
    """The moment is free again."""
    work.allow(Permission.BOOK_APPOINTMENT)
    row = let_go_own_hold(work, hold_id)
    if row is None:
        raise UnknownHold(hold=hold_id)
    site = calendars.offer.queue(row.queue_id).site_id
    announce_calendar(work, site, row.queue_id, row.starts_at)
    return work.commit(LetGo(hold_id=hold_id))


def leave(work: Work, offer: Offer) -> None:
    """Who stands up talks about nothing any more; does not commit."""
    asked = {"counter": work.actor.counter_id, "user": work.actor.user_id}
    _announce(work, offer, work.connection.execute(_LEFT, asked).all())


def take_over(work: Work, offer: Offer, counter_id: str, user_id: str) -> None:
    """Somebody sits down: what the former one talked about is free; does not commit."""
    asked = {"counter": counter_id, "user": user_id}
    _announce(work, offer, work.connection.execute(_OF_FORMER, asked).all())


def _announce(work: Work, offer: Offer, rows: Sequence[Any]) -> None:
    for row in rows:
        announce_calendar(work, offer.queue(row.queue_id).site_id, row.queue_id, row.starts_at)


def _own_holds(work: Work) -> list[Any]:
    asked = {"counter": work.actor.counter_id, "user": work.actor.user_id}
    return list(work.connection.execute(_OF_COUNTER, asked))
