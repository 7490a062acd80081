"""Mail that found no file: read on the pile, linked, made a report, put aside."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from loket.reports.rules.mails import MailSettled
from tests.gui import reports_town as town
from ui.reports.following.screen import FollowingScreen
from ui.reports.following.state import Page
from ui.reports.following.view_model import FollowingViewModel

HILDE = "r-1764"


@pytest.fixture
def desk():
    made = town.StubFollowingDesk()
    made.reports.loose = [town.a_mail(), town.a_mail("e-2", subject="Tweede", files=[])]
    return made


@pytest.fixture
def model(desk, tasks, nl):
    made = FollowingViewModel(desk, tasks, nl)
    made.know_town(town.a_catalogue())
    made.look()
    made.show_mails()
    return made


@pytest.fixture
def screen(model, nl):
    made = FollowingScreen(model, nl)
    made.resize(1352, 844)
    made.show()
    made.activateWindow()
    QTest.qWaitForWindowActive(made)
    yield made
    made.close()
    made.deleteLater()


def done(desk, act):
    return [one for one in desk.reports.done if one[0] == act]


def reference_of(desk):
    return desk.reports.files[HILDE].report.reference


def test_the_first_one_is_read_and_the_pile_is_counted(model, screen):
    mails = model.mails.state
    assert (mails.total, mails.mail.id, mails.mail.files) == (2, "e-1", "Bijlagen: put.jpg")
    assert mails.mail.sender == "An Peeters <an.peeters@burger.example>"
    assert screen.left.mails.text() == "Losse mails (2)"
    assert screen.left.mails.isVisible()
    assert "Molenstraat" in screen.mails.text.toPlainText() + mails.mail.subject


def test_a_reference_is_looked_up_and_the_mail_goes_there(model, screen, desk):
    QTest.keyClicks(screen.mails.reference.edit, reference_of(desk).lower())
    assert model.mails.state.found == desk.reports.files[HILDE].report.title
    assert screen.mails.link.isEnabled()
    QTest.keyClick(screen.mails.reference.edit, Qt.Key.Key_Return)
    ((_act, mail, command),) = done(desk, "link_mail")
    assert (mail, command.report_id) == ("e-1", HILDE)
    assert (model.state.page, model.state.file.id) == (Page.FILE, HILDE)
    assert model.mails.state.mail.id == "e-2"
    assert model.mails.state.reference == ""


def test_half_a_reference_links_nothing(model, screen, desk):
    QTest.keyClicks(screen.mails.reference.edit, "M-2026-0")
    QTest.keyClick(screen.mails.reference.edit, Qt.Key.Key_Return)
    assert not screen.mails.link.isEnabled()
    assert done(desk, "link_mail") == []


def test_the_report_that_it_names_is_filled_in(model, desk):
    desk.reports.loose = [town.a_mail("e-3", reference=reference_of(desk), why="stranger")]
    model.refresh()
    assert model.mails.state.mail.id == "e-3"
    assert model.mails.state.can_link
    assert "adres" in model.mails.state.mail.why


def test_it_becomes_a_report_which_is_opened(model, screen, desk):
    QTest.mouseClick(screen.mails.new, Qt.MouseButton.LeftButton)
    ((_act, mail, command),) = done(desk, "register_mail")
    assert mail == "e-1"
    assert model.state.file.id == command.id


def test_nothing_is_put_aside_without_a_reason(model, screen, desk):
    assert not screen.mails.aside.isEnabled()
    QTest.keyClick(screen.mails.reason.edit, Qt.Key.Key_Return)
    assert done(desk, "put_mail_aside") == []
    QTest.keyClicks(screen.mails.reason.edit, "Reclame")
    QTest.mouseClick(screen.mails.aside, Qt.MouseButton.LeftButton)
    ((_act, mail, command),) = done(desk, "put_mail_aside")
    assert (mail, command.reason) == ("e-1", "Reclame")
    assert (model.mails.state.mail.id, model.mails.state.reason) == ("e-2", "")
    assert (model.state.page, screen.mails.reason.edit.text()) == (Page.MAILS, "")


def test_a_quicker_colleague_is_told_and_the_pile_is_read_again(model, desk):
    desk.reports.refuses = MailSettled(mail="e-1")
    model.mails.type_reason("x")
    desk.reports.loose = [town.a_mail("e-2")]
    told = []
    model.said.connect(told.append)
    model.mails.put_aside()
    assert "collega" in told[0].text
    assert (model.mails.state.mail.id, model.mails.state.busy) == ("e-2", False)


def test_what_is_typed_survives_new_mail(model, screen, desk):
    QTest.keyClicks(screen.mails.reason.edit, "Recl")
    desk.reports.loose.append(town.a_mail("e-9"))
    model.refresh()
    assert (model.mails.state.mail.id, screen.mails.reason.edit.text()) == ("e-1", "Recl")
    assert model.mails.state.total == 3


def test_who_sits_down_next_sees_nothing_of_it(model, desk):
    model.look_away()
    model.begin(None)
    assert (model.mails.state.total, model.mails.state.mail.id) == (0, "")


def answer(seq, act, reporter, text, **facts):
    more = {"reporter_id": reporter, "channel": "mail", "text": text, "facts": facts}
    return town.an_entry(seq, act, town.NOW, **more)


def test_an_answer_by_mail_says_who_and_what_was_refused(model, desk):
    known, sent = "p-hilde", {"sender": "an@werk.example", "refused": "virus.exe"}
    entries = [
        answer(2, "answered", known, "Zie bijlage.", **sent),
        answer(3, "answered", None, "Dag.", sender="x@y.example"),
        answer(4, "party_answered", None, "Gezien.", party="rp-iok"),
        answer(5, "machine_answered", known, "Met verlof."),
    ]
    file = desk.reports.files[HILDE].model_copy(update={"entries": entries})
    desk.reports.files[HILDE] = file
    model.open(HILDE)
    first, second, third, last = model.state.file.items
    assert first.via == "via e-mail, vanaf an@werk.example"
    assert first.text == "Zie bijlage.\n\nBijlage niet aanvaard: virus.exe"
    assert second.name == "x@y.example"
    assert third.name == "Intercommunale afval"
    assert (last.kind, last.text) == ("step", "Automatisch antwoord: Met verlof.")
