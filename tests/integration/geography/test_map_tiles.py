"""Squares of a real tile server through a real server of ours."""

import io
import socket
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from PIL import Image

from loket.channels.settings import ChannelSettingUnreadable
from loket.channels.tiles import TileSettings
from loket.geography.importing.planning import plan_map
from loket.geography.queries import read_layers, read_map_version
from loket.geography.rules.spots import Spot
from loket.geography.rules.tiles import Tile
from loket.server.streets import carry_out
from loket.store.work import Store
from tests.serving import Client, running
from tests.streets import LAT, LON, features, file_of


def imported(store: Store) -> None:
    """The town has a map of its own."""
    with store.reading() as reads:
        current, version = read_layers(reads), read_map_version(reads)
    carry_out(store, plan_map(file_of(features()), current=current, version=version))


Answer = Callable[[], tuple[int, bytes]]
HERE = Tile.at(Spot(LAT, LON), 16)
PATH = f"/map-tiles/{HERE.zoom}/{HERE.column}/{HERE.row}"


def picture() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (256, 256), "#a3c585").save(out, "PNG")
    return out.getvalue()


class MapServer(ThreadingHTTPServer):
    """Says what it is told to, and remembers what it was asked."""

    daemon_threads = False

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.answer: Answer = lambda: (200, picture())
        self.asked: list[str] = []
        self.agents: set[str] = set()

    @property
    def settings(self) -> TileSettings:
        return TileSettings(f"http://127.0.0.1:{self.server_port}/{{z}}/{{x}}/{{y}}.png", "© Ons")


class _Handler(BaseHTTPRequestHandler):
    server: MapServer

    def do_GET(self) -> None:
        self.server.asked.append(self.path)
        self.server.agents.add(self.headers["User-Agent"])
        status, body = self.server.answer()
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "max-age=604800")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_said: object) -> None:
        """Quietly."""


@pytest.fixture
def maps() -> Iterator[MapServer]:
    with MapServer() as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture
def desk(store: Store, tmp_path: Path, maps: MapServer) -> Iterator[Client]:
    imported(store)
    with running(store, tmp_path, tiles=maps.settings) as url:
        client = Client(url).sign_in("sofie", "onthaal-1")
        yield client
        client.http.close()


def test_a_square_comes_through_and_is_fetched_once(desk: Client, maps: MapServer) -> None:
    assert desk.get("/map-tiles").json() == {"there": True, "credit": "© Ons"}
    for _ in range(3):
        answer = desk.get(PATH)
        assert (answer.status_code, answer.headers["Content-Type"]) == (200, "image/png")
        assert answer.content == picture()
    assert maps.asked == [f"/{HERE.zoom}/{HERE.column}/{HERE.row}.png"]
    (agent,) = maps.agents
    assert agent.startswith("Loket/")


def test_other_towns_are_not_fetched(desk: Client, maps: MapServer) -> None:
    far = Tile.at(Spot(48.85, 2.35), 16)
    answer = desk.get(f"/map-tiles/{far.zoom}/{far.column}/{far.row}")
    assert (answer.status_code, answer.json()["code"]) == (404, "geography.no_tiles")
    assert maps.asked == []


@pytest.mark.parametrize(
    ("status", "body"),
    [(200, b"<html>quota</html>"), (200, b"\x89PNG" + b"0" * 1_000_001), (404, b""), (500, b"")],
)
def test_what_is_no_picture_is_told(
    desk: Client, maps: MapServer, status: int, body: bytes
) -> None:
    maps.answer = lambda: (status, body)
    answer = desk.get(PATH)
    assert (answer.status_code, answer.json()["code"]) == (503, "geography.tiles_away")


def test_a_redirect_is_not_followed(desk: Client, maps: MapServer) -> None:
    maps.answer = lambda: (302, b"")
    assert desk.get(PATH).json()["code"] == "geography.tiles_away"


def test_a_map_server_that_is_away_is_told(store: Store, tmp_path: Path) -> None:
    imported(store)
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        port = nobody.getsockname()[1]
    away = TileSettings(f"http://127.0.0.1:{port}/{{z}}/{{x}}/{{y}}")
    with running(store, tmp_path, tiles=away) as url:
        desk = Client(url).sign_in("sofie", "onthaal-1")
        assert desk.get(PATH).json()["code"] == "geography.tiles_away"
        desk.http.close()


def test_a_town_without_a_map_server_says_so(store: Store, tmp_path: Path) -> None:
    imported(store)
    with running(store, tmp_path) as url:
        desk = Client(url).sign_in("sofie", "onthaal-1")
        assert desk.get("/map-tiles").json() == {"there": False, "credit": ""}
        assert desk.get(PATH).json()["code"] == "geography.no_tiles"
        desk.http.close()


@pytest.mark.parametrize("url", ["ftp://x/{z}/{x}/{y}", "https://x/{z}/{x}", "https://x/{z}/{x}/{"])
def test_an_address_that_cannot_be_is_refused_at_the_start(url: str) -> None:
    with pytest.raises(ChannelSettingUnreadable):
        TileSettings.of({"LOKET_TILES_URL": url})
