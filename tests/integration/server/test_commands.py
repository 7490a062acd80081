"""Commands as an administrator types them: a sentence for what cannot be, nothing half done."""

import argparse
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text

from loket.displays.queries import find_display
from loket.displays.usecases import offer_code
from loket.kit.clock import SystemClock
from loket.kit.errors import LoketError
from loket.server.commands import add_commands
from loket.server.opening import RunFile, opened
from loket.server.pairing import clock_of
from loket.server.schema import METADATA
from loket.store.engine import open_database, sqlite_url
from loket.store.errors import ForeignDatabase, OlderDatabase, UnknownDatabase
from loket.store.migrate import is_settled
from loket.store.work import Store
from tests.builders import MONDAY_NINE
from tests.conftest import on_server
from tests.serving import running

TOWN = Path(__file__).parents[3] / "loket" / "demo" / "data"
Run = Callable[..., int]


@pytest.fixture
def run() -> Run:
    parser = argparse.ArgumentParser()
    add_commands(parser.add_subparsers())

    def typed(*words: object) -> int:
        options = parser.parse_args([str(word) for word in words])
        status: int = options.run(options)
        return status

    return typed


def importing(run: Run, data: Path, *more: object, mapping: Path = TOWN / "mapping.toml") -> int:
    command = ("import-catalogue", TOWN, "--mapping", mapping, "--language", "en")
    return run(*command, "--data", data, *more)


def test_an_import_makes_the_folder_it_needs(
    run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert importing(run, tmp_path / "new" / "town") == 0
    assert "Imported." in capsys.readouterr().out
    assert importing(run, tmp_path / "new" / "town", "--dry-run") == 0
    assert "New (" not in capsys.readouterr().out


def test_a_dry_run_makes_nothing(
    run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert importing(run, tmp_path / "new", "--dry-run") == 0
    assert "New (" in capsys.readouterr().out
    assert list(tmp_path.iterdir()) == []


@pytest.mark.postgres
def test_a_dry_run_makes_no_tables(
    run: Run, tmp_path: Path, postgres_server: str, capsys: pytest.CaptureFixture[str]
) -> None:
    on_server(postgres_server, "DROP DATABASE IF EXISTS dry")
    on_server(postgres_server, "CREATE DATABASE dry")
    assert importing(run, tmp_path, "--dry-run", "--database-url", f"{postgres_server}/dry") == 0
    assert "New (" in capsys.readouterr().out
    database = open_database(f"{postgres_server}/dry")
    with database.reading() as connection:
        tables = connection.scalars(
            text("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'")
        ).one()
    database.dispose()
    assert tables == 0


def test_a_mapping_that_cannot_be_read(
    run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    latin = tmp_path / "latin.toml"
    latin.write_bytes("# één\n".encode("cp1252"))
    for mapping, why in (
        (tmp_path / "absent.toml", "absent.toml: the mapping cannot be read"),
        (latin, "latin.toml: the mapping is not UTF-8"),
    ):
        assert importing(run, tmp_path / "data", mapping=mapping) == 1
        assert why in capsys.readouterr().out


@pytest.mark.parametrize("port", ["99999", "-1", "http"])
def test_a_port_that_is_none(
    run: Run, tmp_path: Path, port: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        run("serve", "--data", tmp_path, f"--port={port}")
    assert f"{port}: a number from 0 to 65535" in capsys.readouterr().err


@pytest.mark.parametrize(
    "url", ["nonsense", "mysql://u:geheim@h/n", "postgresql://u:geheim@h:x/n", ""]
)
def test_an_address_of_no_database_of_ours(
    run: Run, tmp_path: Path, url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    if url:
        assert importing(run, tmp_path, "--database-url", url) == 1
        said = capsys.readouterr().err
        assert "address of the database" in said
        assert "geheim" not in said
    with pytest.raises(UnknownDatabase):
        open_database(url)


def test_any_way_to_write_postgresql_means_our_driver() -> None:
    database = open_database("postgresql://loket@127.0.0.1/loket")
    assert database.writers.url.drivername == "postgresql+psycopg"


def refusal(url: str) -> LoketError:
    with pytest.raises(LoketError) as refused:
        opened(url)
    return refused.value


def test_a_database_of_another_program_is_left_as_it_is(tmp_path: Path) -> None:
    file = tmp_path / "their file.sqlite3"
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("CREATE TABLE theirs (id INTEGER)")
        connection.commit()
    before = file.read_bytes()
    refused = refusal(sqlite_url(file))
    assert (type(refused), refused.params) == (ForeignDatabase, {"file": str(file)})
    assert file.read_bytes() == before
    assert list(tmp_path.iterdir()) == [file]


def test_a_newer_database_keeps_the_way_it_is_written(tmp_path: Path) -> None:
    file = tmp_path / "loket.sqlite3"
    opened(sqlite_url(file)).dispose()
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()
        connection.execute("PRAGMA journal_mode=DELETE")
    before = file.read_bytes()
    assert refusal(sqlite_url(file)).params == {"revision": "9999"}
    assert file.read_bytes() == before


def test_an_older_database_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    database = opened(sqlite_url(tmp_path / "loket.sqlite3"))
    assert is_settled(database, METADATA)
    monkeypatch.setattr("alembic.script.ScriptDirectory.get_current_head", lambda _self: "9999")
    with pytest.raises(OlderDatabase):
        is_settled(database, METADATA)
    database.dispose()


def test_a_screen_is_paired_from_the_servers_own_machine(
    run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert importing(run, tmp_path) == 0
    database = opened(sqlite_url(tmp_path / "server" / "loket.sqlite3"))
    store = Store(database, SystemClock())
    code, token, _until = offer_code(store)
    pairing = ("pair-display", "--data", tmp_path, "--language", "en")
    assert run(*pairing) == 1
    assert "No server is running" in capsys.readouterr().out
    RunFile(1, 1, "http://127.0.0.1:1", "", "").write(tmp_path / "server" / "run.json")
    assert run(*pairing) == 0
    assert "Open http://127.0.0.1:1/scherm on the screen" in capsys.readouterr().out
    assert run(*pairing, code, "--site", "elsewhere") == 1
    assert "There are: stadhuis, kortbeek." in capsys.readouterr().out
    assert run(*pairing, f"{code[:3]} {code[3:]}", "--name", "Hal", "--site", "kortbeek") == 0
    assert "Hal is now a display of Deelkantoor Kortbeek." in capsys.readouterr().out
    with store.reading() as reads:
        assert find_display(reads, token).site_id == "site-kortbeek"
    assert run(*pairing, code) == 1
    assert "No screen shows this code any more." in capsys.readouterr().err
    database.dispose()


def test_there_is_nothing_to_pair_with_before_the_first_start(
    run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("pair-display", "ABCDEF", "--data", tmp_path, "--language", "en") == 1
    assert "Import it first." in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_the_time_of_a_running_server_is_its_own(store: Store, tmp_path: Path) -> None:
    with running(store, tmp_path) as url:
        shown = clock_of(RunFile(1, 1, url, "", "")).now()
    assert shown.date() == MONDAY_NINE.date()
    gone = clock_of(RunFile(1, 1, url, "", "")).now()
    assert gone.date() != MONDAY_NINE.date()
