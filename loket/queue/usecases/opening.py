"""A supervisor opens or closes a queue for today, whatever its ordinary hours say."""

from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete
from sqlalchemy.dialects import postgresql, sqlite

from loket.catalogue.messages import Queue
from loket.catalogue.offer import Offer
from loket.kit.clock import local_day
from loket.queue.by_hand import BY_HAND, ordinary_hours, queue_now, setting_of
from loket.queue.messages import QueueChanged, QueueNow, SetQueue
from loket.queue.queries import open_counters, seated_people
from loket.queue.rules.life import OtherCounter
from loket.queue.rules.opening import ByHand, day_end, is_open
from loket.queue.rules.refusals import UntilPast
from loket.queue.usecases.pausing import may_see_to_all_sites
from loket.staff.rules import Permission
from loket.store.work import Work


def _put(dialect: str) -> Any:
    upsert = (sqlite if dialect == "sqlite" else postgresql).insert(BY_HAND)
    changed = ("state", "reason", "starts_at", "ends_at", "user_id")
    return upsert.on_conflict_do_update(
        index_elements=["queue_id", "day"], set_={name: upsert.excluded[name] for name in changed}
    )


_PUT = {name: _put(name) for name in ("sqlite", "postgresql")}
_DROP = delete(BY_HAND).where(
    BY_HAND.c.queue_id == bindparam("queue"), BY_HAND.c.day == bindparam("on")
)


def close_queue(work: Work, offer: Offer, queue_id: str, command: SetQueue) -> QueueNow:
    """No new tickets, for a while or for the rest of the day; who waits is still served."""
    work.allow(Permission.CLOSE_QUEUE)
    queue = _of_this_site(work, offer, queue_id)
    _set(work, queue, ByHand.CLOSED, command)
    return _tell(work, offer, queue, "close_queue", command)


def open_queue(work: Work, offer: Offer, queue_id: str, command: SetQueue) -> QueueNow:
    """Take tickets again, or outside the ordinary hours.

    Within the ordinary hours and without a moment to end, it simply follows them again.
    """
    work.allow(Permission.CLOSE_QUEUE)
    queue = _of_this_site(work, offer, queue_id)
    day = local_day(work.now)
    ordinary = is_open(ordinary_hours(offer, queue, day), work.now)
    if ordinary and command.until is None:
        work.connection.execute(_DROP, {"queue": queue.id, "on": day})
    else:
        _set(work, queue, ByHand.OPEN, command)
    return _tell(work, offer, queue, "open_queue", command)


def _of_this_site(work: Work, offer: Offer, queue_id: str) -> Queue:
    queue = offer.queue(queue_id)
    if queue.site_id != work.actor.site_id and not may_see_to_all_sites(work.actor):
        raise OtherCounter(site=queue.site_id)
    return queue


def _set(work: Work, queue: Queue, state: ByHand, command: SetQueue) -> None:
    row = {
        "queue_id": queue.id,
        "day": local_day(work.now),
        "state": str(state),
        "reason": str(command.reason),
        "starts_at": work.now,
        "ends_at": _end(work, command.until),
        "user_id": work.actor.user_id,
    }
    work.connection.execute(_PUT[work.connection.dialect.name], row)


def _end(work: Work, until: datetime | None) -> datetime:
    latest = day_end(work.now)
    if until is None:
        return latest
    if not work.now < until <= latest:
        raise UntilPast(until_at=until.isoformat())
    return until


def _tell(work: Work, offer: Offer, queue: Queue, act: str, command: SetQueue) -> QueueNow:
    seated = seated_people(work.connection, queue.site_id, work.now)
    now = queue_now(
        offer,
        queue,
        work.now,
        open_counters=open_counters(offer, queue.id, seated),
        hand=setting_of(work.connection, queue.id, local_day(work.now)),
    )
    until = command.until.isoformat() if command.until else None
    work.record(act, "queue", queue.id, reason=command.reason, until=until)
    work.announce(queue.site_id, "queue_changed", QueueChanged(queue=now))
    return work.commit(now)
