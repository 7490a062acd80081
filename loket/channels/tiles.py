"""Tiles of a map server, kept on this machine for as long as that server says."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from string import Formatter
from threading import BoundedSemaphore
from typing import Final
from urllib.parse import urlsplit

import requests

from loket import __version__
from loket.channels.settings import ChannelSettingUnreadable

TILES_URL: Final = "LOKET_TILES_URL"
TILES_CREDIT: Final = "LOKET_TILES_CREDIT"
_LIMITS: Final = (3.0, 5.0)
"""Seconds to connect, and for the answer."""
_AT_ONCE: Final = 4
_LARGEST: Final = 1_000_000
_PICTURES: Final = {b"\x89PNG": "image/png", b"\xff\xd8\xff": "image/jpeg", b"RIFF": "image/webp"}


@dataclass(frozen=True)
class TileSettings:
    """As they were typed; empty: the town has no tile server and draws its own map."""

    url: str = ""
    """With ``{z}``, ``{x}`` and ``{y}`` where the server wants zoom, column and row."""
    credit: str = ""
    """Whom the map is from, as its licence asks to be shown: ``© OpenStreetMap``."""

    @classmethod
    def of(cls, environment: Mapping[str, str]) -> "TileSettings":
        """What the environment says; raises for an address that cannot be."""
        told = cls(environment.get(TILES_URL, ""), environment.get(TILES_CREDIT, ""))
        if told.url:
            _check(told.url)
        return told


def _check(url: str) -> None:
    try:
        fields = sorted(name for _text, name, _format, _how in Formatter().parse(url) if name)
        whole = urlsplit(url).scheme in {"http", "https"} and fields == ["x", "y", "z"]
    except ValueError as error:
        raise ChannelSettingUnreadable(setting=TILES_URL) from error
    if not whole:
        raise ChannelSettingUnreadable(setting=TILES_URL)


@dataclass(frozen=True)
class Picture:
    """A tile as it came."""

    content: bytes
    media_type: str


class NoPicture(Exception):
    """The server is away, busy, or sends something else than a picture."""


class TileServer:
    """One server; asked by at most a few threads at once, so that it cannot use them all up.

    Its cache obeys HTTP (RFC 9111), as the usage policies of tile servers ask.
    """

    def __init__(self, settings: TileSettings, folder: Path) -> None:
        # Few towns have a tile server, and every server has to start soon.
        from cachecontrol import CacheControl  # noqa: PLC0415
        from cachecontrol.caches import SeparateBodyFileCache  # noqa: PLC0415

        self.credit = settings.credit
        self._url = settings.url
        self._room = BoundedSemaphore(_AT_ONCE)
        self._http = CacheControl(requests.Session(), cache=SeparateBodyFileCache(folder))
        self._http.headers["User-Agent"] = f"Loket/{__version__}"

    def fetch(self, zoom: int, column: int, row: int) -> Picture:
        """One tile, or NoPicture."""
        if not self._room.acquire(blocking=False):
            raise NoPicture
        try:
            answer = self._http.get(
                self._url.format(z=zoom, x=column, y=row), timeout=_LIMITS, allow_redirects=False
            )
        except requests.RequestException as error:
            raise NoPicture from error
        finally:
            self._room.release()
        return _picture(answer)

    def close(self) -> None:
        self._http.close()


def _picture(answer: requests.Response) -> Picture:
    if answer.status_code != requests.codes.ok or len(answer.content) > _LARGEST:
        raise NoPicture
    for beginning, kind in _PICTURES.items():
        if answer.content.startswith(beginning):
            return Picture(answer.content, kind)
    raise NoPicture
