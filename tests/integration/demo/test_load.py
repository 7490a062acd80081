"""The demonstration town in a fresh database of either kind."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from sqlalchemy import create_engine, func, select, text

from loket.catalogue.queries import read_catalogue
from loket.demo import load
from loket.demo.people import PEOPLE
from loket.kit.clock import FixedClock
from loket.server.schema import METADATA
from loket.server.settings import DEMONSTRATION_STARTS
from loket.staff.queries import find_user
from loket.store.engine import Database, open_database, sqlite_url
from loket.store.migrate import migrate
from loket.store.tables import JournalRow


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def fresh(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """A migrated database without a town."""
    if request.param == "sqlite":
        url = sqlite_url(tmp_path / "demo.sqlite3")
    else:
        address = request.getfixturevalue("postgres_server")
        engine = create_engine(f"{address}/postgres", isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text("DROP DATABASE IF EXISTS demo WITH (FORCE)"))
            connection.execute(text("CREATE DATABASE demo"))
        engine.dispose()
        url = f"{address}/demo"
    database = open_database(url)
    migrate(database, METADATA)
    yield database
    database.dispose()


def test_the_town_is_loaded_once(fresh: Database):
    load.ensure_town(fresh)
    load.ensure_town(fresh)
    with fresh.reading() as connection:
        catalogue = read_catalogue(connection, {}, made_at=DEMONSTRATION_STARTS)
        last = connection.scalar(select(func.max(JournalRow.recorded_at)))
        tom = find_user(connection, "tom")
    sizes = [len(catalogue.sites), len(catalogue.departments), len(catalogue.services)]
    assert [*sizes, len(catalogue.products)] == [2, 13, 65, 1281]
    assert catalogue.version == "1"
    assert last is not None
    assert last < DEMONSTRATION_STARTS  # the demonstration clock begins at nine
    assert tom is not None
    offered = {user.username: user for user in load.demonstration().users}
    assert PasswordHasher().verify(tom.password_hash, offered["tom"].password)


def test_everybody_has_a_desk_that_exists(fresh: Database):
    load.ensure_town(fresh)
    with fresh.reading() as connection:
        catalogue = read_catalogue(connection, {}, made_at=FixedClock(DEMONSTRATION_STARTS).now())
    codes = {counter.code for counter in catalogue.counters}
    assert {desk for person in PEOPLE for desk in person.desks} <= codes
    assert codes - {desk for person in PEOPLE for desk in person.desks} == set()
