"""Pages for people without an account: strict headers, files of ours, one plain *not found*."""

from pathlib import Path
from typing import Final

from fastapi import APIRouter, Request, Response
from fastapi.responses import FileResponse

from loket.kit.paths import FONTS
from loket.wire.base import Id

router = APIRouter(include_in_schema=False)

SAFE: Final = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self';"
        " img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none';"
        " frame-ancestors 'none'"
    ),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex, nofollow",
}
UNKEPT: Final = {**SAFE, "Cache-Control": "no-store"}
KEPT: Final = {**SAFE, "Cache-Control": "public, max-age=86400"}
CHECKED: Final = {**SAFE, "Cache-Control": "no-cache"}
"""Files that change with the program: asked for each time, sent only when they are others."""


def nothing_here() -> Response:
    """The same for what is unknown, over, revoked or somebody else's."""
    return Response("Niet gevonden.\n", 404, UNKEPT, "text/plain; charset=utf-8")


def too_often(seconds: float) -> Response:
    """Asked more than a person asks."""
    headers = {**UNKEPT, "Retry-After": str(max(1, round(seconds)))}
    return Response("Even geduld.\n", 429, headers, "text/plain; charset=utf-8")


def asked_from(request: Request) -> str:
    """The address that asks; behind a proxy on this machine the one it names."""
    return request.client.host if request.client else ""


class Shelf:
    """The files of one folder, by name; nothing else can be had through it."""

    def __init__(self, folder: Path, kinds: dict[str, str], headers: dict[str, str]) -> None:
        self._headers = headers
        self._kinds = kinds
        self._folder = folder

    def give(self, name: str) -> Response:
        file = self._folder / name
        kind = self._kinds.get(file.suffix)
        # A name is one part of a path: Id lets no slash through.
        if kind is None or not file.is_file():
            return nothing_here()
        return FileResponse(file, headers=self._headers, media_type=kind)


_FONTS = Shelf(FONTS, {".ttf": "font/ttf"}, KEPT)


@router.get("/letters/{name}")
def letters(name: Id) -> Response:
    """The fonts of the house, for the pages of this server."""
    return _FONTS.give(name)
