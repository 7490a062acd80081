"""Tickets and the board from the desk's side."""

from collections.abc import Callable
from datetime import date

from loket.link.delivery import Delivered, Delivery, Kept
from loket.link.follower import Place
from loket.link.http import Limits, Request, ServerLink, T, parse
from loket.link.live import LiveActs
from loket.link.outbox import Letter
from loket.link.session import Session
from loket.queue.messages import (
    AddProduct,
    Board,
    CallNext,
    CallOutcome,
    CounterAct,
    CounterNow,
    EventPage,
    IssuedTicket,
    IssueTicket,
    LeaseNumbers,
    Leases,
    OwnDay,
    ParkTicket,
    PauseCounter,
    Promises,
    QueueNow,
    SetQueue,
    Ticket,
    TicketAct,
    TicketCard,
    TransferTicket,
    Undo,
)

POLL_SECONDS = 5
"""Short, because a question that waits cannot be broken off: a window closes within it."""
_POLL = Limits(connect=3.0, read=POLL_SECONDS + 10)


class QueueGateway:
    """Typed calls about tickets. Only issuing one may wait in the outbox; the rest is live."""

    def __init__(
        self, link: ServerLink, session: Session, *, live: LiveActs, delivery: Delivery
    ) -> None:
        self._link = link
        self._session = session
        self._live = live
        self._delivery = delivery

    def issue(
        self, command: IssueTicket, *, without_server: Callable[[], IssueTicket]
    ) -> Delivered[IssuedTicket] | Kept:
        """Issue it; ``without_server`` gives the ticket a leased number when nobody answers."""

        def letter(of: IssueTicket) -> Letter:
            request = Request.post("/tickets", IssuedTicket, of)
            return self._delivery.letter(request, thread=of.visit.id, kind="issue_ticket")

        answer = self._delivery.hand_in(letter(command), spare=lambda: letter(without_server()))
        return answer if isinstance(answer, Kept) else Delivered(parse(answer, IssuedTicket))

    def call_next(self, counter_id: str, believes: str | None) -> CallOutcome:
        command = CallNext(believes=believes)
        path = f"/counters/{counter_id}/call-next"
        return self._live.perform(Request.post(path, CallOutcome, command))

    def act(self, ticket_id: str, act: str, seen_version: int | None = None) -> Ticket:
        """``act`` as its address has it: put-back, recall, start, call-parked, return."""
        command = TicketAct(seen_version=seen_version)
        return self._live.perform(Request.post(f"/tickets/{ticket_id}/{act}", Ticket, command))

    def park(self, ticket_id: str, remark: str, seen_version: int | None = None) -> Ticket:
        command = ParkTicket(seen_version=seen_version, remark=remark)
        return self._live.perform(Request.post(f"/tickets/{ticket_id}/park", Ticket, command))

    def transfer(self, ticket_id: str, command: TransferTicket) -> Ticket:
        path = f"/tickets/{ticket_id}/transfer"
        return self._live.perform(Request.post(path, Ticket, command))

    def add_product(
        self, ticket_id: str, product_id: str, seen_version: int | None = None
    ) -> Ticket:
        command = AddProduct(seen_version=seen_version, product_id=product_id)
        return self._live.perform(Request.post(f"/tickets/{ticket_id}/products", Ticket, command))

    def remove_product(
        self, ticket_id: str, product_id: str, seen_version: int | None = None
    ) -> Ticket:
        return self.act(ticket_id, f"products/{product_id}/remove", seen_version)

    def pause_counter(self, counter_id: str, command: PauseCounter) -> CounterNow:
        path = f"/counters/{counter_id}/pause"
        return self._live.perform(Request.post(path, CounterNow, command))

    def end_pause(self, counter_id: str) -> CounterNow:
        path = f"/counters/{counter_id}/end-pause"
        return self._live.perform(Request.post(path, CounterNow, CounterAct()))

    def open_queue(self, queue_id: str, command: SetQueue) -> QueueNow:
        return self._live.perform(Request.post(f"/queues/{queue_id}/open", QueueNow, command))

    def close_queue(self, queue_id: str, command: SetQueue) -> QueueNow:
        return self._live.perform(Request.post(f"/queues/{queue_id}/close", QueueNow, command))

    def undo(self, ticket_id: str, seen_version: int | None = None) -> Ticket:
        command = Undo(ticket_id=ticket_id, seen_version=seen_version)
        return self._live.perform(Request.post("/undo", Ticket, command))

    def card(self, ticket_id: str) -> TicketCard:
        return self._read(f"/tickets/{ticket_id}", TicketCard)

    def find(self, code: str) -> TicketCard:
        """The ticket whose slip was scanned."""
        return self._read(f"/tickets/by-code/{code}", TicketCard)

    def own_day(self, counter_id: str) -> OwnDay:
        return self._read(f"/counters/{counter_id}/own-day", OwnDay)

    def lease_numbers(self, site_id: str, count: int) -> Leases:
        """Numbers for giving tickets while the server is away."""
        command = LeaseNumbers(count=count)
        return self._live.perform(Request.post(f"/sites/{site_id}/leases", Leases, command))

    def promises(self, site_id: str, day: date) -> Promises:
        """How the promised waits of a day were kept."""
        return self._read(f"/sites/{site_id}/promises?day={day.isoformat()}", Promises)

    def board(self, site_id: str) -> Board:
        return self._read(f"/sites/{site_id}/board", Board)

    def events_path(self, site_id: str, place: Place) -> str:
        return f"/sites/{site_id}/events?epoch={place.epoch}&after={place.number}"

    def events(self, site_id: str, place: Place) -> EventPage:
        """The events after a place, waiting for the first one: long polling."""
        path = f"{self.events_path(site_id, place)}&wait={POLL_SECONDS}"
        return self._read(path, EventPage, _POLL)

    def _read(self, path: str, answer: type[T], limits: Limits | None = None) -> T:
        request = Request.get(path, answer).with_headers(self._session.bearer())
        return self._link.call(request, limits=limits or Limits())
