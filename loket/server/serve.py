"""``python -m loket serve``: the server, from this process or from several."""

import argparse
import gc
import json
import logging
import os
import signal
import socket
import sys
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from loket.catalogue.offer import Offers
from loket.channels.settings import ChannelSettings
from loket.channels.tiles import TileSettings
from loket.kit import logs
from loket.kit.clock import Clock
from loket.kit.errors import LoketError
from loket.kit.i18n import words
from loket.queue.queries import measured
from loket.server import serving, workers
from loket.server.app import create_app
from loket.server.channels import channels_of
from loket.server.jobs import Housekeeping
from loket.server.opening import held_folder, opened
from loket.server.options import database_url_of, folder_of
from loket.server.sentences import sentence
from loket.server.settings import ServerSettings
from loket.store.engine import Database
from loket.store.work import Store

if TYPE_CHECKING:
    from loket.server.mailroom import Mailroom

log = logging.getLogger(__name__)
EMBEDDED_LINGER_SECONDS = 10.0


def serve(options: argparse.Namespace) -> int:
    """Serve until somebody ends it; the exit status."""
    logs.set_up()
    _end_in_order()
    gc.freeze()  # what is imported stays, and need not be looked through for garbage again
    folder = folder_of(options).server
    error_file = folder / "error.json"
    try:
        with held_folder(folder):
            error_file.unlink(missing_ok=True)
            _serve_folder(options, folder)
    except LoketError as error:
        leave_word(error_file, error)
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


def leave_word(file: Path, error: LoketError) -> None:
    """For the desk that started this server and cannot see its terminal."""
    try:
        file.write_text(json.dumps({"code": error.code, "params": error.params}), encoding="utf-8")
    except OSError:
        log.warning("could not leave word in %s", file)


def _serve_folder(options: argparse.Namespace, folder: Path) -> None:
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
    mailroom = _mailroom(settings.channels, store)
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


def _mailroom(channels: ChannelSettings, store: Store) -> "Mailroom | None":
    if not channels.imap_url:
        return None
    from loket.server.mailroom import mailroom_of  # noqa: PLC0415 - few towns have it read

    return mailroom_of(store, Offers(store.clock, measured), channels)
