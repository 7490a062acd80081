"""The application: kernels and areas put together."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import cache
from typing import Any

from fastapi import APIRouter, FastAPI, HTTPException
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import State
from starlette.routing import BaseRoute

from loket import __version__
from loket.appointments import routes as appointment_routes
from loket.appointments.queries.plans import Plans
from loket.appointments.routes import feeds
from loket.appointments.usecases.arriving import may_revive
from loket.catalogue import routes as catalogue_routes
from loket.catalogue.offer import Offers
from loket.channels import settings as channels
from loket.channels.tiles import TileServer
from loket.correspondence import routes as correspondence_routes
from loket.correspondence.sending import Postman
from loket.displays import routes as display_routes
from loket.displays import screen as display_screen
from loket.displays.gate import Gate
from loket.geography import routes as geography_routes
from loket.geography.queries import Places
from loket.insight import routes as insight_routes
from loket.insight.queries.advice import Simulated
from loket.insight.queries.past_days import PastDays
from loket.kit import ids
from loket.kit.clock import Clock
from loket.kit.errors import Outdated
from loket.kit.logs import request_id
from loket.queue import routes as queue_routes
from loket.queue.boards import Boards
from loket.queue.forecaster import Forecaster
from loket.queue.queries import measured
from loket.queue.usecases.following import follow_visit
from loket.reports import routes as report_routes
from loket.reports.rules.attachments import MOST_BYTES
from loket.reports.suggesting.asking import Suggesting
from loket.reports.usecases.locating import MapOfPlaces
from loket.server import routes as own_routes
from loket.server.seats import Seats
from loket.server.settings import ServerSettings
from loket.staff import routes as staff_routes
from loket.staff.attempts import Judge
from loket.staff.queries import StaffIdentities
from loket.store.work import Store
from loket.visitor_page import routes as visitor_routes
from loket.visits import routes as visit_routes
from loket.web import problems, public
from loket.web.problems import TooLarge
from loket.web.stream import Streams
from loket.wire import protocol


def create_app(settings: ServerSettings, store: Store, clock: Clock) -> FastAPI:
    """Put the server together over an open, migrated store."""
    app = FastAPI(
        title="Loket",
        version=__version__,
        lifespan=_lifespan,
        openapi_url=f"{protocol.API_PREFIX}/openapi.json",
        docs_url=None,
        redoc_url=None,
        routes=_all_routes(),
    )
    state = app.state
    state.store = store
    state.judge = Judge(settings.hasher)
    state.demonstration = settings.demonstration
    state.identify = StaffIdentities(clock)
    state.offers = Offers(clock, measured)
    _map(state, settings)
    state.boards = Boards()
    state.plans = Plans()
    state.past_days = PastDays()
    seats = Seats(state.offers)
    state.take_seat, state.leave_seat = seats.take, seats.leave
    state.on_visit_changed = follow_visit
    state.may_revive = may_revive
    _guard(state)
    state.streams = Streams(store)
    forecaster = Forecaster(
        store,
        state.offers,
        lambda site, waits: state.streams.push(site, "waits", waits.model_dump_json()),
    )
    state.forecaster = forecaster
    state.what_if = Simulated(forecaster)
    state.streams.on_events(forecaster.touch)
    state.postman = Postman(store, channels.opened(settings.channels, settings.outgoing))
    store.on_commit(state.postman.wake, "message_changed")
    state.on_started = _nothing
    state.on_request = _nothing
    problems.install(app)
    app.add_middleware(Envelope, clock=clock)
    return app


def _map(state: State, settings: ServerSettings) -> None:
    """Where things are in the town, and what reports are about."""
    tiles = settings.tiles
    state.tiles = TileServer(tiles, settings.tile_folder) if tiles.url else None
    state.places = Places()
    state.locate = MapOfPlaces(state.places)
    state.suggesting = Suggesting()


def _guard(state: State) -> None:
    """What keeps people without an account from asking too much."""
    state.display_gate = Gate()
    state.page_limiter = visitor_routes.page_limiter()
    state.feed_limiter = feeds.feed_limiter()


def _nothing() -> None:
    """What happens at a start or a request of a server that does not count its desks."""


_AREAS = (
    own_routes,
    staff_routes,
    catalogue_routes,
    geography_routes,
    correspondence_routes,
    visit_routes,
    queue_routes,
    report_routes,
    appointment_routes,
    display_routes,
    insight_routes,
)


_PAGES = (public.router, display_screen.router, visitor_routes.router, feeds.public)


@cache
def _all_routes() -> list[BaseRoute]:
    """What can be asked: no state in it, so that all servers of a process have the same.

    FastAPI works a route out when it is first asked for, and keeps that with what is included
    here: some 5 ms a route, which a second server need not spend again.
    """
    areas, router = APIRouter(), APIRouter()
    for area in _AREAS:
        areas.include_router(area.router)
    router.include_router(areas, prefix=protocol.API_PREFIX)
    for pages in _PAGES:
        router.include_router(pages)
    return router.routes


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    streams: Streams = app.state.streams
    streams.start()
    app.state.forecaster.start()
    app.state.postman.start()
    app.state.on_started()
    yield
    await run_in_threadpool(app.state.postman.stop)
    await run_in_threadpool(app.state.forecaster.stop)
    await streams.stop()


class Envelope:
    """Around every answer: an id for the request, the server's time, and desks that are too old.

    Plain ASGI, because the wrapping kind reads streams through a queue of its own.
    """

    def __init__(self, app: Any, clock: Clock) -> None:
        self._app = app
        self._clock = clock

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        if scope["path"].startswith(protocol.API_PREFIX):  # no desk asks for a page
            scope["app"].state.on_request()
        given = dict(scope["headers"])
        request_id.set(given.get(_REQUEST_ID, b"").decode("latin-1")[:36] or ids.new_id())

        async def send_enveloped(message: Any) -> None:
            if message["type"] == "http.response.start":
                now = self._clock.now().isoformat().encode()
                own = [(_REQUEST_ID, request_id.get().encode("latin-1")), (_SERVER_TIME, now)]
                message["headers"] = [*message["headers"], *own]
            await send(message)

        spoken = _version(given.get(_PROTOCOL, b""))
        if spoken < protocol.PROTOCOL_VERSION:
            refusal = problems.respond(problems.problem_of(DeskOutdated(spoken=spoken)))
            await refusal(scope, receive, send_enveloped)
            return
        body = _Body(receive, given.get(b"content-length", b""), _limit(scope["path"]))
        if body.announced_too_large:
            refusal = problems.respond(problems.problem_of(TooLarge(limit=body.limit)))
            await refusal(scope, receive, send_enveloped)
            return
        await self._app(scope, body.receive, send_enveloped)


class _Body:
    """What a desk sends, up to a limit: lines of text, and now and then a photo."""

    def __init__(self, receive: Any, announced: bytes, limit: int) -> None:
        self._receive = receive
        self._read = 0
        self.limit = limit
        self.announced_too_large = announced.isdigit() and (
            len(announced) > _MOST_DIGITS or int(announced) > limit
        )

    async def receive(self) -> Any:
        message = await self._receive()
        self._read += len(message.get("body", b""))
        if self._read > self.limit:
            raise HTTPException(problems.STATUS[TooLarge])  # which FastAPI lets through
        return message


def _limit(path: str) -> int:
    """How many bytes a request to a path may have."""
    return LARGEST_FILE if path.endswith("/attachments") else LARGEST_BODY


def _version(header: bytes) -> int:
    """The protocol a desk speaks; who says nothing of the kind is taken to speak ours."""
    if header.isdigit() and len(header) <= _MOST_DIGITS:
        return int(header)
    return protocol.PROTOCOL_VERSION


_MOST_DIGITS = 9
LARGEST_BODY = 1_000_000
LARGEST_FILE = MOST_BYTES * 4 // 3 + 10_000
"""A file in base64, with what is said of it."""
_REQUEST_ID = protocol.REQUEST_ID.lower().encode()
_SERVER_TIME = protocol.SERVER_TIME.lower().encode()
_PROTOCOL = protocol.PROTOCOL.lower().encode()


class DeskOutdated(Outdated):
    """The desk speaks an older protocol than this server can serve."""

    code = "server.desk_outdated"
