"""``python -m loket mail-in``: one mail from a mail server, on standard input."""

import argparse
import os
import sys

from loket.catalogue.queries import NoCatalogue
from loket.kit.errors import LoketError
from loket.kit.i18n import words
from loket.server.channels import add_own_addresses, channels_of
from loket.server.mailroom import EX_TEMPFAIL, take_from_pipe
from loket.server.opening import RunFile
from loket.server.options import add_data_options, database_url_of, folder_of
from loket.server.pairing import clock_of
from loket.server.schema import METADATA
from loket.server.sentences import sentence
from loket.store.engine import open_database
from loket.store.migrate import is_settled
from loket.store.work import Store


def add_mail_in(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    mail_in = commands.add_parser("mail-in", help="take in one mail from standard input")
    mail_in.add_argument("--to", default="", metavar="ADDRESS", help="where it was delivered to")
    add_own_addresses(mail_in)
    add_data_options(mail_in)
    mail_in.set_defaults(run=_mail_in)


def _mail_in(options: argparse.Namespace) -> int:
    """One mail; whatever may pass by itself asks the mail server to come again."""
    settings = channels_of(options, os.environ)
    try:
        database = open_database(database_url_of(options))
        try:
            if not is_settled(database, METADATA):
                raise NoCatalogue
            store = Store(database, clock_of(RunFile.read(folder_of(options).run_file)))
            return take_from_pipe(store, settings, delivered_to=options.to)
        finally:
            database.dispose()
    except LoketError as error:
        print(sentence(error, words("nl")), file=sys.stderr)  # noqa: T201 - for the mail server
        return EX_TEMPFAIL
