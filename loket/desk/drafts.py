"""What is being typed, on disk as it is typed: a power cut loses what came after the last keeping.

A draft belongs to who types it: a colleague who sits down here neither sees nor loses it.
"""

from dataclasses import dataclass
from datetime import datetime

from loket.kit.clock import Clock
from loket.link.disk import Disk

_SCHEMA = (
    "CREATE TABLE IF NOT EXISTS draft ("
    "kind TEXT NOT NULL, author TEXT NOT NULL, text TEXT NOT NULL, kept_at TEXT NOT NULL, "
    "PRIMARY KEY (kind, author))"
)


@dataclass(frozen=True)
class Draft:
    """A form as it stood."""

    text: str
    """JSON, of whoever keeps it."""
    kept_at: datetime


class Drafts:
    """One unfinished form of each kind for each person."""

    def __init__(self, disk: Disk, clock: Clock) -> None:
        self._disk = disk
        self._clock = clock
        disk.ensure(_SCHEMA)

    def keep(self, kind: str, author: str, text: str) -> None:
        """On the platter when this returns."""
        with self._disk.write() as db:
            db.execute(
                "INSERT OR REPLACE INTO draft (kind, author, text, kept_at) VALUES (?, ?, ?, ?)",
                (kind, author, text, self._clock.now().isoformat()),
            )

    def find(self, kind: str, author: str) -> Draft | None:
        with self._disk.read() as db:
            asked = "SELECT text, kept_at FROM draft WHERE kind = ? AND author = ?"
            row = db.execute(asked, (kind, author)).fetchone()
        return Draft(row["text"], datetime.fromisoformat(row["kept_at"])) if row else None

    def forget(self, kind: str, author: str) -> None:
        with self._disk.write() as db:
            db.execute("DELETE FROM draft WHERE kind = ? AND author = ?", (kind, author))
