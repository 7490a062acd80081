"""What is shown goes to a file: one at a time, with its progress, and it can be stopped."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from threading import Event
from typing import Protocol

from PySide6.QtCore import QObject, Qt, Signal

from loket.insight.export import Cell, Format, GivenUp, Progress
from loket.insight.messages import Days, Figures
from loket.kit.i18n import Words
from loket.reports.messages.yearly import YearAsked
from loket.reports.rules.kinds import ReportKind
from ui.core.sentences import UserMessage, describe
from ui.core.tasks import TaskRunner
from ui.insight import faces
from ui.insight.state import Export, InsightState


class Writes(Protocol):
    """What writes figures to files."""

    def export_table(
        self,
        lines: Sequence[Sequence[Cell]],
        file: Path,
        form: Format,
        *,
        title: str,
        heads: Sequence[str],
    ) -> None: ...
    def export_figures(
        self, figures: Figures, file: Path, form: Format, *, title: str, heads: Sequence[str]
    ) -> None: ...
    def export_tickets(
        self,
        days: Days,
        file: Path,
        form: Format,
        *,
        title: str,
        heads: Sequence[str],
        progress: Progress,
    ) -> int: ...


class ReportsYears(Protocol):
    """What makes the yearly report to the council."""

    def export_year(self, asked: YearAsked, file: Path, language: str) -> None: ...


class ExportsDesk(Protocol):
    """What exporting needs of the desk."""

    @property
    def insight(self) -> Writes: ...
    @property
    def reports(self) -> ReportsYears: ...


class Exports(QObject):
    """The file that is being written, if any."""

    said = Signal(object)
    changed = Signal(object)
    """An :class:`Export`; None: no more."""
    _written = Signal(int, int)

    def __init__(self, desk: ExportsDesk, tasks: TaskRunner, words: Words, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._tasks = tasks
        self._words = words
        self._stop = Event()
        self._now: Export | None = None
        self._written.connect(self._on_written, Qt.ConnectionType.QueuedConnection)

    def speak(self, words: Words) -> None:
        self._words = words

    def figures(self, figures: Figures, file: Path, title: str) -> None:
        heads = faces.figure_heads(self._words, figures.by)
        write = self._desk.insight.export_figures
        work = partial(write, figures, file, _format_of(file), title=title, heads=heads)
        self._begin(file, work)

    def table(self, state: InsightState, file: Path, title: str) -> None:
        """As it is shown; numbers as numbers."""
        shown = (*state.lines, *filter(None, (state.together,)))
        rows = [[one.name, *map(_known, one.order)] for one in shown]
        heads = [state.face.rows, *state.face.heads]
        write = self._desk.insight.export_table
        work = partial(write, rows, file, _format_of(file), title=title, heads=heads)
        self._begin(file, work)

    def tickets(self, days: Days, file: Path) -> None:
        heads = [self._words(head) for head in faces.LINE_HEADS.values()]
        work = partial(
            self._desk.insight.export_tickets,
            days,
            file,
            _format_of(file),
            title=self._words("Tickets"),
            heads=heads,
            progress=self._progress,
        )
        self._begin(file, work)

    def year(self, year: int, file: Path) -> None:
        asked = YearAsked(year=year, kind=ReportKind.COMPLAINT)
        make = self._desk.reports.export_year
        self._begin(file, partial(make, asked, file, self._words.language))

    def stop(self) -> None:
        self._stop.set()

    def _begin(self, file: Path, work: Callable[[], object]) -> None:
        if self._now is not None:
            return
        self._stop.clear()
        self._become(Export(file.name))
        self._tasks.run(
            work,
            owner=self,
            done=lambda _lines: self._on_done(file),
            failed=self._on_failed,
        )

    def _become(self, export: Export | None) -> None:
        self._now = export
        self.changed.emit(export)

    def _progress(self, written: int, total: int) -> bool:
        # On the worker's thread.
        self._written.emit(written, total)
        return not self._stop.is_set()

    def _on_written(self, written: int, total: int) -> None:
        if self._now is not None:
            self._become(replace(self._now, written=written, total=total))

    def _on_done(self, file: Path) -> None:
        self._become(None)
        text = self._words("{file} is written.", file=file.name)
        self.said.emit(UserMessage(text))

    def _on_failed(self, error: Exception) -> None:
        self._become(None)
        if isinstance(error, OSError):
            text = self._words("The file cannot be written there. Choose another folder.")
            self.said.emit(UserMessage(text))
        elif not isinstance(error, GivenUp):
            self.said.emit(describe(error, self._words))


def _known(value: float | str) -> Cell:
    """What is not known is below nothing where rows are sorted."""
    return None if isinstance(value, (int, float)) and value < 0 else value


def _format_of(file: Path) -> Format:
    return Format.CSV if file.suffix.lower() == ".csv" else Format.EXCEL
