"""The screen of figures: which period and rows, what came back, what is being written to a file."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, Protocol, TypeAlias

from PySide6.QtCore import QObject, Signal

from loket.appointments.messages import AppointmentOverview, OverviewAsked
from loket.catalogue.search import ProductIndex
from loket.geography.messages import TownMap
from loket.insight.messages import Days, Figures, FiguresAsked
from loket.insight.rules.choices import By
from loket.kit.clock import Clock, local_day
from loket.kit.i18n import Words
from loket.queue.picture import SitePicture
from loket.reports.messages.overview import ReportsOverview, ReportsOverviewAsked
from ui.core.directory import Directory
from ui.core.map_tiles import MapTiles, Tiles
from ui.core.sentences import describe
from ui.core.tasks import TaskRunner
from ui.insight import appointment_faces, faces, report_faces
from ui.insight.appointment_faces import OverviewTable
from ui.insight.exporting import Exports, ExportsDesk, Writes
from ui.insight.state import (
    AppointmentsBy,
    InsightState,
    Phase,
    Preset,
    ReportsBy,
    Rows,
)

YEARS = 5


class Asks(Writes, Protocol):
    """Where figures come from, and what writes them to files."""

    def figures(self, asked: FiguresAsked) -> Figures: ...
    def appointments(self, asked: OverviewAsked) -> AppointmentOverview: ...
    def reports(self, asked: ReportsOverviewAsked) -> ReportsOverview: ...


class TownMaps(Tiles, Protocol):
    """The map of the town."""

    def map(self) -> TownMap: ...


class InsightDesk(ExportsDesk, Protocol):
    """What this screen needs of the desk."""

    @property
    def geography(self) -> TownMaps: ...
    @property
    def clock(self) -> Clock: ...
    @property
    def insight(self) -> Asks: ...


class InsightViewModel(QObject):
    """Wishes in, one state out."""

    state_changed = Signal(object)
    said = Signal(object)
    undo_lapsed = Signal()

    def __init__(self, desk: InsightDesk, tasks: TaskRunner, words: Words) -> None:
        super().__init__()
        self._desk = desk
        self._tasks = tasks
        self._words = words
        self.tiles = MapTiles(desk.geography, tasks, self)
        self._found: Found | None = None
        self.exports = Exports(desk, tasks, words, self)
        self.exports.said.connect(self.said)
        self.exports.changed.connect(lambda export: self._set(export=export))
        self.state = InsightState(face=faces.face(words, By.SERVICE))

    @property
    def title(self) -> str:
        """What the table is called as a file."""
        match self._found:
            case OverviewTable():
                return self._words("Appointments")
            case ReportsOverview():
                return self._words("Reports")
            case _:
                return self._words("Figures")

    # what comes from outside

    def speak(self, words: Words) -> None:
        self._words = words
        self.exports.speak(words)
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
        found = self._found
        if isinstance(found, Figures):
            self.exports.figures(found, file, self.title)
        elif found is not None:
            self.exports.table(self.state, file, self.title)

    def export_tickets(self, file: Path) -> None:
        """One line a ticket, page by page; it can be stopped."""
        self.exports.tickets(self._days(), file)

    def years(self) -> tuple[int, ...]:
        """Of which years a report to the council can be made: this one and the four before."""
        this = local_day(self._desk.clock.now()).year
        return tuple(range(this, this - YEARS, -1))

    def export_year(self, year: int, file: Path) -> None:
        """The yearly report of complaints: a workbook, or a PDF where the file is called so."""
        self.exports.year(year, file)

    def stop_export(self) -> None:
        self.exports.stop()

    # inside

    def _days(self) -> Days:
        state = self.state
        return Days(first=state.first, last=state.last, site=state.site or None)

    def _ask(self, by: Rows, days: Mapping[str, Any]) -> "Found":
        # On the worker's thread.
        if isinstance(by, ReportsBy):
            wanted = report_faces.WIRE[by]
            return self._desk.insight.reports(ReportsOverviewAsked(by=wanted, **days))
        if isinstance(by, AppointmentsBy):
            return OverviewTable(self._desk.insight.appointments(OverviewAsked(**days)), by)
        return self._desk.insight.figures(FiguresAsked(by=by, **days))

    def _on_found(self, found: "Found") -> None:
        self._found = found
        self._show()
        if self.state.face.on_map:
            self._read_map()

    def _read_map(self) -> None:
        self.tiles.look()
        self._tasks.run(
            self._desk.geography.map,
            owner=self,
            done=lambda found: self._set(map=found),
            failed=lambda _error: None,  # the table goes on without
            latest="map",
        )

    def _on_failed(self, error: Exception) -> None:
        self._set(phase=Phase.FAILED, problem=describe(error, self._words).text)

    def _show(self) -> None:
        words = self._words
        match self._found:
            case Figures() as found:
                self._set(**_shown(faces, words, found), face=faces.face(words, found.by))
            case OverviewTable() as found:
                by = appointment_faces.face(words, found.by)
                self._set(**_shown(appointment_faces, words, found), face=by)
            case ReportsOverview() as found:
                self._set(
                    **_shown(report_faces, words, found),
                    face=report_faces.face(words, found.by),
                    places=report_faces.places(words, found),
                )
            case None:
                self._set(face=faces.face(words, By.SERVICE))

    def _set(self, **changes: object) -> None:
        state = replace(self.state, **changes)  # type: ignore[arg-type]  # fields of the state
        if state != self.state:
            self.state = state
            self.state_changed.emit(state)


Found: TypeAlias = Figures | OverviewTable | ReportsOverview


def _shown(read: Any, words: Words, found: Any) -> dict[str, Any]:
    """What every kind of figures has, as the module ``read`` reads it."""
    lines = read.lines(words, found)
    return {
        "phase": Phase.SHOWN if lines else Phase.EMPTY,
        "problem": "",
        "tiles": read.tiles(words, found),
        "lines": lines,
        "together": read.together(words, found),
        "bars": read.bars(words, found),
    }
