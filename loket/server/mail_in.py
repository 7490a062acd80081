"""``python -m loket mail-in``: one mail from a mail server, on standard input."""

import argparse
import os
import sys
from typing import Final

from loket.catalogue.offer import Offers
from loket.channels.incoming.message import MOST_BYTES
from loket.kit.errors import LoketError
from loket.kit.i18n import words
from loket.queue.queries import measured
from loket.reports.usecases.mailing.taking_in import Outcome, OwnAddresses, take_in
from loket.server.channels import channels_of
from loket.server.opening import RunFile, settled
from loket.server.options import database_url_of, folder_of
from loket.server.pairing import clock_of
from loket.server.sentences import sentence
from loket.store.work import Store

EX_OK, EX_DATAERR, EX_TEMPFAIL = 0, 65, 75
"""As mail servers understand a program they hand a message to (sysexits.h)."""
_CHUNK: Final = 1 << 20


def take_from_pipe(options: argparse.Namespace) -> int:
    """One mail; whatever may pass by itself asks the mail server to come again."""
    own = OwnAddresses.of(channels_of(options, os.environ))
    try:
        with settled(database_url_of(options)) as database:
            store = Store(database, clock_of(RunFile.read(folder_of(options).run_file)))
            return _taken(store, own, options.to)
    except LoketError as error:
        print(sentence(error, words("nl")), file=sys.stderr)  # noqa: T201 - for the mail server
        return EX_TEMPFAIL


def _taken(store: Store, own: OwnAddresses, delivered_to: str) -> int:
    raw = sys.stdin.buffer.read(MOST_BYTES + 1)
    while sys.stdin.buffer.read(_CHUNK):  # a mail server that cannot write takes that for our end
        pass
    outcome = take_in(store, Offers(store.clock, measured), own, raw, delivered_to=delivered_to)
    return EX_DATAERR if outcome is Outcome.UNREADABLE else EX_OK
