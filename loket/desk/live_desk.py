"""What a signed-in person does at once, with the server's answer: tickets, counters, queues."""

from datetime import datetime

from loket.desk.overview import Overview
from loket.desk.parts import Parts
from loket.desk.presence import Presence
from loket.queue.messages import (
    CallOutcome,
    CounterNow,
    PauseCounter,
    QueueNow,
    SetQueue,
    Ticket,
    TicketCard,
    TransferTicket,
)
from loket.queue.rules.opening import PauseReason, QueueReason
from loket.staff.rules import short_name


class LiveDesk:
    """The live acts of a desk: never kept for later; the picture knows their answers first."""

    _parts: Parts
    _presence: Presence
    overview: Overview

    # Tickets

    def call_next(self, believes: str | None) -> CallOutcome:
        """Finish the ticket this desk believes is at its counter, and call the next one."""
        with self._presence.as_somebody() as current:
            outcome = self._parts.queue.call_next(current.counter_id, believes)
        if outcome.finished is not None:
            self._see(outcome.finished)
        called = outcome.called
        if called is not None:
            self._parts.sight.change(lambda picture: picture.with_card(called))
        return outcome

    def put_back(self, ticket_id: str, seen_version: int | None = None) -> Ticket:
        return self._act(ticket_id, "put-back", seen_version)

    def recall(self, ticket_id: str, seen_version: int | None = None) -> Ticket:
        return self._act(ticket_id, "recall", seen_version)

    def start(self, ticket_id: str, seen_version: int | None = None) -> Ticket:
        return self._act(ticket_id, "start", seen_version)

    def finish(self, ticket_id: str, seen_version: int | None = None) -> Ticket:
        return self._act(ticket_id, "finish", seen_version)

    def mark_no_show(self, ticket_id: str, seen_version: int | None = None) -> Ticket:
        return self._act(ticket_id, "no-show", seen_version)

    def resume(self, ticket_id: str, seen_version: int | None = None) -> Ticket:
        """Back from parking: waits on."""
        return self._act(ticket_id, "resume", seen_version)

    def call_parked(self, ticket_id: str, seen_version: int | None = None) -> Ticket:
        """Back from parking, straight to this counter."""
        return self._act(ticket_id, "call-parked", seen_version)

    def return_ticket(self, ticket_id: str, seen_version: int | None = None) -> Ticket:
        """Was noted absent and came after all."""
        return self._act(ticket_id, "return", seen_version)

    def park(self, ticket_id: str, remark: str = "", seen_version: int | None = None) -> Ticket:
        with self._presence.as_somebody() as current:
            ticket = self._see(self._parts.queue.park(ticket_id, remark, seen_version))
            own = {"remark": remark, "parked_by": short_name(current.user.name)}
            self._parts.sight.change(lambda picture: picture.with_parked(ticket, **own))
            return ticket

    def transfer(
        self,
        ticket_id: str,
        *,
        product_id: str | None = None,
        queue_id: str | None = None,
        counter_id: str | None = None,
        seen_version: int | None = None,
    ) -> Ticket:
        """To another product, queue or counter; whatever is not said follows from the rest."""
        command = TransferTicket(
            product_id=product_id,
            queue_id=queue_id,
            counter_id=counter_id,
            seen_version=seen_version,
        )
        with self._presence.as_somebody():
            return self._see(self._parts.queue.transfer(ticket_id, command))

    def add_product(
        self, ticket_id: str, product_id: str, seen_version: int | None = None
    ) -> Ticket:
        with self._presence.as_somebody():
            return self._see(self._parts.queue.add_product(ticket_id, product_id, seen_version))

    def remove_product(
        self, ticket_id: str, product_id: str, seen_version: int | None = None
    ) -> Ticket:
        with self._presence.as_somebody():
            return self._see(self._parts.queue.remove_product(ticket_id, product_id, seen_version))

    def withdraw(self, ticket_id: str, seen_version: int | None = None) -> Ticket:
        return self._act(ticket_id, "withdraw", seen_version)

    def undo(self, ticket_id: str, seen_version: int | None = None) -> Ticket:
        """Take back the last act on the ticket."""
        with self._presence.as_somebody():
            return self._see(self._parts.queue.undo(ticket_id, seen_version))

    # Counters and queues

    def pause(self, reason: PauseReason, until: datetime | None = None) -> CounterNow:
        """Nobody is called to this desk's counter until it opens again."""
        with self._presence.as_somebody() as current:
            return self._pause(current.counter_id, PauseCounter(reason=reason, until=until))

    def end_pause(self) -> CounterNow:
        with self._presence.as_somebody() as current:
            return self._see_counter(self._parts.queue.end_pause(current.counter_id))

    def close_counter(self, counter_id: str) -> CounterNow:
        """A supervisor: nobody is called there until a supervisor opens it again."""
        with self._presence.as_somebody():
            return self._pause(counter_id, PauseCounter(reason=PauseReason.SUPERVISOR))

    def open_counter(self, counter_id: str) -> CounterNow:
        """A supervisor: end the pause of a counter where somebody sits."""
        with self._presence.as_somebody():
            return self._see_counter(self._parts.queue.end_pause(counter_id))

    def open_queue(
        self, queue_id: str, reason: QueueReason, until: datetime | None = None
    ) -> QueueNow:
        """Take tickets again, or outside the ordinary hours; without ``until`` as ordinary."""
        with self._presence.as_somebody():
            command = SetQueue(reason=reason, until=until)
            return self._see_queue(self._parts.queue.open_queue(queue_id, command))

    def close_queue(
        self, queue_id: str, reason: QueueReason, until: datetime | None = None
    ) -> QueueNow:
        """No new tickets, for a while or for the rest of the day."""
        with self._presence.as_somebody():
            command = SetQueue(reason=reason, until=until)
            return self._see_queue(self._parts.queue.close_queue(queue_id, command))

    def _act(self, ticket_id: str, act: str, seen_version: int | None) -> Ticket:
        with self._presence.as_somebody():
            return self._see(self._parts.queue.act(ticket_id, act, seen_version))

    def _see(self, ticket: Ticket) -> Ticket:
        self._parts.sight.change(lambda picture: picture.with_ticket(ticket))
        return ticket

    def _pause(self, counter_id: str, command: PauseCounter) -> CounterNow:
        return self._see_counter(self._parts.queue.pause_counter(counter_id, command))

    def _see_counter(self, counter: CounterNow) -> CounterNow:
        self._parts.sight.change(lambda picture: picture.with_counter_now(counter))
        self.overview.see_counter(counter)
        return counter

    def _see_queue(self, queue: QueueNow) -> QueueNow:
        self._parts.sight.change(lambda picture: picture.with_queue(queue))
        self.overview.see_queue(queue)
        return queue

    def _learn(self, card: TicketCard) -> TicketCard:
        self._parts.sight.change(lambda picture: picture.with_card(card))
        return card
