"""Addresses at which office programs follow a calendar: made, shown once, revoked."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, insert, or_, select, update

from loket.appointments.messages import Feed, FeedKind, MakeFeed, NewFeed
from loket.appointments.queries.feeds import FEED, feed_of
from loket.appointments.rules.life import UnknownDepartment, UnknownFeed
from loket.catalogue.offer import Offer
from loket.kit.ids import new_id, new_token
from loket.staff.queries import digest
from loket.staff.rules import Permission
from loket.store.engine import storage_errors
from loket.store.work import Store, Work

PATH = "/agenda"
_HOLD = select(FEED).where(FEED.c.id == bindparam("feed")).with_for_update()
_REVOKE = (
    update(FEED)
    .where(FEED.c.id == bindparam("feed"), FEED.c.revoked_at.is_(None))
    .values(revoked_at=bindparam("at"))
)
_READ = (
    update(FEED)
    .where(
        FEED.c.id == bindparam("feed"),
        or_(FEED.c.last_read_at.is_(None), FEED.c.last_read_at < bindparam("before")),
    )
    .values(last_read_at=bindparam("at"))
)
_REMEMBERED_EVERY = timedelta(hours=1)


def make_feed(work: Work, offer: Offer, command: MakeFeed) -> NewFeed:
    """A new secret address. It is told once; only its hash is kept."""
    work.allow(Permission.MANAGE_CALENDAR)
    if command.kind is FeedKind.COUNTER:
        offer.counter(command.target_id)
    elif all(part.id != command.target_id for part in offer.catalogue.departments):
        raise UnknownDepartment(department=command.target_id)
    token = new_token()
    row = {
        "id": new_id(),
        "token_hash": digest(token),
        "kind": str(command.kind),
        "target_id": command.target_id,
        "name": command.name,
        "with_names": command.with_names,
        "made_at": work.now,
        "made_by": work.actor.user_id,
    }
    made = work.connection.execute(insert(FEED).returning(FEED), row).one()
    work.record("make_feed", "feed", made.id, kind=command.kind, with_names=command.with_names)
    return work.commit(NewFeed(feed=feed_of(made), path=f"{PATH}/{token}.ics"))


def revoke_feed(work: Work, feed_id: str) -> Feed:
    """From now on nobody reads anything at this address."""
    work.allow(Permission.MANAGE_CALENDAR)
    work.connection.execute(_REVOKE, {"feed": feed_id, "at": work.now})
    row = work.connection.execute(_HOLD, {"feed": feed_id}).one_or_none()
    if row is None:
        raise UnknownFeed(feed=feed_id)
    work.record("revoke_feed", "feed", feed_id)
    return work.commit(feed_of(row))


def note_read(store: Store, row: Any, now: datetime) -> None:
    """That somebody still reads it, to the hour: an address that nobody reads can go."""
    known = row.last_read_at
    if known is not None and now - known < _REMEMBERED_EVERY:
        return
    asked = {"feed": row.id, "at": now, "before": now - _REMEMBERED_EVERY}
    with storage_errors(), store.database.writers.begin() as connection:
        connection.execute(_READ, asked)
