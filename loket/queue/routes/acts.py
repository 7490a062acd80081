"""Parking, transferring, more products, pauses, queues by hand: the other live acts over HTTP."""

from fastapi import APIRouter, Request, Response

from loket.queue.messages import (
    AddProduct,
    CounterAct,
    CounterNow,
    ParkTicket,
    PauseCounter,
    QueueNow,
    SetQueue,
    Ticket,
    TicketAct,
    TransferTicket,
)
from loket.queue.usecases import opening, parking, pausing, products, transferring
from loket.web.acting import Live
from loket.wire.base import Id

router = APIRouter()


@router.post("/tickets/{ticket_id}/park", operation_id="park_ticket", response_model=Ticket)
def park_ticket(ticket_id: Id, body: ParkTicket, act: Live) -> Response:
    """Away for a while; where, and who parked them, stays with the ticket."""
    return act.once(body, lambda work: parking.park_ticket(work, ticket_id, body))


@router.post("/tickets/{ticket_id}/resume", operation_id="resume_ticket", response_model=Ticket)
def resume_ticket(ticket_id: Id, body: TicketAct, act: Live) -> Response:
    """Back from parking: waits on."""
    return act.once(body, lambda work: parking.resume_ticket(work, ticket_id, body))


@router.post("/tickets/{ticket_id}/call-parked", operation_id="call_parked", response_model=Ticket)
def call_parked(ticket_id: Id, body: TicketAct, request: Request, act: Live) -> Response:
    """Back from parking, straight to the counter of who parked them."""
    offers = request.app.state.offers
    return act.once(
        body,
        lambda work: parking.call_parked(work, offers.now(work.connection), ticket_id, body),
    )


@router.post("/tickets/{ticket_id}/return", operation_id="return_ticket", response_model=Ticket)
def return_ticket(ticket_id: Id, body: TicketAct, act: Live) -> Response:
    """Was noted absent and came after all."""
    return act.once(body, lambda work: parking.return_ticket(work, ticket_id, body))


@router.post("/tickets/{ticket_id}/transfer", operation_id="transfer_ticket", response_model=Ticket)
def transfer_ticket(ticket_id: Id, body: TransferTicket, request: Request, act: Live) -> Response:
    """To another product, queue or counter, with the same number."""
    offers = request.app.state.offers
    return act.once(
        body,
        lambda work: transferring.transfer_ticket(
            work, offers.now(work.connection), ticket_id, body
        ),
    )


@router.post("/tickets/{ticket_id}/products", operation_id="add_product", response_model=Ticket)
def add_product(ticket_id: Id, body: AddProduct, request: Request, act: Live) -> Response:
    """One more thing they came for."""
    offers = request.app.state.offers
    return act.once(
        body,
        lambda work: products.add_product(work, offers.now(work.connection), ticket_id, body),
    )


@router.post(
    "/tickets/{ticket_id}/products/{product_id}/remove",
    operation_id="remove_product",
    response_model=Ticket,
)
def remove_product(ticket_id: Id, product_id: Id, body: TicketAct, act: Live) -> Response:
    """Not for this after all."""
    return act.once(body, lambda work: products.remove_product(work, ticket_id, product_id, body))


@router.post(
    "/counters/{counter_id}/pause", operation_id="pause_counter", response_model=CounterNow
)
def pause_counter(counter_id: Id, body: PauseCounter, request: Request, act: Live) -> Response:
    """Nobody is called there until it opens again."""
    offers = request.app.state.offers
    return act.once(
        body,
        lambda work: pausing.pause_counter(work, offers.now(work.connection), counter_id, body),
    )


@router.post(
    "/counters/{counter_id}/end-pause", operation_id="end_pause", response_model=CounterNow
)
def end_pause(counter_id: Id, body: CounterAct, request: Request, act: Live) -> Response:
    """The counter is open again."""
    offers = request.app.state.offers
    return act.once(
        body, lambda work: pausing.end_pause(work, offers.now(work.connection), counter_id, body)
    )


@router.post("/queues/{queue_id}/open", operation_id="open_queue", response_model=QueueNow)
def open_queue(queue_id: Id, body: SetQueue, request: Request, act: Live) -> Response:
    """Take tickets again, or outside the ordinary hours."""
    offers = request.app.state.offers
    return act.once(
        body, lambda work: opening.open_queue(work, offers.now(work.connection), queue_id, body)
    )


@router.post("/queues/{queue_id}/close", operation_id="close_queue", response_model=QueueNow)
def close_queue(queue_id: Id, body: SetQueue, request: Request, act: Live) -> Response:
    """No new tickets; who waits is still served."""
    offers = request.app.state.offers
    return act.once(
        body, lambda work: opening.close_queue(work, offers.now(work.connection), queue_id, body)
    )
