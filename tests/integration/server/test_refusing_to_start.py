"""``python -m loket serve`` where it cannot: it says which and what to do, and touches nothing."""

import json
import os
import shutil
import socket
import sqlite3
import subprocess
import sys
from contextlib import closing, contextmanager
from pathlib import Path
from threading import Event

import pytest

from loket.server.schema import METADATA
from loket.store.engine import open_database, sqlite_url
from loket.store.migrate import migrate
from tests.builders import SITE
from tests.serving import Client

ROOT = Path(__file__).parents[3]


def serve(data, *more):
    """The command as an administrator types it; it has to end by itself."""
    return subprocess.run(
        [sys.executable, "-m", "loket", "serve", "--data", str(data), *more],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )


@contextmanager
def serving(data, *more):
    """A server that runs until the block is left."""
    command = [sys.executable, "-m", "loket", "serve", "--data", str(data), *more]
    running = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE)
    run_file = data / "server" / "run.json"
    try:
        while not run_file.exists():
            assert running.poll() is None, running.stderr.read()
            Event().wait(0.02)  # a look now and then: a busy loop would take the server's core
        yield json.loads(run_file.read_text(encoding="utf-8"))
    finally:
        running.terminate()
        running.communicate(timeout=30)
        assert (running.returncode, run_file.exists()) == (0, False)


@pytest.fixture
def data(tmp_path):
    return tmp_path / "data"


def last_words(data):
    return json.loads((data / "server" / "error.json").read_text(encoding="utf-8"))


def refused(ended, *says):
    assert ended.returncode == 1, ended.stderr
    sentence = ended.stderr.strip().splitlines()[-1]
    for part in says:
        assert part in sentence
    assert "Traceback" not in ended.stderr


def test_a_database_of_a_newer_program_is_left_as_it_is(data):
    file = data / "server" / "loket.sqlite3"
    file.parent.mkdir(parents=True)
    database = open_database(sqlite_url(file))
    migrate(database, METADATA)
    database.dispose()
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999_from_the_future'")
        connection.commit()
    before = file.read_bytes()
    refused(serve(data), "nieuwere versie van Loket", "9999_from_the_future", "Werk dit programma")
    assert file.read_bytes() == before
    assert last_words(data)["code"] == "store.newer_database"
    beside = {one.name for one in file.parent.iterdir()}
    assert beside == {"loket.sqlite3", "server.lock", "error.json"}


def test_a_file_that_is_no_database_is_left_as_it_is(data):
    file = data / "server" / "loket.sqlite3"
    file.parent.mkdir(parents=True)
    file.write_bytes(b"Beste collega, dit is geen databank." * 200)
    before = file.read_bytes()
    refused(serve(data), "loket.sqlite3", "geen databank van Loket")
    assert file.read_bytes() == before


def test_a_folder_in_the_place_of_the_database_is_named(data):
    file = data / "server" / "loket.sqlite3"
    file.mkdir(parents=True)
    refused(serve(data), str(file), "kan niet worden geschreven")


def test_a_port_that_is_taken_is_named(data):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        refused(serve(data, "--port", str(port)), f"Poort {port} is bezet", "--port")
    assert last_words(data) == {"code": "server.port_taken", "params": {"port": port}}
    assert not (data / "server" / "loket.sqlite3").exists()


def test_an_address_that_is_not_ours_is_named(data):
    refused(serve(data, "--host", "192.0.2.1", "--port", "80"), "192.0.2.1")


def test_a_file_in_the_way_of_the_folder_is_named(tmp_path):
    (tmp_path / "data").write_text("in de weg", encoding="utf-8")
    refused(serve(tmp_path / "data"), str(tmp_path / "data"), "--data")
    assert (tmp_path / "data").read_text(encoding="utf-8") == "in de weg"


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere"
)
def test_a_folder_that_may_not_be_written_is_named(data):
    (data / "server").mkdir(parents=True, mode=0o500)
    refused(serve(data), str(data / "server"), "--data")


def test_two_servers_on_one_folder(data):
    with serving(data) as first:
        refused(serve(data), str(data / "server"), str(first["pid"]), "--data")
        assert json.loads((data / "server" / "run.json").read_text(encoding="utf-8")) == first
    with serving(data) as again:
        assert again["pid"] != first["pid"]


def test_several_processes_end_their_open_streams(data, sqlite_template):
    (data / "server").mkdir(parents=True)
    shutil.copyfile(sqlite_template, data / "server" / "loket.sqlite3")
    with serving(data, "--processes", "2") as running:
        desk = Client(running["url"])
        assert desk.http.get(f"{desk.url}/health", timeout=60).ok  # once a process is up
        desk.sign_in("sofie", "onthaal-1")
        board = desk.get(f"/sites/{SITE}/board").json()
        path = f"{desk.url}/sites/{SITE}/events?epoch={board['epoch']}&after={board['number']}"
        answer = desk.http.get(path, stream=True, timeout=60)
        pieces = answer.iter_content(None)
        assert next(pieces).startswith(b": following")
    rest = b"".join(pieces)  # ended, not broken off
    assert not rest or rest.startswith(b"event: waits")
    desk.http.close()


def test_a_database_server_that_is_away_is_named_without_its_password(data):
    url = "postgresql+psycopg://loket:geheim@127.0.0.1:9/loket"
    ended = serve(data, "--database-url", url)
    refused(ended, "127.0.0.1:9/loket")
    assert "geheim" not in ended.stderr + json.dumps(last_words(data))
