"""Filling an empty database with Heidebeek: an import like any other town's, people, history."""

from collections.abc import Iterable
from datetime import timedelta
from itertools import groupby
from pathlib import Path

from argon2 import PasswordHasher
from sqlalchemy import Connection, insert, select, text

from loket.catalogue.command import plan_folder
from loket.catalogue.offer import Offer, Offers
from loket.catalogue.queries import read_catalogue, read_timetable, read_version
from loket.catalogue.records import read_records
from loket.catalogue.tables import CounterRow, SiteRow
from loket.catalogue.usecases import import_catalogue
from loket.demo.bulk import insert_many
from loket.demo.calendars.bookings import Bookings
from loket.demo.day import STARTS, is_over
from loket.demo.history.past import PastVisit
from loket.demo.history.rows import HistoryRows
from loket.demo.history.weeks import Heidebeek
from loket.demo.people import PASSWORD, PEOPLE, Person
from loket.demo.reports.heidebeek import load_reports
from loket.demo.town_map.features import map_file
from loket.geography.importing.planning import plan_map
from loket.geography.importing.records import Layers
from loket.geography.usecases import import_map
from loket.kit.clock import FixedClock
from loket.queue.tables import CounterPresenceRow
from loket.reports.arranging import read_file
from loket.reports.usecases.arranging.importing import write_arrangements
from loket.staff.rules import GRANTS, Permission, Role, short_name
from loket.staff.usecases import Done, NewUser, add_users
from loket.store.base import Base
from loket.store.engine import Database
from loket.store.feed import start_streams
from loket.store.migrate import migrate
from loket.store.work import Actor, Request, Store, Work

DATA = Path(__file__).parent / "data"
_BEFORE_OPENING = STARTS - timedelta(hours=2)
LOADER = Actor("", "", "", GRANTS[Role.ADMINISTRATOR])
# Everybody knows the password: a quick hash keeps the first start and the sign-in quick.
_HASHER = PasswordHasher(time_cost=1, memory_cost=1024, parallelism=1)


def ensure_town(database: Database) -> None:
    """Load the demonstration town unless the database has a town already; all of it or nothing."""
    store = Store(database, FixedClock(_BEFORE_OPENING))
    with store.reading() as connection:
        known = bool(read_version(connection))
    if known and not is_over(database):
        return
    if known:
        _empty(database)
    with store.work(Request(LOADER)) as work:
        work.allow(Permission.IMPORT_CATALOGUE)
        if not read_version(work.connection):
            _load(work)
        work.commit(Done())


def _empty(database: Database) -> None:
    """The day is over: begin it again, in another life of the database."""
    with database.writers.begin() as connection:
        Base.metadata.drop_all(connection)
        connection.execute(text("DROP TABLE alembic_version"))
    migrate(database, Base.metadata)


def _load(work: Work) -> None:
    offer = settle(work)
    connection = work.connection
    bookings = _bookings(offer)
    _keep(connection, _remembered(_history(connection), bookings))
    bookings.to_come()
    for table, rows in bookings.by_table():
        insert_many(connection, table, rows)
    load_reports(connection)
    _seat_colleagues(connection)


def settle(work: Work) -> Offer:
    """The town itself: what it offers, its map, its people, how it handles reports; no history."""
    connection = work.connection
    current = read_records(connection)
    plan = plan_folder(DATA, DATA / "mapping.toml", current=current, version=0)
    counts = import_catalogue(connection, plan, now=work.now)
    work.record("import_catalogue", "catalogue", str(counts.version), new=counts.new)
    _draw_map(work)
    start_streams(connection, connection.scalars(select(SiteRow.id)).all())
    add_users(work, _staff(), _HASHER)
    offer = Offers(FixedClock(_BEFORE_OPENING), lambda _connection, _day: {}).now(connection)
    write_arrangements(work, offer, read_file(DATA / "meldingen.toml"))
    return offer


def _draw_map(work: Work) -> None:
    plan = plan_map(map_file(), current=Layers(), version=0)
    version = import_map(work.connection, plan, now=work.now)
    work.record("import_map", "town_map", str(version))


def _bookings(offer: Offer) -> Bookings:
    welcome = next(person for person in PEOPLE if person.offered)
    return Bookings(offer, FixedClock(_BEFORE_OPENING), welcome.id, offer.desk(welcome.desks[0]).id)


def _remembered(visits: Iterable[PastVisit], bookings: Bookings) -> Iterable[PastVisit]:
    """The same visits; whoever came by appointment had booked it."""
    for visit in visits:
        if visit.ticket is not None:
            bookings.past(visit.site_id, visit.ticket)
        yield visit


def _history(connection: Connection) -> Iterable[PastVisit]:
    catalogue = read_catalogue(connection, {}, made_at=_BEFORE_OPENING)
    return Heidebeek(catalogue, read_timetable(connection), PEOPLE).history()


def _keep(connection: Connection, visits: Iterable[PastVisit]) -> None:
    """Week by week, so that the whole history need not be in memory at once."""
    for _, of_week in groupby(visits, key=lambda visit: visit.day.isocalendar().week):
        rows = HistoryRows()
        for visit in of_week:
            rows.add(visit)
        for table, values in rows.by_table():
            insert_many(connection, table, values)


def _seat_colleagues(connection: Connection) -> None:
    """Whoever is not played by the visitor sits at their usual counter since ten to nine."""
    counters = {row.code: row for row in connection.execute(select(CounterRow.__table__))}
    connection.execute(
        insert(CounterPresenceRow),
        [
            {
                "counter_id": counters[person.desks[0]].id,
                "site_id": counters[person.desks[0]].site_id,
                "user_id": person.id,
                "clerk": short_name(person.name),
                "calls": True,
                "since": STARTS - timedelta(minutes=10),
                "pause_reason": "",
            }
            for person in _colleagues()
        ],
    )


def _colleagues() -> Iterable[Person]:
    taken: set[str] = set()
    for person in PEOPLE:
        if not person.offered and person.desks[0] not in taken:
            taken.add(person.desks[0])
            yield person


def _staff() -> list[NewUser]:
    return [
        NewUser(person.username, person.name, PASSWORD, person.roles, person.id)
        for person in PEOPLE
    ]
