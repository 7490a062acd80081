"""The demonstration town in a fresh database of either kind."""

import shutil
from collections.abc import Iterator
from datetime import date

import pytest
from argon2 import PasswordHasher
from sqlalchemy import func, select

from loket.catalogue.queries import read_catalogue
from loket.demo import load
from loket.demo.day import STARTS
from loket.demo.people import PEOPLE, demonstration
from loket.kit.clock import FixedClock, local_day
from loket.queue.queries import measured
from loket.queue.rules.life import ALIVE
from loket.queue.tables import SeriesDayRow, TicketIntervalRow, TicketRow
from loket.server.schema import METADATA
from loket.staff.queries import find_user
from loket.store.engine import Database, open_database, sqlite_url
from loket.store.migrate import migrate
from loket.store.tables import JournalRow
from tests.conftest import on_server


@pytest.fixture(
    scope="module", params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)]
)
def heidebeek(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Database]:
    """A database into which the town was loaded; on PostgreSQL here and now."""
    if request.param == "sqlite":
        file = tmp_path_factory.mktemp("demo") / "demo.sqlite3"
        shutil.copyfile(request.getfixturevalue("heidebeek_file"), file)
        database = open_database(sqlite_url(file))
    else:
        address = request.getfixturevalue("postgres_server")
        on_server(address, "DROP DATABASE IF EXISTS demo WITH (FORCE)")
        on_server(address, "CREATE DATABASE demo")
        database = open_database(f"{address}/demo")
        migrate(database, METADATA)
        load.ensure_town(database)
    yield database
    database.dispose()


def test_the_town_is_loaded_once_whoever_asks_again(heidebeek: Database):
    load.ensure_town(heidebeek)
    with heidebeek.reading() as connection:
        catalogue = read_catalogue(connection, {}, made_at=STARTS)
        last = connection.scalar(select(func.max(JournalRow.recorded_at)))
        tom = find_user(connection, "tom")
    sizes = [len(catalogue.sites), len(catalogue.departments), len(catalogue.services)]
    assert [*sizes, len(catalogue.products)] == [2, 13, 65, 1281]
    assert catalogue.version == "1"
    assert last is not None
    assert last < STARTS  # the demonstration clock begins at nine
    assert tom is not None
    offered = {user.username: user for user in demonstration().users}
    assert PasswordHasher().verify(tom.password_hash, offered["tom"].password)


def test_everybody_has_a_desk_that_exists(heidebeek: Database):
    with heidebeek.reading() as connection:
        catalogue = read_catalogue(connection, {}, made_at=FixedClock(STARTS).now())
    codes = {counter.code for counter in catalogue.counters}
    assert {desk for person in PEOPLE for desk in person.desks} <= codes
    assert codes - {desk for person in PEOPLE for desk in person.desks} == set()


def test_the_history_is_whole(heidebeek: Database):
    with heidebeek.reading() as connection:
        counts = {
            name: connection.scalar(select(func.count()).select_from(METADATA.tables[name]))
            for name in ("visit", "ticket", "ticket_interval", "act")
        }
        alive = connection.scalar(
            select(func.count()).where(TicketRow.state.in_([str(state) for state in ALIVE]))
        )
        gaps = connection.execute(_NUMBERS_WITH_GAPS).all()
        series = connection.execute(_SERIES_THAT_DIFFER).all()
        means = measured(connection, date(2026, 3, 16))
    assert 12_000 < counts["ticket"] < 16_000
    assert counts["ticket"] < counts["visit"] <= counts["act"]
    assert counts["ticket_interval"] > 3 * counts["ticket"]
    assert (alive, gaps, series) == (0, [], [])
    assert 400 < means["p-identiteitskaart-aanvraag"].mean_service_seconds < 900


_OF_DAY = (TicketRow.site_id, TicketRow.day, TicketRow.series_id)
_NUMBERS_WITH_GAPS = (
    select(*_OF_DAY).group_by(*_OF_DAY).having(func.max(TicketRow.number) != func.count())
)
_SERIES_THAT_DIFFER = (
    select(*_OF_DAY)
    .join(
        SeriesDayRow,
        (SeriesDayRow.site_id == TicketRow.site_id)
        & (SeriesDayRow.day == TicketRow.day)
        & (SeriesDayRow.series_id == TicketRow.series_id),
        isouter=True,
    )
    .group_by(*_OF_DAY, SeriesDayRow.last_number)
    .having(
        SeriesDayRow.last_number.is_(None)
        | (SeriesDayRow.last_number != func.max(TicketRow.number))
    )
)


def test_an_interval_reads_back_as_it_was_made(heidebeek: Database):
    """The bulk insert writes moments as SQLAlchemy reads them."""
    with heidebeek.reading() as connection:
        row = connection.execute(
            select(TicketRow.arrived_at, TicketIntervalRow.from_at, TicketRow.day)
            .join(TicketIntervalRow, TicketIntervalRow.ticket_id == TicketRow.id)
            .where(TicketIntervalRow.seq == 1, TicketRow.label == "A001")
            .order_by(TicketRow.arrived_at)
            .limit(1)
        ).one()
    assert row.arrived_at == row.from_at
    assert row.day == date(2025, 12, 15)
    assert local_day(row.arrived_at) == row.day
