"""What a desk remembers between two starts: its credential, and the server's time."""

from datetime import timedelta

from loket.link.disk import Disk

_SCHEMA = "CREATE TABLE IF NOT EXISTS kept (name TEXT PRIMARY KEY, value TEXT NOT NULL)"


class KeptValues:
    """A few named values on disk."""

    def __init__(self, disk: Disk) -> None:
        self._disk = disk
        disk.ensure(_SCHEMA)

    @property
    def desk_token(self) -> str:
        return self._get("desk_token")

    def keep_desk_token(self, token: str) -> None:
        self._put("desk_token", token)

    @property
    def clock_difference(self) -> timedelta:
        """How far the server's clock was ahead, so that a start without it knows the time too."""
        return timedelta(seconds=float(self._get("clock_difference") or 0.0))

    def keep_clock_difference(self, difference: timedelta) -> None:
        self._put("clock_difference", repr(difference.total_seconds()))

    @property
    def arrangements(self) -> str:
        """How the town arranged its reports, as JSON: what a desk needs to go on alone."""
        return self._get("report_arrangements")

    def keep_arrangements(self, text: str) -> None:
        self._put("report_arrangements", text)

    def _get(self, name: str) -> str:
        with self._disk.read() as db:
            row = db.execute("SELECT value FROM kept WHERE name = ?", (name,)).fetchone()
        return "" if row is None else str(row["value"])

    def _put(self, name: str, value: str) -> None:
        with self._disk.write() as db:
            db.execute("INSERT OR REPLACE INTO kept (name, value) VALUES (?, ?)", (name, value))
