"""Who sits at which counter: what staff's sign-in tells the queue."""

from typing import Any

from sqlalchemy import bindparam, delete
from sqlalchemy.dialects import postgresql, sqlite

from loket.catalogue.messages import Counter
from loket.catalogue.offer import Offer, Offers
from loket.queue.messages import CounterChanged, CounterNow
from loket.queue.queries import counter_now, open_counters, seated_people
from loket.queue.tables import CounterPresenceRow
from loket.staff.queries import KnownUser, is_signed_in
from loket.staff.rules import Permission, permissions_of, short_name
from loket.staff.usecases import Seat
from loket.store.work import Work

_PRESENCE = CounterPresenceRow.metadata.tables["counter_presence"]


_RENEWED = ("user_id", "clerk", "calls", "since", "pause_reason", "paused_at", "pause_until")
"""Who sits down is there: a pause of before is over."""


def _sit(dialect: str) -> Any:
    upsert = (sqlite if dialect == "sqlite" else postgresql).insert(_PRESENCE)
    changed = {name: upsert.excluded[name] for name in _RENEWED}
    return upsert.on_conflict_do_update(index_elements=["counter_id"], set_=changed)


_SIT = {name: _sit(name) for name in ("sqlite", "postgresql")}
_RISE = delete(_PRESENCE).where(
    _PRESENCE.c.counter_id == bindparam("counter"), _PRESENCE.c.user_id == bindparam("user")
)


class Seating:
    """Finds desks for people who sign in, and tells the site that a counter opened or closed."""

    def __init__(self, offers: Offers) -> None:
        self._offers = offers

    def take(self, work: Work, desk: str, user: KnownUser) -> Seat:
        """Sit down at the desk with this code; does not commit."""
        offer = self._offers.now(work.connection)
        counter = offer.desk(desk)
        row = {
            "counter_id": counter.id,
            "site_id": counter.site_id,
            "user_id": user.id,
            "clerk": short_name(user.name),
            "calls": Permission.CALL_TICKET in permissions_of(user.roles),
            "since": work.now,
            "pause_reason": "",
            "paused_at": None,
            "pause_until": None,
        }
        work.connection.execute(_SIT[work.connection.dialect.name], row)
        announce_counter(work, offer, counter)
        return Seat(counter.id, counter.site_id)

    def leave(self, work: Work) -> None:
        """Stand up from the actor's desk; does not commit.

        The counter stays open while the same person is signed in there in another window.
        """
        if is_signed_in(work.connection, work.actor.user_id, work.actor.counter_id, work.now):
            return
        place = {"counter": work.actor.counter_id, "user": work.actor.user_id}
        work.connection.execute(_RISE, place)
        offer = self._offers.now(work.connection)
        announce_counter(work, offer, offer.counter(work.actor.counter_id))


def announce_counter(work: Work, offer: Offer, counter: Counter) -> CounterNow:
    """Tell the desks how a counter is now, and how many are open for its queues."""
    seated = seated_people(work.connection, counter.site_id, work.now)
    event = CounterChanged(
        counter=counter_now(counter.id, seated),
        open_counters={
            queue: open_counters(offer, queue, seated)
            for queue in (*counter.first_choice, *counter.second_choice)
        },
    )
    work.announce(counter.site_id, "counter_changed", event)
    return event.counter
