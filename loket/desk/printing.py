"""Papers on their way to a printer: each is a file and a line in a journal before it is sent."""

import logging
import queue
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from threading import Thread
from typing import Protocol

from loket.desk.errors import UnknownPrintJob
from loket.desk.facts import JobKind, JobState, Listeners, PrintChanged, PrintJob
from loket.kit.clock import Clock
from loket.kit.errors import LoketError
from loket.kit.ids import new_id
from loket.link.disk import Disk, DiskFull

log = logging.getLogger(__name__)

_SCHEMA = """
CREATE TABLE IF NOT EXISTS print_jobs (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    title TEXT NOT NULL,
    printer TEXT NOT NULL,
    state TEXT NOT NULL,
    reason TEXT NOT NULL DEFAULT '',
    made_at TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    path TEXT NOT NULL
)
"""
KEPT = timedelta(days=7)
"""Papers carry names: older ones are cleared away, file and line."""
GIVEN_UP = timedelta(minutes=2)
"""A paper that is still on its way after this was so when its window died."""
INTERRUPTED = "print.interrupted"
FAILED = "print.failed"
MEDIA = {
    JobKind.SLIP: "roll-80mm",
    JobKind.RECEIPT: "A4",
    JobKind.LETTER: "A4",
    JobKind.APPOINTMENT: "roll-80mm",
    JobKind.DAY_LIST: "A4",
}


class Printer(Protocol):
    """A device that takes a PDF; refuses with a LoketError whose code says why."""

    def send(self, pdf: bytes, *, title: str, media: str) -> None: ...


FindPrinter = Callable[[str], Printer]
"""The printer with a name; raises a LoketError when there is none."""


class PrintJournal:
    """The papers of this desk, on disk."""

    def __init__(self, disk: Disk) -> None:
        self._disk = disk
        disk.ensure(_SCHEMA)

    def write(self, job: PrintJob, *, now: datetime) -> None:
        # How far a paper got may be forgotten at a power cut; that it has to be printed may not.
        fresh = job.state is JobState.WAITING
        with self._disk.write() if fresh else self._disk.note() as db:
            db.execute(
                "INSERT OR REPLACE INTO print_jobs"
                " (id, kind, title, printer, state, reason, made_at, changed_at, path)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    job.id,
                    job.kind,
                    job.title,
                    job.printer,
                    job.state,
                    job.reason,
                    job.made_at.isoformat(),
                    now.isoformat(),
                    str(job.path),
                ),
            )

    def jobs(self) -> tuple[PrintJob, ...]:
        """All of them, newest first."""
        with self._disk.read() as db:
            rows = db.execute("SELECT * FROM print_jobs ORDER BY made_at DESC, id DESC").fetchall()
        return tuple(_job(row) for row in rows)

    def find(self, job_id: str) -> PrintJob:
        with self._disk.read() as db:
            row = db.execute("SELECT * FROM print_jobs WHERE id = ?", (job_id,)).fetchone()
        if row is None:
            raise UnknownPrintJob(job=job_id)
        return _job(row)

    def tidy(self, *, now: datetime) -> None:
        """Say of papers that a dead window left that they failed; clear old ones away."""
        with self._disk.write() as db:
            db.execute(
                "UPDATE print_jobs SET state = 'failed', reason = ?"
                " WHERE state IN ('waiting', 'printing') AND changed_at < ?",
                (INTERRUPTED, (now - GIVEN_UP).isoformat()),
            )
            old = (now - KEPT).isoformat()
            rows = db.execute("SELECT path FROM print_jobs WHERE made_at < ?", (old,)).fetchall()
            db.execute("DELETE FROM print_jobs WHERE made_at < ?", (old,))
        for row in rows:
            Path(row["path"]).unlink(missing_ok=True)


class PrintService:
    """Keeps papers and brings them to printers on a thread of its own; none is lost."""

    def __init__(
        self,
        journal: PrintJournal,
        folder: Path,
        *,
        find_printer: FindPrinter,
        listeners: Listeners,
        clock: Clock,
    ) -> None:
        self._journal = journal
        self._folder = folder
        self._find = find_printer
        self._listeners = listeners
        self._clock = clock
        self._ahead: queue.Queue[PrintJob | None] = queue.Queue()
        self._thread = Thread(target=self._run, name="loket-printing", daemon=False)

    def start(self) -> None:
        self._thread.start()
        self._journal.tidy(now=self._clock.now())

    def close(self) -> None:
        """Stop after the paper that is being sent; the others stay in the journal."""
        self._ahead.put(None)
        if self._thread.is_alive():
            self._thread.join()

    def take(self, pdf: bytes, *, kind: JobKind, title: str, printer: str) -> PrintJob:
        """Keep a paper and send it; with no printer the file is all there is to do."""
        now = self._clock.now()
        job_id = new_id()
        path = self._file(now, title, job_id)
        _write(path, pdf)
        state = JobState.WAITING if printer else JobState.PRINTED
        job = PrintJob(job_id, kind, title, printer, state, "", now, path)
        return self._send(job)

    def again(self, job_id: str, *, printer: str) -> PrintJob:
        """Send a paper once more, perhaps to another printer."""
        job = self._journal.find(job_id)
        if not job.path.exists():
            raise UnknownPrintJob(job=job_id)
        state = JobState.WAITING if printer else JobState.PRINTED
        return self._send(replace(job, printer=printer, state=state, reason=""))

    def jobs(self) -> tuple[PrintJob, ...]:
        return self._journal.jobs()

    def _send(self, job: PrintJob) -> PrintJob:
        self._note(job)
        if job.state is JobState.WAITING:
            self._ahead.put(job)
        return job

    def _run(self) -> None:
        while (job := self._ahead.get()) is not None:
            try:
                self._print(job)
            except Exception:  # the thread must outlive a disk that is full for a while
                log.exception("%s could not be noted in the journal", job.title)

    def _print(self, job: PrintJob) -> None:
        self._note(replace(job, state=JobState.PRINTING))
        try:
            pdf = job.path.read_bytes()
            self._find(job.printer).send(pdf, title=job.title, media=MEDIA[job.kind])
        except LoketError as error:
            self._fail(job, error.code)
        except Exception:  # a driver may raise anything; the paper stays and says so
            log.exception("%s was not printed on %s", job.title, job.printer)
            self._fail(job, FAILED)
        else:
            self._note(replace(job, state=JobState.PRINTED))

    def _fail(self, job: PrintJob, reason: str) -> None:
        self._note(replace(job, state=JobState.FAILED, reason=reason))

    def _note(self, job: PrintJob) -> None:
        self._journal.write(job, now=self._clock.now())
        self._listeners.publish(PrintChanged(job))

    def _file(self, now: datetime, title: str, job_id: str) -> Path:
        return self._folder / f"{now:%Y%m%d-%H%M%S}-{title}-{job_id[-6:]}.pdf"


def _write(path: Path, pdf: bytes) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(pdf)
    except OSError as error:
        raise DiskFull(file=str(path), reason=error.strerror or "") from error


def _job(row: sqlite3.Row) -> PrintJob:
    return PrintJob(
        id=row["id"],
        kind=JobKind(row["kind"]),
        title=row["title"],
        printer=row["printer"],
        state=JobState(row["state"]),
        reason=row["reason"],
        made_at=datetime.fromisoformat(row["made_at"]),
        path=Path(row["path"]),
    )
