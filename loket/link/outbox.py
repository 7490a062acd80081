"""The outbox: acts kept on disk until the server has them, in order per visit, each once.

    waiting ──claim──▶ sending ──▶ erased     the server has it
       ▲                  │
       ├── put back ◀─────┤                   no answer: again later, with the same key
       │                  ▼
       └── try again ◀─ parked                a rule refused it: a person decides

Only putting in, parking and what a person decides wait for the platter: a claim or an erasure
that a power cut takes back costs one more attempt.

A window that dies while sending leaves a claim that runs out. The same entry may then reach the
server a second time with the same key, which the server answers without doing it again.
"""

import json
import sqlite3
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from loket.kit.clock import Clock
from loket.kit.errors import Params
from loket.kit.ids import new_id
from loket.link.disk import Disk

CLAIM_SECONDS = 30.0
"""Longer than any attempt may take."""
MOST_DELAY_SECONDS = 60.0
"""No entry waits longer before it is tried again."""

_SCHEMA = """
CREATE TABLE IF NOT EXISTS outbox (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    thread TEXT NOT NULL,
    kind TEXT NOT NULL,
    method TEXT NOT NULL,
    path TEXT NOT NULL,
    body TEXT,
    author TEXT NOT NULL,
    occurred_at TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'sending', 'parked')),
    attempts INTEGER NOT NULL DEFAULT 0,
    left_over INTEGER NOT NULL DEFAULT 1,
    not_before REAL NOT NULL DEFAULT 0,
    claimed_by TEXT,
    claimed_until REAL,
    code TEXT NOT NULL DEFAULT '',
    params TEXT NOT NULL DEFAULT '{}'
);
CREATE INDEX IF NOT EXISTS outbox_thread ON outbox (thread, seq)
"""

# First of its visit, and either waiting and due or left behind by a window that died. A moment
# further ahead than any can be was written before this machine's clock was set back.
_CLAIMABLE = """
SELECT * FROM outbox AS entry
WHERE NOT EXISTS (
    SELECT 1 FROM outbox AS ahead WHERE ahead.thread = entry.thread AND ahead.seq < entry.seq
) AND (
    (state = 'waiting' AND (not_before <= :now OR not_before > :now + :delay))
    OR (state = 'sending' AND (claimed_until < :now OR claimed_until > :now + :claim))
)
ORDER BY seq LIMIT 1
"""
# Each act stands here for the moment of its first attempt; counted then, a desk whose courier
# looks at that moment would say "1 left" until the courier looks again.
_COUNTS = """
SELECT state, count(*) FROM outbox WHERE left_over GROUP BY state
"""
_MOST = {"delay": MOST_DELAY_SECONDS * 2, "claim": CLAIM_SECONDS * 2}


class EntryState(StrEnum):
    """Where an entry is."""

    WAITING = "waiting"
    SENDING = "sending"
    PARKED = "parked"


@dataclass(frozen=True)
class Letter:
    """An act to deliver, before it has a place in the outbox; ``id`` is its idempotency key."""

    thread: str
    """What it belongs to: letters of one thread (a visit) arrive in order."""
    kind: str
    method: str
    path: str
    body: str | None
    author: str
    occurred_at: datetime
    id: str


@dataclass(frozen=True)
class Entry:
    """A letter in the outbox."""

    letter: Letter
    state: EntryState
    attempts: int
    code: str
    """Why it was parked."""
    params: Params

    @property
    def id(self) -> str:
        return self.letter.id


@dataclass(frozen=True)
class Counts:
    """How many acts are to be sent still, and how many need a person."""

    waiting: int
    parked: int


class Outbox:
    """The outbox of one desk folder, as one window uses it."""

    def __init__(self, disk: Disk, clock: Clock) -> None:
        self._disk = disk
        self._clock = clock
        self._owner = new_id()
        disk.ensure(_SCHEMA)

    def put(self, letter: Letter, *, claim: bool) -> bool:
        """Keep the letter on disk. True: first of its thread, and this caller's to send."""
        with self._disk.write() as db:
            db.execute(
                "INSERT INTO outbox (id, thread, kind, method, path, body, author, occurred_at,"
                " state) VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'waiting')",
                (*_columns(letter), letter.occurred_at.isoformat()),
            )
            ahead = db.execute(
                "SELECT count(*) FROM outbox WHERE thread = ?", (letter.thread,)
            ).fetchone()[0]
            if not claim or ahead > 1:
                return False
            self._claim(db, letter.id)
            db.execute("UPDATE outbox SET left_over = 0 WHERE id = ?", (letter.id,))
            return True

    def claim_next(self) -> Entry | None:
        """The next entry to send, which is this caller's from now on."""
        with self._disk.note() as db:
            # The time once the file is ours: one taken before would lie before others' claims.
            now = self._now()
            row = db.execute(_CLAIMABLE, {"now": now, **_MOST}).fetchone()
            if row is None:
                return None
            self._claim(db, row["id"])
        return _entry(row)

    def holds(self, thread: str) -> bool:
        """Whether anything of a thread stands here still, parked ones included."""
        with self._disk.read() as db:
            found = db.execute("SELECT 1 FROM outbox WHERE thread = ? LIMIT 1", (thread,))
            return found.fetchone() is not None

    def erase(self, entry_id: str) -> None:
        """The server has it, or a person decided that nobody will."""
        with self._disk.note() as db:
            db.execute("DELETE FROM outbox WHERE id = ?", (entry_id,))

    def replace(self, entry_id: str, letter: Letter) -> None:
        """Put another letter, with a key of its own, in the place of a claimed one; to be sent."""
        with self._disk.write() as db:
            db.execute(
                "UPDATE outbox SET id = ?, thread = ?, kind = ?, method = ?, path = ?, body = ?,"
                " author = ?, occurred_at = ?, state = 'waiting', left_over = 1, not_before = 0,"
                " claimed_by = NULL, claimed_until = NULL WHERE id = ?",
                (*_columns(letter), letter.occurred_at.isoformat(), entry_id),
            )

    def put_back(self, entry_id: str, *, delay: float) -> None:
        """No answer: let it wait ``delay`` seconds. Nothing happens if the claim ran out."""
        with self._disk.note() as db:
            db.execute(
                "UPDATE outbox SET state = 'waiting', left_over = 1, attempts = attempts + 1,"
                " not_before = ?,"
                " claimed_by = NULL, claimed_until = NULL WHERE id = ? AND claimed_by = ?",
                (self._now() + min(delay, MOST_DELAY_SECONDS), entry_id, self._owner),
            )

    def park(self, entry_id: str, *, code: str, params: Params) -> None:
        """A rule refused it: it holds what comes after it until a person decides."""
        with self._disk.write() as db:
            db.execute(
                "UPDATE outbox SET state = 'parked', left_over = 1, code = ?, params = ?,"
                " claimed_by = NULL, claimed_until = NULL WHERE id = ?",
                (code, json.dumps(params), entry_id),
            )

    def try_again(self, entry_id: str) -> None:
        """A person removed what stood in the way.

        The server keeps its refusal under the key, so the entry goes on with a new one.
        """
        with self._disk.write() as db:
            db.execute(
                "UPDATE outbox SET id = ?, state = 'waiting', not_before = 0, code = '',"
                " params = '{}' WHERE id = ? AND state = 'parked'",
                (new_id(), entry_id),
            )

    def correct(self, entry_id: str, body: str) -> str | None:
        """A person put right what was refused: it goes on in its own place, with a new key.

        The new id; None where it is no longer there, or somebody let it try again already.
        """
        corrected = new_id()
        with self._disk.write() as db:
            done = db.execute(
                "UPDATE outbox SET id = ?, body = ?, state = 'waiting', not_before = 0, code = '',"
                " params = '{}' WHERE id = ? AND state = 'parked'",
                (corrected, body, entry_id),
            )
        return corrected if done.rowcount else None

    def hurry(self) -> None:
        """The server is back: nothing waits for its turn to be tried any longer."""
        with self._disk.note() as db:
            db.execute("UPDATE outbox SET not_before = 0 WHERE state = 'waiting'")

    def counts(self) -> Counts:
        """What a clerk has to know of; an act that is on its way for the first time is not."""
        with self._disk.read() as db:
            rows = dict(db.execute(_COUNTS).fetchall())
        parked = rows.pop(EntryState.PARKED.value, 0)
        return Counts(waiting=sum(rows.values()), parked=parked)

    def entries(self) -> tuple[Entry, ...]:
        with self._disk.read() as db:
            rows = db.execute("SELECT * FROM outbox ORDER BY seq").fetchall()
        return tuple(_entry(row) for row in rows)

    def seconds_to_next(self) -> float | None:
        """Until something may be sent: None when nothing waits."""
        with self._disk.read() as db:
            found = db.execute(
                "SELECT min(CASE state WHEN 'waiting' THEN not_before ELSE claimed_until END)"
                " FROM outbox AS entry WHERE state <> 'parked' AND NOT EXISTS (SELECT 1 FROM outbox"
                " AS ahead WHERE ahead.thread = entry.thread AND ahead.seq < entry.seq)"
            ).fetchone()[0]
        return None if found is None else min(CLAIM_SECONDS, max(0.0, found - self._now()))

    def _claim(self, db: sqlite3.Connection, entry_id: str) -> None:
        db.execute(
            "UPDATE outbox SET state = 'sending', left_over = 1, claimed_by = ?, claimed_until = ?"
            " WHERE id = ?",
            (self._owner, self._now() + CLAIM_SECONDS, entry_id),
        )

    def _now(self) -> float:
        return self._clock.now().timestamp()


def _columns(letter: Letter) -> tuple[str | None, ...]:
    return (
        letter.id,
        letter.thread,
        letter.kind,
        letter.method,
        letter.path,
        letter.body,
        letter.author,
    )


def _entry(row: sqlite3.Row) -> Entry:
    letter = Letter(
        thread=row["thread"],
        kind=row["kind"],
        method=row["method"],
        path=row["path"],
        body=row["body"],
        author=row["author"],
        occurred_at=datetime.fromisoformat(row["occurred_at"]),
        id=row["id"],
    )
    state = EntryState(row["state"])
    return Entry(letter, state, row["attempts"], row["code"], json.loads(row["params"]))
