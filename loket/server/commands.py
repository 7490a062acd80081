"""What ``python -m loket`` can do on the side of the server; each is imported when it is asked."""

import argparse
import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path

from loket.server.channels import CHANNELS_TOLD, add_channel_options, add_own_addresses
from loket.server.options import add_data_options, number_from
from loket.server.simulating import add_simulate


def add_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Describe the server's commands."""
    _add_serving(commands)
    _add_imports(commands)
    add_simulate(commands, number_from)
    suggest = commands.add_parser("suggest", help="learn categories from reports, as JSON lines")
    suggest.add_argument("what", choices=("train", "evaluate"))
    add_data_options(suggest)
    suggest.set_defaults(run=_later("errands", "suggest"))
    pairing = commands.add_parser("pair-display", help="confirm the code that a screen shows")
    pairing.add_argument("code", nargs="?", help="without it: where a screen finds its code")
    pairing.add_argument("--name", default="", help="how staff call the screen")
    pairing.add_argument("--site", default="", help="code of the site; the first one by default")
    pairing.add_argument("--language", choices=("nl", "en"), default="nl")
    add_data_options(pairing)
    pairing.set_defaults(run=_later("errands", "pair_display"))


def _add_serving(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    serve = commands.add_parser("serve", help="run the server", epilog=CHANNELS_TOLD)
    add_data_options(serve)
    serve.add_argument("--host", default="127.0.0.1")
    serve.add_argument("--port", type=number_from(0, 65535), default=0, help="0 takes any free one")
    serve.add_argument("--processes", type=number_from(1, 64), default=1)
    serve.add_argument("--demonstration", action="store_true", help="the town of Heidebeek")
    serve.add_argument("--embedded", action="store_true", help="end after the last desk is gone")
    add_channel_options(serve)
    serve.set_defaults(run=_later("serve", "serve"))
    mail_in = commands.add_parser("mail-in", help="take in one mail from standard input")
    mail_in.add_argument("--to", default="", metavar="ADDRESS", help="where it was delivered to")
    add_own_addresses(mail_in)
    add_data_options(mail_in)
    mail_in.set_defaults(run=_later("mail_in", "take_from_pipe"))
    busy = commands.add_parser("busy-hour", help="the demonstration at 10:12, after a busy hour")
    add_data_options(busy)
    busy.set_defaults(run=_later("errands", "busy_hour"))


def _add_imports(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    importing = commands.add_parser("import-catalogue", help="read a catalogue from CSV files")
    importing.add_argument("folder", type=Path)
    importing.add_argument("--mapping", type=Path, required=True)
    importing.add_argument("--dry-run", action="store_true")
    importing.add_argument("--language", choices=("nl", "en"), default="nl")
    add_data_options(importing)
    importing.set_defaults(run=_later("errands", "import_catalogue"))
    streets = commands.add_parser("streets", help="read streets, addresses and map from GeoJSON")
    streets.add_argument("file", type=Path)
    streets.add_argument("--dry-run", action="store_true")
    streets.add_argument("--language", choices=("nl", "en"), default="nl")
    add_data_options(streets)
    streets.set_defaults(run=_later("errands", "read_streets"))
    arranging = commands.add_parser(
        "import-reports", help="read how reports are arranged from a TOML file"
    )
    arranging.add_argument("file", type=Path)
    arranging.add_argument("--dry-run", action="store_true")
    arranging.add_argument("--language", choices=("nl", "en"), default="nl")
    add_data_options(arranging)
    arranging.set_defaults(run=_later("errands", "read_reports"))


def _later(module: str, act: str) -> Callable[[argparse.Namespace], int]:
    """A command of a module of this package: a mail that comes in does not wait for all others."""

    def run(options: argparse.Namespace) -> int:
        with _unswept():
            loaded = import_module(f"loket.server.{module}")
        status: int = getattr(loaded, act)(options)
        return status

    return run


@contextmanager
def _unswept() -> Iterator[None]:
    """Importing leaves no garbage, and looking for it time and again takes a fifth of the start."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
