"""The follow-up screen with real widgets: every state renders, keys act, selection survives."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLineEdit, QPlainTextEdit

from loket.desk.facts import ReportsChanged
from loket.link.errors import Unreachable
from loket.reports.messages.following import EntryMessage
from loket.reports.messages.handing import Colleague, Colleagues
from loket.reports.messages.informing import LastInformed
from loket.reports.rules.flow import ReportAct
from tests.gui import reports_town as town
from tests.streets import town_map
from ui.reports.following.parts.facts import TermRow
from ui.reports.following.screen import FollowingScreen
from ui.reports.following.view_model import FollowingViewModel
from ui.theme import look
from ui.theme.paint import text_width

HILDE = "r-1764"
SIZES = [(1352, 844), (1192, 744)]


@pytest.fixture
def desk():
    return town.StubFollowingDesk()


@pytest.fixture
def model(desk, tasks, nl):
    made = FollowingViewModel(desk, tasks, nl)
    made.know_town(town.a_catalogue())
    return made


@pytest.fixture
def screen(model, nl):
    made = FollowingScreen(model, nl)
    made.resize(*SIZES[0])
    made.show()
    made.activateWindow()
    QTest.qWaitForWindowActive(made)
    yield made
    made.close()
    made.deleteLater()
    look.switch("light")


def _long(desk):
    name = "Marie-Antoinette Vandenberghe-Van Der Straeten de Hemptinne"
    people = [town.a_reporter(name=name), town.a_reporter("p-2", 2, name=name)]
    report = town.a_report(title=name * 2, urgency="dangerous", kind="complaint")
    may = [*town.HANDLING, ReportAct.JUDGE, ReportAct.DECLARE_INADMISSIBLE]
    desk.reports.files[HILDE] = town.a_file(report, reporters=people, handler_name=name, may=may)


def _away(desk):
    def away(*_asked):
        raise Unreachable

    desk.reports.page = desk.reports.file = away


def _many_colleagues(desk):
    name = "Marie-Antoinette Vandenberghe-Van Der Straeten de Hemptinne"
    found = [Colleague(id=f"u-{n}", name=f"{name} {n}", near=n < 3, open=n) for n in range(60)]
    desk.reports.colleagues = lambda _ident: Colleagues(colleagues=found)


def _informed_before(desk):
    name = "Marie-Antoinette Vandenberghe-Van Der Straeten de Hemptinne"
    last = LastInformed(id="a-1", at=town.NOW, user_name=name, people=1200)
    desk.reports.people = town.some_people(people=4000, mail=3989, last=last)


def _with_map(desk):
    desk.geography.map = town_map


def _form(model, kind):
    model.open(HILDE)
    model.start_act(kind)


def _mails(desk):
    long = "Vandenberghe-Van Der Straeten de Hemptinne " * 4
    desk.reports.loose = [
        town.a_mail(),
        town.a_mail("e-2", subject=long, sender_name=long[:80], text=long * 60, files=[long]),
        town.a_mail("e-3", subject="", sender="", sender_name="", text="", files=[]),
    ]


STATES = {
    "usual": (None, lambda model: model.open(HILDE)),
    "long": (_long, lambda model: model.open(HILDE)),
    "empty": (lambda desk: desk.reports.listed.clear(), lambda _model: None),
    "away": (_away, lambda model: model.refresh()),
    "filters": (None, lambda model: model.toggle_filters()),
    "refused": (None, lambda model: model.send()),
    "telephone": (None, lambda model: (model.open(HILDE), model.choose_way("phone"))),
    "promise": (None, lambda model: _form(model, "promise")),
    "hand": (None, lambda model: _form(model, "hand")),
    "hand, long": (_many_colleagues, lambda model: _form(model, "hand")),
    "hand, nobody so": (None, lambda model: (_form(model, "hand"), model.find("xyz"))),
    "kind": (None, lambda model: (_form(model, "kind"), model.fill_form(first="complaint"))),
    "urgency": (None, lambda model: (_form(model, "urgency"), model.fill_form(first="dangerous"))),
    "title": (_long, lambda model: _form(model, "title")),
    "place": (_with_map, lambda model: (_form(model, "place"), model.find("kerk"))),
    "nowhere": (None, lambda model: (_form(model, "place"), model.toggle_nowhere())),
    "involved": (None, lambda model: (model.show_involved(), model.type_inform("Dag {naam}"))),
    "involved, last": (
        _informed_before,
        lambda model: (model.show_involved(), model.inform()),
    ),
    "judge": (_long, lambda model: _form(model, "judge")),
    "letters": (
        lambda desk: desk.reports.waiting.append(town.a_letter()),
        lambda model: model.show_letters(),
    ),
    "no letters": (None, lambda model: model.show_letters()),
    "calls": (
        lambda desk: desk.reports.calls.append(town.a_promise()),
        lambda model: model.show_calls(),
    ),
    "mails": (_mails, lambda model: model.show_mails()),
    "no mails": (None, lambda model: model.show_mails()),
}


@pytest.mark.parametrize("state", STATES)
def test_every_state_fits_and_has_names(screen, model, desk, state):
    prepare, act = STATES[state]
    if prepare is not None:
        prepare(desk)
    model.refresh()
    act(model)
    for size, theme in zip(SIZES, ("light", "dark"), strict=True):
        look.switch(theme)
        screen.resize(*size)
        QApplication.processEvents()
        assert (screen.width(), screen.height()) == size
        assert not screen.grab().isNull()
    kinds = (QAbstractButton, QLineEdit, QPlainTextEdit, QComboBox)
    shown = [one for kind in kinds for one in screen.findChildren(kind) if one.isVisible()]
    nameless = [
        one
        for one in shown
        if not one.accessibleName() and one.objectName() != "qt_spinbox_lineedit"
    ]
    assert nameless == []


def test_arrows_choose_and_the_choice_survives_a_change(screen, model, desk):
    screen.take_focus()
    QTest.keyClick(screen.left.list, Qt.Key.Key_Down)
    QTest.keyClick(screen.left.list, Qt.Key.Key_Down)
    assert model.state.file.id == HILDE
    rows = screen.left.list.rows
    inserted = []
    rows.rowsInserted.connect(lambda _parent, first, last: inserted.append((first, last)))
    new = town.several()[0]
    report = town.a_report("r-1900", title="Nieuw", answer_due=town.TODAY)
    desk.reports.listed.insert(0, new.model_copy(update={"report": report}))
    model.hear(ReportsChanged("r-1900"))
    assert inserted == [(0, 0)]
    assert screen.left.list.currentIndex().row() == 3
    assert model.state.file.id == HILDE


def test_the_slash_searches_and_down_goes_on_in_the_list(screen, model):
    screen.take_focus()
    QTest.keyClick(screen, Qt.Key.Key_Slash)
    assert screen.left.search.hasFocus()
    QTest.keyClicks(screen.left.search, "tegel")
    assert [line.id for line in model.state.list.lines] == ["r-1790", "r-1812", "r-1873"]
    QTest.keyClick(screen.left.search, Qt.Key.Key_Down)
    assert model.state.list.current == "r-1790"
    QTest.keyClick(screen.left.search, Qt.Key.Key_Escape)
    assert len(model.state.list.lines) == 8


def test_a_reply_is_typed_and_sent_by_keys(screen, model, desk):
    model.open(HILDE)
    edit = screen.file.reply.edit
    edit.setFocus()
    QTest.keyClicks(edit, "Dag mevrouw")
    QTest.keyClick(edit, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert [(name, command.text) for name, command in desk.reports.done] == [
        ("reply", "Dag mevrouw")
    ]
    assert edit.toPlainText() == ""


def test_two_reports_with_drafts_each_show_their_own(screen, model):
    model.open(HILDE)
    QTest.keyClicks(screen.file.reply.edit, "Een")
    model.open("r-1702")
    assert screen.file.reply.edit.toPlainText() == ""
    QTest.keyClicks(screen.file.reply.edit, "Twee")
    model.open(HILDE)
    assert screen.file.reply.edit.toPlainText() == "Een"


def test_an_act_of_the_menu_is_asked_about_and_left_with_escape(screen, model, desk):
    model.open(HILDE)
    menu = screen.dock.menu()
    [back] = [entry for entry in menu.actions() if entry.data() == "return"]
    back.trigger()
    menu.deleteLater()
    assert screen.dock.form.text.hasFocus()
    QTest.keyClicks(screen.dock.form.text, "Niet van ons")
    QTest.keyClick(screen.dock.form, Qt.Key.Key_Escape)
    assert model.state.file.form.kind == ""
    assert desk.reports.done == []


def test_a_goal_is_chosen_and_sent_on(screen, model, desk):
    model.open(HILDE)
    screen.dock.goals[1].click()
    assert screen.dock.forward.isEnabled()
    screen.dock.forward.click()
    [(name, command)] = desk.reports.done
    assert (name, command.department_id) == ("assign", "d-od")


def test_f12_closes_and_shows_the_small_picture(screen, model, desk):
    model.open(HILDE)
    assert dict(model.state.file.pictures)["at-1"]
    QTest.keyClick(screen.left.list, Qt.Key.Key_F12)
    [(name, command)] = desk.reports.done
    assert (name, command.act) == ("move", ReportAct.RESOLVE)


def test_scrolling_to_the_end_asks_for_more(screen, model, desk):
    desk.reports.page_size = 6
    screen.resize(1192, 480)
    model.choose_view("open")
    QApplication.processEvents()
    bar = screen.left.list.verticalScrollBar()
    bar.setValue(bar.maximum())
    assert len(model.state.list.lines) == 8


def test_a_colleague_is_chosen_by_typing_and_enter(screen, model, desk):
    model.open(HILDE)
    model.start_act("hand")
    field = screen.dock.form.finder.field
    assert field.hasFocus()
    QTest.keyClicks(field, "ma")
    assert [one.title for one in model.state.file.form.find.found] == ["Dirk Maes"]
    QTest.keyClick(field, Qt.Key.Key_Return)
    [(name, command)] = desk.reports.done
    assert (name, command.handler_id, command.seen_version) == ("hand", "u-dirk", 5)
    assert model.state.file.form.kind == ""


def test_the_pencil_beside_the_title_changes_it(screen, model, desk):
    model.open(HILDE)
    screen.file.rename.click()
    line = screen.dock.form.line
    assert line.hasFocus()
    line.selectAll()
    QTest.keyClicks(line, "Zwerfvuil aan de glasbak")
    QTest.keyClick(line, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    [(name, command)] = desk.reports.done
    assert (name, command.title) == ("change", "Zwerfvuil aan de glasbak")


def test_every_line_of_the_handling_that_can_be_made_right_has_a_pencil(screen, model):
    model.open(HILDE)
    wishes = [row.fact.wish for row in screen.dock.handling.rows if row.isVisible()]
    assert wishes[:5] == [
        "form:kind",
        "form:change",
        "form:place",
        "form:urgency",
        "form:hand",
    ]


def test_everybody_involved_is_told_with_two_presses_of_keys(screen, model, desk):
    screen.left.involved.click()
    edit = screen.involved.edit
    QTest.keyClicks(edit, "Dag ")
    screen.involved.fields[0].click()
    assert edit.toPlainText() == "Dag {naam}"
    control = Qt.KeyboardModifier.ControlModifier
    QTest.keyClick(edit, Qt.Key.Key_Return, control)
    assert desk.reports.done == []
    assert screen.involved.send.text() == "Ja, nu 31 personen informeren"
    QTest.keyClick(edit, Qt.Key.Key_Return, control)
    [(name, command)] = desk.reports.done
    assert (name, command.text, command.seen_people) == ("inform_all", "Dag {naam}", 31)
    assert edit.toPlainText() == ""


def test_a_mail_that_failed_is_sent_again_with_its_key(screen, model, desk):
    message = EntryMessage(
        id="m-1", channel="mail", state="failed", fault="recipient_refused", recipient="h@x.be"
    )
    told = {5: message, 2: message.model_copy(update={"id": "m-2", "state": "sent", "fault": ""})}
    entries = [one.model_copy(update={"message": told.get(one.seq)}) for one in town.entries()]
    desk.reports.files[HILDE] = town.a_file(entries=entries)
    model.open(HILDE)
    posts = [item.post for item in screen.file.timeline.items if item.post.isVisible()]
    assert [post.again.isVisible() for post in posts] == [False, True]
    posts[1].again.click()
    assert desk.correspondence.again == [("m-1", None)]
    posts[1].other.click()
    assert screen.file.reply.edit.toPlainText().startswith("Dag mevrouw Cools")


def test_an_ended_report_has_no_empty_line_above_its_note(screen, model, desk):
    report = town.a_report(state="closed")
    desk.reports.files[HILDE] = town.a_file(report, may=[ReportAct.NOTE, ReportAct.CHANGE])
    model.open(HILDE)
    QApplication.processEvents()
    assert not screen.file.reply.template.isVisible()
    assert screen.file.reply.edit.y() < 8


def test_the_day_of_a_term_is_never_cut(screen, model, desk):
    screen.resize(*SIZES[1])
    report = town.a_report(confirmed_at=None, receipt_due="2026-03-28", reaction_due=None)
    desk.reports.files[HILDE] = town.a_file(report)
    model.open(HILDE)
    QApplication.processEvents()
    for term in screen.dock.findChildren(TermRow):
        if term.isVisible():
            urgent = term.item.tone in {"late_fg", "wait_fg"}
            face = look.font(13, 600 if urgent else 400)
            words = text_width(term.item.text, look.font(14, 600 if urgent else 400))
            day = text_width(term._fitting(term.item, face), face)
            assert 28 + words + 8 + day <= term.width()
