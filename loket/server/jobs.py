"""What a server does by itself: ending the days that are over, forgetting what need not be kept."""

import logging
import threading
from datetime import timedelta
from itertools import count

from sqlalchemy import delete

from loket.appointments.queries.plans import Plans
from loket.appointments.usecases.arriving import end_appointments
from loket.appointments.usecases.wishing import let_offers_lapse
from loket.catalogue.offer import Offers
from loket.catalogue.queries import NoCatalogue
from loket.correspondence.rules import KEPT
from loket.correspondence.usecases.posting import forget_messages
from loket.queue.usecases.ending import end_days
from loket.reports.usecases.mailing.forgetting import forget_mails
from loket.reports.usecases.prolonging import move_waiting_on
from loket.staff.desks import forget_authors
from loket.staff.tables import SessionRow, SignInFailureRow
from loket.store.engine import storage_errors
from loket.store.tables import EventRow, IdempotencyRow
from loket.store.work import Store

log = logging.getLogger(__name__)

EVENTS_KEPT = timedelta(hours=48)
KEYS_KEPT = timedelta(days=90)
FAILURES_KEPT = timedelta(days=1)
EVERY_SECONDS = 60
FORGET_EVERY = 60
"""Rounds: a new day is seen within a minute, what may be forgotten within an hour."""


def forget(store: Store, messages_kept: timedelta = KEPT) -> None:
    """Erase events, keys, sessions, wrong passwords and what was written past their time."""
    now = store.clock.now()
    with storage_errors(), store.database.writers.begin() as connection:
        connection.execute(delete(EventRow).where(EventRow.at < now - EVENTS_KEPT))
        old = IdempotencyRow.created_at < now - KEYS_KEPT
        connection.execute(delete(IdempotencyRow).where(old))
        connection.execute(delete(SessionRow).where(SessionRow.expires_at < now))
        long_ago = SignInFailureRow.last_at < now - FAILURES_KEPT
        connection.execute(delete(SignInFailureRow).where(long_ago))
        forget_authors(connection, now)
        forget_messages(connection, now, messages_kept)
        forget_mails(connection, now, messages_kept)


class Housekeeping:
    """Tidies at the start and every minute, in a thread of its own."""

    def __init__(self, store: Store, offers: Offers, messages_kept: timedelta = KEPT) -> None:
        self._store = store
        self._messages_kept = messages_kept
        self._offers = offers
        self._plans = Plans()
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="loket-housekeeping")

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stopping.set()
        self._thread.join()

    def _run(self) -> None:
        rounds = count()
        while not self._stopping.wait(EVERY_SECONDS if (this := next(rounds)) else 0):
            try:
                end_days(self._store, self._offers)
                end_appointments(self._store)
                let_offers_lapse(self._store, self._offers, self._plans)
                move_waiting_on(self._store)
                if this % FORGET_EVERY == 0:
                    forget(self._store, self._messages_kept)
            except NoCatalogue:
                log.info("nothing to tidy: there is no catalogue yet")
            except Exception:  # the thread must outlive whatever one round meets
                log.exception("tidying is put off to the next round")
