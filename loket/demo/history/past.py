"""What happened, as plain values: visits with their acts and tickets, tickets with their states."""

from dataclasses import dataclass
from datetime import date, datetime

from loket.queue.rules.life import TicketKind, TicketState
from loket.visits.messages import ActKind, Channel, Language


@dataclass(frozen=True)
class Stay:
    """A state a ticket was in, from when to when, at which counter and by whom."""

    state: TicketState
    from_at: datetime
    to_at: datetime | None
    """None: the last state."""
    user_id: str
    counter_id: str | None = None
    calls: int = 0
    last_call_at: datetime | None = None

    def until(self, at: datetime) -> "Stay":
        """The same stay, over at that moment."""
        return Stay(
            self.state,
            self.from_at,
            at,
            self.user_id,
            self.counter_id,
            self.calls,
            self.last_call_at,
        )


@dataclass(frozen=True)
class PastTicket:
    """A ticket and all its states."""

    id: str
    code: str
    queue_id: str
    product_id: str
    kind: TicketKind
    prefix: str
    number: int
    arrived_at: datetime
    appointment_at: datetime | None
    promised_minutes: int
    stays: tuple[Stay, ...]


@dataclass(frozen=True)
class PastAct:
    """Something done for the visitor."""

    id: str
    kind: ActKind
    at: datetime
    ticket_id: str | None
    product_id: str | None
    text: str = ""


@dataclass(frozen=True)
class PastVisit:
    """A visit that is over. Names are not kept so long, so there are none."""

    id: str
    site_id: str
    day: date
    started_at: datetime
    ended_at: datetime
    closed_at: datetime
    user_id: str
    counter_id: str
    channel: Channel
    language: Language
    priority: str
    follow_up_code: str
    acts: tuple[PastAct, ...]
    ticket: PastTicket | None
