"""Heidebeek as the files describe it, without a database."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import create_engine

from loket.catalogue.command import plan_folder
from loket.catalogue.hours import Timetable
from loket.catalogue.importing.kinds import KINDS
from loket.catalogue.importing.planning import Plan
from loket.catalogue.messages import Catalogue
from loket.catalogue.queries import read_catalogue, read_timetable
from loket.catalogue.usecases import import_catalogue
from loket.demo.load import DATA
from loket.store.base import Base


@pytest.fixture(scope="session")
def plan() -> Plan:
    empty = {kind.name: {} for kind in KINDS}
    return plan_folder(Path(DATA), DATA / "mapping.toml", current=empty, version=0)


@pytest.fixture(scope="session")
def town(plan: Plan) -> tuple[Catalogue, Timetable]:
    now = datetime(2026, 3, 16, 7, tzinfo=UTC)
    engine = create_engine("sqlite://")
    with engine.connect() as connection:
        Base.metadata.create_all(connection)
        import_catalogue(connection, plan, now=now)
        found = read_catalogue(connection, {}, made_at=now), read_timetable(connection)
    engine.dispose()
    return found
