"""Figures of reports: every kind of row, and hot spots on the map."""

from types import SimpleNamespace

import pytest
from PySide6.QtWidgets import QApplication

from loket.kit.clock import FixedClock
from loket.kit.i18n import words
from loket.link.errors import Unreachable
from loket.reports.messages.overview import ReportsOverview, ReportsRow
from loket.reports.rules.overview import OverviewBy
from tests.gui import town
from tests.gui.stub_reports import StubPlaces
from tests.streets import LAT, LON, town_map
from ui.insight.screen import InsightScreen
from ui.insight.state import ReportsBy
from ui.insight.view_model import InsightViewModel

KEYS = {OverviewBy.MONTH: "2026-03", OverviewBy.CHANNEL: "desk", OverviewBy.SPOT: "Kerkstraat 48"}


def a_row(key, count, *, late=0, spot=None, answered=0):
    return ReportsRow(
        key=key,
        count=count,
        open=count - answered,
        on_time=answered - min(late, answered),
        late=late,
        average_days=8.5 if answered else None,
        median_days=7.0 if answered else None,
        returned=1,
        about="Voetpad",
        lat=spot[0] if spot else None,
        lon=spot[1] if spot else None,
    )


class Register:
    def __init__(self):
        self.rows = None
        self.asked = []
        self.written = []

    def reports(self, asked):
        self.asked.append(asked)
        if self.rows is None:
            raise Unreachable(sent=False)
        together = a_row("", 31, late=4, answered=20)
        return ReportsOverview(by=asked.by, rows=self.rows, together=together)

    def export_table(self, lines, file, form, *, title, heads):
        self.written.append((title, heads, lines))


class Town(StubPlaces):
    def map(self):
        return town_map()


@pytest.fixture
def register():
    return Register()


@pytest.fixture
def screen(register, tasks, qtbot):
    desk = SimpleNamespace(clock=FixedClock(town.NOW), insight=register, geography=Town())
    model = InsightViewModel(desk, tasks, words("nl"))
    model.choose_by(ReportsBy.THEME)
    made = InsightScreen(model, words("nl"))
    qtbot.addWidget(made)
    made.resize(1355, 846)
    made.show()
    yield made
    made.hide()


def choose(screen, by):
    place = screen.by.findData(str(by))
    screen.by.setCurrentIndex(place)
    screen.by.activated.emit(place)
    QApplication.processEvents()


def cells(screen, row):
    shown = screen.table.model()
    return [shown.index(row, column).data() for column in range(shown.columnCount())]


@pytest.mark.parametrize("by", [one for one in ReportsBy if one is not ReportsBy.SPOT])
def test_every_kind_of_row_is_shown(screen, register, by):
    wire = OverviewBy(by.value.removeprefix("reports_"))
    register.rows = [a_row(KEYS.get(wire, "Voetpad"), 12, late=3, answered=9), a_row("", 1)]
    choose(screen, by)
    screen._model.refresh()
    assert register.asked[-1].by is wire
    assert cells(screen, 0)[1:] == ["12", "3", "6", "3", "33 %", "8,5", "7", "1"]
    assert cells(screen, 1)[0] == "Niet bekend"
    assert cells(screen, 1)[5:8] == ["–", "–", "–"]
    assert not screen.map.isVisible()
    assert not screen.ticket_export.isVisible()


def test_hot_spots_stand_on_the_map_with_the_numbers_of_their_rows(screen, register):
    far = (LAT + 0.01, LON + 0.01)
    register.rows = [a_row("Kerkstraat 48", 7, spot=(LAT, LON)), a_row("", 2, spot=far)]
    choose(screen, ReportsBy.SPOT)
    assert (screen.map.isVisible(), screen.chart.isVisible()) == (True, False)
    assert cells(screen, 0) == ["1 · Kerkstraat 48", "7", "7", "0", "Voetpad"]
    assert cells(screen, 1)[0] == "2 · zonder adres"
    both = [screen.map.pixel_of(place.spot) for place in screen._model.state.places]
    assert all(screen.map.rect().contains(pixel.toPoint()) for pixel in both)
    screen.map.marker_pressed.emit("2")
    assert screen.table.currentIndex().row() == 1


def test_a_file_has_words_and_numbers(screen, register, tmp_path):
    register.rows = [a_row("Kerkstraat 48", 7, spot=(LAT, LON))]
    choose(screen, ReportsBy.SPOT)
    screen._model.export_table(tmp_path / "knelpunten.xlsx")
    ((title, heads, lines),) = register.written
    assert (title, len(heads)) == ("Meldingen", 5)
    assert lines[0] == ["1 · Kerkstraat 48", 7, 7, 0, "Voetpad"]


def test_a_period_without_reports_says_so(screen, register):
    register.rows = []
    choose(screen, ReportsBy.QUARTER)
    assert screen._model.state.face.empty == "Geen meldingen in deze periode"
