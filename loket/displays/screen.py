"""What the screen in the waiting room asks: its page, a code to be paired with, its stream."""

import logging
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Annotated, Final

from fastapi import APIRouter, Cookie, Request, Response
from fastapi.responses import StreamingResponse
from sqlalchemy import Connection
from starlette.concurrency import run_in_threadpool

from loket.displays.messages import DisplayBeat, DisplayPicture, PairingCode
from loket.displays.picture import read_picture
from loket.displays.queries import find_display, find_pairing
from loket.displays.usecases import note_seen, offer_code
from loket.kit.errors import LoketError
from loket.kit.i18n import words
from loket.store.work import Store
from loket.web.asking import store_of
from loket.web.public import CHECKED, SAFE, UNKEPT, Shelf, asked_from, nothing_here
from loket.web.stream import Streams
from loket.wire.base import Id, WireOut

log = logging.getLogger(__name__)
router = APIRouter(prefix="/scherm", include_in_schema=False)

COOKIE: Final = "loket_display"
COOKIE_LASTS: Final = 400 * 24 * 3600
"""Seconds; browsers keep none longer. Each picture that is asked for renews it."""
_KINDS = {
    ".html": "text/html",
    ".css": "text/css",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
}
_FILES = Shelf(Path(__file__).parent / "page", _KINDS, CHECKED)
_STREAM = {**SAFE, "Cache-Control": "no-store, no-transform", "X-Accel-Buffering": "no"}

Secret = Annotated[str, Cookie(alias=COOKIE, max_length=64)]


@router.get("")
def page() -> Response:
    """The page itself; the same for everybody."""
    return _FILES.give("display.html")


@router.get("/files/{name}")
def files(name: Id) -> Response:
    return _FILES.give(name)


@router.post("/code")
def code(request: Request, secret: Secret = "") -> Response:
    """A code for a screen that is not paired; the same one while it lasts. 204: it is paired."""
    store = store_of(request)
    with store.reading() as reads:
        known = find_pairing(reads, secret)
        paired = find_display(reads, secret) is not None
    if paired:
        return Response(status_code=204, headers=UNKEPT)
    now = store.clock.now()
    if known is not None and known.expires_at > now:
        return _answer(_shown(known.code, (known.expires_at - now).total_seconds()))
    request.app.state.display_gate.check_asking(asked_from(request))
    offered = offer_code(store)
    answer = _answer(_shown(offered.code, (offered.expires_at - now).total_seconds()))
    _give_secret(request, answer, offered.token)
    return answer


def _shown(code: str, seconds: float) -> PairingCode:
    return PairingCode(code=code, seconds=max(1, int(seconds)), words=_pairing_words())


def _pairing_words() -> dict[str, str]:
    """For whoever hangs up the screen: staff, so in Dutch."""
    say = words("nl")
    return {
        "title": say("Pair this screen"),
        "what": say("A supervisor enters this code in Loket"),
    }


@router.get("/picture")
def picture(request: Request, secret: Secret = "") -> Response:
    """All that the display shows now; for whom it is not, there is nothing here."""
    source = _Source(request, secret)
    found = source.look()
    if found is None:
        return nothing_here()
    answer = _answer(found)
    _give_secret(request, answer, secret)
    return answer


@router.get("/stream")
async def stream(request: Request, secret: Secret = "") -> Response:
    """The picture, again at each change, whole; in between a beat with the server's time."""
    source = _Source(request, secret)
    first = await run_in_threadpool(source.look)
    if first is None:
        return nothing_here()
    frames = _frames(request.app.state.streams, source, first)
    return StreamingResponse(frames, headers=_STREAM, media_type="text/event-stream")


class _Source:
    """Where one display's pictures come from; each look asks anew whether it may have them."""

    def __init__(self, request: Request, secret: str) -> None:
        self._state = request.app.state
        self._store: Store = store_of(request)
        self._secret = secret
        self.site_id = ""

    def look(self) -> DisplayPicture | None:
        """None once the display is revoked, or was never one."""
        with self._store.reading() as reads:
            display = find_display(reads, self._secret)
            if display is None:
                return None
            self.site_id = display.site_id
            found = self._picture(reads, display)
        try:
            note_seen(self._store, display)
        except LoketError as error:
            log.warning("when a display was last seen could not be kept: %s", error)
        return found

    def _picture(self, reads: Connection, display: object) -> DisplayPicture:
        return read_picture(
            reads,
            self._state.offers.now(reads),
            display,
            epoch=self._state.streams.epoch,
            moment=self._store.clock.now(),
            known=self._state.forecaster.of(self.site_id),
        )

    def beat(self) -> DisplayBeat:
        return DisplayBeat(server_time=self._store.clock.now())


async def _frames(streams: Streams, source: _Source, first: DisplayPicture) -> AsyncIterator[bytes]:
    shown = first
    yield _frame("picture", first)
    async for number in streams.stirs(source.site_id, first.number):
        if number is not None and number <= shown.number:
            continue  # the picture was made after it
        try:
            fresh = await run_in_threadpool(source.look)
        except LoketError:
            return  # the database is away: the page says so, and comes back
        if fresh is None:
            return
        if _differs(shown, fresh):
            yield _frame("picture", fresh)
        elif number is None:
            yield _frame("beat", source.beat())
        shown = fresh


def _differs(before: DisplayPicture, after: DisplayPicture) -> bool:
    same = {"number": after.number, "server_time": after.server_time}
    return before.model_copy(update=same) != after


def _frame(kind: str, message: WireOut) -> bytes:
    return f"event: {kind}\ndata: {message.model_dump_json()}\n\n".encode()


def _answer(message: WireOut) -> Response:
    return Response(message.model_dump_json(), 200, UNKEPT, "application/json")


def _give_secret(request: Request, answer: Response, secret: str) -> None:
    answer.set_cookie(
        COOKIE,
        secret,
        max_age=COOKIE_LASTS,
        path=router.prefix,
        secure=request.url.scheme == "https",
        httponly=True,
        samesite="strict",
    )
