"""What every kind of test may need: databases of its own, on both engines."""

import os
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

# Before anything imports Qt: without a screen the process would abort.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from sqlalchemy import create_engine, text

from loket.kit.clock import FixedClock
from loket.server.schema import METADATA
from loket.store.engine import Database, open_database, sqlite_url
from loket.store.migrate import migrate
from loket.store.work import Store
from tests import builders
from tests.heidebeek import into_one_file, loaded_town
from tests.postgres import private_server

GOLDEN = Path(__file__).parent / "golden"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="rewrite the golden files")


SLOW_FILES = ("tests/e2e/", "tests/integration/demo/", "tests/agreement/test_embedded", "mailroom")
"""Few tests, much time: programs that are started whole, towns that are loaded."""


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes long begins first: a file is not divided, and the other process would wait for it.

    For ``--dist loadfile --no-loadscope-reorder``, which takes the files in this order.
    """
    many = Counter(item.path for item in items)
    items.sort(key=lambda item: (_slow(item.nodeid), -many[item.path]))


def _slow(nodeid: str) -> int:
    found = (rank for rank, part in enumerate(SLOW_FILES) if part in nodeid)
    return next(found, len(SLOW_FILES))


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Compare a text with the file of that name in tests/golden, or rewrite the file."""

    def compare(name: str, text: str) -> None:
        file = GOLDEN / name
        if request.config.getoption("--update-golden"):
            file.write_text(text, encoding="utf-8")
        assert text == file.read_text(encoding="utf-8")

    return compare


def _settled(url: str) -> None:
    database = open_database(url)
    migrate(database, METADATA)
    builders.settle(Store(database, FixedClock(builders.MONDAY_NINE)))
    into_one_file(database)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("template") / "town.sqlite3"
    _settled(sqlite_url(file))
    return file


@pytest.fixture(scope="session")
def heidebeek_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration town on SQLite; to be copied."""
    return loaded_town(tmp_path_factory)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    with private_server() as address:
        yield address


@pytest.fixture(scope="session")
def postgres_template(postgres_server: str) -> str:
    on_server(postgres_server, "CREATE DATABASE town")
    _settled(f"{postgres_server}/town")
    return postgres_server


def on_server(address: str, statement: str) -> None:
    engine = create_engine(f"{address}/postgres", isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(statement))
    engine.dispose()


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def town_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database of this test's own with the small town in it, on either engine."""
    if request.param == "sqlite":
        template: Path = request.getfixturevalue("sqlite_template")
        file = tmp_path / "loket.sqlite3"
        shutil.copyfile(template, file)
        yield sqlite_url(file)
        return
    address: str = request.getfixturevalue("postgres_template")
    name = f"t{os.getpid()}_{abs(hash(request.node.nodeid))}"
    on_server(address, f"CREATE DATABASE {name} TEMPLATE town STRATEGY FILE_COPY")
    yield f"{address}/{name}"
    on_server(address, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def database(town_url: str) -> Iterator[Database]:
    opened = open_database(town_url)
    yield opened
    opened.dispose()


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(builders.MONDAY_NINE)


@pytest.fixture
def store(database: Database, clock: FixedClock) -> Store:
    return Store(database, clock)
