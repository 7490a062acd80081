"""Importing a catalogue: the plan shown or carried out, journalled, told to every site."""

from pathlib import Path
from typing import Final

from sqlalchemy import select

from loket.catalogue.command import lines, plan_folder
from loket.catalogue.importing.kinds import KINDS, Records
from loket.catalogue.importing.planning import Plan
from loket.catalogue.messages import CatalogueChanged
from loket.catalogue.offer import Offers
from loket.catalogue.queries import read_version
from loket.catalogue.records import read_records
from loket.catalogue.tables import SiteRow
from loket.catalogue.usecases import import_catalogue
from loket.kit.i18n import Words, mark
from loket.reports.arranging import read_file
from loket.reports.usecases.arranging.importing import Change, arrange_reports, plan_arrangements
from loket.server.schema import METADATA
from loket.staff.rules import GRANTS, Permission, Role
from loket.store.feed import start_streams
from loket.store.migrate import is_settled
from loket.store.work import Actor, Request, Store, Work

SYSTEM: Final = Actor("", "", "", GRANTS[Role.ADMINISTRATOR])
"""Whoever runs commands on the server's own machine administers it."""

_NOTHING: Final[tuple[Records, int]] = ({kind.name: {} for kind in KINDS}, 0)


def import_folder(store: Store, folder: Path, mapping: Path, say: Words, *, dry_run: bool) -> int:
    """Print what an import changes, or what is wrong with its files; the answer is an exit status.

    Carries it out unless there is something wrong, or it is only a dry run.
    """
    current, version = _kept(store) if not dry_run or _is_there(store) else _NOTHING
    plan = plan_folder(folder, mapping, current=current, version=version)
    for line in lines(plan, say):
        print(line)  # noqa: T201 - for the terminal
    if plan.problems:
        return 1
    if not dry_run:
        carry_out(store, plan)
        print(say("Imported."))  # noqa: T201 - for the terminal
    return 0


def _is_there(store: Store) -> bool:
    """A dry run makes no database and takes no steps in one: without it there is nothing yet."""
    return is_settled(store.database, METADATA)


def _kept(store: Store) -> tuple[Records, int]:
    with store.reading() as connection:
        return read_records(connection), read_version(connection)


def carry_out(store: Store, plan: Plan) -> None:
    """Make the catalogue what the plan says, in one transaction with its journal and events."""
    with store.work(Request(SYSTEM)) as work:
        work.allow(Permission.IMPORT_CATALOGUE)
        counts = import_catalogue(work.connection, plan, now=work.now)
        work.record(
            "import_catalogue",
            "catalogue",
            str(counts.version),
            new=counts.new,
            changed=counts.changed,
            gone=counts.gone,
        )
        _tell_sites(work)
        work.commit(CatalogueChanged(version=counts.version))


def import_reports(store: Store, file: Path, say: Words, *, dry_run: bool = False) -> int:
    """Arrange reports as a file says, or only tell what that would change; an exit status."""
    wanted = read_file(file)
    offers = Offers(store.clock, lambda _connection, _day: {})
    with store.work(Request(SYSTEM)) as work:
        offer = offers.now(work.connection)
        changes = plan_arrangements(work.connection, offer, wanted).changes()
        if not dry_run:
            arrange_reports(work, offer, wanted)
    for one in changes:
        print(say(_PARTS[one.part]), say(_CHANGES[one.change]), one.name, sep=" · ")  # noqa: T201 - for the terminal
    if not changes:
        print(say("Nothing changes."))  # noqa: T201 - for the terminal
    if not dry_run:
        print(say("Imported."))  # noqa: T201 - for the terminal
    return 0


_PARTS: Final = {
    "category": mark("Category"),
    "party": mark("Party"),
    "terms": mark("Terms"),
    "reply": mark("Ready reply"),
    "rules": mark("Rules of dispatch"),
}
_CHANGES: Final = {
    Change.NEW: mark("new"),
    Change.CHANGED: mark("changed"),
    Change.CLOSED: mark("is closed"),
    Change.GONE: mark("goes"),
}


def _tell_sites(work: Work) -> None:
    sites = set(work.connection.scalars(select(SiteRow.id)))
    start_streams(work.connection, sites)
    version = read_version(work.connection)
    for site in sorted(sites):
        work.announce(site, "catalogue_changed", CatalogueChanged(version=version))
