"""Who sits at the desk, as the headers that say so."""

from dataclasses import dataclass
from datetime import datetime
from threading import Lock

from loket.link.errors import NotSignedIn
from loket.wire import protocol


@dataclass(frozen=True)
class Credential:
    """A person's token, and the desk's own for what is delivered later."""

    token: str
    author: str
    """Id of the user."""
    desk_token: str


class Session:
    """The credential of the moment; a desk's token outlives the person's."""

    def __init__(self, desk_token: str = "") -> None:
        self._lock = Lock()
        self._credential: Credential | None = None
        self._desk_token = desk_token

    @property
    def desk_token(self) -> str:
        return self._desk_token

    def begin(self, credential: Credential) -> None:
        with self._lock:
            self._credential = credential
            self._desk_token = credential.desk_token

    def end(self, *, token: str | None = None) -> bool:
        """Nobody sits here any more; with ``token`` only if it is still that person's."""
        with self._lock:
            current = self._credential
            if current is None or (token is not None and token != current.token):
                return False
            self._credential = None
            return True

    @property
    def author(self) -> str:
        return self._current().author

    @property
    def token(self) -> str:
        return self._current().token

    def bearer(self) -> dict[str, str]:
        """Headers of what a person asks now."""
        return {"Authorization": f"Bearer {self._current().token}"}

    def desk(self, *, author: str, occurred_at: datetime) -> dict[str, str]:
        """Headers of what the desk delivers for a person who may have left."""
        if not self._desk_token:
            raise NotSignedIn.nobody()
        return {
            "Authorization": f"Desk {self._desk_token}",
            protocol.AUTHOR: author,
            protocol.OCCURRED_AT: occurred_at.isoformat(),
        }

    def _current(self) -> Credential:
        with self._lock:
            if self._credential is None:
                raise NotSignedIn.nobody()
            return self._credential
