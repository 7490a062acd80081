"""What a server does by itself: forgetting what need not be kept."""

import logging
import threading
from datetime import timedelta

from sqlalchemy import delete

from loket.staff.desks import forget_authors
from loket.staff.tables import SessionRow, SignInFailureRow
from loket.store.engine import storage_errors
from loket.store.tables import EventRow, IdempotencyRow
from loket.store.work import Store

log = logging.getLogger(__name__)

EVENTS_KEPT = timedelta(hours=48)
KEYS_KEPT = timedelta(days=90)
FAILURES_KEPT = timedelta(days=1)
EVERY_SECONDS = 3600


def forget(store: Store) -> None:
    """Erase events, keys, sessions and wrong passwords past their time."""
    now = store.clock.now()
    with storage_errors(), store.database.writers.begin() as connection:
        connection.execute(delete(EventRow).where(EventRow.at < now - EVENTS_KEPT))
        old = IdempotencyRow.created_at < now - KEYS_KEPT
        connection.execute(delete(IdempotencyRow).where(old))
        connection.execute(delete(SessionRow).where(SessionRow.expires_at < now))
        long_ago = SignInFailureRow.last_at < now - FAILURES_KEPT
        connection.execute(delete(SignInFailureRow).where(long_ago))
        forget_authors(connection, now)


class Housekeeping:
    """Forgets every hour, in a thread of its own."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="loket-housekeeping")

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stopping.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._stopping.wait(EVERY_SECONDS):
            try:
                forget(self._store)
            except Exception:  # the thread must outlive whatever one round meets
                log.exception("forgetting is put off by an hour")
