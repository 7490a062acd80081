"""Calendar addresses: managed over the API, read by office programs without an account."""

import hashlib
from typing import Final

from fastapi import APIRouter, Request, Response
from sqlalchemy import Connection

from loket.appointments.messages import Feed, Feeds, MakeFeed, NewFeed, RevokeFeed
from loket.appointments.queries.feeds import find_feed, items, read_feeds
from loket.appointments.routes.acts import Within
from loket.appointments.usecases import feeding
from loket.channels.calendar import feed as written
from loket.staff.queries import digest
from loket.staff.rules import Permission
from loket.store.errors import MayNot
from loket.store.work import Actor
from loket.web.acting import Live
from loket.web.asking import Asks, store_of
from loket.web.limits import Allowance, Limiter
from loket.web.public import SAFE, asked_from, nothing_here, too_often
from loket.wire.base import Id

router = APIRouter()
public = APIRouter(prefix=feeding.PATH, include_in_schema=False)
_EACH: Final = Allowance(most=120, per_second=2)
"""A whole town hall may sit behind one address, and each program asks now and then."""
_EVERYBODY: Final = Allowance(most=1000, per_second=50)
_GUESS: Final = 12.0


def feed_limiter() -> Limiter:
    return Limiter(_EACH, _EVERYBODY)


@router.post("/calendar-feeds", operation_id="make_feed", response_model=NewFeed, status_code=201)
def make_feed(body: MakeFeed, act: Live, within: Within) -> Response:
    """A new secret address; this answer is the only place where it stands."""
    return act.once(
        body, lambda work: feeding.make_feed(work, within.offer(work), body), status=201
    )


@router.post("/calendar-feeds/{feed_id}/revoke", operation_id="revoke_feed", response_model=Feed)
def revoke_feed(feed_id: Id, body: RevokeFeed, act: Live) -> Response:
    """Nobody reads it any more."""
    return act.once(body, lambda work: feeding.revoke_feed(work, feed_id))


@router.get("/calendar-feeds", operation_id="calendar_feeds", response_model=Feeds)
def calendar_feeds(asks: Asks) -> Response:
    """The addresses there are, without what is secret in them."""

    def read(connection: Connection, person: Actor) -> Feeds:
        if Permission.MANAGE_CALENDAR not in person.permissions:
            raise MayNot(permission=Permission.MANAGE_CALENDAR)
        return read_feeds(connection)

    return asks.answer(read)


@public.get("/{token}.ics")
def calendar(token: str, request: Request) -> Response:
    """A calendar for who knows its address; others find nothing."""
    state, store = request.app.state, store_of(request)
    limiter: Limiter = state.feed_limiter
    address = asked_from(request)
    wait = limiter.wait(address)
    if wait:
        return too_often(wait)
    now = store.clock.now()
    with store.reading() as connection:
        row = find_feed(connection, digest(token))
        found = items(connection, state.offers.now(connection), row, now) if row else []
    if row is None:
        limiter.fine(address, _GUESS)
        return nothing_here()
    feeding.note_read(store, row, now)
    return _answer(request, written(found, row.name))


def _answer(request: Request, content: bytes) -> Response:
    """With a tag, so that a program that has it already is not sent it again (RFC 9110, 13)."""
    tag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
    headers = {**SAFE, "Cache-Control": "private, no-cache", "ETag": tag}
    if request.headers.get("if-none-match") == tag:
        return Response(status_code=304, headers=headers)
    return Response(content, headers=headers, media_type="text/calendar; charset=utf-8")
