"""Attempts to sign in: counted before the password is judged, and only a few judged at a time."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any, Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import Connection, bindparam, delete, update
from sqlalchemy.dialects import postgresql, sqlite

from loket.kit.ids import new_token
from loket.staff.rules import SignInBusy, TooManyAttempts, next_attempt_at
from loket.staff.tables import SignInFailureRow
from loket.store.work import Work

JUDGED_AT_ONCE: Final = 3
"""A hash takes a core and 64 MB on purpose: more at once only take them from who is working."""
IN_LINE: Final = 12
"""How many more may wait: each holds one of the server's threads."""
RETRY_SECONDS: Final = 2

_TABLE = SignInFailureRow.metadata.tables["sign_in_failure"]


def _take(dialect: str) -> Any:
    upsert = (sqlite if dialect == "sqlite" else postgresql).insert(_TABLE)
    # Changes nothing, but whoever comes second waits here and then sees what the first has noted.
    same = {"failures": _TABLE.c.failures}
    return upsert.on_conflict_do_update(index_elements=["username"], set_=same).returning(
        _TABLE.c.failures, _TABLE.c.last_at
    )


_TAKE = {name: _take(name) for name in ("sqlite", "postgresql")}
_COUNT = (
    update(_TABLE)
    .where(_TABLE.c.username == bindparam("name"))
    .values(failures=_TABLE.c.failures + 1, last_at=bindparam("now"))
)
_FORGET = delete(_TABLE).where(_TABLE.c.username == bindparam("name"))


def count_attempt(work: Work, username: str) -> int:
    """Count an attempt as failed, until it turns out otherwise; how many that makes in a row.

    Of guesses at the same moment one is heard and the others are too soon.
    """
    first = {"username": username, "failures": 0, "last_at": work.now}
    row = work.connection.execute(_TAKE[work.connection.dialect.name], first).one()
    ahead = (next_attempt_at(row.failures, row.last_at) - work.now).total_seconds()
    if ahead > 0:
        raise TooManyAttempts(retry_after=max(1, round(ahead)))
    work.connection.execute(_COUNT, {"name": username, "now": work.now})
    return int(row.failures) + 1


def forget_attempts(connection: Connection, username: str) -> None:
    """The password was right."""
    connection.execute(_FORGET, {"name": username})


class Judge:
    """Says whether a password fits, three at a time; a long line is refused at its end."""

    def __init__(self, hasher: PasswordHasher) -> None:
        self._hasher = hasher
        self._line = threading.BoundedSemaphore(JUDGED_AT_ONCE + IN_LINE)
        self._places = threading.BoundedSemaphore(JUDGED_AT_ONCE)

    @contextmanager
    def line(self) -> Iterator[None]:
        """A place in the line for one attempt, or :class:`SignInBusy`."""
        if not self._line.acquire(blocking=False):
            raise SignInBusy(retry_after=RETRY_SECONDS)
        try:
            yield
        finally:
            self._line.release()

    def fits(self, password_hash: str | None, password: str) -> bool:
        """Whether they belong together; None, for nobody, takes as long and never fits."""
        with self._places:
            try:
                self._hasher.verify(password_hash or _nobodys_hash(), password)
            except (VerificationError, InvalidHashError):
                return False
        return password_hash is not None


@cache
def _nobodys_hash() -> str:
    """Takes as long as a real one to be made, so not while a server starts."""
    return PasswordHasher().hash(new_token())
