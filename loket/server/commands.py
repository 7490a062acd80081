"""``python -m loket serve``, ``import-catalogue``, ``streets``, ``pair-display``, ``busy-hour``."""

import argparse
import json
import logging
import os
import signal
import socket
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from loket.catalogue.offer import Offers
from loket.catalogue.queries import NoCatalogue
from loket.channels.tiles import TileSettings
from loket.kit import logs
from loket.kit.clock import Clock, SystemClock, local
from loket.kit.errors import LoketError
from loket.kit.i18n import Words, words
from loket.queue.queries import measured
from loket.server import serving, workers
from loket.server.app import create_app
from loket.server.channels import (
    CHANNELS_TOLD,
    add_channel_options,
    channels_of,
)
from loket.server.importing import import_folder, import_reports
from loket.server.jobs import Housekeeping
from loket.server.mail_in import add_mail_in
from loket.server.mailroom import mailroom_of
from loket.server.opening import RunFile, held_folder, made_folder, opened
from loket.server.options import add_data_options, database_url_of, folder_of, number_from
from loket.server.pairing import clock_of, pair, say_where
from loket.server.schema import METADATA
from loket.server.sentences import sentence
from loket.server.settings import ServerSettings
from loket.server.simulating import add_simulate
from loket.store.engine import Database, open_database
from loket.store.migrate import is_settled
from loket.store.work import Store

log = logging.getLogger(__name__)
EMBEDDED_LINGER_SECONDS = 10.0


def add_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Describe the server's commands."""
    serve = commands.add_parser("serve", help="run the server", epilog=CHANNELS_TOLD)
    add_data_options(serve)
    serve.add_argument("--host", default="127.0.0.1")
    serve.add_argument("--port", type=number_from(0, 65535), default=0, help="0 takes any free one")
    serve.add_argument("--processes", type=number_from(1, 64), default=1)
    serve.add_argument("--demonstration", action="store_true", help="the town of Heidebeek")
    serve.add_argument("--embedded", action="store_true", help="end after the last desk is gone")
    add_channel_options(serve)
    serve.set_defaults(run=_serve)
    add_mail_in(commands)
    busy = commands.add_parser("busy-hour", help="the demonstration at 10:12, after a busy hour")
    add_data_options(busy)
    busy.set_defaults(run=_busy_hour)
    _add_imports(commands)
    add_simulate(commands, number_from)
    suggest = commands.add_parser("suggest", help="learn categories from reports, as JSON lines")
    suggest.add_argument("what", choices=("train", "evaluate"))
    add_data_options(suggest)
    suggest.set_defaults(run=_suggest)
    pairing = commands.add_parser("pair-display", help="confirm the code that a screen shows")
    pairing.add_argument("code", nargs="?", help="without it: where a screen finds its code")
    pairing.add_argument("--name", default="", help="how staff call the screen")
    pairing.add_argument("--site", default="", help="code of the site; the first one by default")
    pairing.add_argument("--language", choices=("nl", "en"), default="nl")
    add_data_options(pairing)
    pairing.set_defaults(run=_pair)


def _add_imports(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    importing = commands.add_parser("import-catalogue", help="read a catalogue from CSV files")
    importing.add_argument("folder", type=Path)
    importing.add_argument("--mapping", type=Path, required=True)
    importing.add_argument("--dry-run", action="store_true")
    importing.add_argument("--language", choices=("nl", "en"), default="nl")
    add_data_options(importing)
    importing.set_defaults(run=_import)
    streets = commands.add_parser("streets", help="read streets, addresses and map from GeoJSON")
    streets.add_argument("file", type=Path)
    streets.add_argument("--dry-run", action="store_true")
    streets.add_argument("--language", choices=("nl", "en"), default="nl")
    add_data_options(streets)
    streets.set_defaults(run=_streets)
    arranging = commands.add_parser(
        "import-reports", help="read how reports are arranged from a TOML file"
    )
    arranging.add_argument("file", type=Path)
    arranging.add_argument("--dry-run", action="store_true")
    arranging.add_argument("--language", choices=("nl", "en"), default="nl")
    add_data_options(arranging)
    arranging.set_defaults(run=_import_reports)


def _serve(options: argparse.Namespace) -> int:
    logs.set_up()
    _end_in_order()
    folder = folder_of(options).server
    error_file = folder / "error.json"
    try:
        with held_folder(folder):
            error_file.unlink(missing_ok=True)
            _servefolder_of(options, folder)
    except LoketError as error:
        _leave_word(error_file, error)
        print(sentence(error, words("nl")), file=sys.stderr)  # noqa: T201 - for the terminal
        return 1
    return 0


def _end_in_order() -> None:
    """Let whoever stops this server wait for its last breath: files put away, exit status 0.

    Uvicorn hands a signal on once it has ended its connections; unhandled it would kill us there.
    """
    for name in ("SIGTERM", "SIGINT", "SIGBREAK"):  # the last one stands for SIGTERM on Windows
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), lambda _number, _frame: sys.exit(0))


def _leave_word(file: Path, error: LoketError) -> None:
    """For the desk that started this server and cannot see its terminal."""
    try:
        file.write_text(json.dumps({"code": error.code, "params": error.params}), encoding="utf-8")
    except OSError:
        log.warning("could not leave word in %s", file)


def _servefolder_of(options: argparse.Namespace, folder: Path) -> None:
    listener = serving.listening_socket(options.host, options.port)
    try:
        database = opened(database_url_of(options))
        try:
            settings, clock = _prepare(options, folder, database)
            run_here(settings, Store(database, clock), listener, processes=options.processes)
        finally:
            database.dispose()
    finally:
        listener.close()


def _prepare(
    options: argparse.Namespace, folder: Path, database: Database
) -> tuple[ServerSettings, Clock]:
    if options.demonstration:
        from loket.demo.load import ensure_town  # noqa: PLC0415 - only the demonstration needs it

        ensure_town(database)
    demonstration, clock = workers.circumstances(database, demonstrate=options.demonstration)
    settings = ServerSettings(
        database_url=database_url_of(options),
        folder=folder,
        host=options.host,
        port=options.port,
        demonstration=demonstration,
        channels=channels_of(options, os.environ),
        tiles=TileSettings.of(os.environ),
        messages_kept=timedelta(days=options.keep_messages),
        linger_seconds=EMBEDDED_LINGER_SECONDS if options.embedded else None,
    )
    return settings, clock


def run_here(
    settings: ServerSettings, store: Store, listener: socket.socket, *, processes: int = 1
) -> None:
    """Serve from this process, or from several that it starts."""
    # Both run once, however many processes serve.
    housekeeping = Housekeeping(store, Offers(store.clock, measured), settings.messages_kept)
    mailroom = mailroom_of(store, Offers(store.clock, measured), settings.channels)
    housekeeping.start()
    if mailroom is not None:
        mailroom.start()
    try:
        if processes > 1:
            workers.run(settings, store.epoch(), listener, processes)
        else:
            app = create_app(settings, store, store.clock)
            serving.run(app, listener, settings.run_file, settings.linger_seconds)
    finally:
        if mailroom is not None:
            mailroom.stop()
        housekeeping.stop()


def _busy_hour(options: argparse.Namespace) -> int:
    """Load the demonstration and play its first hour; a server started next goes on from there."""
    from loket.demo.busy_hour.hour import play_busy_hour  # noqa: PLC0415 - as above
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


def _import(options: argparse.Namespace) -> int:
    say = words(options.language)
    return _on_database(
        options,
        say,
        lambda store: import_folder(
            store, options.folder, options.mapping, say, dry_run=options.dry_run
        ),
    )


def _streets(options: argparse.Namespace) -> int:
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


def _import_reports(options: argparse.Namespace) -> int:
    say = words(options.language)
    dry_run = options.dry_run
    return _on_database(
        options,
        say,
        lambda store: import_reports(store, options.file, say, dry_run=dry_run),
        dry_run=dry_run,
    )


def _suggest(options: argparse.Namespace) -> int:
    from loket.server import suggesting  # noqa: PLC0415 - learning takes numpy, serving may not

    act = suggesting.train if options.what == "train" else suggesting.evaluate
    return _on_database(options, words("nl"), act, dry_run=options.what == "evaluate")


def _pair(options: argparse.Namespace) -> int:
    say = words(options.language)
    try:
        database = open_database(database_url_of(options))
        try:
            if not is_settled(database, METADATA):
                raise NoCatalogue
            running = RunFile.read(folder_of(options).run_file)
            if options.code is None:
                return say_where(running, say)
            store = Store(database, clock_of(running))
            return pair(store, options.code, name=options.name, site=options.site, say=say)
        finally:
            database.dispose()
    except LoketError as error:
        print(sentence(error, say), file=sys.stderr)  # noqa: T201 - for the terminal
        return 1
