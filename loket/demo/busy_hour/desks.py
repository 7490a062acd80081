"""What happens at the counters: call, serve, finish, and what goes otherwise."""

import heapq
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from loket.catalogue.messages import Counter
from loket.catalogue.offer import Offer
from loket.demo.history.chance import Chance
from loket.demo.history.room import mean_seconds
from loket.kit.clock import FixedClock
from loket.queue.messages import (
    CallNext,
    CounterAct,
    ParkTicket,
    PauseCounter,
    Ticket,
    TicketAct,
    TransferTicket,
)
from loket.queue.rules.opening import PauseReason
from loket.queue.usecases.calling import call_next, recall_ticket
from loket.queue.usecases.parking import call_parked, park_ticket
from loket.queue.usecases.pausing import end_pause, pause_counter
from loket.queue.usecases.serving import finish_ticket, mark_no_show, start_ticket
from loket.queue.usecases.transferring import transfer_ticket
from loket.store.work import Actor, Request, Store

_ABSENT, _RECALLED = 0.025, 0.07
_AS_SEEN = TicketAct()


class Script:
    """What comes, in order of time; the clock goes from one to the next."""

    def __init__(self, clock: FixedClock, chance: Chance) -> None:
        self.clock, self.chance = clock, chance
        self._coming: list[tuple[datetime, int, Callable[[], None]]] = []
        self._planned = 0

    def at(self, moment: datetime, act: Callable[[], None]) -> None:
        self._planned += 1  # breaks a tie, so that an hour is the same every time
        heapq.heappush(self._coming, (moment, self._planned, act))

    def within(self, least: int, most: int, act: Callable[[], None]) -> None:
        """Some seconds from now."""
        self.at(self.clock.now() + self.chance.seconds(least, most), act)

    def play(self, until: datetime) -> None:
        while self._coming and self._coming[0][0] <= until:
            self.clock.moment, _nr, act = heapq.heappop(self._coming)
            act()


@dataclass(eq=False)
class Desk:
    """A counter with its person, and what they have in mind."""

    counter: Counter
    actor: Actor
    at: Ticket | None = None
    """Who is called or served there."""
    idle: bool = True
    wish: Callable[["Desk", Ticket], bool] | None = None
    """Done with the next visitor instead of finishing; False: not with this one."""
    pause: PauseCounter | None = None
    """As soon as it is free."""
    back: Ticket | None = None
    """Was parked here, and is at the counter again."""

    def serves(self, queue_id: str) -> bool:
        return queue_id in self.counter.first_choice or queue_id in self.counter.second_choice


class Desks:
    """All counters of a site at work."""

    def __init__(self, store: Store, offer: Offer, script: Script, desks: Iterable[Desk]) -> None:
        self._store, self._offer, self._script = store, offer, script
        self._chance = script.chance
        self.by_code = {desk.counter.code: desk for desk in desks}

    def wake(self, queue_id: str) -> None:
        """Whoever has nothing to do, and serves this, calls after a moment."""
        able = [one for one in self.by_code.values() if one.idle and one.serves(queue_id)]
        if able:
            desk = min(able, key=lambda one: queue_id not in one.counter.first_choice)
            desk.idle = False
            self._script.within(8, 40, lambda: self._next(desk))

    # what clerks have in mind

    def refers(self, code: str, queue_id: str) -> None:
        """The next visitor turns out to be for another queue."""

        def refer(desk: Desk, ticket: Ticket) -> bool:
            command = TransferTicket(queue_id=queue_id)
            with self._store.work(Request(desk.actor)) as work:
                transfer_ticket(work, self._offer, ticket.id, command)
            self.wake(queue_id)
            return True

        self.by_code[code].wish = refer

    def parks(self, code: str, remark: str, *, back: timedelta | None) -> None:
        """The next visitor goes away for a while; ``None``: still away at the end."""

        def park(desk: Desk, ticket: Ticket) -> bool:
            with self._store.work(Request(desk.actor)) as work:
                parked = park_ticket(work, ticket.id, ParkTicket(remark=remark))
            if back is not None:
                at = self._script.clock.now() + back
                self._script.at(at, lambda: setattr(desk, "back", parked))
            return True

        self.by_code[code].wish = park

    def pauses(self, code: str, until: datetime) -> None:
        """A pause as soon as the visitor of this moment is gone."""
        desk = self.by_code[code]
        desk.pause = PauseCounter(reason=PauseReason.BREAK, until=until)
        if desk.idle:
            self._pause(desk)

    def comes_back(self, code: str) -> None:
        desk = self.by_code[code]
        desk.pause = None
        with self._store.work(Request(desk.actor)) as work:
            end_pause(work, self._offer, desk.counter.id, CounterAct())
        if desk.at is None:
            self._next(desk)

    def close(self, code: str, supervisor: Actor) -> None:
        """By a supervisor, for work behind the counter; whoever is there is served first."""
        desk = self.by_code[code]
        command = PauseCounter(reason=PauseReason.SUPERVISOR)
        desk.pause = command
        with self._store.work(Request(supervisor)) as work:
            pause_counter(work, self._offer, desk.counter.id, command)
        desk.idle = False

    # one visitor after the other

    def _next(self, desk: Desk) -> None:
        """Finish who is there, and call the next."""
        if desk.pause is not None:
            self._pause(desk)
            return
        if desk.back is not None:
            self._call_back(desk)
            return
        command = CallNext(believes=desk.at.id if desk.at else None)
        with self._store.work(Request(desk.actor)) as work:
            outcome = call_next(work, self._offer, desk.counter.id, command)
        desk.at = outcome.called.ticket if outcome.called else None
        desk.idle = desk.at is None
        if desk.at is not None:
            self._called(desk)

    def _called(self, desk: Desk) -> None:
        if self._chance.happens(_ABSENT):
            self._script.within(35, 50, lambda: self._recall(desk))
            self._script.within(100, 170, lambda: self._absent(desk))
        elif self._chance.happens(_RECALLED):
            self._script.within(35, 50, lambda: self._recall(desk))
            self._script.within(60, 110, lambda: self._start(desk))
        else:
            self._script.within(10, 45, lambda: self._start(desk))

    def _recall(self, desk: Desk) -> None:
        with self._store.work(Request(desk.actor)) as work:
            recall_ticket(work, _there(desk).id, _AS_SEEN)

    def _absent(self, desk: Desk) -> None:
        with self._store.work(Request(desk.actor)) as work:
            mark_no_show(work, _there(desk).id, _AS_SEEN)
        desk.at = None
        self._script.within(3, 10, lambda: self._next(desk))

    def _start(self, desk: Desk) -> None:
        with self._store.work(Request(desk.actor)) as work:
            started = start_ticket(work, _there(desk).id, _AS_SEEN)
        mean = mean_seconds(self._offer.product(started.product_id))
        done = self._script.clock.now() + self._chance.service(mean)
        self._script.at(done, lambda: self._served(desk))

    def _served(self, desk: Desk) -> None:
        ticket, wish = _there(desk), desk.wish
        desk.wish = None
        if wish is not None and wish(desk, ticket):
            desk.at = None
            self._script.within(3, 15, lambda: self._next(desk))
        else:
            self._script.within(0, 25, lambda: self._next(desk))

    def _call_back(self, desk: Desk) -> None:
        """Who was parked here is back: straight to the counter."""
        parked, desk.back = desk.back, None
        self._finish(desk)
        if parked is None:
            return
        with self._store.work(Request(desk.actor)) as work:
            desk.at = call_parked(work, self._offer, parked.id, _AS_SEEN)
        self._script.within(10, 45, lambda: self._start(desk))

    def _pause(self, desk: Desk) -> None:
        """A supervisor's pause began when they said so; one's own begins now."""
        self._finish(desk)
        desk.idle = False
        if desk.pause is None or desk.pause.reason is PauseReason.SUPERVISOR:
            return
        with self._store.work(Request(desk.actor)) as work:
            pause_counter(work, self._offer, desk.counter.id, desk.pause)

    def _finish(self, desk: Desk) -> None:
        if desk.at is None:
            return
        with self._store.work(Request(desk.actor)) as work:
            finish_ticket(work, desk.at.id, _AS_SEEN)
        desk.at = None


def _there(desk: Desk) -> Ticket:
    if desk.at is None:
        raise LookupError(desk.counter.code)
    return desk.at
