"""Rapporten: choose a period, read the table and the chart, take them along as a file."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QDate, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QMenu,
    QProgressBar,
    QSizePolicy,
    QStackedWidget,
    QWidget,
)

from loket.insight.rules.choices import By
from loket.kit.i18n import Words
from ui.core.actions import ActionId
from ui.insight import appointment_faces, report_faces
from ui.insight.chart import RowChart
from ui.insight.faces import BY_NAMES, PRESETS
from ui.insight.state import (
    AppointmentsBy,
    Export,
    Face,
    InsightState,
    Phase,
    Preset,
    ReportsBy,
    Rows,
)
from ui.insight.table import FigureView
from ui.insight.view_model import InsightViewModel
from ui.widgets.buttons import KeyButton
from ui.widgets.cards import Card, EmptyState
from ui.widgets.choices import Choice, DayField, Segmented
from ui.widgets.labels import Label
from ui.widgets.layouts import STRETCH, column, row
from ui.widgets.tiles import FigureTile
from ui.widgets.town_map.model import MapMarker
from ui.widgets.town_map.widget import MapWords, TownMapView

ALL_SITES = ""


class InsightScreen(QWidget):
    """State in, intents out."""

    def __init__(self, model: InsightViewModel, words: Words) -> None:
        super().__init__()
        self._model = model
        self._words = words
        self._sites: tuple[tuple[str, str], ...] = ()
        self._build()
        self._bind()
        self._render(model.state)

    # building

    def _build(self) -> None:
        self.setObjectName("page")
        self.setAccessibleName(self._words("Reports on the queue"))
        self.tiles = [FigureTile(name) for name in self._model.state.face.tiles]
        self._pages = self._build_pages()
        whole = column(
            self._build_head(),
            16,
            self._build_choices(),
            16,
            row(*self.tiles, gap=16),
            16,
            self._pages,
            margins=(24, 20, 24, 16),
        )
        whole.setStretch(6, 1)
        self.setLayout(whole)

    def _build_head(self) -> QWidget:
        words = self._words
        self.progress = QProgressBar()
        self.progress.setAccessibleName(words("Writing the file"))
        self.progress.setTextVisible(False)
        self.progress.setFixedSize(160, 8)
        self.writing = Label("", "small", tone="text2")
        self.stop = KeyButton(words("Stop"), kind="ghost")
        self.table_export = KeyButton(words("Export table"), icon="ph.table")
        self.ticket_export = KeyButton(words("Export tickets"), icon="ph.download-simple")
        self.year_export = KeyButton(words("Yearly report"), icon="ph.scales")
        head = QWidget()
        head.setLayout(
            row(
                Label(words("Figures"), "page", weight=600),
                STRETCH,
                self.writing,
                8,
                self.progress,
                self.stop,
                16,
                self.table_export,
                8,
                self.ticket_export,
                8,
                self.year_export,
            )
        )
        return head

    def _build_choices(self) -> QWidget:
        words = self._words
        presets = tuple((str(preset), words(name)) for preset, name in PRESETS)
        self.presets = Segmented(words("Period"), presets, value=str(Preset.WEEK))
        self.presets.setFixedWidth(400)
        self.first, self.last = DayField(words("First day")), DayField(words("Last day"))
        self.by = Choice(words("Rows"))
        for by, name in BY_NAMES.items():
            self.by.addItem(words(name), str(by))
        self.by.insertSeparator(self.by.count())
        for kind, name in appointment_faces.BY_NAMES.items():
            self.by.addItem(words(name), str(kind))
        self.by.insertSeparator(self.by.count())
        for about, name in report_faces.BY_NAMES.items():
            self.by.addItem(words(name), str(about))
        self.by.setFixedWidth(218)
        self.site = Choice(words("Site"))
        self.site.setMaximumWidth(190)
        choices = QWidget()
        until = Label("–", tone="text2")
        choices.setLayout(
            row(
                self.presets, 16, self.first, 8, until, 8, self.last, STRETCH, self.by, 8, self.site
            )
        )
        return choices

    def _build_pages(self) -> QStackedWidget:
        words = self._words
        self.table = FigureView(words)
        self.chart = RowChart()
        table, chart = Card(), Card()
        table.setLayout(column(self.table, margins=(1, 1, 1, 1)))
        self._title = Label("", "strong", weight=600)
        self._legend = Label("", "small", tone="text2")
        self.map = self._build_map()
        drawn = column(self._title, self._legend, 8, self.chart, self.map, margins=(16, 12, 16, 12))
        drawn.setStretch(4, 1)
        chart.setLayout(drawn)
        chart.setFixedWidth(420)
        both = QWidget()
        shown = row(table, chart, gap=16)
        shown.setStretch(0, 1)
        both.setLayout(shown)
        self._empty = EmptyState(
            icon="ph.chart-bar",
            title="",
            sentence=words("Choose other days or another site."),
        )
        self._waiting = EmptyState(icon="ph.spinner-gap-bold", title=words("One moment"))
        self._failed = EmptyState(icon="ph.wifi-slash-bold", title=words("No figures now"))
        pages = QStackedWidget()
        pages.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._by_phase = {
            Phase.SHOWN: both,
            Phase.EMPTY: self._empty,
            Phase.LOADING: self._waiting,
            Phase.FAILED: self._failed,
        }
        for page in self._by_phase.values():
            pages.addWidget(page)
        return pages

    def _build_map(self) -> TownMapView:
        """Shown from the first time on that rows have places."""
        words = self._words
        shown = TownMapView(
            MapWords(
                name=words("Map of the town"),
                keys=words("Arrows move it, plus and minus zoom."),
                zoom_in=words("Zoom in"),
                zoom_out=words("Zoom out"),
            )
        )
        shown.hide()
        self._model.tiles.serve(shown)
        shown.marker_pressed.connect(self._on_place)
        return shown

    def _bind(self) -> None:
        model = self._model
        self.presets.chosen.connect(lambda value: model.choose_preset(Preset(value)))
        self.by.activated.connect(lambda _place: model.choose_by(_rows(self.by.currentData())))
        self.site.activated.connect(lambda _place: model.choose_site(self.site.currentData()))
        for field in (self.first, self.last):
            field.editingFinished.connect(self._on_days)
        self.table_export.clicked.connect(self._on_export_table)
        self.ticket_export.clicked.connect(self._on_export_tickets)
        self.year_export.clicked.connect(self._on_choose_year)
        self.stop.clicked.connect(model.stop_export)
        model.state_changed.connect(self._on_state)

    # what the window asks

    def take_focus(self) -> None:
        self.presets.setFocus()

    def do(self, action: ActionId) -> None:
        """No keys of its own."""

    def do_digit(self, digit: int) -> None:
        """No quick products here."""

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        super().showEvent(event)
        self._model.open()
        self._render(self._model.state)

    # wishes

    def _on_days(self) -> None:
        first, last = self.first.date().toPython(), self.last.date().toPython()
        self._model.choose_days(first, last)  # type: ignore[arg-type]  # dates of Python

    def _on_place(self, key: str) -> None:
        self.table.point_at(key)

    def _on_export_table(self) -> None:
        file = self._ask_file(self._model.title)
        if file is not None:
            self._model.export_table(file)

    def _on_export_tickets(self) -> None:
        file = self._ask_file(self._words("Tickets"))
        if file is not None:
            self._model.export_tickets(file)

    def _on_choose_year(self) -> None:
        """Which year: the council asks for the one before in spring."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for year in self._model.years():
            entry = menu.addAction(self._words("Complaints of {year}", year=year))
            entry.triggered.connect(partial(self._on_export_year, year))
        menu.popup(self.year_export.mapToGlobal(self.year_export.rect().bottomLeft()))

    def _on_export_year(self, year: int) -> None:
        title = self._words("Yearly report of complaints {year}", year=year)
        kinds = "Excel (*.xlsx);;PDF (*.pdf)"
        name, _kind = QFileDialog.getSaveFileName(self, title, f"{title}.xlsx", kinds)
        if name:
            self._model.export_year(year, Path(name))

    def _ask_file(self, name: str) -> Path | None:
        state = self._model.state
        proposed = f"{name} {state.first.isoformat()} {state.last.isoformat()}.xlsx"
        kinds = "Excel (*.xlsx);;CSV (*.csv)"
        chosen, kind = QFileDialog.getSaveFileName(
            self, self._words("Save as"), str(Path.home() / proposed), kinds
        )
        if not chosen:
            return None
        file = Path(chosen)
        return file if file.suffix else file.with_suffix(".csv" if "csv" in kind else ".xlsx")

    # rendering

    def _on_state(self, state: InsightState) -> None:
        if self.isVisible():
            self._render(state)

    def _render(self, state: InsightState) -> None:
        self.presets.set_value(str(state.preset))
        self._render_sites(state)
        _show_day(self.first, state.first.isoformat())
        _show_day(self.last, state.last.isoformat())
        self.by.setCurrentIndex(self.by.findData(str(state.by)))
        self._render_face(state.face)
        for tile, figure in zip(self.tiles, state.tiles, strict=False):
            tile.show_figure(figure)
        self._pages.setCurrentWidget(self._by_phase[state.phase])
        self._failed.say(self._words("No figures now"), state.problem)
        self.table.show_lines(state.lines, state.together, state.face)
        self.chart.show_bars(state.bars)
        self._render_map(state)
        self._render_export(state.export)

    def _render_map(self, state: InsightState) -> None:
        self.chart.setVisible(not state.face.on_map)
        self.map.setVisible(state.face.on_map)
        if not state.face.on_map or state.map is None:
            return
        self.map.show_map(state.map)
        places = tuple(MapMarker(p.key, p.number, p.spot, p.name) for p in state.places)
        if self.map.set_markers(places):
            self.map.look_at_all()

    def _render_face(self, face: Face) -> None:
        for tile, name in zip(self.tiles, face.tiles, strict=True):
            tile.rename(name)
        self._title.setText(face.chart)
        self._legend.setText(face.legend)
        self.chart.setAccessibleName(f"{face.chart}. {face.legend}")
        self._empty.say(face.empty, self._words("Choose other days or another site."))
        self.ticket_export.setVisible(face.of_tickets)

    def _render_sites(self, state: InsightState) -> None:
        if state.sites != self._sites:
            self._sites = state.sites
            self.site.clear()
            self.site.addItem(self._words("All sites"), ALL_SITES)
            for ident, name in state.sites:
                self.site.addItem(name, ident)
        self.site.setCurrentIndex(max(0, self.site.findData(state.site)))

    def _render_export(self, export: Export | None) -> None:
        for part in (self.progress, self.writing, self.stop):
            part.setVisible(export is not None)
        for button in (self.table_export, self.ticket_export, self.year_export):
            button.setEnabled(export is None)
        if export is not None:
            self.progress.setRange(0, export.total)
            self.progress.setValue(export.written)
            self.writing.setText(
                self._words(
                    "{written} of {total}",
                    written=self._words.number(export.written),
                    total=self._words.number(export.total),
                )
                if export.total
                else export.name
            )


def _rows(chosen: str) -> Rows:
    if chosen in set(By):
        return By(chosen)
    return AppointmentsBy(chosen) if chosen in set(AppointmentsBy) else ReportsBy(chosen)


def _show_day(field: DayField, day: str) -> None:
    shown = QDate.fromString(day, "yyyy-MM-dd")
    if field.date() != shown and not field.hasFocus():
        field.setDate(shown)
