"""Commands that do one thing on the database, and end."""

import argparse
import sys
from collections.abc import Callable

from loket.kit.clock import SystemClock, local
from loket.kit.errors import LoketError
from loket.kit.i18n import Words, words
from loket.server.importing import import_folder, import_reports
from loket.server.opening import RunFile, held_folder, made_folder, opened, settled
from loket.server.options import database_url_of, folder_of
from loket.server.pairing import clock_of, pair, say_where
from loket.server.sentences import sentence
from loket.store.engine import open_database
from loket.store.work import Store


def busy_hour(options: argparse.Namespace) -> int:
    """Load the demonstration and play its first hour; a server started next goes on from there."""
    from loket.demo.busy_hour.hour import play_busy_hour  # noqa: PLC0415 - no other command plays
    from loket.demo.load import ensure_town  # noqa: PLC0415

    say = words("nl")
    try:
        with held_folder(folder_of(options).server):
            database = opened(database_url_of(options))
            try:
                ensure_town(database)
                ended = play_busy_hour(database)
            finally:
                database.dispose()
    except LoketError as error:
        print(sentence(error, say), file=sys.stderr)  # noqa: T201 - for the terminal
        return 1
    shown = f"{local(ended):%H:%M}"
    print(say("The demonstration stands at {time}. Start it as usual.", time=shown))  # noqa: T201 - for the terminal
    return 0


def import_catalogue(options: argparse.Namespace) -> int:
    """Read a catalogue from CSV files."""
    say = words(options.language)
    folder, mapping, dry_run = options.folder, options.mapping, options.dry_run
    return _on_database(
        options, say, lambda store: import_folder(store, folder, mapping, say, dry_run=dry_run)
    )


def read_streets(options: argparse.Namespace) -> int:
    """Read streets, addresses and the map."""
    from loket.server.streets import import_streets  # noqa: PLC0415 - shapely takes its time

    say = words(options.language)
    return _on_database(
        options,
        say,
        lambda store: import_streets(store, options.file, say, dry_run=options.dry_run),
    )


def _on_database(
    options: argparse.Namespace,
    say: Words,
    work: Callable[[Store], int],
    *,
    dry_run: bool | None = None,
) -> int:
    """Do it on the database, which a dry run neither makes nor brings up to date."""
    dry = options.dry_run if dry_run is None else dry_run
    try:
        if not (dry or options.database_url):
            made_folder(folder_of(options).server)
        database = (open_database if dry else opened)(database_url_of(options))
        try:
            return work(Store(database, SystemClock()))
        finally:
            database.dispose()
    except LoketError as error:
        print(sentence(error, say), file=sys.stderr)  # noqa: T201 - for the terminal
        return 1


def read_reports(options: argparse.Namespace) -> int:
    """Read how reports are arranged."""
    say = words(options.language)
    dry_run = options.dry_run
    return _on_database(
        options,
        say,
        lambda store: import_reports(store, options.file, say, dry_run=dry_run),
        dry_run=dry_run,
    )


def suggest(options: argparse.Namespace) -> int:
    """Learn categories, or say how well they are suggested."""
    from loket.server import suggesting  # noqa: PLC0415 - learning takes numpy, serving may not

    act = suggesting.train if options.what == "train" else suggesting.evaluate
    return _on_database(options, words("nl"), act, dry_run=options.what == "evaluate")


def pair_display(options: argparse.Namespace) -> int:
    """Confirm the code that a screen shows, or say where it finds one."""
    say = words(options.language)
    try:
        with settled(database_url_of(options)) as database:
            running = RunFile.read(folder_of(options).run_file)
            if options.code is None:
                return say_where(running, say)
            store = Store(database, clock_of(running))
            return pair(store, options.code, name=options.name, site=options.site, say=say)
    except LoketError as error:
        print(sentence(error, say), file=sys.stderr)  # noqa: T201 - for the terminal
        return 1
