"""Slips and receipts on their way to the printer, and what is said of those that fail."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from loket.desk.facts import JobKind, JobState, PrintJob
from loket.kit.errors import Param
from loket.kit.i18n import Words
from loket.queue.messages import IssuedTicket
from ui.core.sentences import PRINT_CODES, Remedy, UserMessage, describe, sentence
from ui.core.tasks import Lane, TaskRunner


class PrintingDesk(Protocol):
    """What printing needs of the desk."""

    def print_jobs(self) -> tuple[PrintJob, ...]: ...
    def prepare_papers(self) -> None: ...
    def print_slip(self, issued: IssuedTicket) -> PrintJob: ...
    def print_receipt(self, visit_id: str) -> PrintJob: ...
    def print_again(self, job_id: str) -> PrintJob: ...


def title_of(job: PrintJob, words: Words) -> str:
    """What a paper is called: by its number, and the list of a day by that day."""
    if job.kind is JobKind.DAY_LIST:
        return words("Day list of {day}", day=words.short_day(date.fromisoformat(job.title)))
    return job.title


class Papers(QObject):
    """What this window has printed; each failure is said once and can be done again."""

    said = Signal(object)
    slip_made = Signal(object, object)
    """The issued ticket, and the job of its slip."""

    def __init__(self, desk: PrintingDesk, tasks: TaskRunner, words: Words) -> None:
        super().__init__()
        self._desk = desk
        self._tasks = tasks
        self._words = words
        self._jobs: set[str] = set()
        self._failed_early: dict[str, PrintJob] = {}

    def speak(self, words: Words) -> None:
        self._words = words

    def prepare(self) -> None:
        """Load what printing needs, before somebody waits for it."""
        self._tasks.run(
            self._desk.prepare_papers,
            owner=self,
            done=lambda _nothing: None,
            failed=lambda _error: None,  # the first print says what is wrong
            lane=Lane.PRINT,
        )

    def slip(self, issued: IssuedTicket) -> None:
        """Print the slip of a ticket that was just given, and offer to take it back."""
        self._run(partial(self._desk.print_slip, issued), done=partial(self._on_slip, issued))

    def receipt(self, visit_id: str) -> None:
        self._run(partial(self._desk.print_receipt, visit_id), done=partial(self._on_printed, None))

    def paper(self, work: Callable[[], PrintJob], *, after: UserMessage | None = None) -> None:
        """Any other paper: ``work`` makes it and hands it to the printer.

        ``after``: what was said of the act it belongs to; one message then says both.
        """
        self._run(work, done=partial(self._on_printed, after))

    def again(self, job_id: str) -> None:
        self._run(partial(self._desk.print_again, job_id), done=partial(self._on_printed, None))

    def follow(self, job: PrintJob) -> None:
        """Hear how a job goes on; of those of other windows nothing is said."""
        if job.state is not JobState.FAILED:
            return
        if job.id in self._jobs:
            self._say_failed(job)
        else:
            self._failed_early[job.id] = job

    def _run(self, work: Callable[[], PrintJob], *, done: Callable[[PrintJob], object]) -> None:
        self._tasks.run(work, owner=self, done=done, failed=self._on_failed, lane=Lane.PRINT)

    def _on_slip(self, issued: IssuedTicket, job: PrintJob) -> None:
        self.slip_made.emit(issued, job)
        if not self._has_failed(job):
            number = issued.ticket.number
            text = self._under_way(job) or self._words("Ticket {number} printed", number=number)
            self.said.emit(UserMessage(text, remedy=Remedy.UNDO, about=issued.ticket.id))

    def _on_printed(self, after: UserMessage | None, job: PrintJob) -> None:
        if self._has_failed(job):
            return
        if after is not None:
            self.said.emit(replace(after, text=f"{after.text} · {self._went(job)}"))
            return
        title = title_of(job, self._words)
        text = self._under_way(job) or self._words("{title} printed", title=title)
        self.said.emit(UserMessage(text, icon="ph.printer-bold"))

    def _went(self, job: PrintJob) -> str:
        """The same in a sentence that says already what it is about."""
        if job.state is JobState.PRINTED:
            return self._words("printed")
        return self._words("sent to {printer}", printer=job.printer)

    def _under_way(self, job: PrintJob) -> str:
        """What a printer has still to do is not said to be done; it may fail."""
        if job.state is JobState.PRINTED:
            return ""
        title = title_of(job, self._words)
        return self._words("{title} sent to {printer}", title=title, printer=job.printer)

    def _has_failed(self, job: PrintJob) -> bool:
        """Take note of a job of ours; it may have failed before its answer came here."""
        self._jobs.add(job.id)
        known = self._failed_early.pop(job.id, job)
        if known.state is JobState.FAILED:
            self._say_failed(known)
        return known.state is JobState.FAILED

    def _say_failed(self, job: PrintJob) -> None:
        code = job.reason if job.reason in PRINT_CODES else "print.failed"
        printer = job.printer or self._words("the folder of papers")
        params: dict[str, Param] = {"title": title_of(job, self._words), "printer": printer}
        text = sentence(code, params, self._words)
        message = UserMessage(
            text,
            wrong=True,
            icon="ph.printer-bold",
            remedy=Remedy.PRINT_AGAIN,
            about=job.id,
            code=code,
        )
        self.said.emit(message)

    def _on_failed(self, error: Exception) -> None:
        self.said.emit(describe(error, self._words))
