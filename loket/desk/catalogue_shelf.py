"""The catalogue at a desk: in memory, on disk for when the server is away, checked by version."""

import logging
from pathlib import Path
from threading import Event, Lock

from pydantic import ValidationError

from loket.catalogue.gateway import CatalogueGateway
from loket.catalogue.messages import Catalogue
from loket.desk.errors import NoCatalogue
from loket.desk.settings import write_whole
from loket.kit.errors import LoketError
from loket.link.errors import LinkError, NotSignedIn, WrongVersion

log = logging.getLogger(__name__)


class CatalogueShelf:
    """The newest catalogue that this desk could get."""

    def __init__(self, gateway: CatalogueGateway, file: Path) -> None:
        self._gateway = gateway
        self._file = file
        self._lock = Lock()
        self._keeping = Lock()
        self._kept: Catalogue | None = None
        self._checked = Event()

    def newest(self) -> Catalogue:
        """The server's, when there is reason to ask for it; else what is at hand."""
        with self._lock:
            if self._kept is not None and self._checked.is_set():
                return self._kept
            return self._check()

    def at_hand(self) -> Catalogue:
        """What this desk has by itself; for acts that do not wait for a server."""
        found = self._known()  # without the lock: another thread may be asking a slow server
        if found is None:
            raise NoCatalogue
        return found

    def doubt(self) -> None:
        """It may have changed: ask at the next occasion."""
        self._checked.clear()

    def refresh(self) -> bool:
        """Ask now; whether another catalogue came than the one that was known."""
        self.doubt()
        before, after = self._known(), self.newest()
        return before is not None and after.version != before.version

    def _check(self) -> Catalogue:
        known = self._known()
        # Before asking: a change during the call must raise doubt again.
        self._checked.set()
        try:
            fresh = self._gateway.catalogue(known_version=known.version if known else None)
        except (NotSignedIn, WrongVersion):
            self._checked.clear()
            raise
        except (LinkError, LoketError) as error:
            self._checked.clear()
            if known is None:
                raise
            log.info("the catalogue on disk serves: %s", error)
            return known
        if fresh is not None:
            self._keep(fresh)
        return self._known_now()

    def _known(self) -> Catalogue | None:
        if self._kept is None:
            read = self._read()
            with self._keeping:
                if self._kept is None:  # a newer one may have come while the file was read
                    self._kept = read
        return self._kept

    def _known_now(self) -> Catalogue:
        if self._kept is None:
            raise NoCatalogue  # "not changed" for a question that named no version
        return self._kept

    def _keep(self, fresh: Catalogue) -> None:
        with self._keeping:
            self._kept = fresh
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            write_whole(self._file, fresh.model_dump_json())
        except OSError as error:
            log.warning("the catalogue was not kept on disk: %s", error)

    def _read(self) -> Catalogue | None:
        try:
            return Catalogue.model_validate_json(self._file.read_bytes())
        except (OSError, ValidationError) as error:
            log.info("no catalogue on disk: %s", type(error).__name__)
            return None
