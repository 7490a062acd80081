"""Following reports up from a real desk at the real server: each call that the screen makes."""

from datetime import timedelta

import pytest

from loket.desk.facts import JobKind, ReportsChanged
from loket.link.errors import Rejected
from loket.reports.messages.following import (
    AssignReport,
    ChangeReport,
    Filter,
    JudgeComplaint,
    LinkReport,
    MakePromise,
    MoveReport,
    NoteAnswer,
    NoteAttempt,
    NoteReport,
    PostedLetters,
    Reply,
    ReportsAsked,
    ReturnReport,
    Seen,
    View,
)
from loket.reports.messages.handing import HandReport
from loket.reports.messages.informing import InformAll
from loket.reports.messages.taking import Place, RegisterReport, ReporterDetails
from loket.reports.rules.flow import Founded, ReportAct, ReportState, Solved
from loket.reports.rules.kinds import AnswerBy, PlaceKind, ReportKind, Urgency
from tests.desks import MemoryPrinter, Printers

HILDE = ReporterDetails(
    name="Hilde Cools",
    phone="0470 98 76 54",
    address="Molendreef 7, 9999 Heidebeek",
    answer_by=AnswerBy.LETTER,
)


@pytest.fixture
def els(open_desk):
    """The coordinator, and what her desk heard."""
    return open_desk("loket-2", "els")


def taken_down(desk, **more):
    given = {"kind": ReportKind.ISSUE, "text": "Een losse tegel bij de kerk", "reporter": HILDE}
    return desk.reports.register(RegisterReport(**{**given, **more})).result.report


def sent_on(desk, report):
    command = AssignReport(seen_version=report.version, department_id="d-bz", note="Graag snel")
    return desk.reports.assign(report.id, command)


def test_from_the_list_to_the_posted_letter(open_desk):
    printers = Printers(Laser=MemoryPrinter())
    desk, heard = open_desk("loket-2", "els", printers=printers)
    desk.choose_printer("Laser")
    calls, report = desk.reports, taken_down(desk)
    [row] = calls.page(ReportsAsked(view=View.NEW)).reports
    assert (row.report.id, row.reporter_name) == (report.id, "Hilde Cools")
    report = sent_on(desk, report)
    heard.until(lambda fact: isinstance(fact, ReportsChanged))
    assert [at.open for at in calls.counts().at] == [1]
    report = calls.take(report.id, Seen(seen_version=report.version))
    file = calls.file(report.id)
    assert (file.handler_name, file.report.state) == ("Els Goossens", ReportState.IN_PROGRESS)
    answer = Reply(
        seen_version=report.version, text="Hersteld.", then=ReportAct.RESOLVE, close=True
    )
    assert calls.reply(report.id, answer).state is ReportState.CLOSED
    letters = calls.letters().letters
    job = calls.print_letters(letters)
    assert (job.kind, job.title) == (JobKind.LETTER, report.reference)
    heard.until(lambda _fact: bool(printers["Laser"].sent))
    [(_title, media, paper)] = printers["Laser"].sent
    assert (media, "Hersteld." in paper.decode()) == ("A4", True)
    assert calls.posted(PostedLetters(ids=[letters[0].id])).letters == []


def test_who_was_quicker_is_said_and_nothing_is_sent(els):
    desk, _heard = els
    report = sent_on(desk, taken_down(desk))
    desk.reports.note(report.id, NoteReport(text="Ik kijk ernaar"))
    with pytest.raises(Rejected) as refused:
        desk.reports.reply(report.id, Reply(seen_version=report.version, text="Dag"))
    assert refused.value.code == "report.stale"
    acts = [entry.act for entry in desk.reports.file(report.id).entries]
    assert ReportAct.REPLY not in acts


def test_an_open_field_is_refused_by_the_server_too(els):
    desk, _heard = els
    report = sent_on(desk, taken_down(desk))
    with pytest.raises(Rejected) as refused:
        desk.reports.reply(report.id, Reply(seen_version=report.version, text="Op {dag}"))
    assert (refused.value.code, refused.value.params["field"]) == (
        "report.reply_unfinished",
        "dag",
    )


def test_calls_and_promises(els):
    desk, _heard = els
    calls, report = desk.reports, taken_down(desk)
    [person] = calls.file(report.id).reporters
    due = desk.clock.now() + timedelta(hours=2)
    calls.promise(report.id, MakePromise(reporter_id=person.id, due_at=due, note="De ploeg"))
    [promise] = calls.promises(due + timedelta(minutes=1)).promises
    assert (promise.reporter_name, promise.note) == ("Hilde Cools", "De ploeg")
    calls.note_attempt(report.id, NoteAttempt(reporter_id=person.id, reached=False))
    assert len(calls.promises(due + timedelta(minutes=1)).promises) == 1
    calls.note_attempt(report.id, NoteAttempt(reporter_id=person.id, reached=True))
    assert calls.promises(due + timedelta(minutes=1)).promises == []
    heard = NoteAnswer(reporter_id=person.id, channel=AnswerBy.PHONE, text="Het ligt er nog")
    assert calls.note_answer(report.id, heard).reaction_due is not None


def test_decisions(els):
    desk, _heard = els
    calls = desk.reports
    other = taken_down(desk, text="Een andere tegel")
    report = sent_on(desk, taken_down(desk, kind=ReportKind.COMPLAINT, text="Geen antwoord"))
    report = calls.change(report.id, ChangeReport(seen_version=report.version, title="Post"))
    report = calls.link_to(report.id, LinkReport(seen_version=report.version, to_id=other.id))
    assert calls.file(report.id).linked_reference == other.reference
    assert calls.find(other.reference.lower()).id == other.id
    judged = JudgeComplaint(seen_version=report.version, founded=Founded.PARTLY, solved=Solved.YES)
    report = calls.judge(report.id, judged)
    back = ReturnReport(seen_version=report.version, reason="Niet van ons")
    report = calls.return_it(report.id, back)
    assert (report.state, report.returns) == (ReportState.NEW, 1)
    report = sent_on(desk, report)
    waits = MoveReport(seen_version=report.version, act=ReportAct.AWAIT_THIRD)
    report = calls.move(report.id, waits)
    solved = MoveReport(seen_version=report.version, act=ReportAct.RESOLVE, close=True)
    assert calls.move(report.id, solved).state is ReportState.CLOSED


def test_a_report_goes_from_hand_to_hand(els):
    desk, heard = els
    calls, report = desk.reports, sent_on(desk, taken_down(desk))
    people = calls.colleagues(report.id).colleagues
    other = next(one for one in people if one.name != "Els Goossens")
    hand = HandReport(seen_version=report.version, handler_id=other.id)
    report = calls.hand(report.id, hand)
    heard.until(lambda fact: isinstance(fact, ReportsChanged) and fact.report_id == report.id)
    file = calls.file(report.id)
    assert (file.handler_name, file.colleagues) == (other.name, {other.id: other.name})
    with pytest.raises(Rejected) as refused:
        calls.hand(report.id, hand.model_copy(update={"handler_id": None}))
    assert refused.value.code == "report.stale"


def test_a_place_and_an_urgency_are_made_right(els):
    desk, _heard = els
    calls, report = desk.reports, sent_on(desk, taken_down(desk))
    place = Place(kind=PlaceKind.ADDRESS, address="Kerkstraat 48, Heidebeek")
    more = ChangeReport(seen_version=report.version, place=place, urgency=Urgency.DANGEROUS)
    report = calls.change(report.id, more)
    assert (report.address, report.urgency) == ("Kerkstraat 48, Heidebeek", Urgency.DANGEROUS)
    facts = [
        entry.facts["what"] for entry in calls.file(report.id).entries if "what" in entry.facts
    ]
    assert facts == ["place", "urgency"]


def test_everybody_in_a_list_is_told_once(els):
    desk, heard = els
    calls = desk.reports
    report = sent_on(desk, taken_down(desk))
    found = calls.involved(Filter(text="tegel"))
    assert (found.reports, found.people, found.letter) == (1, 1, 1)
    command = InformAll(
        filter=Filter(text="tegel"),
        text="Dag {naam}, de ploeg komt.",
        call_by=desk.clock.now() + timedelta(hours=2),
        seen_people=1,
    )
    assert calls.inform_all(command).letter == 1
    heard.until(lambda fact: fact == ReportsChanged(""))
    with pytest.raises(Rejected) as refused:
        calls.inform_all(command)
    assert refused.value.code == "report.informed_already"
    [letter] = calls.letters().letters
    assert (letter.report_id, letter.text) == (report.id, "Dag Hilde Cools, de ploeg komt.")
