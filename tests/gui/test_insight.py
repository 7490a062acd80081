"""The screen of figures: what it asks, what it shows, what it writes."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from PySide6.QtCore import Qt

from loket.appointments.messages import AppointmentOverview, Kept, WeekUse
from loket.insight.export import GivenUp
from loket.insight.messages import FigureRow, Figures, Times
from loket.insight.rules.choices import By
from loket.kit.clock import FixedClock
from loket.kit.i18n import words
from loket.link.errors import Unreachable
from tests.gui import town
from tests.gui.stub_reports import StubPlaces
from ui.insight.screen import InsightScreen
from ui.insight.state import AppointmentsBy, Phase, Preset
from ui.insight.view_model import InsightViewModel

NONE = Times(count=0, mean=0, p50=0, p90=0, max=0)


def a_row(key, tickets, mean):
    wait = Times(count=tickets, mean=mean, p50=mean, p90=2 * mean, max=3 * mean)
    return FigureRow(
        key=key,
        name=key.title(),
        tickets=tickets,
        served=tickets,
        no_shows=0,
        withdrawn=0,
        unserved=0,
        transfers=0,
        waiting=wait if tickets else NONE,
        service=NONE,
        total=NONE,
        within_norm=tickets // 2,
    )


def a_week(monday, offered, booked):
    return WeekUse(
        monday=monday,
        queue_id="q-bz",
        queue="Burgerzaken",
        offered_minutes=offered,
        booked_minutes=booked,
        appointments=booked // 30,
    )


def kept(key, booked, *, came=0, absent=0):
    return Kept(
        key=key,
        name=key.title(),
        booked=booked,
        came=came,
        absent=absent,
        open=booked - came - absent,
        cancelled_by_citizen=0,
        cancelled_by_town=0,
        cancelled_by_mistake=0,
        lead_days=12.3 if came else None,
        lead_days_half=9.0 if came else None,
    )


def an_overview(rows):
    together = kept(
        "",
        sum(row.booked for row in rows),
        came=sum(row.came for row in rows),
        absent=sum(row.absent for row in rows),
    )
    return {"by_product": rows, "by_queue": rows[:1], "together": together}


class Ledger:
    """Answers with what a test put there."""

    def __init__(self):
        self.rows = [a_row("burgerzaken", 120, 600), a_row("snelloket", 9, 65)]
        self.asked = []
        self.fail = None
        self.pages = 3
        self.weeks = [a_week(date(2026, 3, 9), 1800, 1350), a_week(date(2026, 3, 16), 600, 0)]
        self.kept = [kept("eid", 40, came=27, absent=3), kept("reis", 2)]

    def figures(self, asked):
        self.asked.append(asked)
        if self.fail:
            raise self.fail
        together = a_row("", sum(row.tickets for row in self.rows), 560)
        return Figures(
            first=asked.first.isoformat(),
            last=asked.last.isoformat(),
            by=asked.by,
            rows=self.rows,
            together=together,
        )

    def appointments(self, asked):
        self.asked.append(asked)
        if self.fail:
            raise self.fail
        return AppointmentOverview(
            first=asked.first, last=asked.last, weeks=self.weeks, **an_overview(self.kept)
        )

    def export_table(self, lines, file, form, *, title, heads):
        self.table = [heads, *lines]
        file.write_text(title, encoding="utf-8")

    def export_figures(self, figures, file, form, *, title, heads):
        file.write_text(";".join(heads), encoding="utf-8")

    def export_tickets(self, days, file, form, *, title, heads, progress):
        for page in range(self.pages):
            if not progress(page + 1, self.pages):
                raise GivenUp
        file.write_text(form, encoding="utf-8")
        return self.pages


@pytest.fixture
def ledger():
    return Ledger()


@pytest.fixture
def model(ledger, tasks):
    made = InsightViewModel(
        SimpleNamespace(clock=FixedClock(town.NOW), insight=ledger, geography=StubPlaces()),
        tasks,
        words("nl"),
    )
    yield made
    made.deleteLater()


def test_it_opens_with_this_week(model, ledger):
    model.open()
    asked = ledger.asked[-1]
    assert (asked.first, asked.last, asked.by) == (date(2026, 3, 16), date(2026, 3, 16), By.SERVICE)
    assert model.state.phase is Phase.SHOWN
    assert [line.name for line in model.state.lines] == ["Burgerzaken", "Snelloket"]
    assert model.state.tiles[0] == "129"


def test_an_own_period_is_asked_once_it_differs(model, ledger):
    model.open()
    before = len(ledger.asked)
    first = model.state.first - timedelta(days=30)
    model.choose_days(first, model.state.last)
    model.choose_days(first, model.state.last)
    assert model.state.preset is Preset.OWN
    assert [asked.first for asked in ledger.asked[before:]] == [first]


def test_nothing_in_the_period_says_so(model, ledger):
    ledger.rows = []
    model.open()
    assert model.state.phase is Phase.EMPTY


def test_a_server_that_is_away_says_so(model, ledger):
    ledger.fail = Unreachable(sent=False)
    model.open()
    assert (model.state.phase, bool(model.state.problem)) == (Phase.FAILED, True)


def test_tickets_go_to_a_file_with_progress(model, tmp_path):
    heard = []
    model.said.connect(heard.append)
    model.open()
    model.export_tickets(tmp_path / "tickets.csv")
    assert (tmp_path / "tickets.csv").read_text(encoding="utf-8") == "csv"
    assert model.state.export is None
    assert "tickets.csv" in heard[-1].text


def test_a_folder_that_cannot_be_written_is_told(model, tmp_path):
    heard = []
    model.said.connect(heard.append)
    model.open()
    model.export_table(tmp_path / "nowhere" / "figures.xlsx")
    assert heard[-1].text == words("nl")("The file cannot be written there. Choose another folder.")


@pytest.mark.parametrize("by", list(By))
def test_the_screen_shows_every_kind_of_row(model, ledger, qtbot, by):
    keys = {By.HOUR: "09", By.WEEKDAY: "1", By.DAY: "2026-03-16", By.MONTH: "2026-03"}
    ledger.rows = [a_row(keys.get(by, "desk"), 3, 90)]
    screen = InsightScreen(model, words("nl"))
    qtbot.addWidget(screen)
    screen.show()
    model.choose_by(by)
    shown = screen.table.model()
    assert shown.rowCount() == 2
    assert shown.index(0, 1).data() == "3"


def test_everything_together_stays_at_the_foot(model, qtbot):
    screen = InsightScreen(model, words("nl"))
    qtbot.addWidget(screen)
    screen.show()
    for order in (Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder):
        screen.table.sortByColumn(1, order)
        shown = screen.table.model()
        assert shown.index(shown.rowCount() - 1, 0).data() == words("nl")("Together")


# appointments


@pytest.fixture
def screen(model, qtbot):
    made = InsightScreen(model, words("nl"))
    qtbot.addWidget(made)
    made.show()
    return made


def choose(screen, by):
    place = screen.by.findData(str(by))
    screen.by.setCurrentIndex(place)
    screen.by.activated.emit(place)


def test_how_full_the_weeks_were(model, screen):
    choose(screen, AppointmentsBy.WEEK)
    shown = screen.table.model()
    cells = [[shown.index(row, column).data() for column in range(5)] for row in range(3)]
    assert cells == [
        ["2026 week 11 · Burgerzaken", "30", "22,5", "75 %", "45"],
        ["2026 week 12 · Burgerzaken", "10", "0", "0 %", "0"],
        ["Samen", "40", "22,5", "56 %", "45"],
    ]
    assert [(bar.name, bar.value) for bar in model.state.bars] == [
        ("2026 week 11", 75.0),
        ("2026 week 12", 0.0),
    ]


def test_who_did_not_come_by_product(model, screen):
    choose(screen, AppointmentsBy.PRODUCT)
    shown = screen.table.model()
    assert [shown.index(0, column).data() for column in range(5)] == [
        "Eid",
        "40",
        "27",
        "3",
        "10 %",
    ]
    assert [shown.index(1, column).data() for column in (4, 9, 10)] == ["–", "–", "–"]
    assert [bar.name for bar in model.state.bars] == ["Eid"]
    assert model.state.tiles[:4] == ("42", "27", "3 · 10 %", "56 %")


def test_tickets_cannot_be_taken_along_with_appointments(screen):
    assert screen.ticket_export.isVisible()
    choose(screen, AppointmentsBy.QUEUE)
    assert not screen.ticket_export.isVisible()
    choose(screen, By.QUEUE)
    assert screen.ticket_export.isVisible()
    assert screen.table.model().columnCount() == 14


def test_an_overview_goes_to_a_file_as_numbers(model, screen, ledger, tmp_path):
    choose(screen, AppointmentsBy.PRODUCT)
    model.export_table(tmp_path / "afspraken.xlsx")
    heads, eid, reis, together = ledger.table
    assert len({len(heads), len(eid), len(reis), len(together)}) == 1
    assert eid == ["Eid", 40, 27, 3, 10.0, 10, 0, 0, 0, 12.3, 9.0]
    assert reis[4] is None
    assert (tmp_path / "afspraken.xlsx").exists()


def test_no_appointments_and_a_server_that_is_away(model, screen, ledger):
    ledger.weeks = []
    choose(screen, AppointmentsBy.WEEK)
    assert model.state.phase is Phase.EMPTY
    assert model.state.tiles[3] == "–"
    ledger.fail = Unreachable(sent=False)
    model.refresh()
    assert model.state.phase is Phase.FAILED


def test_sorting_by_week_follows_the_calendar(screen, ledger):
    ledger.weeks = [a_week(date(2025, 12, 22), 60, 30), *ledger.weeks]
    choose(screen, AppointmentsBy.WEEK)
    screen.table.sortByColumn(0, Qt.SortOrder.AscendingOrder)
    shown = screen.table.model()
    names = [shown.index(row, 0).data()[:12] for row in range(3)]
    assert names == ["2025 week 52", "2026 week 11", "2026 week 12"]
