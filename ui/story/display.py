"""A screen in the waiting room: asks for a code, holds its stream, remembers every call."""

import shutil
import threading
from collections import Counter
from concurrent.futures import Future, ThreadPoolExecutor
from http.client import HTTPConnection, HTTPException, HTTPResponse
from pathlib import Path
from urllib.parse import urlsplit

from loket.displays.messages import DisplayPicture, PairingCode
from loket.link.sse import frames

COOKIE = "loket_display"
_SECONDS = 30
_STREAM_PATH, _CODE_PATH = "/scherm/stream", "/scherm/code"
_FULL_HD = {"width": 1920, "height": 1080}
_SHOWN_MS = 2500
"""Until the page stands still: its fonts and the first calls."""


class StoryDisplay:
    """What the page of the display does, without its page."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._secret = ""
        self._stream: HTTPConnection | None = None
        self._reader: threading.Thread | None = None
        self._announced: dict[str, tuple[str, str]] = {}
        self.message = ""
        self.pictures = 0

    def announced(self) -> Counter[tuple[str, str]]:
        """Number and counter of the calls that it was told to announce, and how often each."""
        return Counter(list(self._announced.values()))

    def ask_code(self) -> str:
        """The code that it shows until somebody types it."""
        line = self._connection()
        line.request("POST", _CODE_PATH)
        answer = line.getresponse()
        body = answer.read()
        self._secret = _cookie(answer) or self._secret
        line.close()
        return PairingCode.model_validate_json(body).code

    def follow(self) -> None:
        """Hold the stream from now on; for a screen that is paired."""
        self._stream = self._connection()
        self._stream.request("GET", _STREAM_PATH, headers=self._headers())
        answer = self._stream.getresponse()
        if answer.status != 200:  # noqa: PLR2004
            raise OSError(f"the display's stream answers {answer.status}")
        self._reader = threading.Thread(target=self._read, args=(answer,), name="story-display")
        self._reader.start()

    def close(self) -> None:
        """Let go; the server is gone by then, so that the reader has come to its end."""
        if self._reader is not None:
            self._reader.join(_SECONDS)
        if self._stream is not None:
            self._stream.close()

    def picture_of_page(self, file: Path) -> str:
        """The page in a real browser as PNG; else in words why there is none. Takes seconds."""
        try:
            from playwright.sync_api import Error, sync_playwright  # noqa: PLC0415 - may be absent
        except ImportError:
            return "no playwright"
        browser = _browser()
        if browser is None:
            return "no Chromium"
        try:
            with sync_playwright() as playwright:
                opened = playwright.chromium.launch(executable_path=browser, args=["--no-sandbox"])
                context = opened.new_context(viewport=_FULL_HD)  # type: ignore[arg-type]
                context.add_cookies(
                    [{"name": COOKIE, "value": self._secret, "url": f"{self._url}/scherm"}]
                )
                page = context.new_page()
                page.goto(f"{self._url}/scherm")
                page.wait_for_selector("#board:visible")
                page.wait_for_timeout(_SHOWN_MS)
                page.screenshot(path=file)
                opened.close()
        except Error as error:
            return f"the browser failed: {error.message.splitlines()[0]}"
        return file.name

    def _read(self, answer: HTTPResponse) -> None:
        try:
            for frame in frames(iter(lambda: answer.read1(65536), b"")):
                if frame.event == "picture":
                    self._take(DisplayPicture.model_validate_json(frame.data))
        except (OSError, HTTPException):
            return  # the server is gone, and with it the stream

    def _take(self, picture: DisplayPicture) -> None:
        fresh = (call for call in picture.calls if call.fresh)
        self._announced.update({call.key: (call.number, call.counter) for call in fresh})
        self.message = picture.message.get("nl", "")
        self.pictures += 1

    def _connection(self) -> HTTPConnection:
        place = urlsplit(self._url)
        return HTTPConnection(place.hostname or "", place.port, timeout=_SECONDS)

    def _headers(self) -> dict[str, str]:
        return {"Cookie": f"{COOKIE}={self._secret}"}


def in_background(display: StoryDisplay, file: Path) -> "Future[str]":
    """Take the picture of its page while the windows go on."""
    pool = ThreadPoolExecutor(1, "story-browser")
    taken = pool.submit(display.picture_of_page, file)
    pool.shutdown(wait=False)
    return taken


def _cookie(answer: HTTPResponse) -> str:
    name, _equals, rest = (answer.getheader("Set-Cookie") or "").partition("=")
    return rest.partition(";")[0] if name == COOKIE else ""


def _browser() -> str | None:
    found = (shutil.which(name) for name in ("chromium", "google-chrome", "chrome", "msedge"))
    return next((path for path in found if path), None)
