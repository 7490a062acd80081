"""What a server does by itself: ending the days that are over, forgetting what need not be kept."""

import logging
import threading
from datetime import timedelta

from sqlalchemy import delete

from loket.catalogue.offer import Offers
from loket.kit.errors import LoketError
from loket.queue.usecases.ending import end_days
from loket.staff.tables import SessionRow
from loket.store.tables import EventRow, IdempotencyRow
from loket.store.work import Store

log = logging.getLogger(__name__)

EVENTS_KEPT = timedelta(hours=48)
KEYS_KEPT = timedelta(days=90)
EVERY_SECONDS = 3600


def forget(store: Store) -> None:
    """Erase events, keys and sessions past their time."""
    now = store.clock.now()
    with store.database.writers.begin() as connection:
        connection.execute(delete(EventRow).where(EventRow.at < now - EVENTS_KEPT))
        old = IdempotencyRow.created_at < now - KEYS_KEPT
        connection.execute(delete(IdempotencyRow).where(old))
        connection.execute(delete(SessionRow).where(SessionRow.expires_at < now))


class Housekeeping:
    """Tidies at the start and every hour, in a thread of its own."""

    def __init__(self, store: Store, offers: Offers) -> None:
        self._store = store
        self._offers = offers
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="loket-housekeeping")

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stopping.set()
        self._thread.join()

    def _run(self) -> None:
        pause = 0.0
        while not self._stopping.wait(pause):
            pause = EVERY_SECONDS
            try:
                end_days(self._store, self._offers)
                forget(self._store)
            except LoketError:
                log.exception("tidying is put off by an hour")
