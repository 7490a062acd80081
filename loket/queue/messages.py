"""Tickets and the board on the wire."""

from datetime import date

from pydantic import Field

from loket.catalogue.rules import VisitorClass
from loket.kit.ids import new_id
from loket.queue.rules.life import TicketKind, TicketState
from loket.queue.rules.opening import ByHand, PauseReason, QueueReason
from loket.queue.rules.order import WhyCode
from loket.visits.messages import Language, StartVisit, Visit
from loket.wire.base import Code, Id, Line, Moment, WireIn, WireOut


class IssueTicket(WireIn):
    """A ticket for a product; the visit is begun in the same transaction if it is new."""

    id: Id = Field(default_factory=new_id)
    visit: StartVisit
    product_id: Id
    more_product_ids: list[Id] = Field(default_factory=list, max_length=8)
    """What else they come for, of the same queue: one number for all of it."""
    code: Code | None = None
    """What the barcode carries, when the slip was printed before the server knew."""
    leased_number: int | None = Field(default=None, ge=900, le=999)
    """Given by the desk from its lease while the server was away."""


class CallReason(WireOut):
    """Why this person was called: what :class:`loket.queue.rules.order.Why` says."""

    code: WhyCode
    minutes: int
    limit: int
    at: Moment | None
    priority: str
    second_choice: str
    then: str


class Ticket(WireOut):
    """A ticket without anything personal: this form also travels in events."""

    id: str
    number: str
    """As printed: ``A014``."""
    code: str
    site_id: str
    queue_id: str
    product_id: str
    """What the visitor is, or will be, served for."""
    product_ids: list[str]
    """All they came for; the first one is ``product_id``."""
    visit_id: str
    kind: TicketKind
    state: TicketState
    version: int
    """Grows with every act; a desk says which one it saw."""
    arrived_at: Moment
    appointment_at: Moment | None
    """Of who checked in for an appointment."""
    issued_at: Moment
    state_since: Moment
    first_called_at: Moment | None
    last_called_at: Moment | None
    serving_since: Moment | None
    calls: int
    """How often called, recalls included."""
    counter_id: str | None
    """Where they are called, served or parked."""
    only_counter_id: str | None
    """The counter that a transfer named: while it is open, nobody else calls."""
    parked_by: str | None
    """Id of who parked it."""
    priority: str
    language: Language
    why: CallReason | None
    """Why this person was called, while they are at a counter."""


class TicketCard(WireOut):
    """A ticket with what the counter must know of the visitor."""

    ticket: Ticket
    visitor_name: str
    note: str
    remark: str
    """Why they are parked."""
    parked_by: str
    """Short name of who parked them, such as ``Tom C.``."""


class WaitRange(WireOut):
    """A promised wait in whole minutes: of five visitors four are called from low to high."""

    low: int
    middle: int
    high: int
    sure: int
    """Nineteen of twenty are called before this."""


class QueueWait(WireOut):
    """The wait of who would come to a queue now."""

    queue_id: str
    visitor_class: VisitorClass
    low: int
    middle: int
    high: int
    sure: int


class Waits(WireOut):
    """Message ``waits`` of the stream, which has no number: the latest replaces those before."""

    made_at: Moment
    number: int
    """The last event it reckons with."""
    waits: list[QueueWait]
    """Queues that no open counter serves are not in it."""


class PromiseError(WireOut):
    """How the promises of a day were kept in a queue; minutes, and shares from 0 to 1."""

    queue_id: str
    promises: int
    mean_absolute_error: float
    bias: float
    """Above 0: promised longer than it took."""
    likely_held: float
    sure_held: float


class Promises(WireOut):
    """How the promises of a day were kept at a site."""

    day: date
    queues: list[PromiseError]


class IssuedTicket(WireOut):
    """The answer to :class:`IssueTicket`, with the wait promised on the slip."""

    ticket: Ticket
    visit: Visit
    ahead: int
    wait_minutes: int | None
    """The middle of what is promised; None while no counter is open for it."""
    wait: WaitRange | None
    """What is promised, as a range; None where nobody could reckon it."""
    page_address: str
    """Where the visitor follows their turn; empty where the town has no public address."""


class CallNext(WireIn):
    """Finish the ticket at the counter, if any, and call the next one."""

    believes: Id | None = None
    """The ticket the desk believes is at its counter."""


class CallOutcome(WireOut):
    """Who was called (nobody: the queues are empty), and what was finished to do so."""

    called: TicketCard | None
    finished: Ticket | None


class TicketAct(WireIn):
    """One act on one ticket, as seen by the desk that does it."""

    seen_version: int | None = None
    """Refused when the ticket has moved on since; None: only the state decides."""


class ParkTicket(TicketAct):
    """The visitor comes back later in the day."""

    remark: Line = ""
    """Where, or why, such as ``maakt pasfoto``."""


class TransferTicket(TicketAct):
    """To another product, queue or counter; whatever is not said follows from the rest."""

    product_id: Id | None = None
    queue_id: Id | None = None
    counter_id: Id | None = None
    """Only this counter may then call it, as long as somebody calls there."""


class AddProduct(TicketAct):
    """One more thing the visitor came for."""

    product_id: Id


class Undo(WireIn):
    """Take back the last act on this ticket."""

    ticket_id: Id
    seen_version: int | None = None


class Period(WireOut):
    opens_at: Moment
    closes_at: Moment


class QueueNow(WireOut):
    """A queue today: its hours, and how many counters are open for it."""

    queue_id: str
    hours: list[Period]
    """As they hold today, with what was set by hand put over them."""
    closed_reason: str
    """Name of the holiday or exception; empty on an ordinary day."""
    open_counters: int
    by_hand: ByHand | None
    """How a supervisor set it, from when until when, and why; None: nobody did."""
    hand_reason: QueueReason | None
    hand_from: Moment | None
    hand_until: Moment | None


class CounterNow(WireOut):
    """Who sits at a counter."""

    counter_id: str
    clerk: str
    """Short name, such as ``Tom C.``; empty: nobody."""
    open: bool
    """Somebody calls there, and does not pause."""
    pause: PauseReason | None
    paused_since: Moment | None
    pause_until: Moment | None
    """When they expect to be back; None: not said."""


class PauseCounter(WireIn):
    """Nobody is called to this counter from now on."""

    reason: PauseReason
    until: Moment | None = None


class CounterAct(WireIn):
    """An act on a counter that needs no more words."""


class SetQueue(WireIn):
    """Open or close a queue by hand, for today at most."""

    reason: QueueReason = QueueReason.OTHER
    until: Moment | None = None
    """None: for the rest of the day."""


class Board(WireOut):
    """All that lives at one site, as one snapshot; events after ``number`` follow it."""

    site_id: str
    epoch: str
    number: int
    made_at: Moment
    queues: list[QueueNow]
    counters: list[CounterNow]
    cards: list[TicketCard]
    """Every ticket of today that is still alive: waiting, called, serving, parked, no-show."""
    waits: Waits | None
    """None while the server has not reckoned them yet; they follow then."""


class OwnDay(WireOut):
    """A clerk's own figures of today, in seconds where they are times."""

    since: Moment
    served: int
    mean_service: int
    mean_wait: int
    no_shows: int


class LeaseNumbers(WireIn):
    """Numbers 900 to 999 for giving tickets while the server is away."""

    count: int = Field(default=3, ge=1, le=10)
    """So many per series of the desk's site."""


class Lease(WireOut):
    series_prefix: str
    day: str
    numbers: list[int]


class Leases(WireOut):
    leases: list[Lease]


class TicketChanged(WireOut):
    """Event ``ticket_changed``: the ticket as it now is and the act that made it so."""

    act: str
    ticket: Ticket


class CounterChanged(WireOut):
    """Event ``counter_changed``."""

    counter: CounterNow
    open_counters: dict[str, int]
    """Queue id to number of open counters, for the queues that this counter serves."""


class QueueChanged(WireOut):
    """Event ``queue_changed``: it was opened or closed by hand."""

    queue: QueueNow


class StreamEvent(WireOut):
    """One event of a site: numbered in the order of commit."""

    number: int
    kind: str
    at: Moment
    data: dict[str, object]


class EventPage(WireOut):
    """Long polling: the events after a number; ``reset`` asks for a new snapshot."""

    epoch: str
    reset: bool
    events: list[StreamEvent]
    waits: Waits | None
