"""Numbers leased beforehand, for giving tickets while the server is away; each given once."""

from datetime import date

from loket.desk.errors import NoLeasedNumber
from loket.link.disk import Disk
from loket.queue.messages import Leases

_SCHEMA = """
CREATE TABLE IF NOT EXISTS leases (
    epoch TEXT NOT NULL,
    prefix TEXT NOT NULL,
    day TEXT NOT NULL,
    number INTEGER NOT NULL,
    given INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (prefix, day, number)
)
"""


class LeaseBook:
    """The leased numbers of one desk folder; all its windows give from the same book."""

    def __init__(self, disk: Disk) -> None:
        self._disk = disk
        disk.ensure(_SCHEMA)

    def enter(self, leases: Leases, *, epoch: str, today: date) -> None:
        """Write new numbers down, and strike those of other days and of another database."""
        with self._disk.write() as db:
            db.execute("DELETE FROM leases WHERE day < ? OR epoch <> ?", (str(today), epoch))
            db.executemany(
                "INSERT OR IGNORE INTO leases (epoch, prefix, day, number) VALUES (?, ?, ?, ?)",
                [
                    (epoch, lease.series_prefix, lease.day, number)
                    for lease in leases.leases
                    for number in lease.numbers
                ],
            )

    def give(self, prefix: str, *, today: date) -> int:
        """The next number of a series, which is nobody else's from now on."""
        with self._disk.write() as db:
            row = db.execute(
                "UPDATE leases SET given = 1 WHERE prefix = ? AND day = ? AND number = ("
                " SELECT min(number) FROM leases WHERE prefix = ? AND day = ? AND given = 0"
                ") RETURNING number",
                (prefix, str(today), prefix, str(today)),
            ).fetchone()
        if row is None:
            raise NoLeasedNumber(prefix=prefix)
        return int(row["number"])

    def fewest_left(self, prefixes: set[str], *, epoch: str, today: date) -> int:
        """How many numbers the poorest of the series has left today."""
        with self._disk.read() as db:
            rows = db.execute(
                "SELECT prefix, count(*) FROM leases WHERE day = ? AND epoch = ? AND given = 0"
                " GROUP BY prefix",
                (str(today), epoch),
            ).fetchall()
        left = {row[0]: row[1] for row in rows}
        return min((left.get(prefix, 0) for prefix in prefixes), default=0)
