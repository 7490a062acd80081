"""Beheer: opening times with their preview, the worklist, products and durations."""

from datetime import UTC, date, datetime, time, timedelta
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QPoint, QSettings, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QTableView,
    QWidget,
)

from loket.appointments.messages import (
    Appointment,
    CalendarDay,
    CalendarPeriod,
    CalendarSlot,
    ChangedSchedule,
    ChangedTerms,
    Expected,
    Feed,
    FeedKind,
    Feeds,
    Misfit,
    Misfits,
    NewFeed,
    Schedule,
    SchedulePeriod,
    SchedulePreview,
    Terms,
    TownTerms,
)
from loket.appointments.rules.fitting import Unfit
from loket.appointments.rules.life import AppointmentState
from loket.appointments.rules.schedule import ExceptionKind
from loket.catalogue.search import ProductIndex
from loket.desk.facts import AppointmentsChanged
from loket.kit.clock import FixedClock
from loket.kit.errors import Conflict, Invalid
from loket.link.errors import Unreachable
from loket.staff.rules import Permission
from loket.visits.messages import Channel, Language
from tests.gui import town
from tests.gui.appointments_town import StubBookings
from tests.gui.stub_desk import StubDesk
from ui.admin.durations.state import Phase as DurationsPhase
from ui.admin.feeds.state import Phase as FeedsPhase
from ui.admin.openings.repeating import Form, Repeat, in_words, repeat_of, rule_of
from ui.admin.openings.state import Phase
from ui.admin.screen import AdminScreen
from ui.admin.sections import SectionId
from ui.admin.view_model import AdminViewModel
from ui.admin.worklist.state import Phase as WorklistPhase
from ui.core.actions import ActionId, ScreenId
from ui.core.directory import Directory
from ui.core.preferences import PreferenceStore
from ui.workplace import Workplace

MONDAY = date(2026, 3, 16)
CONTROLS = (QAbstractButton, QAbstractSpinBox, QComboBox, QTableView)


class Stale(Conflict):
    code = "appointment.schedule_stale"


class WrongRule(Invalid):
    code = "appointment.rule"


def a_period(ident="p1", **more):
    given = {
        "rule": "FREQ=WEEKLY;BYDAY=MO,TH",
        "valid_from": date(2026, 1, 1),
        "opens": time(9),
        "closes": time(12),
        "public_places": 2,
        "desk_places": 1,
        "grid_minutes": 30,
    }
    return SchedulePeriod(id=ident, **{**given, **more})


def an_appointment(ident="a1", name="Marleen De Smedt", *, at=None, **more):
    given = {
        "id": ident,
        "reference": "K-48213",
        "code": "",
        "site_id": town.SITE,
        "queue_id": "q-loket",
        "product_ids": ["p-rb"],
        "starts_at": at or datetime(2026, 3, 19, 8, 30, tzinfo=UTC),
        "minutes": 15,
        "persons": 1,
        "state": AppointmentState.BOOKED,
        "name": name,
        "phone": "+32470123456",
        "email": "",
        "language": Language.NL,
        "note": "",
        "confirm": [],
        "remind": True,
        "channel": Channel.DESK,
        "booked_at": datetime(2026, 3, 2, 8, 30, tzinfo=UTC),
        "version": 1,
        "ticket": "",
        "ticket_id": None,
        "ticket_state": None,
        "counter_id": None,
        "late_minutes": 15,
    }
    return Appointment(**{**given, **more})


def misfits(*appointments, reason=""):
    found = [Misfit(appointment=a, unfit=Unfit.CLOSED, reason=reason) for a in appointments]
    return Misfits(misfits=found, total=len(found))


class Office:
    """Keeps one schedule, and previews by weekday alone."""

    def __init__(self):
        self.kept = Schedule(queue_id="q-loket", version=1, periods=[a_period()], exceptions=[])
        self.waiting = misfits()
        self.unfit = misfits()
        self.set = {}
        self.printed = []
        self.previews = 0
        self.fail = {}
        self.shorter = 0

    def schedule(self, queue_id):
        self._may("schedule")
        return self.kept.model_copy(update={"queue_id": queue_id})

    def preview(self, queue_id, command, first, days):
        self._may("preview")
        self.previews += 1
        shown = [a_day(first + timedelta(days=ahead), command) for ahead in range(days)]
        return SchedulePreview(days=shown, misfits=self.unfit)

    def change(self, queue_id, command):
        self._may("change")
        self.kept = Schedule(
            queue_id=queue_id,
            version=command.seen_version + 1,
            periods=command.periods,
            exceptions=command.exceptions,
        )
        self.waiting = self.unfit
        return ChangedSchedule(schedule=self.kept, misfits=self.unfit)

    def misfits(self, site_id=None):
        self._may("misfits")
        return self.waiting

    def print_letters(self, found):
        self._may("print_letters")
        self.printed.append([one.appointment.id for one in found])

    def terms(self):
        self._may("terms")
        return TownTerms(terms=list(self.set.values()))

    def set_terms(self, product_id, command):
        self._may("set_terms")
        terms = Terms(product_id=product_id, usual=False, **command.model_dump())
        self.set[product_id] = terms
        return ChangedTerms(terms=terms, shorter=self.shorter)

    def reset_terms(self, product_id):
        terms = self.set.pop(product_id).model_copy(update={"usual": True})
        return ChangedTerms(terms=terms, shorter=0)

    def _may(self, act):
        if act in self.fail:
            raise self.fail[act]


def a_day(day, command):
    code = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")[day.weekday()]
    closed = [
        e
        for e in command.exceptions
        if e.kind is ExceptionKind.CLOSED and e.first_day <= day <= e.last_day
    ]
    periods, slots = [], []
    for period in command.periods:
        if code not in period.rule.rpartition("BYDAY=")[2] or closed:
            continue
        begin = datetime.combine(day, period.opens, tzinfo=UTC) - timedelta(hours=1)
        end = datetime.combine(day, period.closes, tzinfo=UTC) - timedelta(hours=1)
        places = period.public_places + period.desk_places
        periods.append(
            CalendarPeriod(
                starts_at=begin,
                ends_at=end,
                places=places,
                public_places=period.public_places,
                grid_minutes=period.grid_minutes,
            )
        )
        while begin < end:
            slots.append(CalendarSlot(starts_at=begin, minutes=30, places=places, taken=0))
            begin += timedelta(minutes=30)
    reason = closed[0].reason if closed else ""
    return CalendarDay(
        day=day,
        reason=reason,
        periods=periods,
        slots=slots,
        appointments=[],
        holds=[],
        free_minutes=0,
        place_minutes=0,
    )


def session(*permissions):
    return SimpleNamespace(user=SimpleNamespace(permissions=list(permissions)))


@pytest.fixture
def office():
    return Office()


@pytest.fixture
def addresses():
    return Addresses()


@pytest.fixture
def model(office, addresses, tasks, nl):
    desk = SimpleNamespace(clock=FixedClock(town.NOW), scheduling=office, feeds=addresses)
    made = AdminViewModel(desk, tasks, nl)
    made.show_catalogue(Directory(town.CATALOGUE, town.SITE), ProductIndex(town.CATALOGUE))
    made.begin(session(Permission.MANAGE_CALENDAR, Permission.BOOK_APPOINTMENT))
    yield made
    made.deleteLater()


@pytest.fixture
def said(model):
    heard = []
    model.said.connect(heard.append)
    return heard


@pytest.fixture
def openings(model):
    model.open()
    return model.rooms[SectionId.OPENINGS]


@pytest.fixture
def screen(model, nl, qtbot):
    made = AdminScreen(model, nl)
    qtbot.addWidget(made)
    made.resize(1352, 844)
    made.show()
    return made


# repetitions in words


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        ("FREQ=WEEKLY;BYDAY=MO,TH", "Elke maandag en donderdag"),
        ("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "Elke weekdag (maandag tot vrijdag)"),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=SA", "Om de 2 weken op zaterdag"),
        ("FREQ=MONTHLY;BYDAY=1TU", "Elke eerste dinsdag van de maand"),
        ("FREQ=MONTHLY;BYDAY=-1FR", "Elke laatste vrijdag van de maand"),
        ("FREQ=MONTHLY;BYMONTHDAY=15", "Elke 15e van de maand"),
        ("FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=-1", "Elke laatste dag van de maand, om de 3 maanden"),
    ],
)
def test_a_rule_in_words_and_back(rule, text, nl):
    repeat = repeat_of(rule)
    assert in_words(repeat, nl) == text
    assert rule_of(repeat) == rule


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29",
        "FREQ=WEEKLY;BYDAY=MO;COUNT=4",
        "FREQ=DAILY",
        "FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=1",
        "FREQ=MONTHLY;BYDAY=5MO",
        "FREQ=MONTHLY;BYMONTHDAY=1,15",
    ],
)
def test_a_rule_of_another_program_is_kept_as_it_is(rule):
    assert repeat_of(rule) == Repeat(Form.OTHER, rule=rule)
    assert rule_of(repeat_of(rule)) == rule


# opening times


def test_it_opens_with_the_queue_of_this_site_in_words(openings):
    state = openings.state
    assert state.phase is Phase.SHOWN
    [line] = state.periods
    assert line.title == "Elke maandag en donderdag"
    assert line.detail == "09:00–12:00 · 3 plaatsen (1 enkel balie) · om de 30 min"
    assert line.more == "geldig vanaf do 1 januari 2026"
    assert len(state.days) == 42
    assert state.days[0].day == MONDAY
    assert not state.changed
    assert any("Paasmaandag" in holiday for holiday in state.holidays)


def test_an_edit_is_previewed_at_once_beside_what_is_kept(openings, office):
    office.unfit = misfits(an_appointment())
    openings.edit("p1")
    openings.change(closes=time(11))
    state = openings.state
    assert state.changed
    assert state.periods[0].changed
    assert state.misfit_text == "1 geboekte afspraak past niet meer"
    changed = [day.day.weekday() for day in state.days if day.changed]
    assert set(changed) == {0, 3}
    assert office.kept.version == 1


def test_while_one_preview_is_under_way_only_the_last_is_asked_next(openings, office, tasks):
    before = office.previews
    openings.edit("p1")
    tasks.hold()
    for closes in (10, 11, 12, 13, 14):
        openings.change(closes=time(closes))
    assert len(tasks.held) == 1
    tasks.release()
    assert office.previews == before + 2
    assert openings.state.days[0].stretches[0].hours == "9–14"


def test_keeping_tells_who_is_in_the_worklist(openings, office, model, said):
    office.unfit = misfits(an_appointment(), an_appointment("a2"))
    openings.edit("p1")
    openings.change(closes=time(10))
    openings.save()
    assert said[-1].text == "Bewaard. 2 afspraken staan in de werklijst."
    assert (openings.state.changed, openings.state.editing) == (False, None)
    assert not any(day.changed for day in openings.state.days)
    assert model.state.misfits == 2


def test_back_to_what_was_kept(openings):
    openings.edit("p1")
    openings.change(closes=time(10))
    openings.revert()
    assert not openings.state.changed
    assert openings.state.periods[0].detail.startswith("09:00–12:00")


def test_somebody_else_kept_another_meanwhile(openings, office):
    openings.edit("p1")
    openings.change(closes=time(10))
    office.fail["change"] = Stale(version=2, by="An D.")
    openings.save()
    assert openings.state.stale.startswith("An D. ")
    assert openings.state.changed
    office.fail.clear()
    openings.load()
    assert (openings.state.stale, openings.state.changed) == ("", False)


def test_what_cannot_be_is_told_while_it_is_edited(openings, office):
    office.fail["preview"] = WrongRule(rule="x")
    openings.edit("p1")
    openings.change(rule="FREQ=WEEKLY;BYDAY=")
    assert openings.state.wrong
    office.fail.clear()
    openings.change(rule="FREQ=WEEKLY;BYDAY=MO")
    assert openings.state.wrong == ""


def test_another_queue_waits_until_a_change_is_kept(openings, said):
    other = openings.state.queues[1][0]
    openings.edit("p1")
    openings.change(closes=time(10))
    openings.choose_queue(other)
    assert openings.state.queue != other
    assert said[-1].wrong
    openings.revert()
    openings.choose_queue(other)
    assert openings.state.queue == other


def test_a_closure_is_added_and_removed(openings):
    openings.add_exception()
    assert openings.state.exceptions[0].detail == "Gesloten, de hele dag"
    openings.change(last_day=date(2026, 3, 20), reason="Verbouwing")
    assert openings.state.days[0].reason == "Verbouwing"
    openings.remove()
    assert openings.state.exceptions == ()


def test_the_server_is_away(openings, office, said):
    office.fail["schedule"] = Unreachable(sent=False)
    openings.load()
    assert (openings.state.phase, bool(openings.state.problem)) == (Phase.FAILED, True)


# the screens


def test_editing_in_the_window(screen, model, qtbot):
    room = screen.pages.currentWidget()
    row = room.periods.rows[0]
    row.click()
    editor = room.period
    assert editor.repeater.days["MO"].isChecked()
    editor.repeater.days["FR"].click()
    editor.places.public.setValue(4)
    editor.times.closes.setTime(editor.times.closes.time().addSecs(3600))
    openings = model.rooms[SectionId.OPENINGS]
    [line] = openings.state.periods
    assert line.title == "Elke maandag, donderdag en vrijdag"
    assert line.detail.startswith("09:00–13:00 · 5 plaatsen")
    room.do(ActionId.KEEP)
    assert not openings.state.changed


def test_the_last_weekday_cannot_be_taken_away(screen, model):
    room = screen.pages.currentWidget()
    room.periods.rows[0].click()
    for day in ("MO", "TH"):
        room.period.repeater.days[day].click()
    assert model.rooms[SectionId.OPENINGS].state.editing.rule == "FREQ=WEEKLY;BYDAY=TH"
    assert room.period.repeater.days["TH"].isChecked()


def test_every_form_of_the_month(screen, model):
    room = screen.pages.currentWidget()
    room.periods.rows[0].click()
    repeater = room.period.repeater
    repeater.form.chosen.emit(str(Form.MONTH_WEEKDAY))
    repeater.place.setCurrentIndex(4)
    repeater.place.activated.emit(4)
    assert model.rooms[SectionId.OPENINGS].state.editing.rule == "FREQ=MONTHLY;BYDAY=-1MO"
    repeater.form.chosen.emit(str(Form.MONTH_DATE))
    repeater.date.setCurrentIndex(31)
    repeater.date.activated.emit(31)
    repeater.every.setValue(2)
    rule = model.rooms[SectionId.OPENINGS].state.editing.rule
    assert rule == "FREQ=MONTHLY;INTERVAL=2;BYMONTHDAY=-1"


def test_a_day_of_the_preview_tells_its_moments(screen):
    weeks = screen.pages.currentWidget().weeks
    assert "09:00: 0 van 3 bezet" in weeks.tip_at(QPoint(20, 60))
    assert weeks.tip_at(QPoint(-5, -5)) == ""


def test_nothing_yet_says_what_to_do(model, office, nl, qtbot):
    office.kept = Schedule(queue_id="q-loket", version=0, periods=[], exceptions=[])
    screen = AdminScreen(model, nl)
    qtbot.addWidget(screen)
    screen.show()
    room = screen.pages.currentWidget()
    assert room._no_periods.isVisible()
    assert room._no_periods.text().startswith("Nog geen openingsmomenten.")


def test_who_may_not_sees_no_section(model, nl, qtbot):
    model.begin(session(Permission.BOOK_APPOINTMENT))
    screen = AdminScreen(model, nl)
    qtbot.addWidget(screen)
    screen.show()
    assert not any(item.isVisible() for item in screen.items.values())


# the worklist


def test_the_worklist_opens_appointments_and_prints_letters(screen, model, office, qtbot, said):
    hidden = an_appointment("a3", name="", phone="", product_ids=[])
    office.waiting = misfits(an_appointment(), an_appointment("a2"), hidden, reason="Paasmaandag")
    model.choose(SectionId.WORKLIST)
    room = screen.pages.currentWidget()
    assert model.rooms[SectionId.WORKLIST].state.phase is WorklistPhase.SHOWN
    assert model.state.misfits == 3
    cells = model.rooms[SectionId.WORKLIST].state.lines[0].cells
    assert cells[:3] == ("do 19 maart · 09:30", "Marleen De Smedt", "0470 12 34 56")
    assert cells[5].endswith(": Paasmaandag")
    wished = []
    model.appointment_wished.connect(wished.append)
    room.take_focus()
    qtbot.keyClick(room.table, Qt.Key.Key_Down)
    qtbot.keyClick(room.table, Qt.Key.Key_Return)
    room.open_one.click()
    assert wished == ["a2", "a2"]
    room.letters.click()
    assert office.printed == [["a1", "a2"]]
    assert said[-1].text == "2 brieven worden afgedrukt."


def test_what_is_selected_stays_selected(screen, model, office):
    office.waiting = misfits(an_appointment(), an_appointment("a2"), an_appointment("a3"))
    model.choose(SectionId.WORKLIST)
    table = screen.pages.currentWidget().table
    table.selectRow(1)
    office.waiting = misfits(an_appointment("a2"), an_appointment("a3"))
    model.rooms[SectionId.WORKLIST].refresh()
    assert (table.current(), table.chosen()) == ("a2", ["a2"])


def test_an_empty_worklist_and_one_that_is_away(screen, model, office):
    model.choose(SectionId.WORKLIST)
    room = model.rooms[SectionId.WORKLIST]
    assert room.state.phase is WorklistPhase.EMPTY
    assert not screen.pages.currentWidget().letters.isEnabled()
    room._misfits = None
    office.fail["misfits"] = Unreachable(sent=False)
    room.refresh()
    assert room.state.phase is WorklistPhase.FAILED


# products and durations


def test_a_duration_is_found_changed_kept_and_made_usual_again(screen, model, office, said):
    office.shorter = 3
    model.choose(SectionId.DURATIONS)
    room, view = model.rooms[SectionId.DURATIONS], screen.pages.currentWidget()
    room.search("rijbewijs")
    view.search.entered.emit()
    assert room.state.name.startswith("Rijbewijs")
    view.panel.fields["minutes"].setValue(25)
    assert room.state.changed
    view.do(ActionId.KEEP)
    assert office.set[room.state.chosen].minutes == 25
    assert said[-1].text == "Bewaard. 3 geboekte afspraken houden hun kortere tijd."
    assert (room.state.usual, room.state.changed) == (False, False)
    assert room.state.lines[0].cells[1] == "25 min"
    view.panel.reset.click()
    assert (room.state.usual, office.set) == (True, {})


def test_another_product_waits_until_a_change_is_kept(screen, model, said):
    model.choose(SectionId.DURATIONS)
    room = model.rooms[SectionId.DURATIONS]
    first, second = room.state.lines[0].id, room.state.lines[1].id
    room.choose(first)
    room.change(minutes=200)
    room.choose(second)
    assert (room.state.chosen, said[-1].wrong) == (first, True)
    room.put_back()
    room.choose(second)
    assert room.state.chosen == second


def test_a_product_that_nobody_has(screen, model):
    model.choose(SectionId.DURATIONS)
    model.rooms[SectionId.DURATIONS].search("qqqqqq")
    assert model.rooms[SectionId.DURATIONS].state.phase is DurationsPhase.EMPTY


# in the window


class Bookings(StubBookings):
    """Expects nobody today."""

    def expected(self, day):
        return Expected(site_id=town.SITE, day=day, appointments=[])


class AdminDesk(StubDesk):
    """A supervisor's desk."""

    def __init__(self, office):
        super().__init__("loket-3")
        self.scheduling = office
        self.appointments = Bookings(self.clock, appointments=[an_appointment()])

    def sign_in(self, username, password):
        session = super().sign_in(username, password)
        more = [*session.user.permissions, "calendar.manage", "appointment.book"]
        return session.model_copy(
            update={"user": session.user.model_copy(update={"permissions": more})}
        )


@pytest.fixture
def place(office, tasks, nl, qtbot, tmp_path):
    settings = QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)
    workplace = Workplace(tasks, PreferenceStore(settings), lambda _code: nl, desk_code="loket-3")
    workplace.window.show()
    QTest.qWaitForWindowExposed(workplace.window)
    workplace.attach(AdminDesk(office))
    workplace.shell.sign_in_as("tom")
    QApplication.processEvents()
    yield workplace
    workplace.close()
    workplace.window.close()
    workplace.window.deleteLater()
    workplace.deleteLater()
    QApplication.processEvents()


def press(place, key, modifiers=Qt.KeyboardModifier.NoModifier):
    QTest.keyClick(place.window.windowHandle(), key, modifiers)
    QApplication.processEvents()


@pytest.mark.parametrize("zero", [Qt.Key.Key_0, Qt.Key.Key_Agrave])
@pytest.mark.parametrize("enter", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_alt_0_opens_it_and_ctrl_enter_keeps(place, office, zero, enter):
    press(place, zero, Qt.KeyboardModifier.AltModifier)
    assert place.shell.state.screen is ScreenId.ADMIN
    screen = place.window.current_screen()
    room = screen.pages.currentWidget()
    assert place.window.isAncestorOf(QApplication.focusWidget())
    room.periods.rows[0].click()
    room.period.places.public.setValue(5)
    pad = Qt.KeyboardModifier.KeypadModifier if enter == Qt.Key.Key_Enter else None
    held = Qt.KeyboardModifier.ControlModifier
    press(place, enter, held | pad if pad else held)
    assert office.kept.version == 2
    assert office.kept.periods[0].public_places == 5


def test_escape_leaves_the_editor_and_keeps_what_was_typed(place):
    press(place, Qt.Key.Key_0, Qt.KeyboardModifier.AltModifier)
    room = place.window.current_screen().pages.currentWidget()
    room.periods.rows[0].click()
    room.period.places.public.setValue(5)
    press(place, Qt.Key.Key_Escape)
    assert room.periods.rows[0].isVisible()
    assert room.save.isEnabled()


def test_the_rail_has_it_only_for_who_may(place):
    assert place.window.rail.items[ScreenId.ADMIN].isVisible()
    below = place.window.rail.items[ScreenId.ADMIN].y()
    assert below > place.window.rail.height() - 100


def test_an_appointment_of_the_worklist_opens_in_its_screen(place, office):
    office.waiting = misfits(an_appointment())
    press(place, Qt.Key.Key_0, Qt.KeyboardModifier.AltModifier)
    screen = place.window.current_screen()
    screen.items[SectionId.WORKLIST].click()
    screen.pages.currentWidget().open_one.click()
    assert place.shell.state.screen is ScreenId.APPOINTMENTS
    assert ("file", "a1") in place.desk.appointments.asked


def test_who_is_moved_elsewhere_leaves_the_worklist(place, office):
    office.waiting = misfits(an_appointment())
    press(place, Qt.Key.Key_0, Qt.KeyboardModifier.AltModifier)
    screen = place.window.current_screen()
    screen.items[SectionId.WORKLIST].click()
    assert screen.pages.currentWidget().table.texts.rowCount() == 1
    office.waiting = misfits()
    place.desk.tell(AppointmentsChanged(queue_id="q-loket", starts_at=None, before=None))
    QApplication.processEvents()
    assert screen.pages.currentWidget().table.texts.rowCount() == 0


def test_every_control_of_every_section_has_a_name(screen, model, office):
    office.waiting = misfits(an_appointment())
    openings = model.rooms[SectionId.OPENINGS]
    seen = 0

    def look():
        controls = [one for one in screen.findChildren(QWidget) if one.isVisible()]
        named = [one for one in controls if isinstance(one, CONTROLS)]
        for control in named:
            assert control.accessibleName(), control
            assert control.focusPolicy() & Qt.FocusPolicy.TabFocus, control
        return len(named)

    seen += look()
    openings.edit("p1")
    seen += look()
    openings.add_exception()
    openings.change(kind=ExceptionKind.OPEN, opens=time(9), closes=time(12))
    seen += look()
    openings.revert()
    for section in (SectionId.DURATIONS, SectionId.WORKLIST):
        model.choose(section)
        seen += look()
    assert seen > 40


# calendar addresses


class Addresses:
    """Keeps addresses as a server does: what is secret is told once."""

    def __init__(self):
        self.kept = []
        self.made = []
        self.fail = {}

    def feeds(self):
        self._may("feeds")
        return Feeds(feeds=list(self.kept))

    def make(self, command):
        self._may("make")
        self.made.append(command)
        feed = Feed(
            id=f"f{len(self.kept)}",
            made_at=town.NOW,
            revoked=False,
            last_read_at=None,
            **command.model_dump(),
        )
        self.kept.append(feed)
        return NewFeed(feed=feed, path="/agenda/geheim.ics")

    def revoke(self, feed_id):
        self._may("revoke")
        place = next(nr for nr, feed in enumerate(self.kept) if feed.id == feed_id)
        self.kept[place] = self.kept[place].model_copy(update={"revoked": True})
        return self.kept[place]

    def server_address(self):
        self._may("server_address")
        return "http://127.0.0.1:8080"

    def _may(self, act):
        if act in self.fail:
            raise self.fail[act]


@pytest.fixture
def feeds(screen, model, addresses):
    model.choose(SectionId.FEEDS)
    return screen.pages.currentWidget()


def test_an_address_is_made_and_shown_once(feeds, addresses, model, qtbot):
    room = model.rooms[SectionId.FEEDS]
    assert room.state.phase is FeedsPhase.EMPTY
    qtbot.keyClicks(feeds.panel.name.edit, "Outlook van Tom")
    feeds.panel.make.click()
    [command] = addresses.made
    assert (command.kind, command.name) == (FeedKind.DEPARTMENT, "Outlook van Tom")
    assert command.with_names is False
    assert feeds.panel.address.text().endswith("/agenda/geheim.ics")
    feeds.panel.copy.click()
    assert QGuiApplication.clipboard().text() == room.state.address
    feeds.panel.done.click()
    assert (room.state.address, feeds.panel.address.text()) == ("", "")
    [line] = room.state.lines
    assert line.cells[0] == "Outlook van Tom"
    assert line.cells[2:] == ("nee", "nog niet")
    assert feeds.panel.name.edit.text() == ""


def test_names_leave_the_house_only_when_asked(feeds, addresses, model):
    model.rooms[SectionId.FEEDS].name("Loket 3")
    feeds.panel.kind.chosen.emit(str(FeedKind.COUNTER))
    feeds.panel.names.click()
    feeds.panel.make.click()
    [command] = addresses.made
    assert (command.kind, command.with_names) == (FeedKind.COUNTER, True)
    assert command.target_id in {counter.id for counter in town.CATALOGUE.counters}
    feeds.panel.done.click()
    assert not feeds.panel.names.isChecked()  # off again for the next one


def test_an_address_without_a_name_is_not_made(feeds, addresses, model):
    feeds.panel.make.click()
    assert (addresses.made, bool(model.rooms[SectionId.FEEDS].state.wrong)) == ([], True)


def test_a_second_address_waits_until_the_first_was_taken_along(feeds, addresses, model):
    room = model.rooms[SectionId.FEEDS]
    room.name("Een")
    room.make()
    room.name("Twee")
    room.make()
    assert [command.name for command in addresses.made] == ["Een"]


def test_revoking_is_asked_first(feeds, addresses, model, said):
    room = model.rooms[SectionId.FEEDS]
    for name in ("A", "B"):
        room.name(name)
        room.make()
        room.forget_address()
    assert not feeds.revoke.isEnabled()
    feeds.table.selectRow(1)
    feeds.revoke.click()
    assert (room.state.confirming, addresses.kept[1].revoked) == (True, False)
    feeds.keep.click()
    assert not room.state.confirming
    feeds.revoke.click()
    feeds.table.selectRow(0)
    assert not room.state.confirming  # the question was about another
    feeds.table.selectRow(1)
    feeds.revoke.click()
    feeds.revoke.click()
    assert [feed.revoked for feed in addresses.kept] == [False, True]
    assert room.state.lines[1].cells[3] == "ingetrokken"
    assert said[-1].text == "B is ingetrokken. Niemand leest het nog."
    assert not feeds.revoke.isEnabled()


def test_a_server_that_is_away_makes_no_address(feeds, addresses, model, said):
    room = model.rooms[SectionId.FEEDS]
    room.name("Een")
    addresses.fail = {"make": Unreachable(sent=False)}
    room.make()
    assert (room.state.address, room.state.busy, bool(said)) == ("", False, True)
    assert room.state.draft.name == "Een"
    room._feeds = None
    addresses.fail = {"feeds": Unreachable(sent=False)}
    room.open()
    assert room.state.phase is FeedsPhase.FAILED
