"""Importing streets and map: the plan shown or carried out, journalled, told to every site."""

from pathlib import Path

from sqlalchemy import select

from loket.catalogue.tables import SiteRow
from loket.geography.command import map_lines
from loket.geography.importing.planning import MapPlan, plan_map
from loket.geography.importing.records import Layers
from loket.geography.messages import TownMapChanged
from loket.geography.queries import read_layers, read_map_version
from loket.geography.usecases import import_map
from loket.kit.errors import NotFound
from loket.kit.i18n import Words
from loket.server.importing import SYSTEM
from loket.server.schema import METADATA
from loket.staff.rules import Permission
from loket.store.feed import start_streams
from loket.store.migrate import is_settled
from loket.store.work import Request, Store


class NoMapFile(NotFound):
    """The file to import cannot be read."""

    code = "geography.no_file"


def import_streets(store: Store, file: Path, say: Words, *, dry_run: bool) -> int:
    """Print what an import changes, or what is wrong with its file; the answer is an exit status.

    Carries it out unless there is something wrong, or it is only a dry run.
    """
    try:
        content = file.read_bytes()
    except OSError as error:
        raise NoMapFile(file=str(file)) from error
    there = not dry_run or is_settled(store.database, METADATA)
    current, version = _kept(store) if there else (Layers(), 0)
    plan = plan_map(content, current=current, version=version)
    for line in map_lines(plan, say):
        print(line)  # noqa: T201 - for the terminal
    if plan.problems:
        return 1
    if not dry_run:
        carry_out(store, plan)
        print(say("Imported."))  # noqa: T201 - for the terminal
    return 0


def _kept(store: Store) -> tuple[Layers, int]:
    with store.reading() as connection:
        return read_layers(connection), read_map_version(connection)


def carry_out(store: Store, plan: MapPlan) -> None:
    """Make the map what the plan says, in one transaction with its journal and events."""
    with store.work(Request(SYSTEM)) as work:
        work.allow(Permission.IMPORT_CATALOGUE)
        version = import_map(work.connection, plan, now=work.now)
        work.record("import_map", "town_map", str(version), **_sizes(plan))
        sites = set(work.connection.scalars(select(SiteRow.id)))
        start_streams(work.connection, sites)
        for site in sorted(sites):
            work.announce(site, "town_map_changed", TownMapChanged(version=version))
        work.commit(TownMapChanged(version=version))


def _sizes(plan: MapPlan) -> dict[str, int]:
    """How much of each kind came, changed or went."""
    return {kind: each.new + each.changed + each.gone for kind, each in plan.counts.items()}
