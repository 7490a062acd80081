"""The picture of a site that screens render: a snapshot, and what events make of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from types import MappingProxyType
from typing import TypeVar

from loket.catalogue.rules import VisitorClass
from loket.queue.messages import (
    Board,
    CounterChanged,
    CounterNow,
    QueueChanged,
    QueueNow,
    StreamEvent,
    Ticket,
    TicketCard,
    TicketChanged,
    WaitRange,
    Waits,
)
from loket.queue.rules.life import ALIVE, TicketState

V = TypeVar("V")
K = TypeVar("K")


class ConnectionState(StrEnum):
    """How a desk stands with its server."""

    CONNECTED = "connected"
    OFFLINE = "offline"
    SENDING = "sending"


@dataclass(frozen=True)
class Connection:
    """What the pill shows: the state, entries still to send, and entries that need a person."""

    state: ConnectionState = ConnectionState.OFFLINE
    waiting: int = 0
    parked: int = 0

    @classmethod
    def of(cls, *, online: bool, waiting: int, parked: int) -> "Connection":
        if not online:
            return cls(ConnectionState.OFFLINE, waiting, parked)
        state = ConnectionState.SENDING if waiting else ConnectionState.CONNECTED
        return cls(state, waiting, parked)


@dataclass(frozen=True)
class SitePicture:
    """All that lives at one site; each change gives a new one."""

    site_id: str
    epoch: str
    number: int
    """The last event that is in it."""
    cards: Mapping[str, TicketCard]
    queues: Mapping[str, QueueNow]
    counters: Mapping[str, CounterNow]
    connection: Connection
    unread: frozenset[str] = frozenset()
    """Tickets whose visitor is not known, or not as they now are: a card has to be read."""
    waits: Mapping[tuple[str, VisitorClass], WaitRange] = field(default_factory=lambda: _frozen({}))
    """What the server last said that who comes now would wait."""
    gone: Mapping[str, int] = field(default_factory=lambda: _frozen({}))
    """Versions of tickets that left the picture, lest an older answer brings one back."""

    @classmethod
    def empty(cls, site_id: str = "") -> "SitePicture":
        return cls(
            site_id=site_id,
            epoch="",
            number=0,
            cards=_frozen({}),
            queues=_frozen({}),
            counters=_frozen({}),
            connection=Connection(),
        )

    @classmethod
    def of(cls, board: Board, connection: Connection) -> "SitePicture":
        """A snapshot as a picture."""
        return cls(
            site_id=board.site_id,
            epoch=board.epoch,
            number=board.number,
            cards=_frozen({card.ticket.id: card for card in board.cards}),
            queues=_frozen({queue.queue_id: queue for queue in board.queues}),
            counters=_frozen({counter.counter_id: counter for counter in board.counters}),
            connection=connection,
            waits=_waits(board.waits),
        )

    def with_waits(self, waits: Waits | None) -> "SitePicture":
        return self if waits is None else replace(self, waits=_waits(waits))

    def wait_of(self, queue_id: str, *, priority: str = "") -> WaitRange | None:
        """The wait of who would come to a queue now; None where nothing is known of it."""
        plain = self.waits.get((queue_id, VisitorClass.WALK_IN))
        first = self.waits.get((queue_id, VisitorClass.PRIORITY)) if priority else None
        return first or plain

    def with_connection(self, connection: Connection) -> "SitePicture":
        return self if connection == self.connection else replace(self, connection=connection)

    def with_ticket(self, ticket: Ticket) -> "SitePicture":
        """The picture with a ticket as it now is; the same one if it knew that already."""
        if ticket.site_id != self.site_id or not self._is_news(ticket):
            return self
        known = self.cards.get(ticket.id)
        if ticket.state not in ALIVE:
            return self._without(ticket)
        card = self._carried_over(known, ticket)
        # Events carry no words: why somebody was parked has to be read as well.
        parked = ticket.state is TicketState.PARKED and not (card.parked_by or card.remark)
        unread = self.unread if known and not parked else self.unread | {ticket.id}
        return replace(self, cards=_with(self.cards, ticket.id, card), unread=unread)

    def _carried_over(self, known: TicketCard | None, ticket: Ticket) -> TicketCard:
        """A ticket with what was known of its visitor; why they are parked ends with that."""
        if known is None:
            return TicketCard(ticket=ticket, visitor_name="", note="", remark="", parked_by="")
        same = ticket.state is TicketState.PARKED and known.ticket.state is TicketState.PARKED
        ended = {} if same else {"remark": "", "parked_by": ""}
        return known.model_copy(update={"ticket": ticket, **ended})

    def with_card(self, card: TicketCard) -> "SitePicture":
        """The picture with a ticket and its visitor as they were just read."""
        ticket = card.ticket
        grown = self.with_ticket(ticket)
        known = grown.cards.get(ticket.id)
        if known is None:
            return grown
        read = card.model_copy(update={"ticket": known.ticket})
        if card.ticket.version < known.ticket.version:
            read = read.model_copy(update={"remark": known.remark, "parked_by": known.parked_by})
        if read == known and ticket.id not in grown.unread:
            return grown
        return replace(
            grown, cards=_with(grown.cards, ticket.id, read), unread=grown.unread - {ticket.id}
        )

    def with_parked(self, ticket: Ticket, *, remark: str, parked_by: str) -> "SitePicture":
        """What the desk that parked it knows of the parking, before any card is read."""
        known = self.cards.get(ticket.id)
        if known is None or known.ticket.version != ticket.version:
            return self
        card = known.model_copy(update={"remark": remark, "parked_by": parked_by})
        cards, unread = _with(self.cards, ticket.id, card), self.unread - {ticket.id}
        return replace(self, cards=cards, unread=unread)

    def with_counter(self, changed: CounterChanged) -> "SitePicture":
        queues = {
            queue_id: queue.model_copy(update={"open_counters": changed.open_counters[queue_id]})
            for queue_id, queue in self.queues.items()
            if queue_id in changed.open_counters
        }
        counter = changed.counter
        return replace(
            self,
            counters=_with(self.counters, counter.counter_id, counter),
            queues=_frozen({**self.queues, **queues}),
        )

    def with_counter_now(self, counter: CounterNow) -> "SitePicture":
        """A counter as an act on it answered; how many are open per queue follows by event."""
        if counter.counter_id not in self.counters:
            return self  # it stands at another site
        return replace(self, counters=_with(self.counters, counter.counter_id, counter))

    def with_queue(self, queue: QueueNow) -> "SitePicture":
        """A queue that was opened or closed by hand."""
        if queue.queue_id not in self.queues:
            return self  # it is of another site
        return replace(self, queues=_with(self.queues, queue.queue_id, queue))

    def with_visit_changed(self, visit_id: str) -> "SitePicture":
        """The visitor's name or note may be another: their cards have to be read again."""
        stale = {key for key, card in self.cards.items() if card.ticket.visit_id == visit_id}
        return replace(self, unread=self.unread | stale) if stale else self

    def _is_news(self, ticket: Ticket) -> bool:
        known = self.cards.get(ticket.id)
        version = known.ticket.version if known else self.gone.get(ticket.id)
        return version is None or ticket.version > version

    def _without(self, ticket: Ticket) -> "SitePicture":
        cards = {key: card for key, card in self.cards.items() if key != ticket.id}
        return replace(
            self,
            cards=_frozen(cards),
            unread=self.unread - {ticket.id},
            gone=_with(self.gone, ticket.id, ticket.version),
        )


def _waits(waits: Waits | None) -> Mapping[tuple[str, VisitorClass], WaitRange]:
    return _frozen(
        {
            (one.queue_id, one.visitor_class): WaitRange(
                low=one.low, middle=one.middle, high=one.high, sure=one.sure
            )
            for one in (waits.waits if waits else ())
        }
    )


def apply(picture: SitePicture, event: StreamEvent) -> SitePicture | None:
    """The picture after an event; the same one for an event it has; None asks for a snapshot."""
    if event.number <= picture.number:
        return picture
    after = _applied(picture, event)
    return None if after is None else replace(after, number=event.number)


def _applied(picture: SitePicture, event: StreamEvent) -> SitePicture | None:
    match event.kind:
        case "ticket_changed":
            return picture.with_ticket(TicketChanged.model_validate(event.data).ticket)
        case "counter_changed":
            return picture.with_counter(CounterChanged.model_validate(event.data))
        case "queue_changed":
            return picture.with_queue(QueueChanged.model_validate(event.data).queue)
        case "visit_changed":
            return picture.with_visit_changed(str(event.data["visit_id"]))
        case "hours_changed":
            return None  # hours are in the snapshot only
        case _:
            return picture  # not about the picture, or newer than this program


def _with(mapping: Mapping[str, V], key: str, value: V) -> Mapping[str, V]:
    return _frozen({**mapping, key: value})


def _frozen(values: dict[K, V]) -> Mapping[K, V]:
    return MappingProxyType(values)
