"""From messages to what the rules of order ask for, and back: the same on server and desk."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime

from loket.catalogue.messages import Counter, Queue
from loket.catalogue.rules import ClassRule
from loket.queue.messages import CallReason, Ticket, TicketCard, WaitRange
from loket.queue.rules.life import TicketState
from loket.queue.rules.order import Choice, CounterQueues, Settings, Waiting, Why, choose, ranked
from loket.queue.rules.waits.told import Wait, rounded


def settings_of(queues: Iterable[Queue]) -> Settings:
    """How the classes of each queue wait."""
    return {
        queue.id: {
            each.visitor_class: ClassRule(each.rate, each.limit_minutes) for each in queue.classes
        }
        for queue in queues
    }


def choices_of(counter: Counter) -> CounterQueues:
    return CounterQueues(frozenset(counter.first_choice), frozenset(counter.second_choice))


def waiting_of(ticket: Ticket) -> Waiting:
    return Waiting(
        id=ticket.id,
        number=ticket.number,
        queue_id=ticket.queue_id,
        kind=ticket.kind,
        priority=ticket.priority,
        arrived_at=ticket.arrived_at,
        appointment_at=ticket.appointment_at,
    )


def reason_of(why: Why) -> CallReason:
    return CallReason.model_validate(asdict(why))


def range_of(wait: Wait) -> WaitRange:
    low, middle, high, sure = rounded(wait)
    return WaitRange(low=low, middle=middle, high=high, sure=sure)


def next_cards(
    cards: Iterable[TicketCard], queues: Iterable[Queue], counter: Counter, now: datetime
) -> list[TicketCard]:
    """The waiting cards of a counter's queues in the order in which they would be called now.

    A forecast: the server chooses, by the same rules, from what is true then.
    """
    waiting = {card.ticket.id: card for card in cards if card.ticket.state is TicketState.WAITING}
    settings = settings_of(queues)
    everybody = [
        waiting_of(card.ticket) for card in waiting.values() if card.ticket.queue_id in settings
    ]
    return [waiting[one.id] for one in ranked(everybody, now, settings, choices_of(counter))]


def forecast(
    cards: Iterable[TicketCard], queues: Iterable[Queue], counter: Counter, now: datetime
) -> Choice | None:
    """Whom the button would call now, and why."""
    settings = settings_of(queues)
    everybody = [waiting_of(card.ticket) for card in cards if card.ticket.queue_id in settings]
    return choose(everybody, now, settings, choices_of(counter))
