"""The waiting room of one site on one day: everybody waits, is called and served, or goes away."""

import heapq
from collections import defaultdict, deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cache

from loket.catalogue.messages import Product
from loket.demo.history.chance import Chance
from loket.demo.history.demand import Wish
from loket.demo.history.past import PastTicket, Stay
from loket.demo.history.roster import Seat
from loket.kit.clock import BRUSSELS
from loket.queue.rules.life import TicketKind, TicketState

_ABSENT = 0.025
_IMPATIENT = 0.12
_END_OF_DAY = time(20, 0)


@dataclass
class Waiting:
    """Somebody with a ticket, and what became of it so far."""

    wish: Wish
    issuer: Seat
    number: int
    prefix: str
    promised_minutes: int
    leaves_at: datetime | None
    absent: bool
    stays: list[Stay] = field(default_factory=list)

    def enter(self, state: TicketState, at: datetime, seat: Seat, *, calls: int = 0) -> None:
        """Leave the present state and enter the next; no counter while waiting or gone."""
        self.stays[-1] = self.stays[-1].until(at)
        there = state in (TicketState.CALLED, TicketState.SERVING)
        counter = seat.counter.id if there else None
        self.stays.append(
            Stay(state, at, None, seat.person.id, counter, calls, at if calls else None)
        )


class Room:
    """Plays a day: arrivals and free desks, in order of time."""

    def __init__(self, chance: Chance, day: date, seats: Sequence[Seat]) -> None:
        self._chance = chance
        self._end = datetime.combine(day, _END_OF_DAY, tzinfo=BRUSSELS)
        self._idle = [seat for seat in seats if seat.counter.first_choice]
        self._seats = list(self._idle)
        self._waiting: dict[str, deque[Waiting]] = defaultdict(deque)
        self._freed: list[tuple[datetime, int, Seat]] = []
        self._last_numbers: dict[str, int] = defaultdict(int)

    def play(self, wishes: Sequence[Wish], issuers: Sequence[Seat]) -> list[Waiting]:
        """Everybody of the day, with all states of their tickets."""
        everybody = []
        for wish in wishes:
            self._free_desks_until(wish.at)
            arrived = self._issue(wish, self._chance.choice(issuers))
            everybody.append(arrived)
            self._call_from_idle_desk(arrived)
        self._free_desks_until(self._end - timedelta(hours=1))
        for left in everybody:
            self._expire(left)
        return everybody

    def _issue(self, wish: Wish, issuer: Seat) -> Waiting:
        queue = wish.queue
        prefix = queue.appointment_prefix if wish.by_appointment else queue.walk_in_prefix
        self._last_numbers[prefix] += 1
        absent = self._chance.happens(_ABSENT)
        patience = self._chance.seconds(600, 2700) if self._chance.happens(_IMPATIENT) else None
        arrived = Waiting(
            wish,
            issuer,
            self._last_numbers[prefix],
            prefix,
            self._promise(wish),
            wish.at + patience if patience else None,
            absent,
        )
        arrived.stays.append(Stay(TicketState.WAITING, wish.at, None, issuer.person.id))
        self._waiting[queue.id].append(arrived)
        return arrived

    def _promise(self, wish: Wish) -> int:
        ahead = len(self._waiting[wish.queue.id])
        desks = sum(seat.serves(wish.queue.id) for seat in self._seats)
        return round(ahead * wish.product.usual_minutes / max(1, desks))

    def _call_from_idle_desk(self, arrived: Waiting) -> None:
        queue = arrived.wish.queue.id
        able = [seat for seat in self._idle if seat.serves(queue)]
        if able:
            seat = min(able, key=lambda s: queue not in s.counter.first_choice)
            self._idle.remove(seat)
            self._free_at(seat, arrived.wish.at + self._chance.seconds(8, 40))

    def _free_at(self, seat: Seat, at: datetime) -> None:
        # The place among the seats breaks a tie, so that a day is the same every time.
        heapq.heappush(self._freed, (at, self._seats.index(seat), seat))

    def _free_desks_until(self, moment: datetime) -> None:
        while self._freed and self._freed[0][0] <= moment:
            at, _, seat = heapq.heappop(self._freed)
            someone = self._next_for(seat, at)
            if someone is None:
                self._idle.append(seat)
            else:
                self._free_at(seat, self._serve(someone, seat, at))

    def _next_for(self, seat: Seat, at: datetime) -> Waiting | None:
        """Who waits longest in its first choice, else in its second."""
        for choice in (seat.counter.first_choice, seat.counter.second_choice):
            heads = [head for queue in choice if (head := self._head(queue, at)) is not None]
            if heads:
                chosen = min(heads, key=lambda head: head.wish.at)
                self._waiting[chosen.wish.queue.id].popleft()
                return chosen
        return None

    def _head(self, queue_id: str, at: datetime) -> Waiting | None:
        """The first who is still there; whoever lost patience before that went away."""
        line = self._waiting[queue_id]
        while line and (left := line[0].leaves_at) is not None and left <= at:
            gone = line.popleft()
            gone.enter(TicketState.WITHDRAWN, left, gone.issuer)
        return line[0] if line else None

    def _serve(self, someone: Waiting, seat: Seat, at: datetime) -> datetime:
        """Call and serve; the moment the desk is free again."""
        if someone.absent:
            someone.enter(TicketState.CALLED, at, seat, calls=2)
            missed = at + self._chance.seconds(100, 170)
            someone.enter(TicketState.NO_SHOW, missed, seat)
            return missed + self._chance.seconds(2, 10)
        recalled = self._chance.happens(0.07)
        someone.enter(TicketState.CALLED, at, seat, calls=2 if recalled else 1)
        there = (
            at + self._chance.seconds(60, 110) if recalled else at + self._chance.seconds(10, 45)
        )
        someone.enter(TicketState.SERVING, there, seat)
        done = there + self._chance.service(mean_seconds(someone.wish.product))
        someone.enter(TicketState.DONE, done, seat)
        return done + self._chance.seconds(0, 25)

    def _expire(self, left: Waiting) -> None:
        """At the end of the day nobody waits any more."""
        state = left.stays[-1].state
        if state is TicketState.WAITING and left.leaves_at is not None:
            left.enter(TicketState.WITHDRAWN, left.leaves_at, left.issuer)
        elif state in (TicketState.WAITING, TicketState.NO_SHOW):
            left.enter(TicketState.EXPIRED, self._end, left.issuer)


def past_ticket(chance: Chance, somebody: Waiting) -> PastTicket:
    """What is kept of somebody's ticket."""
    wish = somebody.wish
    return PastTicket(
        id=chance.id(wish.at),
        code=chance.code("T"),
        queue_id=wish.queue.id,
        product_id=wish.product.id,
        kind=TicketKind.APPOINTMENT if wish.by_appointment else TicketKind.WALK_IN,
        prefix=somebody.prefix,
        number=somebody.number,
        arrived_at=wish.at,
        appointment_at=wish.appointment_at,
        promised_minutes=somebody.promised_minutes,
        stays=tuple(somebody.stays),
    )


def mean_seconds(product: Product) -> float:
    """How long a product takes on average at the counters of this town."""
    return product.usual_minutes * 60 * _lean(product.code)


@cache
def _lean(product_code: str) -> float:
    """Products take a little less or more than their usual time, each always in the same way."""
    return Chance(product_code).uniform(0.72, 1.05)
