"""A town with years of reports, and a model that learnt from them."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlalchemy import Connection

from loket.bench.unchecked import tidy
from loket.demo.history.chance import Chance
from loket.demo.load import LOADER, settle
from loket.demo.reports.life import Life
from loket.demo.reports.moments import moments
from loket.demo.reports.rows import keep
from loket.demo.reports.taking import TownReports
from loket.kit.clock import local
from loket.server import suggesting
from loket.staff.rules import Permission
from loket.staff.usecases import Done
from loket.store.work import Request, Store

A_YEAR = 6000
"""Reports of a town of 40,000 inhabitants."""
_SEED = 60


def settle_reports(store: Store, many: int) -> int:
    """Write the town and its reports of many years into a migrated, empty database."""
    with store.work(Request(LOADER)) as work:
        work.allow(Permission.IMPORT_CATALOGUE)
        settle(work)
        work.commit(Done())
    with store.database.writers.begin() as connection:
        written = keep(connection, _lives(connection, store.clock.now(), many))
    tidy(store.database.writers)
    return written


def train(store: Store) -> None:
    """As the command does, on what was written."""
    suggesting.train(store)


def _lives(connection: Connection, now: datetime, many: int) -> Iterator[Life]:
    chance = Chance(_SEED)
    town = TownReports(connection, chance, now)
    began = now - timedelta(days=365 * many / A_YEAR)
    numbers: dict[int, int] = {}
    for moment in moments(chance, began, now, many):
        year = local(moment).year
        numbers[year] = numbers.get(year, 0) + 1
        yield town.any_life(numbers[year], moment)
