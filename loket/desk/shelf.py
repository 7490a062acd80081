"""What a desk keeps of the server: in memory, on disk for when it is away, checked by version."""

import logging
from collections.abc import Callable
from pathlib import Path
from threading import Event, Lock
from typing import Generic, TypeVar

from pydantic import ValidationError

from loket.desk.settings import write_whole
from loket.kit.errors import LoketError
from loket.link.errors import LinkError, NotSignedIn, WrongVersion
from loket.wire.base import Versioned

log = logging.getLogger(__name__)


Whole = TypeVar("Whole", bound=Versioned)


class Shelf(Generic[Whole]):
    """The newest that this desk could get of one thing."""

    def __init__(
        self,
        ask: Callable[..., Whole | None],
        kind: type[Whole],
        file: Path,
        missing: type[LoketError],
    ) -> None:
        """``ask(known_version=…)`` asks the server; None when that is still the present one."""
        self._ask = ask
        self._kind = kind
        self._missing = missing
        self._file = file
        self._lock = Lock()
        self._keeping = Lock()
        self._kept: Whole | None = None
        self._checked = Event()

    def newest(self) -> Whole:
        """The server's, when there is reason to ask for it; else what is at hand."""
        with self._lock:
            if self._kept is not None and self._checked.is_set():
                return self._kept
            return self._check()

    def at_hand(self) -> Whole:
        """What this desk has by itself; for acts that do not wait for a server."""
        found = self._known()  # without the lock: another thread may be asking a slow server
        if found is None:
            raise self._missing
        return found

    def doubt(self) -> None:
        """It may have changed: ask at the next occasion."""
        self._checked.clear()

    def refresh(self) -> bool:
        """Ask now; whether another came than the one that was known."""
        self.doubt()
        before, after = self._known(), self.newest()
        return before is not None and after.version != before.version

    def _check(self) -> Whole:
        known = self._known()
        # Before asking: a change during the call must raise doubt again.
        self._checked.set()
        try:
            fresh = self._ask(known_version=known.version if known else None)
        except (NotSignedIn, WrongVersion):
            self._checked.clear()
            raise
        except (LinkError, LoketError) as error:
            self._checked.clear()
            if known is None:
                raise
            log.info("%s on disk serves: %s", self._file.name, error)
            return known
        if fresh is not None:
            self._keep(fresh)
        return self._known_now()

    def _known(self) -> Whole | None:
        if self._kept is None:
            self._fill(self._read())
        return self._kept

    def _fill(self, read: Whole | None) -> None:
        with self._keeping:
            if self._kept is None:  # else a newer one came while the file was read
                self._kept = read

    def _known_now(self) -> Whole:
        if self._kept is None:
            raise self._missing  # "not changed" for a question that named no version
        return self._kept

    def _keep(self, fresh: Whole) -> None:
        with self._keeping:
            self._kept = fresh
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            write_whole(self._file, fresh.model_dump_json())
        except OSError as error:
            log.warning("%s was not kept on disk: %s", self._file.name, error)

    def _read(self) -> Whole | None:
        try:
            return self._kind.model_validate_json(self._file.read_bytes())
        except (OSError, ValidationError) as error:
            log.info("no %s on disk: %s", self._file.name, type(error).__name__)
            return None
