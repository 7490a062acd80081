"""Sitting down at a desk and standing up from it: for the queue, and for what was talked about."""

from loket.appointments.usecases import holding
from loket.catalogue.offer import Offers
from loket.queue.usecases.seating import Seating
from loket.staff.queries import KnownUser, is_signed_in
from loket.staff.usecases import Seat
from loket.store.work import Work


class Seats:
    """What staff's sign-in and sign-out mean to the other areas; commits nothing."""

    def __init__(self, offers: Offers) -> None:
        self._offers = offers
        self._seating = Seating(offers)

    def take(self, work: Work, desk: str, user: KnownUser) -> Seat:
        """A moment that the former one kept there must not stay kept for nobody."""
        seat = self._seating.take(work, desk, user)
        offer = self._offers.now(work.connection)
        holding.take_over(work, offer, seat.counter_id, user.id)
        return seat

    def leave(self, work: Work) -> None:
        """Nor one of whoever leaves, unless they sit there still in another window."""
        self._seating.leave(work)
        actor = work.actor
        if not is_signed_in(work.connection, actor.user_id, actor.counter_id, work.now):
            holding.leave(work, self._offers.now(work.connection))
