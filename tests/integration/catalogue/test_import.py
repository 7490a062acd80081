"""An import on a real database: what it writes, what it leaves, and that it is all or nothing."""

import os
from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import create_engine, event, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from loket.catalogue.importing.kinds import Records
from loket.catalogue.importing.planning import Plan
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
def session(request) -> Iterator[Session]:
    url = "sqlite://" if request.param == "sqlite" else os.environ.get("LOKET_TEST_POSTGRES", "")
    if not url:
        pytest.skip("no PostgreSQL server was started")
    engine = create_engine(url)
    if request.param == "sqlite":
        event.listen(engine, "connect", lambda c, _: c.execute("PRAGMA foreign_keys=ON"))
    with engine.connect() as connection:
        outer = connection.begin()
        Base.metadata.create_all(connection)
        with Session(connection, join_transaction_mode="create_savepoint") as made:
            yield made
        outer.rollback()
    engine.dispose()


def bring(session: Session, **changed: str) -> Plan:
    """Import the small town with some of its files changed."""
    made = next_plan(session, **changed)
    import_catalogue(session, made, now=NOW)
    session.flush()
    session.expire_all()
    return made


def next_plan(session: Session, **changed: str) -> Plan:
    made = plan(current=read_records(session), **changed)
    return Plan(**{**made.__dict__, "version": read_version(session)})


def catalogue(session: Session):
    return read_catalogue(session, made_at=NOW, mean_service_seconds={"p-id-1": 530})


def test_what_was_imported_is_read_back_whole(session: Session):
    bring(session)
    records: Records = read_records(session)
    assert records == plan().records
    assert not next_plan(session).changes_anything


def test_the_catalogue_on_the_wire(session: Session):
    bring(session)
    found = catalogue(session)
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


def test_reading_it_takes_a_select_per_table(session: Session):
    bring(session)
    statements = []
    event.listen(session.get_bind(), "before_cursor_execute", lambda *a: statements.append(a[2]))
    catalogue(session)
    assert len(statements) <= 13


def test_hours_are_read_for_the_queue(session: Session):
    bring(session)
    table = read_timetable(session)
    monday = table.on(date(2026, 3, 16), site_id="site-huis")
    assert [f"{p.opens_at:%H:%M}" for p in monday.periods] == ["08:00", "12:30"]
    assert table.on(date(2026, 7, 13), site_id="site-kort").reason == "Brugdag"


def test_a_second_import_changes_and_retires(session: Session):
    bring(session)
    products = FILES["products"].replace("25,00", "27,50").replace("st-1", "st-2")
    bring(session, products=products)
    found = catalogue(session)
    assert found.version == "2"
    assert [(p.code, p.fee_cents) for p in found.products] == [("id-1", 2750), ("st-2", None)]
    assert session.get_one(ProductRow, "p-st-1").retired  # a ticket may point at it


def test_what_was_retired_comes_back_as_it_is(session: Session):
    bring(session)
    fewer = "\n".join(FILES["products"].splitlines()[:2])
    bring(session, products=fewer)
    assert [p.code for p in catalogue(session).products] == ["id-1"]
    bring(session)
    assert [p.code for p in catalogue(session).products] == ["id-1", "st-1"]


def test_another_order_is_kept(session: Session):
    bring(session)
    head, first, second = FILES["sites"].splitlines()
    bring(session, sites="\n".join([head, second, first]))
    assert [site.code for site in catalogue(session).sites] == ["kort", "huis"]


def test_a_series_that_is_no_longer_named_stays(session: Session):
    bring(session)
    bring(session, queues=FILES["queues"].replace(";K;", ";A;"))
    assert sorted(session.scalars(select(SeriesRow.prefix))) == ["A", "K", "P"]
    assert [q.walk_in_prefix for q in catalogue(session).queues] == ["A", "A"]


def test_nothing_new_leaves_the_version(session: Session):
    bring(session)
    counts = import_catalogue(session, next_plan(session), now=NOW)
    assert (counts.new, counts.changed, counts.gone, counts.version) == (0, 0, 0, 1)


def test_with_a_problem_nothing_is_imported(session: Session):
    made = plan(products=FILES["products"].replace("25,00", "veel"))
    with pytest.raises(ImportHasProblems):
        import_catalogue(session, made, now=NOW)
    assert read_version(session) == 0
    with pytest.raises(NoCatalogue):
        catalogue(session)


def test_a_plan_for_an_older_catalogue_is_refused(session: Session):
    stale = next_plan(session)
    bring(session)
    with pytest.raises(CatalogueMovedOn):
        import_catalogue(session, stale, now=NOW)


@pytest.mark.parametrize("prefix", ["I", "O", "Q", "a", "AB", "1", ""])
def test_the_database_itself_refuses_a_wrong_prefix(session: Session, prefix: str):
    session.add(SeriesRow(id="ser-x", prefix=prefix))
    with pytest.raises(Exception, match="prefix|too long") as refused:
        session.flush()
    assert refused.type.__name__ in {"IntegrityError", "DataError"}


def test_the_database_itself_refuses_two_series_with_one_prefix(session: Session):
    session.add_all([SeriesRow(id="ser-x", prefix="X"), SeriesRow(id="ser-y", prefix="X")])
    with pytest.raises(IntegrityError):
        session.flush()
