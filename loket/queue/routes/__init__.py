"""Tickets, calling and the board over HTTP."""

from collections.abc import AsyncIterator, Callable
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Header, Query, Request, Response
from fastapi.responses import StreamingResponse
from sqlalchemy import Connection
from starlette.concurrency import run_in_threadpool

from loket.kit.clock import local
from loket.queue.boards import Boards
from loket.queue.messages import (
    Board,
    CallNext,
    CallOutcome,
    EventPage,
    IssuedTicket,
    IssueTicket,
    LeaseNumbers,
    Leases,
    OwnDay,
    Promises,
    Ticket,
    TicketAct,
    TicketCard,
    Undo,
)
from loket.queue.past import read_promises
from loket.queue.queries import find_by_code, read_card, read_own_day
from loket.queue.routes import acts
from loket.queue.rules.life import OtherCounter
from loket.queue.usecases import calling, issuing, leasing, serving, undoing
from loket.staff.rules import Permission
from loket.store.work import Actor
from loket.web.acting import Deferrable, Live
from loket.web.asking import Asks
from loket.web.problems import PROBLEMS
from loket.web.stream import RESET, Streams, event_page, place_of
from loket.wire.base import Code, Id

router = APIRouter(tags=["queue"], responses=PROBLEMS)
router.include_router(acts.router)


@router.post("/tickets", operation_id="issue_ticket", status_code=201, response_model=IssuedTicket)
def issue_ticket(body: IssueTicket, request: Request, act: Deferrable) -> Response:
    """Give a ticket; its visit begins with it if it is new."""
    offers = request.app.state.offers
    return act.once(
        body,
        lambda work: issuing.issue_ticket(
            work, offers.now(work.connection), body, request.app.state.forecaster
        ),
        status=201,
    )


@router.get("/tickets/{ticket_id}", operation_id="ticket", response_model=TicketCard)
def ticket(ticket_id: Id, request: Request, asks: Asks) -> Response:
    """A ticket with what the counter must know."""
    offers = request.app.state.offers
    return asks.answer(lambda reads, person: read_card(reads, ticket_id, person, offers.now(reads)))


@router.get("/tickets/by-code/{code}", operation_id="find_ticket", response_model=TicketCard)
def find_ticket(code: Code, request: Request, asks: Asks) -> Response:
    """The ticket whose slip was scanned."""
    offers = request.app.state.offers
    return asks.answer(lambda reads, person: find_by_code(reads, code, person, offers.now(reads)))


@router.post(
    "/counters/{counter_id}/call-next", operation_id="call_next", response_model=CallOutcome
)
def call_next(counter_id: Id, body: CallNext, request: Request, act: Live) -> Response:
    """Finish who is at the counter and call the next; nobody waiting is an answer, not an error."""
    offers = request.app.state.offers
    return act.once(
        body,
        lambda work: calling.call_next(work, offers.now(work.connection), counter_id, body),
    )


@router.post("/tickets/{ticket_id}/recall", operation_id="recall_ticket", response_model=Ticket)
def recall_ticket(ticket_id: Id, body: TicketAct, act: Live) -> Response:
    """Call the same ticket once more."""
    return act.once(body, lambda work: calling.recall_ticket(work, ticket_id, body))


@router.post("/tickets/{ticket_id}/start", operation_id="start_ticket", response_model=Ticket)
def start_ticket(ticket_id: Id, body: TicketAct, act: Live) -> Response:
    """The visitor is there."""
    return act.once(body, lambda work: serving.start_ticket(work, ticket_id, body))


@router.post("/tickets/{ticket_id}/finish", operation_id="finish_ticket", response_model=Ticket)
def finish_ticket(ticket_id: Id, body: TicketAct, act: Live) -> Response:
    """Served."""
    return act.once(body, lambda work: serving.finish_ticket(work, ticket_id, body))


@router.post("/tickets/{ticket_id}/put-back", operation_id="put_back_ticket", response_model=Ticket)
def put_back_ticket(ticket_id: Id, body: TicketAct, act: Live) -> Response:
    """Called, but to wait on."""
    return act.once(body, lambda work: serving.put_back_ticket(work, ticket_id, body))


@router.post("/tickets/{ticket_id}/no-show", operation_id="mark_no_show", response_model=Ticket)
def mark_no_show(ticket_id: Id, body: TicketAct, act: Live) -> Response:
    """Called, and nobody came."""
    return act.once(body, lambda work: serving.mark_no_show(work, ticket_id, body))


@router.post("/tickets/{ticket_id}/withdraw", operation_id="withdraw_ticket", response_model=Ticket)
def withdraw_ticket(ticket_id: Id, body: TicketAct, act: Live) -> Response:
    """No longer needed."""
    return act.once(body, lambda work: serving.withdraw_ticket(work, ticket_id, body))


@router.post("/undo", operation_id="undo", response_model=Ticket)
def undo(body: Undo, act: Live, request: Request) -> Response:
    """Take back the last act on a ticket, within five minutes."""
    return act.once(body, lambda work: undoing.undo(work, body, request.app.state.may_revive))


@router.get("/counters/{counter_id}/own-day", operation_id="own_day", response_model=OwnDay)
def own_day(counter_id: Id, request: Request, asks: Asks) -> Response:
    """Today's figures of whoever asks, at their own desk."""

    def read(reads: Connection, person: Actor) -> OwnDay:
        if counter_id != person.counter_id:
            raise OtherCounter(counter=counter_id)
        now = local(request.app.state.store.clock.now())
        midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
        return read_own_day(reads, person.user_id, midnight)

    return asks.answer(read)


@router.post("/sites/{site_id}/leases", operation_id="lease_numbers", response_model=Leases)
def lease_numbers(site_id: Id, body: LeaseNumbers, request: Request, act: Live) -> Response:
    """Numbers for giving tickets while the server is away."""
    offers = request.app.state.offers
    return act.once(
        body, lambda work: leasing.lease_numbers(work, offers.now(work.connection), site_id, body)
    )


@router.get("/sites/{site_id}/board", operation_id="queue_board", response_model=Board)
def queue_board(site_id: Id, request: Request, asks: Asks) -> Response:
    """All that lives at the site, to follow on from by events."""
    state = request.app.state

    boards: Boards = state.boards

    def read(reads: Connection, person: Actor) -> str:
        offer = state.offers.now(reads)
        offer.check_site(site_id)
        _check_may_watch(person, site_id)
        known = state.forecaster.of(site_id)
        return boards.board(
            reads,
            state.streams.epoch,
            person,
            offer,
            state.store.clock.now(),
            site_id=site_id,
            waits=known.message() if known else None,
        )

    return Response(asks.read(read), media_type="application/json")


@router.get("/sites/{site_id}/promises", operation_id="promises", response_model=Promises)
def promises(site_id: Id, day: date, asks: Asks) -> Response:
    """How the promised waits of a day were kept, by queue."""

    def read(reads: Connection, person: Actor) -> Promises:
        if site_id != person.site_id:
            raise OtherCounter(site=site_id)
        return read_promises(reads, site_id, day)

    return asks.answer(read)


_STREAM: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "Server-sent events, or with `Accept: application/json` one page of them",
        "content": {"text/event-stream": {}, "application/json": {}},
        "model": EventPage,
    }
}
_SSE_HEADERS = {"Cache-Control": "no-cache, no-transform", "X-Accel-Buffering": "no"}


@router.get("/sites/{site_id}/events", operation_id="follow_events", responses=_STREAM)
async def follow_events(  # noqa: PLR0913, PLR0917 - a stream has this many ways in
    site_id: Id,
    request: Request,
    asks: Asks,
    epoch: Annotated[str, Query(max_length=36)] = "",
    after: Annotated[int, Query(ge=0)] = 0,
    wait: Annotated[int, Query(ge=0, le=60)] = 25,
    accept: Annotated[str, Header()] = "text/event-stream",
    last_event_id: Annotated[str | None, Header(max_length=80)] = None,
) -> Response:
    """Follow a site from a snapshot on; resumes by epoch and number."""
    person = await run_in_threadpool(asks.person)
    _check_may_watch(person, site_id)
    streams: Streams = request.app.state.streams
    if last_event_id is not None:
        epoch, after = place_of(last_event_id)
    if "application/json" in accept:
        page = await event_page(streams, site_id, epoch, after, wait)
        return Response(page, media_type="application/json")
    return StreamingResponse(
        _frames(streams, site_id, epoch, after, asks.person),
        headers=_SSE_HEADERS,
        media_type="text/event-stream",
    )


def _check_may_watch(person: Actor, site_id: str) -> None:
    """One watches one's own site; who may see figures watches the others too."""
    if site_id != person.site_id and Permission.SEE_FIGURES not in person.permissions:
        raise OtherCounter(site=site_id)


async def _frames(
    streams: Streams, site_id: str, epoch: str, after: int, may_go_on: Callable[[], object]
) -> AsyncIterator[bytes]:
    if await streams.must_reset(site_id, epoch, after):
        yield RESET
        return
    yield streams.greeting()
    async for frame in streams.follow(site_id, after, may_go_on):
        yield frame
