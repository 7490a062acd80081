"""An import on a real database: what it writes, what it leaves, and that it is all or nothing."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import Connection, create_engine, event, insert, select
from sqlalchemy.exc import IntegrityError

from loket.catalogue.importing.kinds import Records
from loket.catalogue.importing.planning import Plan
from loket.catalogue.measured import Measured
from loket.catalogue.queries import (
    NoCatalogue,
    read_catalogue,
    read_timetable,
    read_version,
)
from loket.catalogue.records import read_records
from loket.catalogue.tables import ProductRow, SeriesRow
from loket.catalogue.usecases import CatalogueMovedOn, ImportHasProblems, import_catalogue
from loket.store.base import Base
from tests.unit.catalogue.test_importing import FILES, plan

NOW = datetime(2026, 3, 16, 8, tzinfo=UTC)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def connection(request) -> Iterator[Connection]:
    on_sqlite = request.param == "sqlite"
    url = "sqlite://" if on_sqlite else f"{request.getfixturevalue('postgres_server')}/postgres"
    engine = create_engine(url)
    if on_sqlite:
        event.listen(engine, "connect", lambda c, _: c.execute("PRAGMA foreign_keys=ON"))
    with engine.connect() as made:
        outer = made.begin()
        Base.metadata.create_all(made)
        yield made
        outer.rollback()
    engine.dispose()


def bring(connection: Connection, **changed: str) -> Plan:
    """Import the small town with some of its files changed."""
    made = next_plan(connection, **changed)
    import_catalogue(connection, made, now=NOW)
    return made


def next_plan(connection: Connection, **changed: str) -> Plan:
    made = plan(current=read_records(connection), **changed)
    return Plan(**{**made.__dict__, "version": read_version(connection)})


def catalogue(connection: Connection):
    return read_catalogue(connection, {"p-id-1": Measured(530, 7)}, made_at=NOW)


def test_what_was_imported_is_read_back_whole(connection: Connection):
    bring(connection)
    records: Records = read_records(connection)
    assert records == plan().records
    assert not next_plan(connection).changes_anything


def test_the_catalogue_on_the_wire(connection: Connection):
    bring(connection)
    found = catalogue(connection)
    assert found.version == "1"
    queue = found.queues[0]
    assert (queue.id, queue.walk_in_prefix, queue.appointment_prefix) == ("q-bz", "A", "P")
    assert queue.service_ids == ["srv-id"]
    assert found.counters[0].first_choice == ["q-bz"]
    means = {p.id: p.mean_service_seconds for p in found.products}
    assert means == {"p-id-1": 530, "p-st-1": 1200}
    assert found.products[0].links[0].title == "Meer"
    assert found.quick_products[0].product_id == "p-id-1"
    assert found.departments[1].confidential


def test_reading_it_takes_a_select_per_table(connection: Connection):
    bring(connection)
    statements = []
    event.listen(connection.engine, "before_cursor_execute", lambda *a: statements.append(a[2]))
    catalogue(connection)
    assert len(statements) <= 13


def test_hours_are_read_for_the_queue(connection: Connection):
    bring(connection)
    table = read_timetable(connection)
    monday = table.on(date(2026, 3, 16), site_id="site-huis")
    assert [f"{p.opens_at:%H:%M}" for p in monday.periods] == ["08:00", "12:30"]
    assert table.on(date(2026, 7, 13), site_id="site-kort").reason == "Brugdag"


def test_a_second_import_changes_and_retires(connection: Connection):
    bring(connection)
    products = FILES["products"].replace("25,00", "27,50").replace("st-1", "st-2")
    bring(connection, products=products)
    found = catalogue(connection)
    assert found.version == "2"
    assert [(p.code, p.fee_cents) for p in found.products] == [("id-1", 2750), ("st-2", None)]
    retired = select(ProductRow.retired).where(ProductRow.id == "p-st-1")
    assert connection.scalar(retired)  # a ticket may point at it


def test_what_was_retired_comes_back_as_it_is(connection: Connection):
    bring(connection)
    fewer = "\n".join(FILES["products"].splitlines()[:2])
    bring(connection, products=fewer)
    assert [p.code for p in catalogue(connection).products] == ["id-1"]
    bring(connection)
    assert [p.code for p in catalogue(connection).products] == ["id-1", "st-1"]


def test_another_order_is_kept(connection: Connection):
    bring(connection)
    head, first, second = FILES["sites"].splitlines()
    bring(connection, sites=f"{head}\n{second}\n{first}")
    assert [site.code for site in catalogue(connection).sites] == ["kort", "huis"]


def test_a_series_that_is_no_longer_named_stays(connection: Connection):
    bring(connection)
    bring(connection, queues=FILES["queues"].replace(";K;", ";A;"))
    assert sorted(connection.scalars(select(SeriesRow.prefix))) == ["A", "K", "P"]
    assert [q.walk_in_prefix for q in catalogue(connection).queues] == ["A", "A"]


def test_nothing_new_leaves_the_version(connection: Connection):
    bring(connection)
    counts = import_catalogue(connection, next_plan(connection), now=NOW)
    assert (counts.new, counts.changed, counts.gone, counts.version) == (0, 0, 0, 1)


def test_with_a_problem_nothing_is_imported(connection: Connection):
    made = plan(products=FILES["products"].replace("25,00", "veel"))
    with pytest.raises(ImportHasProblems):
        import_catalogue(connection, made, now=NOW)
    assert read_version(connection) == 0
    with pytest.raises(NoCatalogue):
        catalogue(connection)


def test_a_plan_for_an_older_catalogue_is_refused(connection: Connection):
    stale = next_plan(connection)
    bring(connection)
    with pytest.raises(CatalogueMovedOn):
        import_catalogue(connection, stale, now=NOW)


@pytest.mark.parametrize("prefix", ["I", "O", "Q", "a", "AB", "1", ""])
def test_the_database_itself_refuses_a_wrong_prefix(connection: Connection, prefix: str):
    with pytest.raises(Exception, match=r"prefix|too long") as refused:
        connection.execute(insert(SeriesRow).values(id="ser-x", prefix=prefix))
    assert refused.type.__name__ in {"IntegrityError", "DataError"}


def test_the_database_itself_refuses_two_series_with_one_prefix(connection: Connection):
    rows = [{"id": "ser-x", "prefix": "X"}, {"id": "ser-y", "prefix": "X"}]
    with pytest.raises(IntegrityError):
        connection.execute(insert(SeriesRow), rows)
