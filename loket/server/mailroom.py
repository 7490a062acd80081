"""A mailbox that is read for answers by mail."""

import logging
import secrets
import threading
from typing import Final

from loket.catalogue.offer import Offers
from loket.channels.mail import ImapServer
from loket.channels.mailbox import LINE_FAULTS, Mailbox, mailbox
from loket.channels.settings import ChannelSettings, imap_server
from loket.kit.errors import LoketError
from loket.reports.usecases.mailing.taking_in import Outcome, OwnAddresses, take_in
from loket.store.work import Store

log = logging.getLogger(__name__)
TAKEN: Final = ("Loket",)
UNREAD: Final = ("Loket", "Niet gelezen")
FIRST_PAUSE, LONGEST_PAUSE = 5.0, 300.0


class Mailroom:
    """Reads a mailbox in a thread of its own: at once where its server tells of new mail."""

    def __init__(
        self,
        store: Store,
        offers: Offers,
        server: ImapServer,
        own: OwnAddresses,
        *,
        first_pause: float = FIRST_PAUSE,
    ) -> None:
        self._store, self._offers = store, offers
        self._server, self._own = server, own
        self._first_pause = self._pause = first_pause
        self._broken = ""
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="loket-mailroom")

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """End after the message that is being taken now."""
        self._stopping.set()
        self._thread.join()

    def take_all(self, box: Mailbox) -> int:
        """Take what nobody saw, one by one; how many there were."""
        many = 0
        for uid in box.unseen():
            if self._stopping.is_set():
                break
            raw = box.fetch(uid)
            if raw is not None:
                # Only after the commit: a message that is in no file yet comes again.
                box.put_away(uid, *self._taken(raw))
                many += 1
        return many

    def _taken(self, raw: bytes) -> tuple[str, ...]:
        """Take one in; the folder where it goes. Raises while the database cannot take it."""
        try:
            outcome = take_in(self._store, self._offers, self._own, raw)
        except LoketError:
            raise
        except Exception as error:  # noqa: BLE001 - one message must not hold up all the others
            log.error("a mail could not be taken in: %s", type(error).__name__)  # noqa: TRY400
            return UNREAD
        return UNREAD if outcome is Outcome.UNREADABLE else TAKEN

    def _run(self) -> None:
        while not self._stopping.is_set():
            try:
                with mailbox(self._server) as box:
                    self._stay(box)
            except LINE_FAULTS as error:
                self._rest("the mailbox", error)
            except LoketError as error:
                self._rest("the database", error)

    def _stay(self, box: Mailbox) -> None:
        """Read for as long as the line holds."""
        while not self._stopping.is_set():
            self.take_all(box)
            self._well()
            if not box.unseen():
                box.wait(self._stopping.wait)

    def _well(self) -> None:
        if self._broken:
            log.info("mail is read again")
        self._broken, self._pause = "", self._first_pause

    def _rest(self, what: str, error: Exception) -> None:
        """Wait, longer each time; the same fault is told once. What it says may hold a name."""
        fault = f"{what}: {type(error).__name__}"
        if fault != self._broken:
            log.warning("no mail is read now, %s", fault)
        self._broken = fault
        self._stopping.wait(self._pause * (0.8 + 0.4 * secrets.SystemRandom().random()))
        self._pause = min(self._pause * 2, LONGEST_PAUSE)


def mailroom_of(store: Store, offers: Offers, settings: ChannelSettings) -> Mailroom | None:
    """What reads the mailbox of these settings; None where there is none."""
    server = imap_server(settings)
    return None if server is None else Mailroom(store, offers, server, OwnAddresses.of(settings))
