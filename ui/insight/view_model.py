"""The screen of figures: which period and rows, what came back, what is being written to a file."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from threading import Event
from typing import Any, Protocol

from PySide6.QtCore import QObject, Qt, Signal

from loket.appointments.messages import AppointmentOverview, OverviewAsked
from loket.catalogue.search import ProductIndex
from loket.insight.export import Cell, Format, GivenUp, Progress
from loket.insight.messages import Days, Figures, FiguresAsked
from loket.insight.rules.choices import By
from loket.kit.clock import Clock, local_day
from loket.kit.i18n import Words
from loket.queue.picture import SitePicture
from loket.reports.messages.yearly import YearAsked
from loket.reports.rules.kinds import ReportKind
from ui.core.directory import Directory
from ui.core.sentences import UserMessage, describe
from ui.core.tasks import TaskRunner
from ui.insight import appointment_faces, faces
from ui.insight.appointment_faces import OverviewTable
from ui.insight.state import AppointmentsBy, Export, InsightState, Phase, Preset, Rows

YEARS = 5


class Asks(Protocol):
    """Where figures come from, and what writes them to files."""

    def figures(self, asked: FiguresAsked) -> Figures: ...
    def appointments(self, asked: OverviewAsked) -> AppointmentOverview: ...
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


class InsightDesk(Protocol):
    """What this screen needs of the desk."""

    @property
    def reports(self) -> ReportsYears: ...

    @property
    def clock(self) -> Clock: ...
    @property
    def insight(self) -> Asks: ...


class InsightViewModel(QObject):
    """Wishes in, one state out."""

    state_changed = Signal(object)
    said = Signal(object)
    undo_lapsed = Signal()
    _written = Signal(int, int)

    def __init__(self, desk: InsightDesk, tasks: TaskRunner, words: Words) -> None:
        super().__init__()
        self._desk = desk
        self._tasks = tasks
        self._words = words
        self._found: Figures | OverviewTable | None = None
        self._stop = Event()
        self._written.connect(self._on_written, Qt.ConnectionType.QueuedConnection)
        self.state = InsightState(face=faces.face(words, By.SERVICE))

    @property
    def title(self) -> str:
        """What the table is called as a file."""
        is_queue = not isinstance(self._found, OverviewTable)
        return self._words("Figures") if is_queue else self._words("Appointments")

    # what comes from outside

    def speak(self, words: Words) -> None:
        self._words = words
        self._show()

    def show_catalogue(self, directory: Directory, _index: ProductIndex) -> None:
        sites = tuple((site.id, site.name) for site in directory.catalogue.sites)
        if sites != self.state.sites:
            self._set(sites=sites)

    def show_picture(self, picture: SitePicture) -> None:
        """Figures are of what is over: they do not follow each call."""

    def tick(self) -> None:
        """A minute more of today changes little; who wants it asks again."""

    def open(self) -> None:
        """Somebody looks: with the present figures."""
        self.choose_preset(self.state.preset)

    # wishes

    def choose_preset(self, preset: Preset) -> None:
        """A usual period up to today; an own one begins as the one that was shown."""
        if preset is not Preset.OWN:
            first, last = faces.period(preset, local_day(self._desk.clock.now()))
            self._set(first=first, last=last)
        self._set(preset=preset)
        self.refresh()

    def choose_days(self, first: date, last: date) -> None:
        if (first, last) != (self.state.first, self.state.last):
            self._set(preset=Preset.OWN, first=first, last=last)
            self.refresh()

    def choose_by(self, by: Rows) -> None:
        if by is not self.state.by:
            self._set(by=by)
            self.refresh()

    def choose_site(self, site: str) -> None:
        if site != self.state.site:
            self._set(site=site)
            self.refresh()

    def refresh(self) -> None:
        """Ask for the figures; what was shown stays until they are there."""
        by, days = self.state.by, self._days().model_dump()
        if self._found is None:
            self._set(phase=Phase.LOADING)
        self._tasks.run(
            partial(self._ask, by, days),
            owner=self,
            done=self._on_found,
            failed=self._on_failed,
            latest="figures",
        )

    def export_table(self, file: Path) -> None:
        """What is shown, as it is shown."""
        found, form, title = self._found, _format_of(file), self.title
        if isinstance(found, Figures):
            heads = faces.figure_heads(self._words, found.by)
            write = self._desk.insight.export_figures
            self._begin_export(file, partial(write, found, file, form, title=title, heads=heads))
        elif found is not None:
            shown = appointment_faces.face(self._words, found.by)
            rows = appointment_faces.file_lines(self._words, found)
            table = self._desk.insight.export_table
            heads = [shown.rows, *shown.heads]
            self._begin_export(file, partial(table, rows, file, form, title=title, heads=heads))

    def export_tickets(self, file: Path) -> None:
        """One line a ticket, page by page; it can be stopped."""
        heads = [self._words(head) for head in faces.LINE_HEADS.values()]
        work = partial(
            self._desk.insight.export_tickets,
            self._days(),
            file,
            _format_of(file),
            title=self._words("Tickets"),
            heads=heads,
            progress=self._progress,
        )
        self._begin_export(file, work)

    def years(self) -> tuple[int, ...]:
        """Of which years a report to the council can be made: this one and the four before."""
        this = local_day(self._desk.clock.now()).year
        return tuple(range(this, this - YEARS, -1))

    def export_year(self, year: int, file: Path) -> None:
        """The yearly report of complaints: a workbook, or a PDF where the file is called so."""
        asked = YearAsked(year=year, kind=ReportKind.COMPLAINT)
        make = self._desk.reports.export_year
        self._begin_export(file, partial(make, asked, file, self._words.language))

    def stop_export(self) -> None:
        self._stop.set()

    # inside

    def _days(self) -> Days:
        state = self.state
        return Days(first=state.first, last=state.last, site=state.site or None)

    def _begin_export(self, file: Path, work: Callable[[], object]) -> None:
        if self.state.export is not None:
            return
        self._stop.clear()
        self._set(export=Export(file.name))
        self._tasks.run(
            work,
            owner=self,
            done=lambda _lines: self._exported(file),
            failed=self._on_export_failed,
        )

    def _progress(self, written: int, total: int) -> bool:
        # On the worker's thread.
        self._written.emit(written, total)
        return not self._stop.is_set()

    def _on_written(self, written: int, total: int) -> None:
        if self.state.export is not None:
            self._set(export=replace(self.state.export, written=written, total=total))

    def _exported(self, file: Path) -> None:
        self._set(export=None)
        text = self._words("{file} is written.", file=file.name)
        self.said.emit(UserMessage(text))

    def _on_export_failed(self, error: Exception) -> None:
        self._set(export=None)
        if isinstance(error, OSError):
            text = self._words("The file cannot be written there. Choose another folder.")
            self.said.emit(UserMessage(text))
        elif not isinstance(error, GivenUp):
            self.said.emit(describe(error, self._words))

    def _ask(self, by: Rows, days: Mapping[str, Any]) -> Figures | OverviewTable:
        # On the worker's thread.
        if isinstance(by, AppointmentsBy):
            return OverviewTable(self._desk.insight.appointments(OverviewAsked(**days)), by)
        return self._desk.insight.figures(FiguresAsked(by=by, **days))

    def _on_found(self, found: Figures | OverviewTable) -> None:
        self._found = found
        self._show()

    def _on_failed(self, error: Exception) -> None:
        self._set(phase=Phase.FAILED, problem=describe(error, self._words).text)

    def _show(self) -> None:
        match self._found:
            case Figures() as figures:
                self._show_figures(figures)
            case OverviewTable() as table:
                self._show_appointments(table)
            case None:
                self._set(face=faces.face(self._words, By.SERVICE))

    def _show_figures(self, figures: Figures) -> None:
        words = self._words
        self._set(
            phase=Phase.SHOWN if figures.rows else Phase.EMPTY,
            problem="",
            face=faces.face(words, figures.by),
            tiles=faces.tiles(words, figures),
            lines=faces.lines(words, figures),
            together=faces.together(words, figures),
            bars=faces.bars(words, figures),
        )

    def _show_appointments(self, table: OverviewTable) -> None:
        words = self._words
        lines = appointment_faces.lines(words, table)
        self._set(
            phase=Phase.SHOWN if lines else Phase.EMPTY,
            problem="",
            face=appointment_faces.face(words, table.by),
            tiles=appointment_faces.tiles(words, table),
            lines=lines,
            together=appointment_faces.together(words, table),
            bars=appointment_faces.bars(words, table),
        )

    def _set(self, **changes: object) -> None:
        state = replace(self.state, **changes)  # type: ignore[arg-type]  # fields of the state
        if state != self.state:
            self.state = state
            self.state_changed.emit(state)


def _format_of(file: Path) -> Format:
    return Format.CSV if file.suffix.lower() == ".csv" else Format.EXCEL
